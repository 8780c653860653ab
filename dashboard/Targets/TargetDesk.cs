using System.Globalization;
using Followthrough.Analytics.Targets;
using Followthrough.Dashboard.Access;
using Npgsql;

namespace Followthrough.Dashboard.Targets;

/// <summary>Writes down what people say is aimed at. A change and its entry in the log are one transaction.</summary>
internal sealed class TargetDesk(NpgsqlDataSource db, AccessLog log, TimeProvider clock)
{
    /// <summary>Sets a target; what it was, and what is wrong with it in words (none when it is set).</summary>
    internal async Task<(IReadOnlyList<MetricTarget> Before, IReadOnlyList<string> Problems)> SetAsync(string who, TargetText text, CancellationToken ct)
    {
        var (target, faults) = text.Read();
        if (target is null) return ([], faults);
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        if (await TargetImport.UnknownAsync(connection, target, ct) is { } unknown) return ([], [unknown]);
        var outcome = await TargetStore.SetAsync(connection, target, who, clock.GetUtcNow(), ct);
        if (outcome.Fault is { } fault) return ([], [fault]);
        if (outcome.IsNew) await WriteAsync(connection, who, target, outcome.Before, ct);
        await transaction.CommitAsync(ct);
        return (outcome.Before, []);
    }

    /// <summary>Ends a target with a last day; with none, or one before its first, it is undone altogether. What is wrong, or null.</summary>
    internal async Task<string?> EndAsync(string who, MetricTarget target, string lastDay, CancellationToken ct)
    {
        DateOnly? last = DateOnly.TryParseExact(lastDay, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
        if (last is null && lastDay.Length > 0) return $"last_day “{lastDay}”: expected a day like 2026-12-31, or nothing to undo it altogether.";
        var to = last is { } given && given < DateOnly.MaxValue ? given.AddDays(1) : target.From;
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        if (await TargetStore.EndAsync(connection, target.Id, to, who, clock.GetUtcNow(), ct) is not { } before)
            return $"last_day “{lastDay}”: expected a day before it ends anyway.";
        await log.WriteAsync(connection, who, LoggedAction.TargetEnded, TargetWords.Subject(before), TargetWords.InWords(before), before.From < to ? TargetWords.InWords(before with { To = to }) : "undone", ct);
        await transaction.CommitAsync(ct);
        return null;
    }

    /// <summary>Takes a file in: the good lines, each with its entry in the log.</summary>
    internal async Task<TargetImport> ImportAsync(string who, Stream content, CancellationToken ct)
    {
        using var reader = new StreamReader(content);
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var import = await TargetImport.TakeAsync(connection, reader, who, clock.GetUtcNow(), ct);
        foreach (var (target, before) in import.Changes) await WriteAsync(connection, who, target, before, ct);
        await transaction.CommitAsync(ct);
        return import;
    }

    private Task WriteAsync(NpgsqlConnection connection, string who, MetricTarget target, IReadOnlyList<MetricTarget> before, CancellationToken ct) => log.WriteAsync(
        connection, who, LoggedAction.TargetSet, TargetWords.Subject(target), before.Count == 0 ? null : string.Join("; ", before.Select(TargetWords.InWords)), TargetWords.InWords(target), ct);
}
