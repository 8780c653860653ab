using System.Text.Json;
using Followthrough.Analytics.Facts;
using Followthrough.Dashboard.Data;

namespace Followthrough.Dashboard.Mine;

/// <summary>The fact an outcome becomes: an interaction or a disposition; and what takes it back.</summary>
internal static class OutcomeFact
{
    // The least that counts as a conversation (definitions 2.1); who presses Called states that much and no more.
    private const string Conversation = "30";

    internal static StatedFact Of(Guid id, Outcome outcome, string? reason, Addressed row, string staff, DateTimeOffset at) => outcome switch
    {
        Outcome.Called or Outcome.Mailed or Outcome.NoAnswer or Outcome.LeftMessage => Contact(id, outcome, row, staff, at),
        Outcome.Excused or Outcome.NothingToOffer => Decision(id, reason ?? "nothing to offer", row, staff, at),
        _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
    };

    /// <summary>
    /// The version that takes it back. A deletion alone undoes no contact, since a record that a source lost did happen; so the record is
    /// also corrected to what it was: a note of ours that reached nobody.
    /// </summary>
    internal static StatedFact Undone(StatedFact fact)
    {
        var columns = JsonSerializer.Deserialize<Dictionary<string, string>>(fact.Record)!;
        columns["deleted"] = "true";
        if (fact.Table == FactTable.Of<Interaction>())
        {
            (columns["direction"], columns["kind"]) = ("internal", "note");
            columns.Remove("connected");
            columns.Remove("duration_seconds");
        }
        return fact with { Record = JsonSerializer.Serialize(columns) };
    }

    private static StatedFact Contact(Guid id, Outcome outcome, Addressed row, string staff, DateTimeOffset at)
    {
        var (mailed, spoke) = (outcome == Outcome.Mailed, outcome == Outcome.Called);
        return Make(
            FactTable.Of<Interaction>(), id, row, staff, at,
            ("channel", mailed ? "email" : "phone"), ("direction", "outbound"), ("kind", mailed ? "message" : outcome == Outcome.LeftMessage ? "voicemail" : "call"),
            ("contact_key", row.Contact), ("thread_key", row.ThreadKey), ("project_key", row.ProjectKey),
            ("connected", spoke ? "true" : outcome == Outcome.NoAnswer ? "false" : null), ("duration_seconds", spoke ? Conversation : null),
            ("phone_number", mailed ? null : row.Number));
    }

    private static StatedFact Decision(Guid id, string reason, Addressed row, string staff, DateTimeOffset at) => Make(
        FactTable.Of<Disposition>(), id, row, staff, at, ("commitment_kind", row.Kind), ("subject_key", row.Key), ("reason", reason));

    private static StatedFact Make(FactTable table, Guid id, Addressed row, string staff, DateTimeOffset at, params (string Name, string? Value)[] own) =>
        StatedFact.Of(table, $"{StatedFact.Source}:{id:N}", at, row.Account, [("staff_key", staff), .. own]);
}
