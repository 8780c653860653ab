namespace Followthrough.Ingest.Sources.Files;

/// <summary>A file that can't be taken at all; the message names file, line and what was expected.</summary>
public sealed class SourceFileException : Exception
{
    /// <summary>Creates it with a message for the person who sent the file.</summary>
    public SourceFileException(string message) : base(message) { }

    /// <summary>Creates it with the cause.</summary>
    public SourceFileException(string message, Exception inner) : base(message, inner) { }

    /// <summary>Creates it without words; only for the framework.</summary>
    public SourceFileException() { }
}
