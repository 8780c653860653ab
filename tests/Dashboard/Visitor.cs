using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Followthrough.Tests.Dashboard;

/// <summary>Somebody with a browser: keeps cookies, fills in forms, reads pages.</summary>
internal sealed class Visitor(HttpClient http)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    internal async Task<HttpResponseMessage> GetAsync(string address)
    {
        while (true)
        {
            var answer = await http.GetAsync(new Uri(address, UriKind.Relative), Cancellation);
            // As a browser does that is told to ask again: what was known then is being worked out.
            if (answer.StatusCode != HttpStatusCode.Accepted || !answer.Headers.Contains("Refresh")) return answer;
            answer.Dispose();
        }
    }

    /// <summary>With a cookie beside those that are kept: one that ends soon ends at once for a browser whose clock is not the dashboard's.</summary>
    internal async Task<HttpResponseMessage> GetWithAsync(string address, string cookie)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, UriKind.Relative));
        request.Headers.Add("Cookie", cookie);
        return await http.SendAsync(request, Cancellation);
    }

    /// <summary>As a part of a page asks for itself again.</summary>
    internal async Task<HttpResponseMessage> GetPartAsync(string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, UriKind.Relative));
        request.Headers.Add("HX-Request", "true");
        return await http.SendAsync(request, Cancellation);
    }

    /// <summary>Asks whether what it has is still good.</summary>
    internal async Task<HttpResponseMessage> GetKnownAsync(string address, System.Net.Http.Headers.EntityTagHeaderValue tag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, UriKind.Relative)) { Headers = { IfNoneMatch = { tag } } };
        return await http.SendAsync(request, Cancellation);
    }

    internal async Task<IHtmlDocument> ReadAsync(string address, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var response = await GetAsync(address);
        Assert.Equal(expected, response.StatusCode);
        return await new HtmlParser().ParseDocumentAsync(await response.Content.ReadAsStringAsync(Cancellation), Cancellation);
    }

    /// <summary>Opens the page, takes the form's hidden fields along, adds the values and sends it.</summary>
    internal async Task<HttpResponseMessage> FillInAsync(string page, params (string Name, string Value)[] values)
    {
        var document = await ReadAsync(page);
        var form = document.QuerySelector("main form")!;
        var fields = form.QuerySelectorAll("input[type=hidden]").ToDictionary(input => input.GetAttribute("name")!, input => input.GetAttribute("value") ?? "");
        foreach (var (name, value) in values) fields[name] = value;
        return await PostAsync(page.Split('?')[0], fields);
    }

    internal Task<HttpResponseMessage> PostAsync(string address, Dictionary<string, string> fields) =>
        http.PostAsync(new Uri(address, UriKind.Relative), new FormUrlEncodedContent(fields), Cancellation);

    internal Task<HttpResponseMessage> UploadAsync(string address, MultipartFormDataContent content) =>
        http.PostAsync(new Uri(address, UriKind.Relative), content, Cancellation);

    internal Task<HttpResponseMessage> SignInAsync(string name, string password, string? to = null) =>
        FillInAsync(to is null ? "/sign-in" : $"/sign-in?to={Uri.EscapeDataString(to)}", ("name", name), ("password", password));

    internal Task<HttpResponseMessage> ChoosePasswordAsync(string current, string chosen, string? repeated = null) =>
        FillInAsync("/choose-password", ("current", current), ("chosen", chosen), ("repeated", repeated ?? chosen));

    /// <summary>The token that this visitor's forms carry.</summary>
    internal async Task<string> FormTokenAsync()
    {
        using var settings = await GetAsync("/settings");
        var from = settings.StatusCode == HttpStatusCode.OK ? "/settings" : "/sign-in";
        return (await ReadAsync(from)).QuerySelector("input[name=form_token]")!.GetAttribute("value")!;
    }
}

/// <summary>Where an answer leads.</summary>
internal static class Addresses
{
    /// <summary>Path and query, whether the address is whole or not.</summary>
    internal static string PathAndQuery(this Uri address) => address.IsAbsoluteUri ? address.PathAndQuery : address.OriginalString;
}
