using Followthrough.Analytics.Facts;

namespace Followthrough.Ingest.Drafting;

/// <summary>How sources write the values of our closed sets.</summary>
internal static class ChoiceWords
{
    private static readonly Dictionary<string, string[]> Words = new()
    {
        ["inbound"] = ["in", "incoming", "received", "from customer", "eingehend", "entrante"],
        ["outbound"] = ["out", "outgoing", "sent", "to customer", "ausgehend", "uscente"],
        ["email"] = ["mail", "e mail"],
        ["phone"] = ["call", "telephone", "tel", "voice", "telefon"],
        ["sms"] = ["text", "text message"],
        ["chat"] = ["live chat", "messenger", "whatsapp"],
        ["portal"] = ["web", "website", "web form", "form", "online"],
        ["meeting"] = ["visit", "on site", "appointment"],
        ["letter"] = ["post", "fax"],
        ["message"] = ["email", "e mail", "mail", "chat", "sms"],
        ["call"] = ["phone", "phone call", "telephone"],
        ["low"] = ["minor", "p4", "4", "niedrig"],
        ["normal"] = ["medium", "moderate", "p3", "3", "mittel"],
        ["high"] = ["major", "p2", "2", "hoch"],
        ["urgent"] = ["critical", "blocker", "highest", "p1", "1", "dringend"],
        ["new"] = ["created", "registered"],
        ["open"] = ["in progress", "working", "assigned", "active"],
        ["pending_customer"] = ["pending", "waiting", "waiting for customer", "awaiting customer"],
        ["on_hold"] = ["hold", "paused"],
        ["resolved"] = ["solved", "done", "fixed"],
        ["closed"] = ["complete", "completed"],
        ["reopened"] = ["reopen"],
        ["nps"] = ["net promoter score"],
        ["csat"] = ["satisfaction", "customer satisfaction"],
        ["time_and_material"] = ["t m", "time material", "hourly"],
        ["fixed_price"] = ["fixed", "lump sum"],
        ["true"] = ["ja", "oui", "si", "x", "on", "answered", "reached", "connected"],
        ["false"] = ["nein", "non", "off", "missed", "not reached", "unanswered"],
    };

    private static readonly string[] Flags = ["true", "false"];

    /// <summary>What a column of a closed set may hold; true and false for a flag.</summary>
    public static IReadOnlyList<string> Of(FactColumn column) => column.Kind switch
    {
        ColumnKind.Flag => Flags,
        ColumnKind.Choice => column.Choices,
        _ => [],
    };

    /// <summary>Our word for a source's; null when it is none that we know. What a column reads by itself needs none.</summary>
    public static string? Guess(FactColumn column, string text)
    {
        var words = string.Join(' ', FieldWords.Split(text));
        return Of(column).FirstOrDefault(c => c.Replace('_', ' ') == words) ?? Of(column).FirstOrDefault(c => Words.GetValueOrDefault(c, []).Contains(words));
    }
}
