using System.Text.Json;

namespace Followthrough.Analytics.Demo;

/// <summary>The planted truths beside the obligations, gathered while the customers are generated.</summary>
internal sealed class PlantedTruth
{
    private const int TenthsOfDays = 4000;
    private readonly int[] _lateRegionDelays = new int[TenthsOfDays];
    private readonly int[] _otherDelays = new int[TenthsOfDays];
    private readonly SortedDictionary<string, (int All, int AfterDue)> _rebaselines = new(StringComparer.Ordinal);
    private readonly List<(string Crm, string Erp)> _duplicates = [];
    private readonly List<(string Account, Fate Fate, DateTimeOffset? LastOrder)> _slow = [];
    private readonly List<string> _leftAnyway = [];
    private long _budgeted, _overBudget;

    public void Invoiced(Region region, TimeSpan turnaround)
    {
        var delays = region.Name == Structure.LateInvoiceRegion ? _lateRegionDelays : _otherDelays;
        delays[Math.Clamp((int)(turnaround.TotalDays * 10), 0, TenthsOfDays - 1)]++;
    }

    public void Rebaselined(string teamKey, bool afterDue)
    {
        var (all, late) = _rebaselines.GetValueOrDefault(teamKey);
        _rebaselines[teamKey] = (all + 1, late + (afterDue ? 1 : 0));
    }

    /// <summary>An accepted project with a budget, and what it had cost by the end of history.</summary>
    public void Spent(decimal budget, decimal cost)
    {
        _budgeted++;
        if (cost > budget) _overBudget++;
    }

    public void Met(Customer customer, DateTimeOffset? lastOrder)
    {
        if (customer.DuplicateKey is not null) _duplicates.Add((customer.Key, customer.DuplicateKey));
        if (customer.Fate.SlowFrom is not null) _slow.Add((customer.Key, customer.Fate, lastOrder));
        else if (customer.Fate.StopsAt <= customer.Timeline.End) _leftAnyway.Add(customer.Key);
    }

    public void Write(Utf8JsonWriter json, TeamTruth badTeam)
    {
        json.WriteStartObject("planted");
        json.WriteStartObject("bad_team");
        json.WriteString("team", Structure.BadTeam);
        WriteNumber(json, "never_answered_share", badTeam.NeverAnsweredShare);
        json.WriteEndObject();
        WriteRebaselines(json);
        WriteInvoices(json);
        WriteCosts(json);
        WriteDuplicates(json);
        WriteSlow(json);
        json.WriteStartArray("stopped_for_other_reasons");
        foreach (var account in _leftAnyway) json.WriteStringValue(account);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void WriteRebaselines(Utf8JsonWriter json)
    {
        json.WriteStartObject("rebaselining");
        json.WriteString("team", Structure.RebaseliningTeam);
        json.WriteStartArray("teams");
        foreach (var (team, (all, afterDue)) in _rebaselines)
        {
            json.WriteStartObject();
            json.WriteString("team", team);
            json.WriteNumber("rebaselines", all);
            json.WriteNumber("after_due", afterDue);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void WriteInvoices(Utf8JsonWriter json)
    {
        json.WriteStartObject("late_invoices");
        json.WriteString("region", Structure.LateInvoiceRegion);
        WriteNumber(json, "median_days", Median(_lateRegionDelays));
        WriteNumber(json, "median_days_elsewhere", Median(_otherDelays));
        json.WriteEndObject();
    }

    private void WriteCosts(Utf8JsonWriter json)
    {
        json.WriteStartObject("costs");
        json.WriteNumber("accepted_with_budget", _budgeted);
        json.WriteNumber("over_budget", _overBudget);
        json.WriteEndObject();
    }

    private void WriteDuplicates(Utf8JsonWriter json)
    {
        json.WriteStartArray("duplicates");
        foreach (var (crm, erp) in _duplicates)
        {
            json.WriteStartArray();
            json.WriteStringValue(crm);
            json.WriteStringValue(erp);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    private void WriteSlow(Utf8JsonWriter json)
    {
        json.WriteStartArray("slowly_answered");
        foreach (var (account, fate, lastOrder) in _slow)
        {
            json.WriteStartObject();
            json.WriteString("account", account);
            json.WriteString("slow_from", Truth.Iso(fate.SlowFrom!.Value));
            json.WriteBoolean("driven_away", fate.DrivenAway);
            if (lastOrder is { } at) json.WriteString("last_order", Truth.Iso(at));
            else json.WriteNull("last_order");
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number) json.WriteNumber(name, Math.Round(number, 4));
        else json.WriteNull(name);
    }

    private static double? Median(int[] delays)
    {
        var left = delays.Sum() / 2;
        if (delays.Sum() == 0) return null;
        for (var tenth = 0; ; tenth++)
        {
            left -= delays[tenth];
            if (left < 0) return tenth / 10.0;
        }
    }
}
