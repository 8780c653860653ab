using Followthrough.Analytics.Store;
using Followthrough.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Followthrough.Tests.Dashboard;

public sealed class UserModelTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task The_model_of_users_is_the_migrated_schema()
    {
        await using var context = new AnalyticsDbContext(new DbContextOptionsBuilder<AnalyticsDbContext>().UseNpgsql(database.DataSource).Options);
        var expected = context.Model.GetEntityTypes().SelectMany(Columns).Order().ToList();
        Assert.NotEmpty(expected);
        var actual = await context.Database.SqlQueryRaw<string>("""
            select table_name || '.' || column_name || ' ' || data_type || case is_nullable when 'YES' then ' null' else '' end as "Value"
            from information_schema.columns where table_schema = 'public' and table_name like 'app\_%'
            """).ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal(expected, actual.Order());
    }

    private static IEnumerable<string> Columns(IEntityType entity)
    {
        var table = StoreObjectIdentifier.Table(entity.GetTableName()!);
        return entity.GetProperties().Select(p => $"{table.Name}.{p.GetColumnName(table)} {p.GetColumnType()}{(p.IsColumnNullable(table) ? " null" : "")}");
    }
}
