namespace Followthrough.Dashboard.Compensation;

/// <summary>A word of pay and what it means: one for each thing, on pages, on paper and in files.</summary>
/// <param name="Name">As headings have it.</param>
/// <param name="Meaning">In a sentence, for a hover.</param>
public sealed record PayTerm(string Name, string Meaning)
{
    /// <summary>The name as files head their columns.</summary>
    public string Column => Name.ToLowerInvariant().Replace(' ', '_');
}

/// <summary>The words in the order in which they add up: earned, for earlier periods and brought forward make what is to be paid, or carried forward.</summary>
internal static class PayTerms
{
    internal static PayTerm Earned { get; } = new(
        "Earned", "What the period itself comes to by the plan, rounded once. Held lines are not in it.");

    internal static PayTerm Earlier { get; } = new(
        "For earlier periods", "Lines about statements that are locked: figures that changed since, held lines that were released, disputes that were accepted. Each names its cause.");

    internal static PayTerm BroughtForward { get; } = new(
        "Brought forward", "What the statement before carried forward: what was paid too much until then and is set off against this one. Never more than 0.");

    internal static PayTerm ToBePaid { get; } = new(
        "To be paid", "Earned, for earlier periods and brought forward added up; never less than 0. The payroll file pays this.");

    internal static PayTerm Held { get; } = new(
        "Held", "What cannot be judged yet would come to this: not paid and not lost. It is paid by a later run once it can be judged, or once somebody decides it.");

    internal static PayTerm CarriedForward { get; } = new(
        "Carried forward", "What is left where the sum is below 0: not deducted, and brought forward into the next statement.");

    internal static PayTerm Change { get; } = new(
        "Change", "To be paid here, less what was to be paid by the plan's locked run before.");

    internal static PayTerm ControlTotal { get; } = new(
        "Control total", "The sum of all that is to be paid and the number of statements, fixed by the approval. The payroll file carries both, to be compared after it was taken over.");

    internal static PayTerm AsKnown { get; } = new(
        "As known", "The moment whose knowledge the run is computed from. What came in later is not in it, but in a later run as a line for an earlier period.");
}
