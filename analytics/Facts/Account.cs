namespace Followthrough.Analytics.Facts;

/// <summary>A customer. <c>account</c> and <c>source_key</c> are the same key; <c>occurred_at</c> is when it became known to the source.</summary>
[StoredAs("account", Reach.WholeAccount)]
public sealed record Account : AccountFact
{
    public required string Name { get; init; }

    /// <summary>Source key of the parent company's account.</summary>
    public string? ParentKey { get; init; }

    public string? Segment { get; init; }
    public string? Region { get; init; }
    public string? Industry { get; init; }

    /// <summary>ISO 3166 two-letter code.</summary>
    public string? Country { get; init; }

    /// <summary>IANA zone of the customer.</summary>
    public string? TimeZone { get; init; }

    /// <summary>The calendar promised to the customer; without one, business-time figures are null.</summary>
    public string? CalendarKey { get; init; }

    /// <summary>ISO 4217 code in which the customer is invoiced.</summary>
    public string? Currency { get; init; }

    public string? Phone { get; init; }

    /// <summary>When the relationship was ended by a recorded decision; null while it lasts.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>It stands for buyers nobody named: its money counts in revenue, it itself never counts as a customer.</summary>
    public bool Anonymous { get; init; }

    /// <summary>Number by which the tax office knows the customer, VAT number or the like, as the source writes it.</summary>
    public string? TaxId { get; init; }

    /// <summary>Address of its site, or the domain alone; several are parted by blanks.</summary>
    public string? Website { get; init; }

    /// <summary>Address to which the company's mail goes.</summary>
    public string? Email { get; init; }

    /// <summary>Its numbers in other systems, parted by blanks; best as those systems' own keys (<c>crm:0012</c>).</summary>
    public string? ExternalIds { get; init; }

    public string? Street { get; init; }
    public string? PostalCode { get; init; }
    public string? City { get; init; }
}
