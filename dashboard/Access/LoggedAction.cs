namespace Followthrough.Dashboard.Access;

/// <summary>The verbs of the access log that are used in more than one place.</summary>
internal static class LoggedAction
{
    internal const string SignedIn = "signed_in";
    internal const string SignInRefused = "sign_in_refused";
    internal const string SignedOut = "signed_out";
    internal const string Exported = "exported";
    internal const string SettingChanged = "setting_changed";
    internal const string TokenMade = "token_made";
    internal const string TokenRevoked = "token_revoked";
    internal const string SecondFactorOff = "second_factor_off";
    internal const string ModelApproved = "model_approved";
    internal const string QuarterSigned = "quarter_signed";
    internal const string SignatureWithdrawn = "signature_withdrawn";
    internal const string AuditChanged = "audit_changed";
    internal const string FindingChanged = "finding_changed";
    internal const string MappingChanged = "mapping_changed";
    internal const string FileLoaded = "file_loaded";
    internal const string IdentityDecided = "identity_decided";
    internal const string JobStarted = "job_started";
    internal const string TargetSet = "target_set";
    internal const string TargetEnded = "target_ended";
    internal const string ScorecardChanged = "scorecard_changed";
    internal const string UserChanged = "user_changed";

    /// <summary>As a reader expects it: “token made”.</summary>
    internal static string InWords(string action) => action.Replace('_', ' ');
}
