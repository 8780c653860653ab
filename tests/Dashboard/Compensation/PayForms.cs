using System.Net;

namespace Followthrough.Tests.Dashboard.Compensation;

/// <summary>Forms of pay as a browser sends them, and what pages say of it.</summary>
internal static class PayForms
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    internal static async Task<string> DoAsync(Visitor visitor, string address, HttpStatusCode expected)
    {
        using var answer = await visitor.PostAsync(address, await FormAsync(visitor, ("words", "")));
        Assert.Equal(expected, answer.StatusCode);
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Ct));
    }

    internal static async Task<Dictionary<string, string>> FormAsync(Visitor visitor, params (string Name, string Value)[] fields) =>
        new(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)).Append(KeyValuePair.Create("form_token", await visitor.FormTokenAsync())));

    internal static string Plain(string text) => text.Replace('\u00a0', ' ').Trim();
}
