using Followthrough.Dashboard.Layout;
using Followthrough.Ingest.Sources.Webhooks;

namespace Followthrough.Dashboard.Hooks;

/// <summary>What the list of sources draws.</summary>
/// <param name="Frame">The page it stands on.</param>
/// <param name="Sources">The sources and what came of them.</param>
/// <param name="Tokens">The tokens, the newest first.</param>
/// <param name="Mappings">Names of the installation's own mappings.</param>
/// <param name="Root">Scheme and host by which this dashboard is called.</param>
/// <param name="Sent">When each source last sent, who has been silent longest first.</param>
public sealed record SourcesModel(
    PageFrame Frame, IReadOnlyList<HookTally> Sources, IReadOnlyList<ApiToken> Tokens, IReadOnlyList<string> Mappings, string Root, IReadOnlyList<SourceFreshness> Sent);

/// <summary>What the form for a new source draws.</summary>
/// <param name="Frame">The page it stands on.</param>
/// <param name="Form">What was filled in so far.</param>
/// <param name="Problems">What was wrong with the last try, in sentences.</param>
/// <param name="Mappings">Names of the installation's own mappings.</param>
/// <param name="Root">Scheme and host by which this dashboard is called.</param>
public sealed record NewSourceModel(PageFrame Frame, SourceForm Form, IReadOnlyList<string> Problems, IReadOnlyList<string> Mappings, string Root);

/// <summary>What the form for a new secret draws.</summary>
public sealed record RotateModel(PageFrame Frame, HookSource Source, IReadOnlyList<string> Problems);

/// <summary>What the form for a new token draws.</summary>
public sealed record NewTokenModel(PageFrame Frame, string? Name, IReadOnlyList<string> Problems);

/// <summary>Something that is shown this one time.</summary>
/// <param name="Frame">The page it stands on.</param>
/// <param name="Title">What was done.</param>
/// <param name="Sentence">What that means.</param>
/// <param name="Secret">The secret; null when the person has it already.</param>
/// <param name="Advice">What to do now.</param>
/// <param name="Next">Where to go on.</param>
public sealed record ShownOnceModel(PageFrame Frame, string Title, string Sentence, string? Secret, string Advice, string Next)
{
    /// <summary>The way here; the sources unless said otherwise.</summary>
    public IReadOnlyList<(string Name, string Address)> Trail { get; init; } = ConfirmModel.Sources(Frame);
}

/// <summary>A question before something that can't be undone.</summary>
/// <param name="Frame">The page it stands on.</param>
/// <param name="Title">What is about to be done, to what.</param>
/// <param name="Consequence">What that means.</param>
/// <param name="Path">Where the answer goes.</param>
/// <param name="Name">What has to be typed.</param>
/// <param name="Button">What the button says.</param>
/// <param name="Problem">What was wrong with the last try; null on the first showing.</param>
public sealed record ConfirmModel(PageFrame Frame, string Title, string Consequence, string Path, string Name, string Button, string? Problem)
{
    /// <summary>The way here, whose end is also the way back; the sources unless said otherwise.</summary>
    public IReadOnlyList<(string Name, string Address)> Trail { get; init; } = Sources(Frame);

    internal static IReadOnlyList<(string Name, string Address)> Sources(PageFrame frame) =>
        [("Data", frame.Query.Carry("/data")), ("Sources", frame.Query.Carry(SourcesEndpoint.Path))];

    internal static IResult Page(ConfirmModel model) =>
        Screen.Of<ConfirmPage>(model, model.Problem is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);
}
