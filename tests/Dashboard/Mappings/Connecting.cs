using System.Net;
using System.Text;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Followthrough.Tests.Dashboard.Mappings;

/// <summary>Somebody who connects files, form by form, without a browser that runs scripts.</summary>
internal sealed class Connecting(DashboardHost host, Visitor visitor)
{
    internal const string Calls = "Call ID;Start;Customer;Customer Name;Way;Agent;Seconds\n1001;03/04/2026 10:15;K1;Acme;in;Ann;125\n1002;05/04/2026 11:20;K2;Böl & Co;out;Bob;0\n1003;13/04/2026 09:05;K1;Acme;sideways;;60\n";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    internal Visitor Visitor => visitor;

    internal static async Task<Connecting> NewAsync(DashboardHost host) => new(host, await host.SignedInAsync());

    internal Task<HttpResponseMessage> SendFileAsync(string name, string content) => SendFileAsync(name, Encoding.UTF8.GetBytes(content));

    /// <summary>Uploads a file and gives the answer as it is.</summary>
    internal async Task<HttpResponseMessage> SendFileAsync(string name, byte[] content)
    {
        var page = await visitor.ReadAsync("/data/mappings/new");
        using var form = new MultipartFormDataContent();
        foreach (var hidden in page.QuerySelectorAll("main form input[type=hidden]")) form.Add(new StringContent(hidden.GetAttribute("value")!), hidden.GetAttribute("name")!);
        using var file = new ByteArrayContent(content);
        form.Add(file, "file", name);
        return await visitor.UploadAsync("/data/mappings/new", form);
    }

    /// <summary>Uploads a file that is taken; the address of its page.</summary>
    internal async Task<string> UploadAsync(string name, string content)
    {
        using var answer = await SendFileAsync(name, content);
        return Led(answer);
    }

    /// <summary>Sends one of a page's forms with everything that is filled in in it, and these values; where it leads.</summary>
    internal async Task<string> GoOnAsync(string page, string action, params (string Name, string Value)[] values)
    {
        using var answer = await SendAsync(page, action, values);
        return Led(answer);
    }

    /// <summary>The same; the answer as it is.</summary>
    internal async Task<HttpResponseMessage> SendAsync(string page, string action, params (string Name, string Value)[] values)
    {
        using var shown = await visitor.GetAsync(page);
        var document = await ReadAsync(shown);
        var form = document.QuerySelectorAll("main form").OfType<IHtmlFormElement>().First(f => f.GetAttribute("action") == action);
        var fields = form.Elements.Where(e => e is not IHtmlButtonElement).Select(ValueOf).OfType<(string Name, string Value)>().ToDictionary(f => f.Name, f => f.Value);
        foreach (var (name, value) in values) fields[name] = value;
        return await visitor.PostAsync(action, fields);
    }

    /// <summary>Waits until a load is over; its page.</summary>
    internal async Task<IHtmlDocument> LoadedAsync(string page)
    {
        for (var look = 0; look < 200; look++)
        {
            var document = await visitor.ReadAsync(page);
            if (document.QuerySelector("#load") is null) return document;
            await Task.Delay(50, Ct);
        }
        throw new TimeoutException("The load does not end.");
    }

    internal async Task<long> CountAsync(string sql)
    {
        await using var command = host.Database.DataSource.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync(Ct))!;
    }

    internal static async Task<IHtmlDocument> ReadAsync(HttpResponseMessage answer) =>
        await new HtmlParser().ParseDocumentAsync(await answer.Content.ReadAsStringAsync(Ct), Ct);

    private static string Led(HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        return answer.Headers.Location!.ToString();
    }

    private static (string, string)? ValueOf(AngleSharp.Dom.IElement element) => element switch
    {
        IHtmlInputElement { Type: "radio" or "checkbox" } box => box.IsChecked ? (box.Name!, box.Value is { Length: > 0 } value ? value : "on") : null,
        IHtmlInputElement input when input.Name is { } name => (name, input.Value),
        IHtmlSelectElement select => (select.Name!, select.Value!),
        IHtmlTextAreaElement area => (area.Name!, area.Value),
        _ => null,
    };
}
