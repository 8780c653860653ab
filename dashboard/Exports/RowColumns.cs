using Followthrough.Analytics.Metrics;
using Followthrough.Dashboard.Filters;

namespace Followthrough.Dashboard.Exports;

/// <summary>What is said of each row in files and in the API.</summary>
internal static class RowColumns
{
    internal static IReadOnlyList<Column<CommitmentRow>> Commitments { get; } =
    [
        Column<CommitmentRow>.Text("kind", row => row.Kind),
        Column<CommitmentRow>.Text("commitment", row => row.CommitmentKey),
        Column<CommitmentRow>.Text("account", row => row.Account),
        Column<CommitmentRow>.Text("account_name", row => row.AccountName),
        Column<CommitmentRow>.Text("contact", row => row.ContactName),
        Column<CommitmentRow>.Text("channel", row => row.Channel),
        Column<CommitmentRow>.Text("subject", row => row.Subject),
        Column<CommitmentRow>.Text("person", row => row.Staff),
        Column<CommitmentRow>.Text("person_name", row => row.StaffName),
        Column<CommitmentRow>.Text("team", row => row.Team),
        Column<CommitmentRow>.Text("team_name", row => row.TeamName),
        Column<CommitmentRow>.Instant("opened_at_utc", row => row.OpenedAt),
        Column<CommitmentRow>.Instant("due_at_utc", row => row.DueAt),
        Column<CommitmentRow>.Instant("fulfilled_at_utc", row => row.FulfilledAt),
        Column<CommitmentRow>.Text("fulfilled_channel", row => row.FulfilledChannel),
        Column<CommitmentRow>.Number("hours_to_answer", Hours),
        Column<CommitmentRow>.Whole("reminders", row => row.Reminders),
        Column<CommitmentRow>.Text("status", row => PageQuery.Word(row.Status)),
        Column<CommitmentRow>.Text("excused_reason", row => row.ExcusedReason),
        Column<CommitmentRow>.Number("amount", row => row.Amount),
        Column<CommitmentRow>.Text("currency", row => row.Currency),
    ];

    internal static IReadOnlyList<Column<MeasureRow>> Measures { get; } =
    [
        Column<MeasureRow>.Text("account", row => row.Account),
        Column<MeasureRow>.Text("account_name", row => row.AccountName),
        Column<MeasureRow>.Text("record", row => row.Fact),
        Column<MeasureRow>.Text("key", row => row.Key),
        Column<MeasureRow>.Text("label", row => row.Label),
        Column<MeasureRow>.Text("person", row => row.Staff),
        Column<MeasureRow>.Text("person_name", row => row.StaffName),
        Column<MeasureRow>.Text("team", row => row.Team),
        Column<MeasureRow>.Text("team_name", row => row.TeamName),
        Column<MeasureRow>.Instant("at_utc", row => row.At),
        Column<MeasureRow>.Number("amount", row => row.Amount),
        Column<MeasureRow>.Number("base", row => row.Base),
        Column<MeasureRow>.Text("currency", row => row.Currency),
        Column<MeasureRow>.YesNo("finished", row => row.Finished),
        Column<MeasureRow>.Text("excluded", row => row.Excluded),
    ];

    // Six decimals are finer than a second and end somewhere.
    private static decimal? Hours(CommitmentRow row) =>
        row.FulfilledAt is { } at ? Math.Round((decimal)(at - row.OpenedAt).Ticks / TimeSpan.TicksPerHour, 6) / 1.000000m : null;
}
