using Followthrough.Analytics.Facts;
using Followthrough.Ingest.Drafting;

namespace Followthrough.Tests.Ingest.Drafting;

/// <summary>Files whose names are not English, and those whose names say nothing.</summary>
public sealed class ForeignNamesTests
{
    [Theory]
    [InlineData("kundenliste.csv", "Kunden-Nr.;Firma;Straße;PLZ;Ort;Land;Kunde seit;USt-IdNr.", "K1;Müller AG;Weg 1;10115;Berlin;DE;01.02.2020;DE123", "account",
        "name=Firma street=Straße postal_code=PLZ city=Ort country=Land occurred_at=Kunde seit tax_id=USt-IdNr. key=Kunden-Nr.")]
    [InlineData("Rechnungen.csv", "Rechnungsnr.;Kundennummer;Rechnungsdatum;Fälligkeit;Nettobetrag;MwSt;Währung;Versandt am", "R1;K1;13.04.2026;13.05.2026;1.234,50;234,55;EUR;14.04.2026", "invoice",
        "number=Rechnungsnr. account=Kundennummer occurred_at=Rechnungsdatum due_on=Fälligkeit amount=Nettobetrag tax=MwSt currency=Währung sent_at=Versandt am key=Rechnungsnr.")]
    [InlineData("appels.csv", "Numéro;Date et heure;Code client;Sens;Durée;Opérateur;Répondu", "1;13/04/2026 10:15;C1;entrant;35;Anne;oui", "interaction",
        "account=Code client direction=Sens duration_seconds=Durée staff_key=Opérateur connected=Répondu occurred_at=Date et heure key=Numéro")]
    [InlineData("facturas.csv", "Número de factura;Cliente;Fecha de factura;Vencimiento;Base imponible;IVA;Moneda", "F1;C1;13/04/2026;13/05/2026;1.234,50;259,25;EUR", "invoice",
        "number=Número de factura account=Cliente occurred_at=Fecha de factura due_on=Vencimiento amount=Base imponible tax=IVA currency=Moneda key=Número de factura")]
    [InlineData("segnalazioni.csv", "Codice;Codice cliente;Data apertura;Oggetto;Priorità;Responsabile", "1;C1;13/04/2026 10:15;Guasto;alta;Rossi", "issue",
        "account=Codice cliente occurred_at=Data apertura title=Oggetto priority=Priorità owner_key=Responsabile key=Codice")]
    [InlineData("klanten.csv", "Klantnummer;Bedrijfsnaam;Straat;Postcode;Plaats;Telefoon;Aangemaakt op", "K1;Jansen;Weg 1;1011 AB;Amsterdam;+31 20 123456;13-04-2026", "account",
        "name=Bedrijfsnaam street=Straat postal_code=Postcode city=Plaats phone=Telefoon occurred_at=Aangemaakt op key=Klantnummer")]
    [InlineData("customers.csv", "No,Company,City,Since", "K1,Acme Ltd,Leeds,2020-02-01", "account", "name=Company city=City occurred_at=Since key=No")]
    [InlineData("mails.csv", "Id,Customer,From,Sent,By,Subject", "1,K1,ann@acme.example,2026-04-13 10:15,Bob,Pump", "interaction", "account=Customer contact_key=From occurred_at=Sent staff_key=By subject=Subject key=Id")]
    [InlineData("invoices.csv", "No,Customer,Date,Sent,Net,Currency", "R1,K1,2026-04-13,2026-04-14,100.5,EUR", "invoice", "number=No account=Customer occurred_at=Date sent_at=Sent amount=Net currency=Currency key=No")]
    public async Task Names_in_the_languages_of_the_lexicon_are_known(string name, string header, string row, string fact, string fed)
    {
        using var file = await Drafted.OfAsync(name, $"{header}\n{row}\n", fact);

        Assert.Equal(fact, Drafts.Facts(file.Sample)[0].Name);
        var found = file.Draft.Columns.Where(c => c.Field is not null).Select(c => $"{c.Name}={c.Field}").Append($"key={string.Join('+', file.Draft.KeyFields)}");
        Assert.Empty(fed.Split(' ').Aggregate(new List<string>(), Joined).Except(found));
    }

    [Fact]
    public async Task From_and_to_are_days_where_days_stand_in_them()
    {
        using var file = await Drafted.OfAsync("teams.csv", "Employee,Team,From,To\nS1,T1,2026-01-01,2026-06-30\n", "team_membership");
        Assert.Equal(("From", "To"), (file.Draft.Column("occurred_at")!.Field, file.Draft.Column("ended_at")!.Field));
    }

