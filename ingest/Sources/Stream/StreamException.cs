namespace Followthrough.Ingest.Sources.Streams;

/// <summary>A stream can't be read or written, or goes no further by itself; the message says why and what to do.</summary>
public sealed class StreamException : Exception
{
    /// <summary>A stream that can't be used.</summary>
    /// <param name="message">Why, and what to do.</param>
    public StreamException(string message) : base(message) { }

    /// <summary>The same with its cause.</summary>
    /// <param name="message">Why, and what to do.</param>
    /// <param name="cause">What happened.</param>
    public StreamException(string message, Exception cause) : base(message, cause) { }
}
