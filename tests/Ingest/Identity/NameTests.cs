using Followthrough.Ingest.Identity;

namespace Followthrough.Tests.Ingest.Identity;

/// <summary>Names without what is written now one way, now another, and how alike they are.</summary>
public sealed class NameTests
{
    [Theory]
    [InlineData("Müller & Söhne GmbH & Co. KG", "MUELLER UND SOEHNE")]
    [InlineData("Société Générale S.A.", "Societe Generale SA")]
    [InlineData("Fratelli Bianchi S.p.A.", "BIANCHI FRATELLI")]
    [InlineData("The Acme Company, Inc.", "ACME")]
    [InlineData("Lakeshore Foods LLC", "LAKESHORE FOODS (AP)")]
    [InlineData("O’Neil Ltd.", "ONeil Limited")]
    [InlineData("Åkesson AB", "Akesson")]
    [InlineData("Łódź Transport Sp. z o.o.", "Lodz Transport")]
    public void Case_accents_punctuation_legal_form_and_order_make_no_difference(string one, string other) =>
        Assert.Equal(NameForm.Of(one).Where(w => w.Length > 1), NameForm.Of(other).Where(w => w.Length > 1));

    [Theory]
    [InlineData("Acme (AP) Foods (old)", "acme foods")]
    [InlineData("(Acme) Foods", "acme foods")]
    [InlineData("Acme (Foods", "acme foods")]
    [InlineData("Acme ()()(x)", "acme")]
    [InlineData("(", "")]
    public void What_stands_in_brackets_behind_the_name_is_no_part_of_it(string name, string words) => Assert.Equal(words, string.Join(' ', NameForm.Of(name)));

    [Fact]
    public void A_name_of_nothing_but_small_words_stays() => Assert.Equal(["co", "group"], NameForm.Of("Group & Co"));

    [Theory]
    [InlineData("Lakeshore Medical Center", "Lakeshore Medical Ctr", 0.96, 0.97)]
    [InlineData("Northwind Traders", "Nortwind Traders", 0.94, 0.95)]
    [InlineData("Acme", "Acme", 1, 1)]
    [InlineData("Lakeshore Medical Center", "Lakeshore Dental Center", 0.66, 0.67)]
    [InlineData("Store 17", "Store 18", 0.5, 0.5)]
    [InlineData("Acme", "Contoso", 0, 0)]
    public void Likeness_is_the_share_of_words_that_have_their_like(string one, string other, double least, double most)
    {
        Assert.InRange(Likeness.Of(NameForm.Of(one), NameForm.Of(other)), least, most);
        Assert.InRange(Likeness.Of(NameForm.Of(other), NameForm.Of(one)), least, most);
    }

    [Theory]
    [InlineData("https://www.Acme.example/about?x=1", "acme.example")]
    [InlineData("acme.example", "acme.example")]
    [InlineData("WWW.acme.example:8080", "acme.example")]
    [InlineData("gmail.com", null)]
    [InlineData("acme", null)]
    public void A_sites_domain_is_its_host(string site, string? domain) => Assert.Equal(domain, Domain.OfSite(site));

    [Theory]
    [InlineData("Ann@Acme.example", "acme.example")]
    [InlineData("ann@GMX.de", null)]
    [InlineData("ann", null)]
    [InlineData("@acme.example", null)]
    public void A_mailbox_anybody_can_have_tells_nothing(string mail, string? domain) => Assert.Equal(domain, Domain.OfMail(mail));
}
