namespace Followthrough.Ingest.Mappings;

/// <summary>Notices what a mapping leaves out although the rules need it: sound rows of which little would follow.</summary>
internal sealed class MapAdvice
{
    private static readonly (string Fact, string Column, string? OnlyKind, string Words)[] Needed =
    [
        ("invoice", "sent_at", null, "No invoice says when it was sent. What was not sent is in no revenue, and no work counts as invoiced by it; where the source has one date only, give it to sent_at as well."),
        ("interaction", "connected", "call", "No call says whether somebody was reached (connected). Every inbound call will count as missed, and no outbound one as an answer."),
        ("interaction", "contact_key", null, "No interaction names a contact (contact_key). Whoever of a customer gets in touch counts as the same person."),
        ("interaction", "staff_key", null, "No interaction names one of our people (staff_key). What was done will be the work of the account's owner."),
        ("milestone", "accepted_at", null, "No milestone says when it was accepted (accepted_at). None will count as delivered."),
    ];

    private readonly HashSet<int> _met = [];
    private readonly HashSet<int> _filled = [];

    public void Look(MappedRow row)
    {
        if (row.IsTombstone) return;
        for (var i = 0; i < Needed.Length; i++)
        {
            var (fact, column, kind, _) = Needed[i];
            if (fact != row.Table.Name || (kind is not null && row.Cells![row.Table.IndexOf("kind")].Text != kind)) continue;
            _met.Add(i);
            if (!row.Cells![row.Table.IndexOf(column)].IsNull) _filled.Add(i);
        }
    }

    /// <summary>Sentences, for facts that were made and never had the column.</summary>
    public IReadOnlyList<string> Sentences => [.. _met.Except(_filled).Order().Select(i => Needed[i].Words)];
}
