using Followthrough.Analytics.Facts;
using Followthrough.Ingest.Loading;
using Followthrough.Ingest.Mappings;
using Npgsql;

namespace Followthrough.Ingest.Replaying;

/// <summary>With which mapping the records of a batch are read again.</summary>
internal static class ReplayMapping
{
    private const string CanonicalOf = CanonicalMapping.Name + ":";

    /// <summary>The one that was asked for; else the batch's own: the shipped or own one of its name as it is by now, else as it was then.</summary>
    /// <exception cref="MappingException">There is none.</exception>
    public static async Task<Mapping> FindAsync(NpgsqlDataSource db, OwnMappings own, HeldBatch batch, string? asked, CancellationToken ct)
    {
        if (asked is not null and not CanonicalMapping.Name) return Fitting(await MappingCatalogue.FindAsync(asked, own, ct), batch, asked);
        if (batch.Mapping.StartsWith(CanonicalOf, StringComparison.Ordinal) && FactTable.Find(batch.Mapping[CanonicalOf.Length..]) is { } table)
            return CanonicalMapping.For(table);
        if (MappingCatalogue.Shipped.Contains(batch.Mapping)) return await MappingCatalogue.ReadShippedAsync(batch.Mapping, ct);
        if (await own.FindAsync(batch.Mapping, ct) is { } mended) return mended;
        return await KeptMapping.FindAsync(db, batch.MappingHash, ct)
            ?? throw new MappingException($"{batch.File.Name}: was read with the mapping '{batch.Mapping}', which is not among the shipped ones; expected --mapping with the path of its .yaml file.");
    }

    private static Mapping Fitting(IReadOnlyList<Mapping> found, HeldBatch batch, string asked) =>
        found.Count == 1 ? found[0] : found.SingleOrDefault(m => m.Name == batch.Mapping)
            ?? throw new MappingException($"{batch.File.Name}: which mapping of '{asked}' is meant does not follow from batch {batch.Id}; expected one of {string.Join(", ", found.Select(m => m.Name))}.");
}
