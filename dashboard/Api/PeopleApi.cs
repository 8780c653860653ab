using Followthrough.Analytics.Store;
using Followthrough.Dashboard.Access;
using Npgsql;
using NpgsqlTypes;

namespace Followthrough.Dashboard.Api;

/// <summary>The people whom the viewer may filter by, with their teams.</summary>
internal static class PeopleApi
{
    private static readonly string Sql = SqlText.Read(typeof(PeopleApi), "Api/People.sql");

    internal static void MapPeopleApi(this IEndpointRouteBuilder api) => api.MapGet("/people", ListAsync).Takes(ApiParameter.Paging).Gives<Listing<PersonAnswer>>("People");

    private static async Task<IResult> ListAsync(ApiRequest request, NpgsqlDataSource db, CancellationToken cancellation)
    {
        await using var command = db.CreateCommand(Sql);
        AccountScope.Bind(command, request.Who.Viewer);
        command.Parameters.AddWithValue("after", NpgsqlDbType.Text, (object?)request.After?.Key ?? DBNull.Value);
        command.Parameters.AddWithValue("most", request.Size + 1);
        command.Parameters.AddWithValue("now", request.Now);
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var people = new List<PersonAnswer>();
        var total = 0L;
        while (await rows.ReadAsync(cancellation))
        {
            people.Add(new PersonAnswer(rows.GetString(0), rows.GetString(1), await rows.GetFieldValueAsync<string[]>(2, cancellation), rows.GetBoolean(3)));
            total = rows.GetInt64(4);
        }
        return Results.Ok(Paged.Of(request, people, total, person => Paged.Keyed(person.Key)));
    }
}
