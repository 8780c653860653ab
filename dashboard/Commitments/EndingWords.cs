namespace Followthrough.Dashboard.Commitments;

/// <summary>How a commitment ended that was not fulfilled, as a sentence says it.</summary>
internal static class EndingWords
{
    /// <summary>“The customer called again and got through”.</summary>
    internal static string Of(string ending) => ending switch
    {
        "customer_recovered" => "The customer called again and got through",
        "cancelled" => "It was cancelled",
        "moved" => "It was moved with the customer's agreement",
        _ => $"It ended: {ending.Replace('_', ' ')}",
    };
}
