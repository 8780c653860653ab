using Followthrough.Analytics.Editions;
using Followthrough.Analytics.Metrics;
using Followthrough.Analytics.ProjectAudits;
using Followthrough.Tests.Analytics.ProjectAudits;

namespace Followthrough.Tests.Analytics.Editions;

/// <summary>What was reported of project audits stays as it was at the first signature, whatever comes of them later.</summary>
public sealed class EditionAuditsTests(AuditedCompany company) : IClassFixture<AuditedCompany>
{
    private static readonly Period Quarter = Period.QuarterOf(new DateOnly(2026, 1, 1));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Audits_and_findings_are_sealed_as_they_stood_at_the_first_signature()
    {
        await RaiseAsync("The scope was never agreed in writing", Severity.High);
        var signed = await Closed.SignAsync(company.World, Quarter.Label, null, Ct);
        var (projects, findings) = await NowAsync();
        // Between the signatures and the edition, and after it.
        await RaiseAsync("Nobody keeps minutes", Severity.Low);
        var edition = await new EditionWriter(company.Db, company.World.Clock).WriteAsync(signed, null, Ct);
        await RaiseAsync("The budget was never updated", Severity.Low);

        var kept = await EditionAudits.ReadAsync(company.Db, edition, Ct);
        Assert.True(edition.KeepsAudits);
        Assert.Equal(projects, kept.Projects);
        Assert.Equal(findings, kept.Findings);
        Assert.Equal("The scope was never agreed in writing", Assert.Single(kept.Findings).Words);
        Assert.Equal(3, (await NowAsync()).Findings.Count);
        await SealedAsync(edition);
    }

    private async Task SealedAsync(Edition edition)
    {
        Assert.Empty(await EditionCheck.FindAsync(company.Db, Ct));
        using var bundle = new MemoryStream();
        await new BundleWriter(company.Db).WriteAsync(edition, bundle, Ct);
        bundle.Position = 0;
        Assert.Empty((await BundleVerifier.VerifyAsync(bundle, Ct)).Problems);
        await ExecuteAsync("alter table closing_audit disable trigger user; update closing_audit set line = replace(line, 'never', 'always') where file = 'findings'");
        Assert.Equal(["The findings of 2026-Q1 are not what was sealed."], await EditionCheck.FindAsync(company.Db, Ct));
    }

    private async Task RaiseAsync(string words, Severity severity)
    {
        if ((await company.ProjectAsync()).Case is null) await company.AsAsync("hr:Kay", async (desk, _) => await desk.AssignAsync(await company.ProjectAsync(), "hr:Kay", Ct));
        var project = await company.ProjectAsync();
        await company.AsAsync("hr:Kay", (_, desk) => desk.RaiseAsync(project, new NewFinding(null, severity, words, "hr:Ann", new DateOnly(2026, 12, 31)), Ct));
    }

    private async Task<(IReadOnlyList<AuditedProject> Projects, IReadOnlyList<AuditFinding> Findings)> NowAsync() => (
        await company.Reader.ReadAsync(Quarter, Ct), await new FindingReader(company.Db, company.World.Clock).OfQuarterAsync(Viewer.Everything("test"), Quarter, Ct));

    private async Task ExecuteAsync(string sql)
    {
        await using var command = company.Db.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Ct);
    }
}
