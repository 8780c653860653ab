using System.Globalization;
using System.IO.Compression;
using CsvHelper;
using Followthrough.Analytics.Facts;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Analytics.Measures;

/// <summary>Two public sets of sales as canonical facts. Their folder lies beside this repository; without it a test is skipped.</summary>
internal static class PublicSales
{
    private const string Nobody = "online_retail:anonymous";

    /// <summary>UCI "Online Retail": orders are what identified customers bought; invoices are all there is, and those that begin with C are credits.</summary>
    internal static Fact[] OnlineRetail()
    {
        using var file = File.OpenRead(SharedData.Path("online_retail/onlineretail_decoded.csv.gz"));
        using var text = new StreamReader(new GZipStream(file, CompressionMode.Decompress));
        var lines = Rows(text, row => new Sale(
            row("InvoiceNo"), At(row("InvoiceDate")), row("CustomerID"), int.Parse(row("Quantity"), CultureInfo.InvariantCulture), Number(row("UnitPrice")))).ToList();
        return
        [
            Given.Account(Nobody) with { Anonymous = true },
            .. lines.Select(l => l.Customer).Distinct().Where(c => c.Length > 0).Select(c => Given.Account($"online_retail:{c}")),
            .. lines.Where(l => l.IsPurchase).GroupBy(l => l.Invoice).Select(Order),
            .. lines.GroupBy(l => l.Invoice).SelectMany(Billed),
        ];
    }

    /// <summary>Maven Analytics "CRM Sales Opportunities": the deals that name an account, with their agents in the teams of their managers.</summary>
    internal static Fact[] CrmOpportunities()
    {
        using var pipeline = File.OpenText(SharedData.Path("crm_sales_opportunities/sales_pipeline.csv"));
        using var agents = File.OpenText(SharedData.Path("crm_sales_opportunities/sales_teams.csv"));
        var teams = Rows(agents, row => (Agent: row("sales_agent"), Manager: row("manager"))).ToList();
        var deals = Rows(pipeline, row => row("account").Length == 0 ? null : GivenSales.Deal(
            row("account"), row("opportunity_id"), row("close_value").Length == 0 ? null : Number(row("close_value")),
            row("deal_stage") == "Won" ? row("close_date") + "T00:00Z" : null, row("deal_stage") == "Lost" ? row("close_date") + "T00:00Z" : null, row("sales_agent"))).OfType<Deal>().ToList();
        return
        [
            .. deals.Select(d => d.Account).Distinct().Select(a => Given.Account(a)),
            .. teams.Select(t => Given.Staff(t.Agent)), .. teams.Select(t => t.Manager).Distinct().Select(m => Given.Team(m)),
            .. teams.Select(t => Given.Membership(t.Agent, t.Manager, "2016-10-20T00:00Z")), .. deals,
        ];
    }

    private static SalesOrder Order(IGrouping<string, Sale> invoice) => new()
    {
        SourceKey = $"online_retail:order/{invoice.Key}",
        Account = $"online_retail:{invoice.First().Customer}",
        OccurredAt = invoice.Min(l => l.At),
        Number = invoice.Key,
        Amount = invoice.Sum(l => l.Amount),
        Currency = "GBP",
    };

    private static IEnumerable<Fact> Billed(IGrouping<string, Sale> invoice)
    {
        var (key, at, amount) = ($"online_retail:{invoice.Key}", invoice.Min(l => l.At), invoice.Sum(l => l.Amount));
        var account = invoice.First().Customer is { Length: > 0 } customer ? $"online_retail:{customer}" : Nobody;
        if (invoice.Key[0] == 'C') return [new CreditNote { SourceKey = key, Account = account, OccurredAt = at, Amount = -amount, Currency = "GBP" }];
        return
        [
            new Invoice { SourceKey = key, Account = account, OccurredAt = at, Number = invoice.Key, SentAt = at, Amount = amount, Currency = "GBP" },
            new InvoiceLine { SourceKey = $"{key}/all", Account = account, OccurredAt = at, InvoiceKey = key, Amount = amount, Currency = "GBP" },
        ];
    }

    private static IEnumerable<T> Rows<T>(TextReader text, Func<Func<string, string>, T> of)
    {
        using var csv = CsvReader.Create(text, new CsvReaderOptions { Separator = ',' }, leaveOpen: true);
        csv.ReadHeader();
        while (csv.Read()) yield return of(name => csv.GetString(name));
    }

    private static DateTimeOffset At(string text) => Given.At(text.Replace(' ', 'T') + "Z");

    private static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);

    private sealed record Sale(string Invoice, DateTimeOffset At, string Customer, int Quantity, decimal Price)
    {
        public decimal Amount => Quantity * Price;

        public bool IsPurchase => Customer.Length > 0 && Invoice[0] != 'C' && Quantity > 0 && Price > 0;
    }
}
