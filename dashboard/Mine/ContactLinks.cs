namespace Followthrough.Dashboard.Mine;

/// <summary>Addresses that start a call or a mail.</summary>
internal static class ContactLinks
{
    /// <summary>Of a number only digits and the leading plus are dialled.</summary>
    internal static string Call(string phone) => "tel:" + string.Concat(phone.Where((c, i) => char.IsAsciiDigit(c) || (c == '+' && i == 0)));

    internal static string Mail(string email, string? subject) =>
        $"mailto:{Uri.EscapeDataString(email).Replace("%40", "@", StringComparison.Ordinal)}"
        + (subject is null ? "" : $"?subject={Uri.EscapeDataString("Re: " + subject)}");
}
