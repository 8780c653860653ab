using System.Text;

namespace Followthrough.Ingest.Drafting;

/// <summary>How sources name what our columns hold. The first names of a column are the likeliest.</summary>
internal static class FieldWords
{
    private const int Exact = 100;
    private const int Within = 60;

    private static readonly Dictionary<string, string[]> Names = new()
    {
        ["source_key"] = ["id", "key", "uuid", "guid", "number", "no", "nr", "nummer", "reference", "ref"],
        ["account"] = ["customer id", "client id", "account id", "company id", "customer no", "customer number", "kundennummer", "customer", "client", "account", "company", "organisation", "organization", "kunde", "cliente", "konto"],
        ["occurred_at"] = ["date", "created", "timestamp", "time", "datetime", "datum", "start", "started", "opened", "received", "submitted", "issued", "recorded", "at", "when", "fecha", "data"],
        ["source_modified_at"] = ["modified", "updated", "last modified", "last updated", "changed", "last change"],
        ["deleted"] = ["is deleted", "removed"],
        ["name"] = ["full name", "display name", "company name", "customer name", "label", "bezeichnung", "nom", "nome", "nombre"],
        ["title"] = ["subject", "summary", "job title", "position", "topic", "betreff"],
        ["subject"] = ["title", "topic", "summary", "betreff"],
        ["number"] = ["no", "nr", "nummer", "reference"],
        ["amount"] = ["net", "net amount", "total", "value", "sum", "price", "cost", "betrag", "netto", "montant", "importo", "importe"],
        ["tax"] = ["vat", "sales tax", "mwst", "ust", "iva", "tva"],
        ["currency"] = ["curr", "ccy", "currency code", "waehrung", "währung", "devise", "valuta", "moneda"],
        ["due_on"] = ["due", "due date", "payable by", "faellig", "fällig"],
        ["sent_at"] = ["sent", "sent date", "transmitted"],
        ["email"] = ["mail", "e mail", "email address"],
        ["phone"] = ["telephone", "tel", "mobile", "phone number", "telefon"],
        ["phone_number"] = ["caller", "caller id", "from number", "phone", "telephone", "msisdn"],
        ["staff_key"] = ["agent", "agent id", "staff", "staff id", "employee", "employee id", "user", "operator", "rep", "technician", "assignee", "handled by", "mitarbeiter"],
        ["owner_key"] = ["owner", "owner id", "responsible", "account manager", "sales rep", "assigned to"],
        ["manager_key"] = ["manager", "manager id", "project manager", "supervisor"],
        ["team_key"] = ["team", "team id", "department", "queue"],
        ["contact_key"] = ["contact", "contact id", "person", "contact person", "requester"],
        ["project_key"] = ["project", "project id", "job", "job id", "projekt"],
        ["milestone_key"] = ["milestone", "milestone id"],
        ["thread_key"] = ["thread", "thread id", "conversation", "conversation id", "ticket", "ticket id"],
        ["issue_key"] = ["issue", "issue id", "ticket", "ticket id", "case", "case id"],
        ["invoice_key"] = ["invoice", "invoice id", "invoice no", "invoice number", "rechnung"],
        ["order_key"] = ["order", "order id", "order no", "order number"],
        ["deal_key"] = ["deal", "deal id", "opportunity", "opportunity id"],
        ["channel"] = ["medium", "via", "origin", "kanal"],
        ["direction"] = ["way", "in out", "richtung"],
        ["kind"] = ["type", "typ"],
        ["connected"] = ["answered", "reached"],
        ["duration_seconds"] = ["duration", "duration sec", "seconds", "talk time", "length", "dauer"],
        ["score"] = ["rating", "grade", "points", "nps", "csat", "ces", "answer"],
        ["comment"] = ["feedback", "remark", "comments", "verbatim", "bemerkung"],
        ["priority"] = ["urgency", "severity", "prio"],
        ["state"] = ["status"],
        ["stage"] = ["status", "phase"],
        ["description"] = ["text", "item", "product", "details"],
        ["country"] = ["country code", "land", "pays", "paese"],
        ["industry"] = ["sector", "branche"],
        ["segment"] = ["customer segment", "tier", "class"],
        ["closed_at"] = ["closed", "end", "ended", "churned"],
        ["ended_at"] = ["end", "ended", "until", "valid to", "leave date"],
        ["hours"] = ["hours worked", "stunden", "ore", "heures"],
        ["won_at"] = ["won", "won date", "close date"],
        ["expected_close_on"] = ["close date", "expected close", "closing date"],
        ["parent_key"] = ["parent", "parent id", "parent account"],
    };

    /// <summary>How well a field's name fits a column, from 0 to 100.</summary>
    /// <param name="column">Name of the column.</param>
    /// <param name="fact">Name of the fact: <c>invoice_date</c> is the date of an invoice.</param>
    /// <param name="field">The source's name; of a dotted path the last part counts most.</param>
    public static int Fit(string column, string fact, string field)
    {
        var words = Split(field);
        var own = words.Except(Split(fact)).ToList();
        var best = 0;
        var rank = 0;
        foreach (var name in NamesOf(column))
        {
            var parts = name.Split(' ');
            if (Same(words, parts) || Same(own, parts)) best = Math.Max(best, Exact - (2 * rank));
            else if (parts.All(words.Contains)) best = Math.Max(best, Within + (parts.Length * 4) - rank - words.Count);
            rank++;
        }
        return best;
    }

    /// <summary>The words of a name, in small letters: <c>CustomerID</c>, <c>customer_id</c> and <c>customer-id</c> are the same two.</summary>
    public static IReadOnlyList<string> Split(string name)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        for (var i = 0; i < name.Length; i++)
        {
            var begins = char.IsUpper(name[i]) && i > 0 && (char.IsLower(name[i - 1]) || (char.IsUpper(name[i - 1]) && i + 1 < name.Length && char.IsLower(name[i + 1])));
            if (begins || !char.IsLetterOrDigit(name[i])) Close();
            if (char.IsLetterOrDigit(name[i])) word.Append(char.ToLowerInvariant(name[i]));
        }
        Close();
        return words;

        void Close()
        {
            if (word.Length > 0) words.Add(word.ToString());
            word.Clear();
        }
    }

    private static IEnumerable<string> NamesOf(string column)
    {
        var words = column.Split('_');
        yield return string.Join(' ', words);
        if (words.Length > 1 && words[^1] is "at" or "on" or "key") yield return string.Join(' ', words[..^1]);
        foreach (var name in Names.GetValueOrDefault(column, [])) yield return name;
    }

    private static bool Same(IReadOnlyList<string> words, string[] parts) =>
        words.SequenceEqual(parts) || string.Concat(words) == string.Concat(parts);
}
