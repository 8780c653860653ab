using Followthrough.Analytics.Facts;
using Npgsql;

namespace Followthrough.Analytics.ProjectAudits;

/// <summary>
/// Where audits are assigned, done and signed off. Each call works within the connection's transaction, so that a change, its entry in the
/// log and the fact it becomes are there together or not at all.
/// </summary>
internal sealed class AuditDesk(NpgsqlConnection connection, AuditActor by)
{
    /// <summary>Gives an audit to somebody, and draws the sample if there is none yet. Another auditor looks for himself: what was seen is set aside.</summary>
    /// <exception cref="AuditException">He is not independent, may not audit, has it already, or it is signed off.</exception>
    public async Task<AuditChange> AssignAsync(AuditedProject asked, string staff, CancellationToken ct)
    {
        var project = await TakeAsync(asked, ct);
        var who = (await AuditCandidates.AllAsync(connection, by.Roles, by.At, ct)).FirstOrDefault(person => person.Staff == staff)
            ?? throw new AuditException("There is nobody with that key who may audit: choose one from the list.");
        if (project.Case?.Auditor == staff) throw new AuditException($"{who.Name} has it already.");
        await RequireIndependentAsync(project, who, ct);
        if (project.Case is { } begun)
        {
            await ChangeAuditorAsync(begun, who, ct);
            return new AuditChange(Subject(project), $"auditor {begun.Auditor}", $"auditor {staff}");
        }
        await BeginAsync([(project, who)], ct);
        return new AuditChange(Subject(project), null, $"auditor {staff}");
    }

    /// <summary>Spreads what nobody is at over those who are independent of it.</summary>
    /// <param name="quarter">Every project of the quarter: what each auditor has already counts.</param>
    /// <param name="which">Those that are spread.</param>
    /// <param name="ct">Stops it.</param>
    public async Task<IReadOnlyList<AuditChange>> AssignAllAsync(IReadOnlyList<AuditedProject> quarter, Func<AuditedProject, bool> which, CancellationToken ct)
    {
        var open = quarter.Where(p => p is { Excused: null, State: AuditState.Open } && which(p)).ToList();
        var people = await AuditCandidates.AllAsync(connection, by.Roles, by.At, ct);
        var choices = await AuditCandidates.OfAsync(connection, open, people, by.Zone, by.At, ct);
        var load = quarter.Where(p => p.Case is not null).GroupBy(p => p.Case!.Auditor).ToDictionary(g => g.Key, g => g.Count());
        var spread = AuditSpread.Of([.. open.Zip(choices, (p, all) => (p, SeedOf(p), (IReadOnlyCollection<string>)[.. all.Where(c => c.Against.Count == 0).Select(c => c.Who.Staff)]))], load);
        await BeginAsync([.. spread.Select(pair => (pair.Of, people.First(who => who.Staff == pair.Auditor)))], ct);
        return [.. spread.Select(pair => new AuditChange(Subject(pair.Of), null, $"auditor {pair.Auditor}"))];
    }

    /// <summary>Says what was seen of a drawn item.</summary>
    /// <exception cref="AuditException">It is signed off, or an exception is without words.</exception>
    public async Task<AuditChange> JudgeAsync(AuditedProject asked, long item, AuditVerdict verdict, string? words, CancellationToken ct)
    {
        var project = await MineAsync(asked, ct);
        var found = (await AuditItems.OfAsync(connection, project.Case!.Id, ct)).FirstOrDefault(i => i.Id == item) ?? throw new AuditException("That was not drawn.");
        var said = verdict == AuditVerdict.Exception || !string.IsNullOrWhiteSpace(words) ? AuditActor.Said(words, "What is not as it should be") : null;
        await AuditItems.JudgeAsync(connection, found, verdict, said, by, ct);
        return new AuditChange($"{Subject(project)}, {AuditWord.Of(found.Sort)} {found.Key}", Say(found.Verdict, found.Words), Say(verdict, said)!);
    }

