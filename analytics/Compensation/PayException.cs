namespace Followthrough.Analytics.Compensation;

/// <summary>Why pay cannot be computed, approved or changed, in a sentence for who asked.</summary>
public sealed class PayException(string message) : Exception(message);
