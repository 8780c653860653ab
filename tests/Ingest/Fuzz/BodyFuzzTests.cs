using System.Text;
using Followthrough.Analytics.Store;
using Followthrough.Ingest.Loading;
using Followthrough.Ingest.Mappings;
using Followthrough.Ingest.Sources.CloudEvents;
using Followthrough.Ingest.Sources.Streams;
using Followthrough.Ingest.Sources.Webhooks;

namespace Followthrough.Tests.Ingest.Fuzz;

/// <summary>Damaged webhook bodies, events of programs and messages of a stream: sound, or what is wrong with them is said.</summary>
public sealed class BodyFuzzTests(ITestOutputHelper output)
{
    private static readonly byte[][] Bodies =
    [
        .. new[]
        {
            """{"id":"evt_1","object":"event","type":"customer.created","created":1772445600,"data":{"object":{"id":"cus_1","object":"customer","created":1772445600,"name":"Ninth & Sons","currency":"eur","email":"a@b.example"}}}""",
            """{"id":"evt_2","object":"event","type":"charge.refunded","data":{"object":{"id":"ch_1","object":"charge","customer":"cus_1","amount":1234,"currency":"jpy","created":1772445600,"refunds":{"data":[{"id":"re_1","amount":5}]}}}}""",
            """[{"eventId":1,"subscriptionType":"contact.creation","objectId":512,"occurredAt":1772445600000,"portalId":9}]""",
            """{"event_id":"e","event_type":"form_response","form_response":{"form_id":"f","token":"t","submitted_at":"2026-03-02T10:00:00Z","answers":[{"type":"number","number":9,"field":{"id":"a","type":"opinion_scale"}}]}}""",
        }.Select(Encoding.UTF8.GetBytes),
    ];

    private static readonly string[] Systems = ["stripe", "hubspot", "typeform", "zendesk", "xero", "salesforce"];

    private readonly HookMappings _mappings = new(new KeptFiles(DataFolder.At(Path.GetTempPath())));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public Task A_webhook_body_is_read_or_what_is_wrong_is_said() => Cases.RunAsync(output, 1000, async random =>
    {
        var bytes = Mutation.Of(Bodies[random.Next(Bodies.Length)], random);
        if (HookBody.Read(bytes, out var problem) is not { } body)
        {
            Assert.False(string.IsNullOrEmpty(problem));
            return "refused";
        }
        var mapping = await _mappings.ChooseAsync(Systems[random.Next(Systems.Length)], body, Cancellation);
        return body.Objects.SelectMany(mapping.Begin().Map).Select(Explained).Any(sound => !sound) ? "with rejected records" : "taken";
    });

    [Fact]
    public Task Events_of_a_program_are_taken_whole_or_refused_by_field() => Cases.RunAsync(output, 700, random =>
    {
        var one = """{"specversion":"1.0","id":"e1","source":"/p","type":"followthrough.fact.account","data":{"source_key":"a:1","occurred_at":"2026-03-02T10:00:00Z","name":"Änn"}}""";
        var isBatch = random.Next(2) == 0;
        var bytes = Mutation.Of(Encoding.UTF8.GetBytes(isBatch ? $"[{one},{one.Replace("e1", "e2", StringComparison.Ordinal)}]" : one), random);
        var body = CloudEventBody.Read(bytes, isBatch, out var problems, out _);
        Assert.Equal(body is null, problems.Count > 0);
        Assert.All(problems, p => Assert.False(string.IsNullOrEmpty(p.Expected)));
        return Task.FromResult(body is null ? "refused" : "taken");
    });

    [Fact]
    public Task Messages_of_a_stream_become_rows_or_poison_with_a_reason() => Cases.RunAsync(output, 700, random =>
    {
        var rows = new EventRows(1 << 20);
        var bytes = Mutation.Of(random.Next(2) == 0 ? FuzzCorpus.Event : FuzzCorpus.JsonLines, random);
        rows.Add(new StreamMessage(7, bytes));
        Assert.All(rows.Unreadable, u =>
        {
            Assert.False(string.IsNullOrEmpty(u.Reason) || string.IsNullOrEmpty(u.Message));
            Assert.DoesNotContain('\0', u.Record);
        });
        var sound = rows.Rows.Select(Explained).ToList();
        Assert.True(sound.Count + rows.Unreadable.Count > 0 || bytes.Length < 40, Encoding.UTF8.GetString(bytes));
        return Task.FromResult(rows.Unreadable.Count > 0 ? "with poison" : sound.Contains(false) ? "with rejected rows" : "taken");
    });

    private static bool Explained(MappedRow row)
    {
        if (row.Cells is not null) return true;
        Assert.False(string.IsNullOrEmpty(row.Reason) || string.IsNullOrEmpty(row.Message));
        return false;
    }
}
