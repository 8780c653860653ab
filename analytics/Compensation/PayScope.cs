using Followthrough.Analytics.Store;
using Npgsql;
using NpgsqlTypes;

namespace Followthrough.Analytics.Compensation;

/// <summary>Whose pay somebody sees: everybody's by right, else his own and that of the teams he answers for. Below every surface.</summary>
/// <param name="Name">Sign-in name.</param>
/// <param name="All">Whether he sees all pay.</param>
/// <param name="Teams">Teams he answers for.</param>
/// <param name="Staff">The person in the facts he is; null when nobody has said.</param>
internal sealed record PayScope(string Name, bool All, IReadOnlyList<string> Teams, string? Staff)
{
    private static readonly string Sql = SqlText.Read(typeof(PayScope), "Compensation/PayScope.sql");

    /// <summary>Sees all pay: the command line.</summary>
    public static PayScope Everything(string name) => new(name, true, [], null);

    /// <summary>Whether he sees anybody's pay but his own.</summary>
    public bool SeesOthers => All || Teams.Count > 0;

    /// <summary>The condition of a statement that lists people; it needs <see cref="Bind"/>.</summary>
    /// <param name="staff">Column with the person's key.</param>
    /// <param name="until">Expression of an instant: who was in his team just before it is his to see.</param>
    public static string Condition(string staff, string until) =>
        Sql.Replace("{staff}", staff, StringComparison.Ordinal).Replace("{until}", until, StringComparison.Ordinal);

    public void Bind(NpgsqlCommand command)
    {
        command.Parameters.AddWithValue("pay_all", All);
        command.Parameters.AddWithValue("pay_teams", NpgsqlDbType.Array | NpgsqlDbType.Text, Teams.ToArray());
        command.Parameters.AddWithValue("pay_staff", NpgsqlDbType.Text, (object?)Staff ?? DBNull.Value);
    }
}
