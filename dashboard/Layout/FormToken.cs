using Microsoft.AspNetCore.Antiforgery;

namespace Followthrough.Dashboard.Layout;

/// <summary>Proof that a form was made by us for this visitor.</summary>
/// <param name="Field">Name of the hidden field.</param>
/// <param name="Value">Its value.</param>
public sealed record FormToken(string Field, string Value)
{
    internal static FormToken For(HttpContext http, IAntiforgery antiforgery)
    {
        var tokens = antiforgery.GetAndStoreTokens(http);
        return new FormToken(tokens.FormFieldName, tokens.RequestToken ?? "");
    }
}
