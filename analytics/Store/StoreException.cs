namespace Followthrough.Analytics.Store;

/// <summary>The database cannot be used as it is; the message says what is wrong and what to do, and never holds a password.</summary>
public class StoreException : Exception
{
    public StoreException()
    {
    }

    public StoreException(string message)
        : base(message)
    {
    }

    public StoreException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
