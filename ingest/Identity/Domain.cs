namespace Followthrough.Ingest.Identity;

/// <summary>The domain of a company's mail or site. Those at which anybody can have a mailbox or a page tell nothing and are none.</summary>
internal static class Domain
{
    private static readonly HashSet<string> Public =
    [
        "gmail.com", "googlemail.com", "yahoo.com", "yahoo.co.uk", "yahoo.fr", "yahoo.de", "yahoo.it", "yahoo.es", "ymail.com", "hotmail.com", "hotmail.co.uk", "hotmail.fr",
        "hotmail.it", "hotmail.de", "outlook.com", "outlook.de", "outlook.fr", "live.com", "live.co.uk", "live.fr", "msn.com", "icloud.com", "me.com", "mac.com", "aol.com",
        "gmx.de", "gmx.net", "gmx.com", "gmx.at", "gmx.ch", "web.de", "t-online.de", "freenet.de", "arcor.de", "mail.com", "mail.ru", "yandex.ru", "yandex.com", "bk.ru", "proton.me",
        "protonmail.com", "zoho.com", "fastmail.com", "orange.fr", "wanadoo.fr", "free.fr", "laposte.net", "sfr.fr", "libero.it", "virgilio.it", "tin.it", "alice.it", "pec.it",
        "btinternet.com", "sky.com", "comcast.net", "verizon.net", "att.net", "sbcglobal.net", "cox.net", "charter.net", "shaw.ca", "rogers.com", "bellsouth.net", "earthlink.net",
        "qq.com", "163.com", "126.com", "naver.com", "rediffmail.com", "uol.com.br", "bol.com.br", "terra.com.br", "bluewin.ch", "telenet.be", "skynet.be", "ziggo.nl", "kpnmail.nl",
        "seznam.cz", "wp.pl", "o2.pl", "interia.pl", "onet.pl", "facebook.com", "linkedin.com", "instagram.com", "twitter.com", "wordpress.com", "wixsite.com", "google.com",
    ];

    /// <summary>Of a mail address; null when it has none of its own.</summary>
    public static string? OfMail(string address) =>
        address.LastIndexOf('@') is > 0 and var at ? Own(address[(at + 1)..]) : null;

    /// <summary>Of a site's address or a bare domain; null when it has none of its own.</summary>
    public static string? OfSite(string address)
    {
        var text = address.Contains("://", StringComparison.Ordinal) ? address[(address.IndexOf("://", StringComparison.Ordinal) + 3)..] : address;
        var host = text.Split('/', '?', '#', ':')[0];
        return Own(host.StartsWith("www.", StringComparison.OrdinalIgnoreCase) ? host[4..] : host);
    }

    private static string? Own(string domain)
    {
        var name = domain.Trim().TrimEnd('.', '>').ToLowerInvariant();
        return name.Length > 3 && name.Contains('.', StringComparison.Ordinal) && !name.Contains(' ', StringComparison.Ordinal) && !Public.Contains(name) ? name : null;
    }
}
