namespace Followthrough.Tests.Analytics.Demo;

/// <summary>The rule of the respond commitment applied to the written rows alone: account, opening and answer of every obligation.</summary>
internal static class RespondByHand
{
    private static readonly string[] NobodyThere = ["short_abandoned", "blocked", "number_withheld"];

    public static IEnumerable<(string Account, string Opening, string? AnsweredAt)> Read(IEnumerable<IReadOnlyDictionary<string, string>> rows) =>
        rows.GroupBy(r => r["account"]).SelectMany(account => ReadOne([.. account.OrderBy(r => r["occurred_at"], StringComparer.Ordinal)]));

    private static IEnumerable<(string, string, string?)> ReadOne(IReadOnlyList<IReadOnlyDictionary<string, string>> rows)
    {
        var waiting = new Dictionary<string, IReadOnlyDictionary<string, string>>();
        foreach (var row in rows)
        {
            var contact = row["contact_key"];
            if (IsAnswer(row))
            {
                foreach (var (who, opening) in waiting.Where(w => w.Key == contact || SameThread(w.Value, row)).ToArray())
                {
                    waiting.Remove(who);
                    yield return (row["account"], opening["source_key"], row["occurred_at"]);
                }
            }

            if (contact != "" && IsQuestion(row)) waiting.TryAdd(contact, row);
        }

        foreach (var opening in waiting.Values) yield return (opening["account"], opening["source_key"], null);
    }

    private static bool SameThread(IReadOnlyDictionary<string, string> opening, IReadOnlyDictionary<string, string> row) =>
        row["thread_key"] != "" && row["thread_key"] == opening["thread_key"];

    private static bool IsAnswer(IReadOnlyDictionary<string, string> row) =>
        row["automatic"] == "false" && row["bulk"] == "false" && (row["kind"], row["direction"]) switch
        {
            ("message" or "voicemail" or "meeting", "outbound") or ("meeting", "inbound") => true,
            ("call", "outbound") => row["connected"] == "true" && int.Parse(row["duration_seconds"], null) >= 30,
            _ => false,
        };

    private static bool IsQuestion(IReadOnlyDictionary<string, string> row)
    {
        if (row["kind"] == "hand_off") return true;
        if (row["direction"] != "inbound" || row["automatic"] == "true" || row["bulk"] == "true" || row["to_bot"] == "true") return false;
        return row["kind"] is "message" or "voicemail"
            || (row["kind"] == "call" && row["connected"] == "false" && !NobodyThere.Contains(row["missed_reason"]));
    }
}