    /// <summary>Signs an audit off; what it became.</summary>
    /// <exception cref="AuditException">Something drawn was not looked at, the words are missing, or the auditor is no longer independent.</exception>
    public async Task<(AuditedProject Signed, AuditChange Change)> SignAsync(AuditedProject asked, string? summary, CancellationToken ct)
    {
        var project = await MineAsync(asked, ct);
        var audit = project.Case!;
        if (audit.Judged < audit.Items) throw new AuditException($"{audit.Items - audit.Judged} of {audit.Items} drawn items were not looked at yet.");
        var words = AuditActor.Said(summary, "What the audit comes to");
        var who = (await AuditCandidates.AllAsync(connection, by.Roles, by.At, ct)).FirstOrDefault(person => person.Staff == audit.Auditor)
            ?? throw new AuditException("You are not known among those who may audit.");
        await RequireIndependentAsync(project, who, ct);
        var rating = AuditRating.Of(audit.Findings, audit.HighFindings);
        await RunAsync(
            "update audit_case set signed_at = $2, signed_by = $3, rating = $4, summary = $5, auditor_unit = $6 where case_id = $1", ct, audit.Id, by.At, by.Name, rating, words, who.Unit!);
        await AuditSteps.AddAsync(connection, audit.Id, null, AuditStepKind.SignedOff, by, $"{rating}: {words}", ct);
        var signed = project with { Case = audit with { SignedAt = by.At, SignedBy = by.Name, Rating = rating, Summary = words, AuditorUnit = who.Unit! } };
        return (signed, new AuditChange(Subject(project), "not signed off", rating));
    }

    /// <summary>Takes a sign-off back, for a reason: the audit is owed again.</summary>
    /// <exception cref="AuditException">There is none, or no reason.</exception>
    public async Task<(AuditedProject Reopened, AuditChange Change)> ReopenAsync(AuditedProject asked, string? reason, CancellationToken ct)
    {
        var project = await LockAsync(asked, ct);
        if (project.Case is not { SignedAt: not null } audit) throw new AuditException("It is not signed off.");
        var words = AuditActor.Said(reason, "The reason");
        await RunAsync("update audit_case set signed_at = null, signed_by = null, rating = null, summary = null where case_id = $1", ct, audit.Id);
        await AuditSteps.AddAsync(connection, audit.Id, null, AuditStepKind.Reopened, by, words, ct);
        var reopened = project with { Case = audit with { SignedAt = null, SignedBy = null, Rating = null, Summary = null } };
        return (reopened, new AuditChange(Subject(project), audit.Rating, $"reopened: {words}"));
    }

    /// <summary>Holds an audit of the actor's own until the transaction ends, as it is now.</summary>
    /// <exception cref="AuditException">It is signed off, or somebody else has it by now.</exception>
    public async Task<AuditedProject> MineAsync(AuditedProject asked, CancellationToken ct)
    {
        var project = await TakeAsync(asked, ct);
        return project.Case is { } audit && audit.Auditor == by.Staff ? project : throw new AuditException("Somebody else audits it now.");
    }

    /// <summary>Of what the log speaks.</summary>
    private static string Subject(AuditedProject project) => $"audit of {project.CommitmentKey}, {project.Account}";

    // Two at once: the second waits here, then finds what the first did.
    private async Task<AuditedProject> LockAsync(AuditedProject asked, CancellationToken ct)
    {
        await RunAsync("select pg_advisory_xact_lock(hashtextextended($1, 140))", ct, asked.CommitmentKey);
        return await ProjectAuditReader.FindAsync(connection, asked.Account, asked.CommitmentKey, ct) ?? throw new AuditException("The project is no longer owed an audit.");
    }

    private async Task<AuditedProject> TakeAsync(AuditedProject asked, CancellationToken ct)
    {
        var project = await LockAsync(asked, ct);
        if (project.State == AuditState.SignedOff) throw new AuditException(project.IsSignedElsewhere ? "Another system has told that it is signed off." : "It is signed off. Reopen it first, with a reason.");
        return project;
    }

