using System.Globalization;

namespace Followthrough.Analytics.Demo;

/// <summary>The three years of history, [Start, End).</summary>
internal sealed class Timeline(DateOnly anchor)
{
    public DateTimeOffset Start { get; } = Midnight(anchor.AddYears(-3));

    public DateTimeOffset End { get; } = Midnight(anchor);

    public bool Has(DateTimeOffset at) => at < End;

    /// <summary>The instant when it lies in history, otherwise null: not known yet.</summary>
    public DateTimeOffset? Past(DateTimeOffset? at) => at < End ? at : null;

    public DateTimeOffset NotAfterEnd(DateTimeOffset at) => at < End ? at : End;

    public DateTimeOffset NotBeforeStart(DateTimeOffset at) => at > Start ? at : Start;

    public static DateTimeOffset Midnight(DateOnly day) => new(day, TimeOnly.MinValue, TimeSpan.Zero);

    public static DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(at.UtcDateTime);

    /// <summary>A day as part of a source key.</summary>
    public static string Compact(DateOnly day) => day.ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    /// <summary>Sources of the demo keep whole seconds.</summary>
    public static DateTimeOffset WholeSecond(DateTimeOffset at) => new(at.Ticks - at.Ticks % TimeSpan.TicksPerSecond, TimeSpan.Zero);
}