    // A name of a field may have blanks: what has no = belongs to the one before.
    private static List<string> Joined(List<string> parts, string next)
    {
        if (next.Contains('=', StringComparison.Ordinal)) parts.Add(next);
        else parts[^1] += " " + next;
        return parts;
    }

    [Fact]
    public async Task Words_of_closed_sets_are_known_in_each_language()
    {
        using var file = await Drafted.OfAsync(
            "anrufe.csv", "Nr;Datum;Kunde;Richtung;Angenommen\n1;13.04.2026 10:15;K1;eingehend;ja\n2;13.04.2026 10:20;K2;Ausgehend;nein\n3;13.04.2026 10:20;K2;sortant;verpasst\n", "interaction");

        Assert.Equal(["Ausgehend=outbound", "eingehend=inbound", "sortant=outbound"], file.Draft.Column("direction")!.Values.Select(v => $"{v.Key}={v.Value}").Order(StringComparer.Ordinal));
        Assert.Equal(("phone", "call"), (file.Draft.Column("channel")!.Constant, file.Draft.Column("kind")!.Constant));
        Assert.Equal("false", file.Draft.Column("connected")!.Values["verpasst"]);
        Assert.Equal(3, (await file.CheckAsync()).Facts["interaction"]);
    }

    [Fact]
    public async Task Where_names_say_nothing_the_values_do()
    {
        using var people = await Drafted.OfAsync("export.csv", "f1,name,account,f2,f3,f4\n1,Ann,K1,ann@a.example,+49 30 1234567,13.04.2026\n2,Bob,K1,bob@b.example,+49 30 7654321,14.04.2026\n", "contact");
        using var money = await Drafted.OfAsync("export.csv", "number,account,f1,f2\nR1,K1,2026-04-13,\"1.234,50\"\nR2,K1,2026-04-14,\"12,00\"\n", "invoice");

        Assert.Equal(("f2", "f3", "f4"), (people.Draft.Column("email")!.Field, people.Draft.Column("phone")!.Field, people.Draft.Column("occurred_at")!.Field));
        Assert.Equal(("f1", "f2"), (money.Draft.Column("occurred_at")!.Field, money.Draft.Column("amount")!.Field));
        Assert.All(people.Draft.Columns, c => Assert.True(c.IsGuess));
    }

    [Fact]
    public async Task Values_that_fit_two_fields_are_left_to_a_person()
    {
        using var file = await Drafted.OfAsync("export.csv", "number,account,f1,f2\nR1,K1,2026-04-13,2026-05-13\n", "invoice");

        Assert.Null(file.Draft.Column("occurred_at"));
        Assert.Contains(file.Problems, p => p is { Column: "occurred_at", Stops: true });
    }

    [Fact]
    public async Task With_dots_the_day_comes_before_the_month()
    {
        using var file = await Drafted.OfAsync("rechnungen.csv", "Nr;Kunde;Datum;Netto\nR1;K1;03.04.2026;1,50\n", "invoice");
        Assert.Equal("d.M.yyyy", file.Draft.Column("occurred_at")!.Date);
    }

    [Fact]
    public void The_lexicon_speaks_of_facts_columns_and_words_that_exist()
    {
        var columns = FactTable.All.SelectMany(t => t.Columns).ToList();

        Assert.Empty(Lexicon.Facts.Keys.Except(FactTable.All.Select(t => t.Name)));
        Assert.Empty(Lexicon.Columns.Keys.Except(columns.Select(c => c.Name)));
        Assert.Empty(Lexicon.Words.Keys.Except(columns.SelectMany(c => c.Choices).Concat(["true", "false"])));
        Assert.All(Lexicon.Columns.Values.SelectMany(names => names), name => Assert.NotEmpty(name.Words));
    }

    [Theory]
    [InlineData("Fälligkeitsdatum", "faelligkeitsdatum")]
    [InlineData("KundenNr", "kunden nr")]
    [InlineData("Échéance", "echeance")]
    [InlineData("Nº de cliente", "no de cliente")]
    [InlineData("a\ud800b", "a b")]
    public void Accents_case_and_signs_do_not_count(string name, string words) => Assert.Equal(words, string.Join(' ', FieldWords.Split(name)));
}
