using System.Text.RegularExpressions;
using Followthrough.Analytics.Facts;
using Followthrough.Analytics.Rollups;
using Followthrough.Analytics.Store;
using Npgsql;

namespace Followthrough.Analytics.Commitments;

/// <summary>A kind of commitment: its name in the ledger and the statement that derives what is owed from facts.</summary>
internal sealed partial class CommitmentRule
{
    private static readonly string WorkingTables = Read("Obligation.sql");
    private static readonly string Attribution = Read("Attribution.sql");

    // What a statement may name in place of the facts it is made of.
    private static readonly Dictionary<string, string[]> MadeOf = new()
    {
        ["account_zone"] = ["account", "calendar"],
        ["promised_calendars"] = ["account", "account_calendar", "calendar"],
        ["business_day"] = ["calendar", "calendar_hours", "special_day"],
        ["open_interval"] = ["calendar", "calendar_hours", "special_day"],
        ["business_deadlines"] = ["calendar", "calendar_hours", "special_day"],
        ["business_seconds"] = ["calendar", "calendar_hours", "special_day"],
        ["horizon"] = ["horizon"],
    };

    private CommitmentRule(string kind, int version, string file, bool nextBusinessDay = false, bool byContact = false)
    {
        Kind = kind;
        Version = version;
        HasNextBusinessDay = nextBusinessDay;
        IsByContact = byContact;
        Sql = Read(file);
        Inputs = FactsIn(Sql + Attribution);
    }

    /// <summary>Every kind there is; a new one is a new file and a line here.</summary>
    public static IReadOnlyList<CommitmentRule> All { get; } =
    [
        new("respond", 1, "Respond.sql", nextBusinessDay: true),
        new("invoice", 1, "Invoice.sql"),
        new("deliver", 1, "Deliver.sql"),
        new("deliver_current", 1, "Deliver.sql"),
        new("promise", 1, "Promise.sql"),
        new("proposal", 1, "Proposal.sql"),
        new("call_back", 1, "CallBack.sql"),
        new("acknowledge_issue", 1, "AcknowledgeIssue.sql"),
        new("resolve_issue", 1, "ResolveIssue.sql"),
        new("status_report", 1, "StatusReport.sql"),
        new("cadence", 1, "Cadence.sql"),
        new("next_offer", 1, "NextOffer.sql"),
        new("follow_up", 1, "FollowUp.sql", byContact: true),
        new("survey", 2, "Survey.sql"),
        new("close_the_loop", 1, "CloseTheLoop.sql"),
        new("delay_notice", 1, "DelayNotice.sql"),
        new("phone_first", 1, "PhoneFirst.sql"),
        new("check_in", 1, "CheckIn.sql"),
        new("spot_check", 1, "SpotCheck.sql"),
        new("project_audit", 1, "ProjectAudit.sql"),
    ];

    /// <summary>Name in the ledger.</summary>
    public string Kind { get; }

    /// <summary>Version of the definition; each ledger row says which made it.</summary>
    public int Version { get; }

    /// <summary>Whether "by the same time of the next open day" is stated beside its own deadline.</summary>
    public bool HasNextBusinessDay { get; }

    /// <summary>Whether what is owed to a contact follows from that contact's interactions alone, so that the others need no look.</summary>
    public bool IsByContact { get; }

    /// <summary>The statement that derives what is owed.</summary>
    public string Sql { get; }

    /// <summary>
    /// The facts whose changes it has to look at, and <c>horizon</c> where time alone opens slots: every one that its statements name.
    /// </summary>
    public IReadOnlyList<string> Inputs { get; }

    /// <summary>The rule of that kind.</summary>
    public static CommitmentRule Of(string kind) => All.Single(r => r.Kind == kind);

    /// <summary>Creates the transaction's working tables; the caller fills <c>dirty</c>.</summary>
    public static Task CreateWorkingTablesAsync(NpgsqlConnection connection, CancellationToken ct) =>
        RunAsync(new NpgsqlCommand(WorkingTables, connection), ct);

    /// <summary>
    /// Fills <paramref name="target"/> with the commitments of the accounts in <c>dirty</c>, from each one's <c>since</c> on. Returns how many.
    /// </summary>
    public async Task<int> DeriveAsync(NpgsqlConnection connection, string target, CancellationToken ct)
    {
        // Two statements, so that the second is planned for the number of rows that the first found. Only the keys are joined by.
        var owed = await RunAsync(new NpgsqlCommand($"truncate obligation; insert into obligation {Sql}; analyze obligation (account_id, commitment_key)", connection)
        {
            Parameters = { new("kind", Kind) },
        }, ct);
        if (owed == 0) return 0;
        return await RunAsync(new NpgsqlCommand($"insert into {target} {Attribution}; analyze {target} (account_id, commitment_key)", connection)
        {
            Parameters = { new("kind", Kind), new("version", Version),
                new("next_business_day", HasNextBusinessDay), new("only_matured", RollupBasis.CountsOnlyMatured(Kind)) },
        }, ct);
    }

    private static async Task<int> RunAsync(NpgsqlCommand command, CancellationToken ct)
    {
        await using (command)
        {
            command.CommandTimeout = 0;
            return await command.ExecuteNonQueryAsync(ct);
        }
    }

    /// <summary>The facts that a statement names, or that what it names is made of.</summary>
    internal static string[] FactsIn(string sql)
    {
        var words = Word().Matches(Comment().Replace(sql, "")).Select(m => m.Value).ToHashSet();
        return [.. words.Where(w => FactTable.Find(w) is not null).Union(words.SelectMany(w => MadeOf.GetValueOrDefault(w, []))).Order(StringComparer.Ordinal)];
    }

    [GeneratedRegex("--.*")]
    private static partial Regex Comment();

    [GeneratedRegex(@"\w+")]
    private static partial Regex Word();

    private static string Read(string file) => SqlText.Read(typeof(CommitmentRule), $"Commitments/{file}");
}
