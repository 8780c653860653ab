using System.Collections.Concurrent;
using Followthrough.Ingest.Loading;
using Followthrough.Ingest.Mappings;

namespace Followthrough.Ingest.Sources.Webhooks;

/// <summary>Which mapping reads a webhook's body.</summary>
internal sealed class HookMappings(KeptFiles kept)
{
    private readonly ConcurrentDictionary<string, IReadOnlyList<Mapping>> _read = new();

    /// <summary>Systems that stand for all their mappings.</summary>
    public static IReadOnlyList<string> Systems { get; } =
        [.. MappingCatalogue.Shipped.GroupBy(n => n.Split('_')[0]).Where(g => g.Count() > 1).Select(g => g.Key)];

    /// <summary>Whether a source may be set up with it.</summary>
    public static bool IsKnown(string name, OwnMappings own) => Systems.Contains(name) || MappingCatalogue.Shipped.Contains(name) || own.Has(name);

    /// <summary>The mapping for a body, ready for it; one without facts when the body speaks of nothing that is mapped.</summary>
    public async Task<Mapping> ChooseAsync(string name, HookBody body, CancellationToken ct)
    {
        var mappings = await NamedAsync(name, ct);
        if (body.Objects.Count > 0 && (For(mappings, body) ?? LikeItsFiles(mappings, body)) is { } found) return found;
        return new Mapping { Name = $"{name} (nothing mapped)", Hash = "1", Rules = [] };
    }

    // An own one may be changed while we run.
    private async Task<IReadOnlyList<Mapping>> NamedAsync(string name, CancellationToken ct)
    {
        if (await kept.OwnMappings.FindAsync(name, ct) is { } own) return [own];
        return _read.TryGetValue(name, out var mappings) ? mappings : _read[name] = await MappingCatalogue.FindAsync(name, kept.OwnMappings, ct);
    }

    private static Mapping? For(IReadOnlyList<Mapping> mappings, HookBody body) =>
        mappings.FirstOrDefault(m => m.Hook is { } hook && hook.When.Holds(body.Objects[0])) is { } found
            // A record that is the whole event has nothing around it.
            ? found with { Reading = found.Reading with { Records = found.Hook!.Records }, Envelope = found.Hook.Records.Count > 0 ? body.Envelope() : found.Envelope } : null;

    // A body that has its records where the mapping's files have them, if no other mapping's have them there as well.
    private static Mapping? LikeItsFiles(IReadOnlyList<Mapping> mappings, HookBody body)
    {
        var names = body.Objects[0].Shape.Names.Select(n => n.Split('.')[0]).ToHashSet();
        var fitting = mappings.Where(m => m.Reading.Records.Count == 0 ? mappings.Count == 1 : m.Reading.Records.Any(r => names.Contains(r.Split('.')[0]))).ToList();
        return fitting.Count == 1 ? fitting[0] : null;
    }
}
