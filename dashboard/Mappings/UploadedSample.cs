using Followthrough.Ingest.Drafting;
using Followthrough.Ingest.Sources.Files;

namespace Followthrough.Dashboard.Mappings;

/// <summary>An uploaded file and how far it is understood.</summary>
public sealed record UploadedSample
{
    /// <summary>Its random name, in addresses.</summary>
    public required string Id { get; init; }

    /// <summary>Where its content is.</summary>
    public required string Path { get; init; }

    /// <summary>What it was called, harmless to show; its ending says the format.</summary>
    public required string Name { get; init; }

    /// <summary>Who uploaded it.</summary>
    public required string By { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>How somebody said it is read; null for what was found out.</summary>
    public SourceReading? Reading { get; init; }

    /// <summary>What was said on the form so far; null before the fact is chosen.</summary>
    public MappingDraft? Draft { get; init; }

    /// <summary>Whether the form was sent once: from then on it says what is missing.</summary>
    public bool IsTried { get; init; }

    /// <summary>The mapping's text where it was changed by hand; null while the form makes it.</summary>
    public string? Yaml { get; init; }

    /// <summary>The mapping that it is loaded with, once saved or chosen.</summary>
    public string? Mapping { get; init; }

    /// <summary>The mapping's text as it is now.</summary>
    internal string? Text => Yaml ?? Draft?.ToYaml();
}
