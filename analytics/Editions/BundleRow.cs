using System.Globalization;
using System.Text.Json;
using Followthrough.Analytics.Metrics;

namespace Followthrough.Analytics.Editions;

/// <summary>A row as a bundle has it.</summary>
/// <param name="RowsOf">What it is a row of.</param>
/// <param name="Part">The part it is a row for; empty for commitments.</param>
/// <param name="Figure">What figures take of it.</param>
/// <param name="Hours">How long the customer waited, up to the cut-off where nothing came; 0 for measures.</param>
/// <param name="Answered">Whether that was the end of it.</param>
internal sealed record BundleRow(string RowsOf, string Part, FigureRow Figure, double Hours, bool Answered)
{
    public static BundleRow OfCommitment(JsonElement line, Dictionary<string, (string? Region, string? Segment)> accounts)
    {
        var answered = line.GetProperty("answered").GetBoolean();
        var (opened, until) = (At(line, "opened_at")!.Value, At(line, answered ? "fulfilled_at" : "judged_at")!.Value);
        var figure = Named(line, accounts, Text(line, "kind")!) with
        {
            Status = Text(line, "status"),
            DueAt = At(line, "due_at"),
            FulfilledAt = At(line, "fulfilled_at"),
            FulfilledBy = Text(line, "fulfilled_by"),
            Excluded = Text(line, "excused"),
        };
        return new BundleRow(Text(line, "rows_of")!, "", figure, Exact.Real((until - opened).Ticks / (decimal)TimeSpan.TicksPerSecond) / 3600, answered);
    }

    public static BundleRow OfMeasure(JsonElement line, Dictionary<string, (string? Region, string? Segment)> accounts) =>
        new(Text(line, "rows_of")!, Text(line, "part")!, Named(line, accounts, Text(line, "fact")!) with
        {
            Amount = Number(line, "amount"),
            Base = Number(line, "base"),
            Currency = Text(line, "currency"),
            Finished = line.GetProperty("finished") is { ValueKind: not JsonValueKind.Null } over ? over.GetBoolean() : null,
            Excluded = Text(line, "excluded"),
        }, 0, Answered: false);

    public static string? Text(JsonElement line, string field) => line.GetProperty(field).GetString();

    private static FigureRow Named(JsonElement line, Dictionary<string, (string? Region, string? Segment)> accounts, string fact)
    {
        var account = Text(line, "account_id")!;
        var (region, segment) = accounts.GetValueOrDefault(account);
        return new FigureRow
        {
            Fact = fact,
            Key = Text(line, "key")!,
            AccountId = long.Parse(account, CultureInfo.InvariantCulture),
            Staff = Text(line, "staff"),
            Team = Text(line, "team"),
            Region = region,
            Segment = segment,
            Channel = Text(line, "channel"),
            CountedAt = At(line, "counted_at")!.Value,
        };
    }

    private static DateTimeOffset? At(JsonElement line, string field) =>
        Text(line, field) is { } text ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal) : null;

    private static decimal? Number(JsonElement line, string field) => Text(line, field) is { } text ? decimal.Parse(text, CultureInfo.InvariantCulture) : null;
}
