using Followthrough.Analytics.Metrics;
using Followthrough.Analytics.ProjectAudits;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Analytics.ProjectAudits;

/// <summary>Audits of one quarter from assignment to sign-off, over one company.</summary>
public sealed class AuditDeskTests(AuditedCompany company) : IClassFixture<AuditedCompany>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_audit_goes_from_open_to_signed_off_and_what_is_learned_later_changes_neither_sample_nor_signature()
    {
        Assert.Equal(["P Open", "R SignedOff"], (await company.Reader.ReadAsync(Period.QuarterOf(GivenProject.Day("2026-02-01")), Ct)).Select(p => $"{p.Project} {p.State}"));
        Assert.True((await company.ProjectAsync("R/2026-Q1")).IsSignedElsewhere);

        await RefusedAsync("Ann is not independent: is of the project's own unit, Projects; manages the project; answers for", d => d.AssignAsync, "hr:Ann");
        await RefusedAsync("Sam is not independent: worked on it (2 hours).", d => d.AssignAsync, "hr:Sam");
        await RefusedAsync("There is nobody with that key", d => d.AssignAsync, "hr:Bo");
        Assert.Contains(Assert.Single(await AllAsync()).After, new[] { "auditor hr:Kay", "auditor hr:Lee" });
        Assert.Empty(await AllAsync());
        if ((await company.ProjectAsync()).Auditor != "hr:Kay") await AssignAsync("hr:Kay");

        var audit = (await company.ProjectAsync()).Case!;
        var drawn = await company.ItemsAsync(audit.Id);
        Assert.Equal((7, 5), (audit.Communications, drawn.Count(i => i.Sort == AuditItemSort.Communication)));
        Assert.Equal(
            SampleDraw.Of(SampleDraw.SeedOf("2026-Q1", "P"), Enumerable.Range(1, 7).Select(n => $"mail:{n}"), key => key),
            drawn.Where(i => i.Sort == AuditItemSort.Communication).Select(i => i.Key));
        await company.World.LoadAsync(Given.Inbound("crm:A", "2026-03-25T08:00Z", key: "mail:late") with { ProjectKey = "P" });
        await company.World.RefreshAsync();
        Assert.Equal(drawn.Select(i => i.Key), (await company.ItemsAsync(audit.Id)).Select(i => i.Key));

        await Assert.ThrowsAsync<AuditException>(() => SignAsync("hr:Kay"));
        foreach (var item in drawn) await JudgeAsync("hr:Kay", item, AuditVerdict.Ok, null);
        await Assert.ThrowsAsync<AuditException>(() => JudgeAsync("hr:Kay", drawn[0], AuditVerdict.Exception, " "));
        await Assert.ThrowsAsync<AuditException>(() => JudgeAsync("hr:Sam", drawn[0], AuditVerdict.Ok, null));
        Assert.Equal(AuditState.Reviewed, (await company.ProjectAsync()).State);
        await OwnerCannotCloseAsync(drawn);

        await Assert.ThrowsAsync<AuditException>(() => SignAsync("hr:Sam"));
        Assert.Equal("minor findings", (await SignAsync("hr:Kay")).Case!.Rating);
        Assert.Equal(AuditState.SignedOff, (await company.ProjectAsync()).State);
        await Assert.ThrowsAsync<AuditException>(() => JudgeAsync("hr:Kay", drawn[0], AuditVerdict.Ok, null));
        var project = await company.ProjectAsync();
        await Assert.ThrowsAsync<AuditException>(() => company.AsAsync("hr:Kay", (desk, _) => desk.ReopenAsync(project, "", Ct)));
        await company.AsAsync("hr:Kay", (desk, _) => desk.ReopenAsync(project, "one mail was overlooked", Ct));
        Assert.Equal(AuditState.Reviewed, (await company.ProjectAsync()).State);
        Assert.Equal(
            ["Assigned Lee of Service, after Kay", "Assigned Kay of Service (the same person), after Lee", "SignedOff minor findings: all in order", "Reopened one mail was overlooked"],
            (await AuditSteps.OfAsync(company.Db, audit.Id, Ct)).Where(s => s.Finding is null).TakeLast(4).Select(s => $"{s.Kind} {s.Words}"));
    }

    [Theory]
    [InlineData("hr:Kay")]
    [InlineData("hr:Ann", "is of the project's own unit, Projects", "manages the project", "answers for")]
    [InlineData("hr:Bo", "is of the project's own unit, Projects", "answers for", "is responsible for its customer")]
    [InlineData("hr:Sam", "worked on it (2 hours)")]
    [InlineData("hr:Mo", "is the project manager's manager")]
    [InlineData("hr:Tia", "was in touch with the customer about it (1 contact)")]
    [InlineData("hr:Cy", "is credited with 20 % of what its customer brings")]
    public async Task Whatever_the_data_say_binds_somebody_is_found(string staff, params string[] against)
    {
        var project = await company.ProjectAsync();
        await using var connection = await company.Db.OpenConnectionAsync(Ct);
        var who = new Auditor(staff, staff, staff is "hr:Ann" or "hr:Bo" ? "Projects" : "Service");
        var said = (await AuditCandidates.OfAsync(connection, [project], [who], TimeZoneInfo.Utc, company.World.Clock.Now, Ct))[0][0].Against;
        Assert.Equal(against.Length, said.Count);
        Assert.All(said.Zip(against), pair => Assert.StartsWith(pair.Second, pair.First, StringComparison.Ordinal));
    }

    // Lee owns what was found and gets the audit: he judges anew, and not his own work.
    private async Task OwnerCannotCloseAsync(IReadOnlyList<AuditItem> drawn)
    {
        var project = await company.ProjectAsync();
        await Assert.ThrowsAsync<AuditException>(() => RaiseAsync(project, "hr:Kay", "2026-06-20"));
        await Assert.ThrowsAsync<AuditException>(() => RaiseAsync(project, "hr:Lee", "2026-05-31"));
        await Assert.ThrowsAsync<AuditException>(() => RaiseAsync(project, "hr:Nobody", "2026-06-20"));
        var id = await RaiseAsync(project, "hr:Lee", "2026-06-20");
        var findings = new FindingReader(company.Db, company.World.Clock);
        var viewer = Viewer.Everything("test");
        await AssignAsync("hr:Lee");
        Assert.Equal((0, AuditState.Assigned), ((await company.ProjectAsync()).Case!.Judged, (await company.ProjectAsync()).State));
        var finding = (await findings.FindAsync(viewer, id, Ct))!;
        Assert.Equal(Given.At("2026-06-20T23:59:59Z"), finding.DueAt);
        var refused = await Assert.ThrowsAsync<AuditException>(() => company.AsAsync("hr:Lee", (_, desk) => desk.CloseAsync(finding, "done", Ct)));
        Assert.StartsWith("Somebody else closes it", refused.Message, StringComparison.Ordinal);
        Assert.Null(await findings.FindAsync(new Viewer("other", null, "hr:Bo"), id, Ct));
        Assert.NotNull(await findings.FindAsync(new Viewer("owner", null, "hr:Lee"), id, Ct));
        await AssignAsync("hr:Kay");
        foreach (var item in drawn) await JudgeAsync("hr:Kay", item, AuditVerdict.Ok, null);
    }

    private async Task<long> RaiseAsync(AuditedProject project, string owner, string due) => (await company.AsAsync("hr:Kay", (_, desk) => desk.RaiseAsync(
        project, new NewFinding(null, Severity.Medium, "The schedule is not kept up to date", owner, GivenProject.Day(due)), Ct))).Finding;

    private async Task AssignAsync(string staff)
    {
        var project = await company.ProjectAsync();
        await company.AsAsync("hr:Kay", (desk, _) => desk.AssignAsync(project, staff, Ct));
    }

    private async Task<IReadOnlyList<AuditChange>> AllAsync()
    {
        var quarter = await company.Reader.ReadAsync(Period.QuarterOf(GivenProject.Day("2026-02-01")), Ct);
        return await company.AsAsync("hr:Kay", (desk, _) => desk.AssignAllAsync(quarter, _ => true, Ct));
    }

    private async Task RefusedAsync(string words, Func<AuditDesk, Func<AuditedProject, string, CancellationToken, Task<AuditChange>>> act, string staff)
    {
        var project = await company.ProjectAsync();
        var refused = await Assert.ThrowsAsync<AuditException>(() => company.AsAsync("hr:Kay", (desk, _) => act(desk)(project, staff, Ct)));
        Assert.StartsWith(words, refused.Message, StringComparison.Ordinal);
    }

    private async Task JudgeAsync(string by, AuditItem item, AuditVerdict verdict, string? words)
    {
        var project = await company.ProjectAsync();
        await company.AsAsync(by, (desk, _) => desk.JudgeAsync(project, item.Id, verdict, words, Ct));
    }

    private async Task<AuditedProject> SignAsync(string by)
    {
        var project = await company.ProjectAsync();
        return (await company.AsAsync(by, (desk, _) => desk.SignAsync(project, "all in order", Ct))).Signed;
    }
}
