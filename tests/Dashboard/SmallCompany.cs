using Followthrough.Analytics.Commitments;
using Followthrough.Analytics.Facts;
using Followthrough.Analytics.Metrics;
using Followthrough.Analytics.Store;
using Followthrough.Ingest.Loading;
using Followthrough.Tests.Support;
using Npgsql;

namespace Followthrough.Tests.Dashboard;

/// <summary>
/// A company small enough to count by hand, loaded from files like any other, with the names and keys that break careless pages.
/// Q3 2026: Acme 3 kept, 1 missed; a hostile account 1 never answered, 1 waiting; a right-to-left one 1 kept a minute too late.
/// </summary>
internal static class SmallCompany
{
    internal const string Script = "<script>alert('x')</script>";
    internal const string Formula = "=HYPERLINK(\"http://evil.example\",\"Invoice\")";
    internal const string HostileAccount = "crm:a/b %2F?#ü";
    internal const string HostileContact = "mail:m/1 %2e%2F ..\\ 100% ~7E é";
    internal const string RightToLeft = "شركة التحكم في المباني المحدودة للأنظمة الذكية والصيانة الشاملة";
    internal const string LongName = "Consolidated Northwestern Heating, Ventilation & Cooling Holdings";

    /// <summary>“Now” of the pages: a Tuesday noon in the last month of the quarter.</summary>
    internal static readonly DateTimeOffset Now = new(2026, 9, 15, 12, 0, 0, TimeSpan.Zero);

    private static readonly (string Name, string Text)[] Files =
    [
        ("team.csv", "source_key,occurred_at,name,region\nhr:T1,2020-01-01T00:00:00Z,Service North,North\nhr:T2,2020-01-01T00:00:00Z,Service South,South\n"),
        ("staff.csv", "source_key,occurred_at,name\nhr:S1,2020-01-01T00:00:00Z,Ada Byron\nhr:S2,2020-01-01T00:00:00Z,\"" + Script + "\"\n"),
        ("team_membership.csv", "source_key,occurred_at,staff_key,team_key\nhr:M1,2020-01-01T00:00:00Z,hr:S1,hr:T1\nhr:M2,2020-01-01T00:00:00Z,hr:S2,hr:T2\n"),
        ("account.csv", $"source_key,occurred_at,name,region\ncrm:acme,2020-01-01T00:00:00Z,{Quoted(LongName)},North\n{Quoted(HostileAccount)},2020-01-01T00:00:00Z,{Quoted(Formula)},South\ncrm:rtl,2020-01-01T00:00:00Z,{RightToLeft},South\n"),
        ("account_assignment.csv", $"source_key,occurred_at,account,staff_key,role\ncrm:as1,2020-01-01T00:00:00Z,crm:acme,hr:S1,owner\ncrm:as2,2020-01-01T00:00:00Z,{Quoted(HostileAccount)},hr:S2,owner\ncrm:as3,2020-01-01T00:00:00Z,crm:rtl,hr:S2,owner\n"),
        ("contact.csv", $"source_key,occurred_at,account,name\ncrm:c1,2020-01-01T00:00:00Z,crm:acme,Grace Hopper\ncrm:c2,2020-01-01T00:00:00Z,{Quoted(HostileAccount)},{Script}\ncrm:c3,2020-01-01T00:00:00Z,crm:rtl,ليلى\n"),
        ("interaction.csv", Interactions()),
    ];

    internal static async Task LoadAsync(NpgsqlDataSource db, DataFolder folder, CancellationToken cancellation)
    {
        folder.Create();
        var source = Directory.CreateDirectory(Path.Combine(folder.Path, "source"));
        foreach (var (name, text) in Files)
            await File.WriteAllTextAsync(Path.Combine(source.FullName, name), text, cancellation);
        var report = await LoadAsync(db, folder, source.FullName, cancellation);
        // One record names an account that does not exist and stays in quarantine.
        Assert.Equal(1, report.Files.Sum(file => file.Rejected));
    }

