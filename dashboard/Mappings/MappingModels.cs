using Followthrough.Analytics.Facts;
using Followthrough.Dashboard.Layout;
using Followthrough.Ingest.Drafting;
using Followthrough.Ingest.Mappings;

namespace Followthrough.Dashboard.Mappings;

/// <summary>What the upload form draws.</summary>
/// <param name="Frame">The page it stands on.</param>
/// <param name="Problems">What was wrong with the last try, in sentences.</param>
public sealed record UploadModel(PageFrame Frame, IReadOnlyList<string> Problems);

/// <summary>What the page draws that asks what a record is.</summary>
/// <param name="Frame">The page it stands on.</param>
/// <param name="Uploaded">The file.</param>
/// <param name="Sample">What is in it; null when it can't be read.</param>
/// <param name="Fitting">Mappings that read it already.</param>
/// <param name="Facts">Every fact, the likeliest first.</param>
/// <param name="Chosen">The name and the fact as chosen, or as proposed.</param>
/// <param name="Taken">A name that would have been fitting and that another mapping has; null when there is none.</param>
/// <param name="Problems">What was wrong with the last try, or with the file, in sentences.</param>
public sealed record FactModel(
    PageFrame Frame, UploadedSample Uploaded, Sample? Sample, IReadOnlyList<FittingMapping> Fitting, IReadOnlyList<FactTable> Facts,
    (string Name, string Fact) Chosen, string? Taken, IReadOnlyList<string> Problems);

/// <summary>What the form of the columns draws.</summary>
/// <param name="Frame">The page it stands on.</param>
/// <param name="Uploaded">The file with what was said so far.</param>
/// <param name="Draft">What was said so far.</param>
/// <param name="Sample">What is in the file.</param>
/// <param name="Needs">What is missing or doubtful.</param>
/// <param name="Known">By column, how many of the records that it names are known, in sentences.</param>
/// <param name="Problems">What could not be taken of the last try, in sentences.</param>
public sealed record ColumnsModel(
    PageFrame Frame, UploadedSample Uploaded, MappingDraft Draft, Sample Sample, IReadOnlyList<DraftProblem> Needs,
    IReadOnlyDictionary<string, string> Known, IReadOnlyList<string> Problems);

/// <summary>What the form draws for one column.</summary>
/// <param name="Column">The column.</param>
/// <param name="Source">What feeds it; null when nothing does.</param>
/// <param name="Sample">What is in the file.</param>
/// <param name="Use">What the rules need it for, in a clause; null for what they can do without.</param>
/// <param name="Known">How many of the records that it names are known; null for a column that names none.</param>
/// <param name="Needs">What is missing or doubtful about it, in sentences.</param>
public sealed record ColumnModel(FactColumn Column, DraftColumn? Source, Sample Sample, string? Use, string? Known, IReadOnlyList<string> Needs);

/// <summary>What the page of a check draws.</summary>
/// <param name="Frame">The page it stands on.</param>
/// <param name="Uploaded">The file.</param>
/// <param name="Report">What the mapping makes of it; null when it can't be used.</param>
/// <param name="Doubts">What the form still found doubtful, and what the figures would miss.</param>
/// <param name="Problems">Why the mapping can't be used or saved, in sentences.</param>
public sealed record CheckModel(PageFrame Frame, UploadedSample Uploaded, MapReport? Report, IReadOnlyList<string> Doubts, IReadOnlyList<string> Problems);

/// <summary>What the page of a load draws.</summary>
/// <param name="Frame">The page it stands on.</param>
/// <param name="Id">Of the uploaded file.</param>
/// <param name="Name">What the file was called.</param>
/// <param name="Mapping">The mapping it is loaded with.</param>
/// <param name="Load">How far it is; null before it was begun.</param>
/// <param name="Folder">The installation's data folder.</param>
public sealed record LoadModel(PageFrame Frame, string Id, string Name, string Mapping, SampleLoad? Load, string Folder);

/// <summary>What the page of an own mapping draws.</summary>
/// <param name="Frame">The page it stands on.</param>
/// <param name="Name">Its name.</param>
/// <param name="Yaml">Its text as it is, or as it was sent.</param>
/// <param name="Changes">Who changed it when, the newest first.</param>
/// <param name="Problems">Why the text was not saved, in sentences.</param>
/// <param name="Folder">The installation's data folder.</param>
/// <param name="File">Where its file is and when that was last written.</param>
/// <param name="IsEdited">Whether the file was written by an editor since the last version.</param>
public sealed record OwnMappingModel(
    PageFrame Frame, string Name, string Yaml, IReadOnlyList<MappingChange> Changes, IReadOnlyList<string> Problems, string Folder,
    (string Path, DateTimeOffset At) File, bool IsEdited);
