namespace Followthrough.Analytics.Churn;

/// <summary>A training or scoring that cannot be done; the message says why and what would help.</summary>
public sealed class ChurnException : Exception
{
    public ChurnException()
    {
    }

    public ChurnException(string message)
        : base(message)
    {
    }

    public ChurnException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Whether nothing is wrong but there is too little history yet, or no model: it comes by itself.</summary>
    public bool IsTooEarly { get; private init; }

    internal static ChurnException TooEarly(string message) => new(message) { IsTooEarly = true };
}
