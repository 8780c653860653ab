namespace Followthrough.Dashboard.Exports;

/// <summary>A kind of file that rows are written into, one after another; nothing of them is kept in memory.</summary>
internal interface IExportFile : IAsyncDisposable
{
    /// <summary>What a browser is told it is.</summary>
    string ContentType { get; }

    /// <summary>With its dot.</summary>
    string Extension { get; }

    /// <summary>How many rows fit into one; null when any number does.</summary>
    long? MostRows { get; }

    /// <summary>Opens it over where it goes to.</summary>
    Task BeginAsync(Stream to, ExportStamp stamp, IReadOnlyList<string> columns, CancellationToken ct);

    /// <summary>Adds a row: texts, instants, numbers and truths; null is an empty cell.</summary>
    Task AddAsync(IReadOnlyList<object?> values, CancellationToken ct);

    /// <summary>Makes it whole. Without this no program takes it for a whole file.</summary>
    Task EndAsync(CancellationToken ct);
}
