namespace Followthrough.Ingest.Mappings;

/// <summary>A mapping that can't be used; the message names file and line.</summary>
public sealed class MappingException : Exception
{
    /// <summary>Creates it with a message for the mapping's author.</summary>
    public MappingException(string message) : base(message) { }

    /// <summary>Creates it with the cause.</summary>
    public MappingException(string message, Exception inner) : base(message, inner) { }

    /// <summary>Creates it without words; only for the framework.</summary>
    public MappingException() { }
}
