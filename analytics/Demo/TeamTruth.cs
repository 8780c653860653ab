using System.Text.Json;

namespace Followthrough.Analytics.Demo;

/// <summary>A team's obligations to respond, counted by what became of them within 24 elapsed hours.</summary>
internal sealed class TeamTruth
{
    private static readonly TimeSpan Due = TimeSpan.FromHours(24);
    private long _met, _missed, _pending, _excused, _neverAnswered;

    public double? NeverAnsweredShare => Matured == 0 ? null : (double)_neverAnswered / Matured;

    private long Matured => _met + _missed;

    public void Add(Obligation obligation, DateTimeOffset now)
    {
        var due = obligation.OpenedAt + Due;
        if (obligation.Excused) _excused++;
        else if (obligation.AnsweredAt <= due) _met++;
        else if (obligation.AnsweredAt is null && now <= due) _pending++;
        else _missed++;
        if (obligation is { Excused: false, AnsweredAt: null } && now > due) _neverAnswered++;
    }

    public TeamTruth Plus(TeamTruth other) => new()
    {
        _met = _met + other._met,
        _missed = _missed + other._missed,
        _pending = _pending + other._pending,
        _excused = _excused + other._excused,
        _neverAnswered = _neverAnswered + other._neverAnswered,
    };

    public void Write(Utf8JsonWriter json)
    {
        json.WriteNumber("obligations", Matured + _pending + _excused);
        json.WriteNumber("matured", Matured);
        json.WriteNumber("met", _met);
        json.WriteNumber("missed", _missed);
        json.WriteNumber("never_answered", _neverAnswered);
        json.WriteNumber("pending", _pending);
        json.WriteNumber("excused", _excused);
        if (Matured == 0) json.WriteNull("within_24h");
        else json.WriteNumber("within_24h", Math.Round((double)_met / Matured, 6));
    }
}
