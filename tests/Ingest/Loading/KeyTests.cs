using System.Text;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Ingest.Loading;

/// <summary>One key however it is typed; and every text stored as it is, whatever it looks like.</summary>
public sealed class KeyTests
{
    [Fact]
    public async Task Blanks_around_a_key_and_the_form_of_its_accents_make_no_difference()
    {
        await using var world = await World.CreateAsync();
        var composed = "crm:Žofie".Normalize(NormalizationForm.FormC);
        var decomposed = composed.Normalize(NormalizationForm.FormD);
        Assert.NotEqual(composed, decomposed);

        await world.LoadAsync(Given.Account(composed), Given.Account(decomposed + " \u00A0"));
        await world.LoadAsync(Given.Inbound("\t" + decomposed, "2026-03-02T10:00Z", key: "mail:1 "), Given.Inbound(composed + " ", "2026-03-02T10:00Z", key: "mail:1"));

        Assert.Equal([composed], await world.TextsAsync("select source_key from account"));
        Assert.Equal(["mail:1"], await world.TextsAsync("select source_key from interaction"));
    }

    [Fact]
    public async Task Keys_that_differ_in_case_are_two()
    {
        await using var world = await World.CreateAsync();

        await world.LoadAsync(Given.Account("crm:a"), Given.Account("crm:A"));

        Assert.Equal(2, await world.CountAsync("select count(*) from account"));
    }

    [Theory]
    [InlineData("😀 👩‍👩‍👧 𝒜")]
    [InlineData("\u202Eright to left\u202C שלום")]
    [InlineData("'; DROP TABLE interaction; --")]
    [InlineData("=HYPERLINK(\"http://example.test\";\"click\")")]
    [InlineData("+1 and -1 and @1")]
    [InlineData("line one\n=cmd|' /C calc'!A0")]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("100%, \"quoted\", \\N, \\. and \\x00")]
    public async Task Any_text_is_stored_as_it_is(string text)
    {
        await using var world = await World.CreateAsync();

        await world.LoadAsync(Given.Account(text, name: text), Given.Inbound(text, "2026-03-02T10:00Z", contact: text, key: text) with { Subject = text });
        await world.RefreshAsync();

        Assert.Equal([text, text], await world.TextsAsync("select source_key from account union all select name from account"));
        Assert.Equal([text, text, text], await world.TextsAsync("select unnest(array[source_key, contact_key, subject]) from interaction"));
        Assert.Equal([text], await world.TextsAsync("select commitment_key from commitment where kind = 'respond'"));
    }
}
