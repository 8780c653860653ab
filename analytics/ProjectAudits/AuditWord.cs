using Followthrough.Analytics.Facts;

namespace Followthrough.Analytics.ProjectAudits;

/// <summary>Values of closed sets as the tables of audits have them: in snake case.</summary>
internal static class AuditWord
{
    public static T Read<T>(string text) where T : struct, Enum => Enum.Parse<T>(text.Replace("_", "", StringComparison.Ordinal), ignoreCase: true);

    public static string Of<T>(T value) where T : struct, Enum => FactTable.Snake(value.ToString());
}
