using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Followthrough.Analytics.Facts;

namespace Followthrough.Analytics.Demo;

/// <summary>Spot checks: the manager's look at the communications that are in the sample.</summary>
internal sealed class Reviews(Customer customer)
{
    private DemoRandom Random => customer.Apart;

    public void Look(Interaction row)
    {
        if (row is not { Direction: Direction.Outbound, StaffKey: { } staff } || !Waiting.Answers(row) || !IsSampled(row)) return;
        if (customer.World.People[staff].ManagerKey is not { } manager || Random.Chance(0.07)) return;
        var left = Quarters.EndOf(row.OccurredAt) - row.OccurredAt;
        var at = Timeline.WholeSecond(row.OccurredAt + (Random.Chance(0.04) ? left + TimeSpan.FromDays(Random.Real(1, 10)) : left * Random.Real(0.1, 0.95)));
        if (!customer.Timeline.Has(at)) return;
        var passed = Random.Chance(0.9);
        customer.Files.Add(new CommunicationReview
        {
            SourceKey = customer.NextKey("qa:R"),
            OccurredAt = at,
            SourceModifiedAt = at,
            Account = customer.Key,
            InteractionKey = row.SourceKey,
            StaffKey = staff,
            ReviewerKey = manager,
            Passed = passed,
            EmptyInterim = Random.Chance(0.05),
            Comment = passed ? null : Random.Pick(["No date given.", "Did not answer the question.", "Tone."]),
        });
    }

    // As SpotCheck.sql draws it.
    [SuppressMessage("Security", "CA5351", Justification = "It draws a sample and protects nothing.")]
    private static bool IsSampled(Interaction row)
    {
        var hash = MD5.HashData(Encoding.UTF8.GetBytes(row.SourceKey + Quarters.NameOf(row.OccurredAt) + "spot-check-1"));
        return BinaryPrimitives.ReadUInt32BigEndian(hash) < 0.01 * 4294967296;
    }
}
