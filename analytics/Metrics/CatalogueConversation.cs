namespace Followthrough.Analytics.Metrics;

/// <summary>Metrics about how customers and we reach each other.</summary>
internal static class CatalogueConversation
{
    private const string NobodyCame = "no customer turned to us in this period and selection with transfers measured";

    private static readonly MeasureMetric PreferredChannel = Share(
        "preferred_channel", "Preferred-channel compliance", "PreferredChannel", "",
        "People say how they want to be reached. How many of our contacts with them were that way. Answering somebody on the channel they have just used is also right.",
        "contacts of ours on the person's stated channel, or first replies on the channel of the question / contacts of ours, by a human, with people who "
            + "stated a channel; bulk mail is left out, the statement is the one in force now",
        "Three messages to somebody who wants calls, one of them the first reply to a message: 33.3 %",
        "Good communications: use the means the customer prefers", "we contacted nobody we know by name in this period and selection") with
    { Kinds = ["respond"] };

    private static readonly MeasureMetric Transfers = Share(
        "transfers_per_contact", "Transfers per contact", "Transfers", "transfers",
        "How often, on average, a customer who turns to us is passed on to somebody else.",
        "transfers / contacts of customers whose transfers are measured", "Three calls, passed on 0, 0 and 2 times: 0.67",
        "Client relations: do not pass customers around", NobodyCame) with
    { Unit = Unit.Count, Better = Better.Lower, Aggregation = Aggregation.Ratio, Bounds = Bounds.NotNegative };

    private static readonly MeasureMetric RightPartyFirst = Share(
        "right_party_first", "Right party at first contact", "Transfers", "right_party",
        "How many of the customers who turned to us were not passed on to anybody else.",
        "contacts of customers without a transfer / contacts of customers whose transfers are measured", "Three calls, passed on 0, 0 and 2 times: 66.7 %",
        "Client relations: do not pass customers around", NobodyCame);

    private static readonly MeasureMetric SelfService = Share(
        "self_service_share", "Self-service share", "SelfService", "",
        "How many of the matters customers came with were settled by a bot or portal alone. As soon as a person is asked or takes part it is none of them.",
        "threads begun by a customer in the period in which no human of ours took part by now and that were never handed over / threads begun by a customer in the period",
        "Four threads, all begun with a bot, one of them handed to a person: 75 %", "Good communications: let customers help themselves, and reach a person when they cannot",
        "no customer turned to us in this period and selection") with
    { Better = Better.Neither };

    public static IReadOnlyList<MeasureMetric> All { get; } = [PreferredChannel, Transfers, RightPartyFirst, SelfService];

    private static MeasureMetric Share(
        string id, string name, string file, string variant, string inWords, string formula, string example, string source, string nothing) => new()
        {
            Id = id,
            Name = name,
            File = file,
            Variant = variant,
            Unit = Unit.Share,
            Better = Better.Higher,
            Aggregation = Aggregation.Share,
            InWords = inWords,
            Formula = formula,
            Example = example,
            Source = source,
            Nothing = nothing,
            MinimumN = 10,
            Version = 1,
        };
}
