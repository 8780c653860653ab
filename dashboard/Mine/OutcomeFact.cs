using System.Text.Json;
using Followthrough.Analytics.Facts;
using Followthrough.Dashboard.Wording;

namespace Followthrough.Dashboard.Mine;

/// <summary>The fact an outcome becomes, in the product's own format, and what takes it back.</summary>
/// <param name="Table">Interaction or disposition.</param>
/// <param name="Key">Its source key.</param>
/// <param name="Record">Its columns as a JSON object.</param>
internal sealed record OutcomeFact(FactTable Table, string Key, string Record)
{
    /// <summary>The source of facts that people state here.</summary>
    internal const string Source = "followthrough";

    // The least that counts as a conversation (definitions 2.1); who presses Called states that much and no more.
    private const string Conversation = "30";

    internal static OutcomeFact Of(Guid id, Outcome outcome, string? reason, Addressed row, string staff, DateTimeOffset at) => outcome switch
    {
        Outcome.Called or Outcome.Mailed or Outcome.NoAnswer or Outcome.LeftMessage => Contact(id, outcome, row, staff, at),
        Outcome.Excused or Outcome.NothingToOffer => Decision(id, reason ?? "nothing to offer", row, staff, at),
        _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
    };

    /// <summary>
    /// The version that takes it back. A deletion alone undoes no contact, since a record that a source lost did happen; so the record is
    /// also corrected to what it was: a note of ours that reached nobody.
    /// </summary>
    internal OutcomeFact Undone()
    {
        var columns = JsonSerializer.Deserialize<Dictionary<string, string>>(Record)!;
        columns["deleted"] = "true";
        if (Table == FactTable.Of<Interaction>())
        {
            (columns["direction"], columns["kind"]) = ("internal", "note");
            columns.Remove("connected");
            columns.Remove("duration_seconds");
        }
        return this with { Record = JsonSerializer.Serialize(columns) };
    }

    private static OutcomeFact Contact(Guid id, Outcome outcome, Addressed row, string staff, DateTimeOffset at)
    {
        var (mailed, spoke) = (outcome == Outcome.Mailed, outcome == Outcome.Called);
        return Make(
            FactTable.Of<Interaction>(), id, row, staff, at,
            ("channel", mailed ? "email" : "phone"), ("direction", "outbound"), ("kind", mailed ? "message" : outcome == Outcome.LeftMessage ? "voicemail" : "call"),
            ("contact_key", row.Contact), ("thread_key", row.ThreadKey), ("project_key", row.ProjectKey),
            ("connected", spoke ? "true" : outcome == Outcome.NoAnswer ? "false" : null), ("duration_seconds", spoke ? Conversation : null),
            ("phone_number", mailed ? null : row.Number));
    }

    private static OutcomeFact Decision(Guid id, string reason, Addressed row, string staff, DateTimeOffset at) => Make(
        FactTable.Of<Disposition>(), id, row, staff, at, ("commitment_kind", row.Kind), ("subject_key", row.Key), ("reason", reason));

    private static OutcomeFact Make(FactTable table, Guid id, Addressed row, string staff, DateTimeOffset at, params (string Name, string? Value)[] own)
    {
        var key = $"{Source}:{id:N}";
        (string Name, string? Value)[] all =
            [("source_key", key), ("occurred_at", Moments.Machine(at)), ("account", row.Account), ("staff_key", staff), .. own];
        return new OutcomeFact(table, key, JsonSerializer.Serialize(all.Where(c => c.Value is not null).ToDictionary(c => c.Name, c => c.Value)));
    }
}
