namespace Followthrough.Analytics.Compensation;

/// <summary>What a plan asks, answered for everybody over the same days.</summary>
internal sealed class PayFigures
{
    private readonly Dictionary<(PayQuestion Question, string Key), PayInput> _of = [];
    private readonly Dictionary<PayQuestion, PayInput> _company = [];
    private readonly Dictionary<PayQuestion, PayInput> _nothing = [];

    /// <summary>Team of each person at the end of the days; who is in none is missing.</summary>
    public required IReadOnlyDictionary<string, string> Teams { get; init; }

    /// <summary>The questions that were asked.</summary>
    public IEnumerable<PayQuestion> Questions => _nothing.Keys;

    /// <summary>The answers for one person; the team's lack for who is in none, where a plan can do without them.</summary>
    public IReadOnlyDictionary<PayQuestion, PayInput> Of(string staff)
    {
        var answers = new Dictionary<PayQuestion, PayInput>();
        foreach (var question in _nothing.Keys) answers[question] = Answer(question, staff);
        return answers;
    }

    internal void Add(PayQuestion question, string key, PayInput input) => _of[(question, key)] = input;

    internal void Add(PayQuestion question, PayInput company) => _company[question] = company;

    /// <summary>What stands where nothing falls under somebody.</summary>
    internal void AddNothing(PayQuestion question, PayInput nothing) => _nothing[question] = nothing;

    private PayInput Answer(PayQuestion question, string staff)
    {
        if (question.For == MeasuredFor.Company) return _company.GetValueOrDefault(question, _nothing[question]);
        var key = question.For == MeasuredFor.Person ? staff : Teams.GetValueOrDefault(staff);
        if (key is null) return _nothing[question] with { Value = null, Reason = "in no team", N = 0 };
        return _of.GetValueOrDefault((question, key), _nothing[question] with { Key = key });
    }
}
