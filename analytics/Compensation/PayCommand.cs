using System.CommandLine;

namespace Followthrough.Analytics.Compensation;

/// <summary><c>analytics pay …</c>: plans and what they pay.</summary>
internal static class PayCommand
{
    public static Command Create() => new("pay", "Pay plans and what they pay.") { PlanCheckCommand.Create(), PlanImportCommands.Plans(), PlanImportCommands.Members(), PlanWithdrawCommand.Create(), PayRunCommands.Run(), PayRunCommands.Export() };
}
