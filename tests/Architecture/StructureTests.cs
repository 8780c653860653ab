using System.Reflection;
using Followthrough.Analytics.Commitments;
using Followthrough.Analytics.Facts;
using Followthrough.Analytics.Metrics;
using Followthrough.Ingest.Loading;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Architecture;

public sealed class StructureTests
{
    private static readonly string[] Source = ["ingest", "analytics", "dashboard", "tests"];

    [Fact]
    public void Analytics_knows_neither_ingest_nor_the_dashboard() =>
        Assert.DoesNotContain(References(typeof(Fact).Assembly), name => name is "Followthrough.Ingest" or "Followthrough.Dashboard");

    [Fact]
    public void Ingest_does_not_know_the_dashboard() =>
        Assert.DoesNotContain("Followthrough.Dashboard", References(typeof(Loader).Assembly));

    [Fact]
    public void No_money_is_binary() =>
        Assert.DoesNotContain(
            typeof(Fact).Assembly.GetTypes().SelectMany(t => t.GetProperties()),
            p => (p.Name.Contains("Amount", StringComparison.Ordinal) || p.Name.EndsWith("Cost", StringComparison.Ordinal))
                && (p.PropertyType == typeof(double) || p.PropertyType == typeof(double?) || p.PropertyType == typeof(float)));

    [Fact]
    public void Every_commitment_kind_has_its_test_and_a_metric() =>
        Assert.All(CommitmentRule.All, rule =>
        {
            Assert.True(File.Exists(Path.Combine(SourceFolder.Root, "tests/Analytics/Commitments", Pascal(rule.Kind) + "Tests.cs")), $"no test of {rule.Kind}");
            Assert.Contains(MetricCatalogue.Commitments, m => m.Kind == rule.Kind);
        });

    [Fact]
    public void Every_measure_has_its_test() =>
        Assert.All(MetricCatalogue.Measures.Concat(MetricCatalogue.Triangles), measure =>
        {
            var test = Path.Combine(SourceFolder.Root, "tests/Analytics/Measures", measure.File + "Tests.cs");
            Assert.True(File.Exists(test), $"no test of {measure.File}");
            Assert.Contains($"\"{measure.Id}\"", File.ReadAllText(test), StringComparison.Ordinal);
        });

    [Fact]
    public void Every_statement_of_a_measure_is_in_the_catalogue() =>
        Assert.Equal(
            Directory.EnumerateFiles(Path.Combine(SourceFolder.Root, "analytics/Measures"), "*.sql").Select(Path.GetFileNameWithoutExtension)
                // How a triangle is made of its rows.
                .Where(file => file is not "CohortSizes").Order(StringComparer.Ordinal),
            MetricCatalogue.Measures.Concat(MetricCatalogue.Triangles).Select(m => m.File).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void Every_metric_says_what_it_is() =>
        Assert.All(MetricCatalogue.Definitions, m =>
        {
            Assert.All([m.Name, m.InWords, m.Formula, m.Source], text => Assert.False(string.IsNullOrWhiteSpace(text)));
            Assert.True(m.Version > 0 && m.MinimumN > 0);
            if (m is CommitmentMetric { Target: var target }) Assert.InRange(target, 0, 1);
        });

    [Fact]
    public void Metrics_are_told_apart_by_id_and_name()
    {
        Assert.Equal(MetricCatalogue.Definitions.Count, MetricCatalogue.Definitions.Select(m => m.Id).Distinct().Count());
        Assert.Equal(MetricCatalogue.Definitions.Count, MetricCatalogue.Definitions.Select(m => m.Name).Distinct().Count());
    }

    [Fact]
    public void No_file_is_longer_than_300_lines() =>
        Assert.Empty(SourceFiles("*.cs", "*.sql", "*.razor", "*.js", "*.css").Where(f => File.ReadLines(f).Count() > 300).Select(Relative));

    [Fact]
    public void Every_program_is_a_table_of_contents_under_70_lines() =>
        Assert.All(Source[..3], program => Assert.True(File.ReadLines(Path.Combine(SourceFolder.Root, program, "Program.cs")).Count() < 70, program));

    [Fact]
    public void No_folder_is_named_after_nothing() =>
        Assert.Empty(Source.SelectMany(s => Directory.EnumerateDirectories(Path.Combine(SourceFolder.Root, s), "*", SearchOption.AllDirectories))
            .Where(d => Path.GetFileName(d) is "Helpers" or "Utils" or "Managers" or "Services" or "Models" or "Interfaces").Select(Relative));

    private static IEnumerable<string> References(Assembly assembly) => assembly.GetReferencedAssemblies().Select(a => a.Name!);

    private static IEnumerable<string> SourceFiles(params string[] patterns) =>
        from folder in Source
        from pattern in patterns
        from file in Directory.EnumerateFiles(Path.Combine(SourceFolder.Root, folder), pattern, SearchOption.AllDirectories)
        where !Relative(file).Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj" or "node_modules" or "lib")
        select file;

    private static string Relative(string path) => Path.GetRelativePath(SourceFolder.Root, path);

    private static string Pascal(string snake) => string.Concat(snake.Split('_').Select(w => char.ToUpperInvariant(w[0]) + w[1..]));
}
