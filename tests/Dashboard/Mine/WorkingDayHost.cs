using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Followthrough.Analytics.Store;

namespace Followthrough.Tests.Dashboard.Mine;

/// <summary>The dashboard over the working day, and how a visitor clicks on its lists.</summary>
public sealed class WorkingDayHost : IAsyncLifetime
{
    internal DashboardHost Host { get; } = new() { Facts = WorkingDay.Facts };

    // One for all tests of a class: sign-ins are rationed.
    private Visitor? _ada;

    internal async Task<Visitor> AdaAsync() => _ada ??= await Host.NewSignedInAsAsync(Role.Staff, "hr:S1");

    public ValueTask InitializeAsync() => Host.InitializeAsync();

    public ValueTask DisposeAsync() => Host.DisposeAsync();

    internal static IElement Row(IHtmlDocument page, string kind, string key) =>
        page.QuerySelectorAll(".todo-row").Single(row => row.GetAttribute("data-owed") is { } id && id.StartsWith(kind + "/", StringComparison.Ordinal) && id.EndsWith("/" + key, StringComparison.Ordinal));

    internal static bool Has(IHtmlDocument page, string kind, string key) =>
        page.QuerySelectorAll(".todo-row").Any(row => row.GetAttribute("data-owed") is { } id && id.StartsWith(kind + "/", StringComparison.Ordinal) && id.EndsWith("/" + key, StringComparison.Ordinal));

    /// <summary>The fields a form sends.</summary>
    internal static Dictionary<string, string> Fields(IElement form) =>
        form.QuerySelectorAll("input[type=hidden]").ToDictionary(input => input.GetAttribute("name")!, input => input.GetAttribute("value") ?? "");

    /// <summary>Presses the button that says so; the list as it is afterwards.</summary>
    internal static async Task<IHtmlDocument> ClickAsync(Visitor visitor, IElement button)
    {
        var form = button.Closest("form")!;
        using var answer = await visitor.PostAsync(form.GetAttribute("action")!, Fields(form));
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        return await visitor.ReadAsync(answer.Headers.Location!.ToString());
    }

    /// <summary>The same as a script sends it: the answer is the list alone.</summary>
    internal static async Task<IHtmlDocument> ParseAsync(HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await new HtmlParser().ParseDocumentAsync(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);
    }
}
