namespace Followthrough.Analytics.ProjectAudits;

/// <summary>Why something cannot be done to an audit, in a sentence for who tried.</summary>
public sealed class AuditException(string message) : Exception(message);