    private async Task RequireIndependentAsync(AuditedProject project, Auditor who, CancellationToken ct)
    {
        var against = (await AuditCandidates.OfAsync(connection, [project], [who], by.Zone, by.At, ct))[0][0].Against;
        if (against.Count > 0) throw new AuditException($"{who.Name} is not independent: {string.Join("; ", against)}.");
    }

    private async Task ChangeAuditorAsync(AuditCase begun, Auditor who, CancellationToken ct)
    {
        await AuditItems.ForgetAsync(connection, begun.Id, ct);
        await RunAsync("update audit_case set auditor_key = $2, auditor_unit = $3, assigned_at = $4, assigned_by = $5 where case_id = $1", ct, begun.Id, who.Staff, who.Unit!, by.At, by.Name);
        await AuditSteps.AddAsync(connection, begun.Id, null, AuditStepKind.Assigned, by, $"{Named(who)}, after {begun.AuditorName}", ct);
    }

    private async Task BeginAsync(IReadOnlyList<(AuditedProject Project, Auditor Who)> begun, CancellationToken ct)
    {
        if (begun.Count == 0) return;
        var candidates = await AuditItems.CandidatesAsync(connection, [.. begun.Select(b => b.Project)], by.Zone, ct);
        foreach (var (project, who) in begun) await BeginAsync(project, who, candidates[(AccountId.Of(project.Account), project.Project)].ToLookup(c => c.Sort), ct);
    }

    private async Task BeginAsync(AuditedProject project, Auditor who, ILookup<AuditItemSort, Candidate> all, CancellationToken ct)
    {
        var seed = SeedOf(project);
        await using var insert = new NpgsqlCommand("""
            insert into audit_case (account_id, commitment_key, project_key, quarter, auditor_key, auditor_unit, assigned_at, assigned_by, seed, drawn_at, communications, commitments,
              communication_keys, commitment_keys)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $7, cardinality($10::text[]), cardinality($11::text[]), $10, $11) on conflict (account_id, commitment_key) do nothing returning case_id
            """, connection);
        foreach (var value in new object[]
        {
            AccountId.Of(project.Account), project.CommitmentKey, project.Project, project.Quarter, who.Staff, who.Unit!, by.At, by.Name, seed,
            all[AuditItemSort.Communication].Select(c => c.DrawnBy).Order(StringComparer.Ordinal).ToArray(),
            all[AuditItemSort.Commitment].Select(c => c.DrawnBy).Order(StringComparer.Ordinal).ToArray(),
        })
            insert.Parameters.Add(new NpgsqlParameter { Value = value });
        if (await insert.ExecuteScalarAsync(ct) is not long audit) throw new AuditException($"Somebody else has just assigned {project.ProjectName}.");
        await AuditItems.KeepAsync(connection, audit, [.. Enum.GetValues<AuditItemSort>().SelectMany(sort => SampleDraw.Of(seed, all[sort], c => c.DrawnBy))], ct);
        await AuditSteps.AddAsync(connection, audit, null, AuditStepKind.Assigned, by, Named(who), ct);
    }

    // Whoever is independent may take it himself; that he did stays on record.
    private string Named(Auditor who) => $"{who.Name} of {who.Unit}{(who.Staff == by.Staff ? AuditStep.Himself : "")}";

    private static string SeedOf(AuditedProject project) => SampleDraw.SeedOf(AuditQuarter.Ending(project.Quarter).Label, project.Project);

    private static string? Say(AuditVerdict? verdict, string? words) => verdict is not { } said ? null : words is null ? AuditWord.Of(said) : $"{AuditWord.Of(said)}: {words}";

    private async Task RunAsync(string sql, CancellationToken ct, params object[] values)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        await command.ExecuteNonQueryAsync(ct);
    }
}
