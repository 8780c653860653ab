using System.Globalization;
using System.Text.RegularExpressions;
using Followthrough.Analytics.Facts;
using Followthrough.Ingest.Drafting;

namespace Followthrough.Dashboard.Mappings;

/// <summary>Reads what the form of the columns was filled in with. Of what it can't take it says so, in sentences.</summary>
internal sealed partial class DraftForm(IFormCollection form, MappingDraft before, Sample sample)
{
    internal const string From = "from.";
    internal const string Text = "text.";
    internal const string Prefix = "prefix.";
    internal const string Date = "date.";
    internal const string Decimals = "decimal.";
    internal const string Ours = "ours.";

    /// <summary>Stands for a constant where a field is chosen.</summary>
    internal const string Constant = "=";

    /// <summary>Our word for a word that means nothing.</summary>
    internal const string Nothing = "-";

    internal const int MostKeyFields = 3;

    private readonly List<string> _problems = [];

    /// <summary>Name of the input that holds our word for the value at a place of a field.</summary>
    internal static string OursOf(FactColumn column, int place) => string.Create(CultureInfo.InvariantCulture, $"{Ours}{column.Name}.{place}");

    /// <summary>What could not be taken.</summary>
    internal IReadOnlyList<string> Problems => _problems;

    internal MappingDraft Read() => before with
    {
        Prefix = PrefixOf("prefix", "The source") is { Length: > 0 } prefix ? prefix : before.Prefix,
        Zone = ZoneOf(),
        KeyFields = [.. Enumerable.Range(1, MostKeyFields).Select(i => FieldOf($"key.{i}")?.Name).OfType<string>().Distinct()],
        Numbered = form.ContainsKey("numbered"),
        MakesAccounts = form.ContainsKey("accounts"),
        MakesStaff = form.ContainsKey("staff"),
        AccountName = FieldOf("account_name")?.Name,
        Columns = [.. before.Table.Columns.Where(c => c.Name != "source_key").Select(ColumnOf).OfType<DraftColumn>()],
    };

    private DraftColumn? ColumnOf(FactColumn column)
    {
        if (Said(From + column.Name) == Constant) return ConstantOf(column);
        if (FieldOf(From + column.Name) is not { } field) return null;
        var known = before.Column(column.Name);
        // For another field than before the rest of the form was not meant. That field is somebody's choice and no guess.
        if (known?.Field != field.Name) return ColumnGuess.For(column, field, before.Prefix) with { IsGuess = false };
        var date = Chosen(Date + column.Name, DateForms.All);
        var sign = Chosen(Decimals + column.Name, ["plain", ".", ","]);
        var said = known with
        {
            Prefix = known.Prefix is null && !ColumnGuess.IsKey(column) ? null : PrefixOf(Prefix + column.Name, column.Name),
            Date = date ?? known.Date,
            DecimalSign = sign ?? known.DecimalSign,
            Undecided = date is null && sign is null ? known.Undecided : [],
            // Of keys the form shows no words: those that people are known by stay.
            Values = ColumnGuess.IsKey(column) ? known.Values : WordsOf(column, field),
        };
        // Who only looks has confirmed nothing but what he changed.
        return said with { IsGuess = known.IsGuess && form["go"] != "check" && said.IsLike(known) };
    }

    private DraftColumn? ConstantOf(FactColumn column)
    {
        var text = Said(Text + column.Name);
        if (text.Length == 0) return null;
        if (text.IndexOfAny(['{', '}']) < 0)
            return new DraftColumn { Name = column.Name, Constant = text, IsGuess = form["go"] != "check" && before.Column(column.Name) is { IsGuess: true } known && known.Constant == text };
        _problems.Add($"{column.Name}: braces mark a field, so a text that is always the same can't have them. In the mapping's text more is possible.");
        return null;
    }

    private Dictionary<string, string> WordsOf(FactColumn column, SampleField field)
    {
        var words = new Dictionary<string, string>();
        for (var i = 0; i < field.Values.Count && form.ContainsKey(OursOf(column, i)); i++)
        {
            var (theirs, ours) = (field.Values[i].Text, Said(OursOf(column, i)));
            if (ours == Nothing) words[theirs] = "";
            else if (ChoiceWords.Of(column).Contains(ours) && ours != theirs) words[theirs] = ours;
        }
        return words;
    }

    private string? ZoneOf()
    {
        var zone = Said("zone");
        if (zone.Length == 0) return null;
        if (TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found) && found.HasIanaId) return zone;
        _problems.Add("The time zone: expected an IANA name, for example Europe/Berlin.");
        return before.Zone;
    }

    private string? PrefixOf(string name, string called)
    {
        var prefix = Said(name);
        if (prefix.Length == 0 || PrefixPattern().IsMatch(prefix)) return prefix.Length == 0 ? null : prefix;
        _problems.Add($"{called}: the source comes before the colon of a key; expected up to 40 letters, digits, dots, underscores and hyphens, for example crm.");
        return before.Prefix;
    }

    // By their place and not by name: a browser changes some texts on their way.
    private SampleField? FieldOf(string name) =>
        int.TryParse(Said(name), NumberStyles.None, CultureInfo.InvariantCulture, out var place) && place < sample.Fields.Count && sample.Fields[place].IsNameable ? sample.Fields[place] : null;

    private string? Chosen(string name, IEnumerable<string> among) => Said(name) is { Length: > 0 } said && among.Contains(said) ? said : null;

    private string Said(string name) => form[name].ToString().Trim();

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9_.-]{0,39}\z")]
    private static partial Regex PrefixPattern();
}
