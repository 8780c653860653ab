using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using AngleSharp.Html.Parser;

namespace Followthrough.Tests.Dashboard.Api;

/// <summary>Programs that act for somebody with a token of his, and what they are answered.</summary>
internal static class ProgramCalls
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>A program with a new token of that scope.</summary>
    internal static async Task<HttpClient> NewProgramAsync(this DashboardHost host, Visitor visitor, string scope)
    {
        using var made = await visitor.FillInAsync("/settings/tokens/new", ("name", $"program-{scope}"), ("days", "30"), ("scope", scope));
        var token = (await new HtmlParser().ParseDocumentAsync(await made.Content.ReadAsStringAsync(Ct), Ct)).QuerySelector(".secret")!.TextContent;
        var program = await host.NewProgramAsync();
        program.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return program;
    }

    internal static async Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(HttpClient program, string address, object? body = null)
    {
        using var content = body is null ? null : JsonContent.Create(body);
        using var answer = await program.PostAsync(new Uri(address, UriKind.Relative), content, Ct);
        return (answer.StatusCode, await BodyAsync(answer));
    }

    internal static async Task<(HttpStatusCode Status, JsonElement Body)> GetAsync(HttpClient program, string address)
    {
        using var answer = await program.GetAsync(new Uri(address, UriKind.Relative), Ct);
        return (answer.StatusCode, await BodyAsync(answer));
    }

    /// <summary>Why a step was not taken that is there.</summary>
    internal static async Task<string> RefusedAsync(HttpClient program, string address, object? body = null)
    {
        var (status, answer) = await PostAsync(program, address, body);
        Assert.Equal(HttpStatusCode.Conflict, status);
        return answer.GetProperty("detail").GetString()!;
    }

    private static async Task<JsonElement> BodyAsync(HttpResponseMessage answer)
    {
        using var document = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Ct));
        return document.RootElement.Clone();
    }
}