    /// <summary>Other facts, in place of the company's own.</summary>
    internal static async Task LoadAsync(NpgsqlDataSource db, DataFolder folder, IReadOnlyList<Fact> facts, CancellationToken cancellation)
    {
        folder.Create();
        var source = Directory.CreateDirectory(Path.Combine(folder.Path, "source"));
        await CanonicalCsv.WriteAsync(source.FullName, [.. facts], cancellation);
        var report = await LoadAsync(db, folder, source.FullName, cancellation);
        Assert.Equal(0, report.Files.Sum(file => file.Rejected));
    }

    private static async Task<LoadReport> LoadAsync(NpgsqlDataSource db, DataFolder folder, string source, CancellationToken cancellation)
    {
        var clock = new StoppedClock(Now);
        await Company.WriteAsync(db, "Little Company & Sons", TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"), cancellation);
        var report = await new Loader(db, new KeptFiles(folder), clock).LoadAsync(new LoadRequest { Path = source, Backfill = true }, null, cancellation);
        await new Ledger(db, clock).RefreshAsync(null, cancellation);
        return report;
    }

    private static string Interactions() => "source_key,occurred_at,account,channel,direction,kind,contact_key,thread_key,staff_key,automatic,connected,duration_seconds,subject\n" + string.Join('\n',
    [
        // Kept after an hour, on another channel.
        "mail:a1,2026-07-06T08:00:00Z,crm:acme,email,inbound,message,crm:c1,t1,,,,,Valve stuck",
        "mail:a2,2026-07-06T08:01:00Z,crm:acme,email,outbound,message,crm:c1,t1,,true,,,We received your message",
        "call:a3,2026-07-06T09:00:00Z,crm:acme,phone,outbound,call,crm:c1,,hr:S1,,true,180,",
        // Kept, with a reminder and an internal note that does not count.
        "mail:b1,2026-07-20T08:00:00Z,crm:acme,email,inbound,message,crm:c1,t2,,,,,When will you come?",
        "mail:b2,2026-07-20T10:00:00Z,crm:acme,email,inbound,message,crm:c1,t2,,,,,Hello?",
        "note:b3,2026-07-20T11:00:00Z,crm:acme,email,internal,note,crm:c1,t2,hr:S1,,,,On it",
        "mail:b4,2026-07-20T12:00:00Z,crm:acme,email,outbound,message,crm:c1,t2,hr:S1,,,,Tomorrow",
        // Missed: answered after two days.
        "mail:c1,2026-08-03T08:00:00Z,crm:acme,email,inbound,message,crm:c1,t3,,,,,Boiler cold",
        "mail:c2,2026-08-05T08:00:00Z,crm:acme,email,outbound,message,crm:c1,t3,hr:S1,,,,Sorry",
        // Kept.
        "mail:d1,2026-09-01T08:00:00Z,crm:acme,email,inbound,message,crm:c1,t4,,,,,Thanks for the offer",
        "mail:d2,2026-09-01T08:30:00Z,crm:acme,email,outbound,message,crm:c1,t4,hr:S1,,,,Welcome",
        // Never answered, under a key that needs escaping everywhere.
        $"{Quoted(HostileContact)},2026-09-02T08:00:00Z,{Quoted(HostileAccount)},email,inbound,message,crm:c2,t5,,,,,{Quoted("<img src=x onerror=alert(1)>")}",
        // Kept after 24 hours to the minute and one more: missed.
        "mail:f1,2026-09-07T08:00:00Z,crm:rtl,portal,inbound,message,crm:c3,t6,,,,,سؤال",
        "mail:f2,2026-09-08T08:01:00Z,crm:rtl,portal,outbound,message,crm:c3,t6,hr:S2,,,,جواب",
        // Waiting: due at 20:00 today.
        $"mail:g1,2026-09-14T20:00:00Z,{Quoted(HostileAccount)},chat,inbound,message,crm:c4,t7,,,,,Anyone there?",
        // Names no account of ours.
        "mail:x1,2026-09-14T20:00:00Z,crm:nobody,chat,inbound,message,crm:c9,t9,,,,,Lost",
    ]) + "\n";

    private static string Quoted(string text) => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}

/// <summary>A clock that stands still.</summary>
internal sealed class StoppedClock(DateTimeOffset now) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => now;
}
