using Followthrough.Analytics.Facts;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Analytics.Schema;

public sealed class SchemaTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_whole_schema_is_as_approved() =>
        Approved.Text(string.Join('\n', await ListAsync("""
            select line from (
              select 1 as part, n.nspname || '.' || c.relname as name, a.attnum as place,
                format('%s.%s.%s %s%s%s', n.nspname, c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
                  case when a.attnotnull then ' not null' else '' end,
                  case when a.attidentity <> '' then ' identity' else coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '') end) as line
              from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
              left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
              where n.nspname in ('public', 'as_known', 'quartz') and c.relkind in ('r', 'v') and a.attnum > 0 and not a.attisdropped
              union all
              select 2, conrelid::regclass::text, 0, format('constraint on %s: %s', conrelid::regclass, pg_get_constraintdef(oid))
              from pg_constraint where connamespace in ('public'::regnamespace, 'quartz'::regnamespace)
              union all
              select 3, tablename, 0, indexdef from pg_indexes where schemaname in ('public', 'quartz')
            ) lines
            order by part, name collate "C", place, line collate "C"
            """)) + "\n", "Schema");

    [Fact]
    public async Task Every_fact_has_a_table_with_the_columns_of_its_record()
    {
        var actual = await ListAsync("""
            select format('%s.%s %s%s', table_name, column_name, data_type, case is_nullable when 'NO' then ' not null' else '' end)
            from information_schema.columns where table_schema = 'public'
            """);
        var expected = FactTable.All.SelectMany(t => t.Columns.Where(c => !c.IsAccount).Select(c => $"{t.Name}.{c.Name} {TypeOf(c.Kind)}{(c.Nullable ? "" : " not null")}"));
        Assert.Empty(expected.Except(actual));
    }

    [Fact]
    public async Task Every_choice_is_what_its_table_allows()
    {
        var checks = await ListAsync("select conrelid::regclass || ': ' || pg_get_constraintdef(oid) from pg_constraint where contype = 'c'");
        Assert.All(FactTable.All.SelectMany(t => t.Columns.Where(c => c.Kind == ColumnKind.Choice).Select(c => (t, c))), x =>
        {
            var check = Assert.Single(checks, line => line.StartsWith($"{x.t.Name}: ", StringComparison.Ordinal) && line.Contains($"(({x.c.Name} = ANY", StringComparison.Ordinal));
            Assert.All(x.c.Choices, choice => Assert.Contains($"'{choice}'::text", check, StringComparison.Ordinal));
            Assert.Equal(x.c.Choices.Count, check.Split("::text").Length - 1);
        });
    }

    [Fact]
    public async Task Every_fact_keeps_its_history_and_can_be_read_as_known_then() =>
        Assert.Equal(
            FactTable.All.Select(t => t.Name).Order(StringComparer.Ordinal),
            (await ListAsync("""
                select v.viewname from pg_views v join pg_tables h on h.tablename = v.viewname || '_history'
                where v.schemaname = 'as_known'
                """)).Order(StringComparer.Ordinal));

    [Fact]
    public async Task Every_fact_about_a_customer_is_keyed_by_its_account() =>
        Assert.Equal(
            FactTable.All.Where(t => t.HasAccount).Select(t => $"{t.Name}: PRIMARY KEY (account_id, source_key)").Order(StringComparer.Ordinal),
            (await ListAsync("""
                select conrelid::regclass || ': ' || pg_get_constraintdef(oid) from pg_constraint
                where contype = 'p' and pg_get_constraintdef(oid) like '%account_id, source_key)'
                """)).Order(StringComparer.Ordinal));

    private static string TypeOf(ColumnKind kind) => kind switch
    {
        ColumnKind.Text or ColumnKind.Choice => "text",
        ColumnKind.Instant => "timestamp with time zone",
        ColumnKind.Day => "date",
        ColumnKind.Whole => "integer",
        ColumnKind.Number => "numeric",
        ColumnKind.Flag => "boolean",
        _ => throw new InvalidOperationException($"{kind}"),
    };

    private async Task<List<string>> ListAsync(string sql)
    {
        await using var command = database.DataSource.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(Ct);
        var lines = new List<string>();
        while (await reader.ReadAsync(Ct)) lines.Add(reader.GetString(0));
        return lines;
    }
}
