namespace Followthrough.Dashboard.Wording;

/// <summary>Channels, statuses and the like as a sentence uses them.</summary>
internal static class ChannelNames
{
    internal static string Name(string? channel) => channel switch
    {
        null => "unknown channel",
        "email" => "e-mail",
        "sms" => "text message",
        _ => channel,
    };
}
