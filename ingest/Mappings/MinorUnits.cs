namespace Followthrough.Ingest.Mappings;

/// <summary>How many smallest units make one of a currency, as payment systems count them.</summary>
internal static class MinorUnits
{
    // Without UGX and ISK: nothing smaller than the whole is in use, but they are sent with two decimals.
    private static readonly HashSet<string> Whole = [.. "BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF".Split(' ')];
    private static readonly HashSet<string> Thousandths = [.. "BHD JOD KWD OMR TND".Split(' ')];

    /// <summary>1, 100 or 1000; 100 for a currency that is not known.</summary>
    public static decimal PerUnit(string currency) =>
        Whole.Contains(currency.ToUpperInvariant()) ? 1 : Thousandths.Contains(currency.ToUpperInvariant()) ? 1000 : 100;
}
