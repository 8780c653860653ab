using Followthrough.Analytics.Facts;

namespace Followthrough.Ingest.Loading;

/// <summary>How a fact is stored: its key, the columns that make a version, and where all of it is.</summary>
internal static class Stored
{
    /// <summary>The account a fact was stated for, where that was merged into the one it is stored under.</summary>
    public const string StatedAs = "stated_as";

    /// <summary>Whether a fact moves when its account is merged. The account's own record does not: it is kept apart.</summary>
    public static bool Moves(FactTable table) => table is { HasAccount: true, Name: not "account" };

    /// <summary>Columns of its key.</summary>
    public static string[] KeyOf(FactTable table) => table.HasAccount ? ["account_id", "source_key"] : ["source_key"];

    /// <summary>Columns that make a version of it, in which two versions of one key differ.</summary>
    public static List<string> ValuesOf(FactTable table) =>
        [.. table.Columns.Where(c => !c.IsAccount && c.Name != "source_key").Select(c => c.Name), .. Moves(table) ? (string[])[StatedAs] : []];
}
