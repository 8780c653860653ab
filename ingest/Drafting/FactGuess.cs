using Followthrough.Analytics.Facts;

namespace Followthrough.Ingest.Drafting;

/// <summary>How much a file looks like records of a fact.</summary>
internal static class FactGuess
{
    private const int Named = 12;

    // What every fact has says little of which one it is.
    private static readonly HashSet<string> Common = ["source_key", "occurred_at", "source_modified_at", "deleted", "account", "name", "currency"];

    private static readonly Dictionary<string, string[]> Called = new()
    {
        ["account"] = ["accounts", "customer", "customers", "client", "clients", "companies", "kunden"],
        ["contact"] = ["contacts", "people", "persons"],
        ["interaction"] = ["interactions", "call", "calls", "pbx", "mails", "emails", "chats", "messages", "activities"],
        ["issue"] = ["issues", "ticket", "tickets", "case", "cases"],
        ["invoice"] = ["invoices", "bills", "rechnungen"],
        ["payment"] = ["payments", "receipts"],
        ["sales_order"] = ["order", "orders", "contracts"],
        ["survey_response"] = ["survey", "surveys", "responses", "nps", "csat", "feedback"],
        ["staff"] = ["employees", "agents", "users", "team members"],
        ["deal"] = ["deals", "opportunities", "pipeline"],
        ["project"] = ["projects", "jobs"],
        ["milestone"] = ["milestones", "deliveries"],
        ["cost_entry"] = ["costs", "timesheet", "timesheets", "expenses"],
        ["team"] = ["teams", "departments"],
    };

    /// <summary>The more, the likelier.</summary>
    public static int Fit(Sample sample, FactTable table)
    {
        var fields = ColumnGuess.Fields(sample, table);
        var names = FieldWords.Split(sample.Name).ToHashSet();
        var fit = names.Contains(table.Name) || Called.GetValueOrDefault(table.Name, []).Any(names.Contains) ? Named : 0;
        foreach (var column in table.Columns)
        {
            var weight = Common.Contains(column.Name) ? 1 : column.Required ? 4 : 2;
            if (fields.TryGetValue(column.Name, out var field) && (column.Name != "number" || field != fields.GetValueOrDefault("source_key"))) fit += weight;
            // A constant often stands for what a file does not say.
            else if (column.Required && column.Name != "source_key") fit--;
        }
        return fit;
    }
}
