namespace Followthrough.Analytics.Store;

/// <summary>How an embedded server is started.</summary>
internal sealed record EmbeddedPostgresOptions
{
    /// <summary>False for tests: faster, and a killed server may lose its last commits.</summary>
    internal bool Durable { get; init; } = true;

    /// <summary>How long a start may take; recovery after a crash replays up to max_wal_size.</summary>
    internal TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Where to look for the server programs.</summary>
    internal IEnumerable<string> ProgramFolders { get; init; } = PostgresBinaries.UsualFolders();

    internal TimeProvider Time { get; init; } = TimeProvider.System;
}
