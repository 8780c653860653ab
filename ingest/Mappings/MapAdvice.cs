namespace Followthrough.Ingest.Mappings;

/// <summary>Notices what a mapping leaves out although the rules need it: sound rows of which little would follow.</summary>
internal sealed class MapAdvice
{
    private static readonly RuleNeed[] Needed = [.. RuleNeeds.All.Where(n => n.Missing is not null)];

    private readonly HashSet<int> _met = [];
    private readonly HashSet<int> _filled = [];

    public void Look(MappedRow row)
    {
        if (row.IsTombstone) return;
        for (var i = 0; i < Needed.Length; i++)
        {
            var need = Needed[i];
            if (need.Fact != row.Table.Name || (need.OnlyKind is { } kind && row.Cells![row.Table.IndexOf("kind")].Text != kind)) continue;
            _met.Add(i);
            if (!row.Cells![row.Table.IndexOf(need.Column)].IsNull) _filled.Add(i);
        }
    }

    /// <summary>Sentences, for facts that were made and never had the column.</summary>
    public IReadOnlyList<string> Sentences => [.. _met.Except(_filled).Order().Select(i => Needed[i].Missing!)];
}
