namespace Followthrough.Tests.Analytics.Compensation;

/// <summary>Wrong by what a plan pays for.</summary>
internal static class WrongComponents
{
    internal static (char Plan, string From, string To, string Says)[] All { get; } =
    [
        ('A', "  - id: promises\n    metric", "  - metric", "“id” is missing"),
        ('A', "id: promises", "id: answered", "two components “answered”"),
        ('A', "metric: promise_kept", "metric: respond_24h", "would be paid twice"),
        ('A', "metric: promise_kept", "metric: promise_keept", "did you mean 'promise_kept'?"),
        ('A', "metric: promise_kept", "metric: happiness", "There is no metric “happiness”"),
        ('A', "metric: promise_kept", "metric: cohort_repurchase", "is many figures at once"),
        ('A', "metric: promise_kept", "metric: resolutions", "has no direction"),
        ('A', "metric: promise_kept", "metric: mystery_shop", "says nothing about single people"),
        ('A', "    metric: promise_kept\n", "", "“metric” is missing"),
        ('A', "    for: person\n", "", "“for” is missing"),
        ('A', "for: person", "for: him", "expected person or team or company"),
        ('A', "    minimum_n: 20\n", "", "“minimum_n” is missing"),
        ('A', "minimum_n: 20", "minimum_n: 5", "is not judged below n = 10"),
        ('A', "minimum_n: 20", "minimum_n: 0", "cannot be meant"),
        ('A', "minimum_n: 20", "minimum_n: 20\n    small_n: yes", "expected accepted, or nothing"),
        ('A', "    weight: 40\n", "", "“weight” is missing"),
        ('A', "weight: 40", "weight: 45", "add up to 105"),
        ('A', "weight: 40", "weight: 0.4", "add up to 60.4"),
        ('A', "weight: 40", "weight: 40 %", "is no number"),
        ('A', "weight: 40", "weight: 0", "a component that pays nothing is none"),
        ('A', "{ at: 95, pays: 100 }", "{ at: 95, pays: 40 }", "is better than 85 and pays less"),
        ('A', "{ at: 95, pays: 100 }", "{ at: 85, pays: 100 }", "cannot pay both"),
        ('A', "{ at: 85, pays: 50 }", "{ at: 85, pays: -50 }", "No value costs anybody money"),
        ('A', "{ at: 99, pays: 150 }", "{ at: 120, pays: 150 }", "“at” is 120, which cannot be meant"),
        ('A', "{ at: 99, pays: 150 }", "{ at: 99, pays: 15000 }", "“pays” is 15000, which cannot be meant"),
        ('A', "{ at: 99, pays: 150 }", "{ at: 99, pays: 400 }", "nobody could ever reach it"),
        ('A', "{ at: 99, pays: 150 }", "{ at: 99 }", "“pays” is missing"),
        ('A', "{ at: 99, pays: 150 }", "99", "is a block of names and values"),
        ('A', "      - { at: 85, pays: 50 }\n      - { at: 95, pays: 100 }\n      - { at: 99, pays: 150 }\n    target: 95", "      - { at: 0.85, pays: 50 }\n      - { at: 0.95, pays: 100 }\n    target: 0.95", "shares are in percent"),
        ('A', "target: 95", "target: 94", "is none of the points"),
        ('A', "target: 95", "target: 99", "reaching the target pays 100 %"),
        ('A', "    target: 95\n\n", "\n", "“target” is missing"),
        ('A', "straddling: pay", "straddling: ignore", "expected hold or pay"),
        ('T', "{ at: 36, pays: 140 }", "{ at: 136, pays: 140 }", "is better than 136 and pays less"),
        ('S', "    tiers: marginal\n", "", "“tiers” is missing: marginal"),
        ('S', "tiers: marginal", "tiers: progressive", "expected marginal or retroactive"),
        ('S', "metric: won_amount", "metric: respond_24h", "A commission is a rate of a volume in money"),
        ('S', "tiers: marginal", "tiers: marginal\n    weight: 50", "expected the one or the other"),
        ('S', "{ from: 250000, rate: 4 }", "{ from: 250000, rate: 1 }", "the rate falls"),
        ('S', "{ from: 250000, rate: 4 }", "{ from: 100000, rate: 4 }", "Two rates begin at 100000"),
        ('S', "{ from: 250000, rate: 4 }", "{ from: 250000, rate: 400 }", "cannot be meant"),
        // What slips.
        ('S', "rate: 2 }\n      - { from: 100000, rate: 3 }\n      - { from: 250000, rate: 4 }", "rate: 0.02 }\n      - { from: 100000, rate: 0.03 }\n      - { from: 250000, rate: 0.04 }", "rates are in percent"),
        ('S', "tiers: marginal", "tiers: retroactive", "jumps"),
        ('A', "metric: promise_kept", "metric: call_back_1h", "another metric was meant"),
    ];
}
