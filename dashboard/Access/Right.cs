using Followthrough.Analytics.Store;

namespace Followthrough.Dashboard.Access;

/// <summary>What a part of the dashboard needs. Which figures and rows somebody sees is decided apart from it, by the viewer's scope.</summary>
public enum Right
{
    /// <summary>To be signed in with a role.</summary>
    Figures,

    /// <summary>To see what came in, what did not, and who changed it: the Data screens.</summary>
    Data,

    /// <summary>To mend data: replay, mappings, identity, run a job now.</summary>
    Mend,

    /// <summary>To decide what serves: which model the risk list is made by.</summary>
    Approve,

    /// <summary>To sign a quarter closed.</summary>
    Close,

    /// <summary>To assign audits of projects, and to do and sign off those one was assigned to.</summary>
    Audit,

    /// <summary>To say what is aimed at, and what people and teams are judged by: targets and scorecards.</summary>
    Targets,

    /// <summary>To let other systems send: sources, secrets, tokens of programs.</summary>
    Connect,

    /// <summary>To make call lists of the own customers, and to say what came of calls.</summary>
    Call,

    /// <summary>To see what everybody is paid. Without it a person sees his own pay and a manager that of his teams.</summary>
    SeePay,

    /// <summary>To make pay plans and pay runs, and to say whom they pay.</summary>
    PreparePay,

    /// <summary>To approve a pay run somebody else prepared, and to decide disputes.</summary>
    ApprovePay,

    /// <summary>To read who did what.</summary>
    Log,

    /// <summary>To say who may do what, and what the company is.</summary>
    Users,
}

/// <summary>What the roles give. Several roles give what each of them gives.</summary>
internal static class Rights
{
    private static readonly Dictionary<string, Right[]> OfRole = new()
    {
        [Role.Executive] = [Right.Figures, Right.Data, Right.Call, Right.Approve, Right.Targets, Right.Close, Right.Audit, Right.SeePay, Right.PreparePay, Right.ApprovePay],
        [Role.Manager] = [Right.Figures, Right.Call],
        [Role.Staff] = [Right.Figures, Right.Call],
        [Role.Auditor] = [Right.Figures, Right.Data, Right.Audit, Right.Log, Right.SeePay],
        [Role.Operations] = [Right.Figures, Right.Data, Right.Mend, Right.Connect, Right.Call, Right.Approve],
        [Role.Administrator] = Enum.GetValues<Right>(),
    };

    // The narrow roles see a part of the figures only; any other sees all.
    private static readonly string[] Narrow = [Role.Manager, Role.Staff];

    internal static IReadOnlySet<Right> Of(IEnumerable<string> roles) => roles.SelectMany(role => OfRole.GetValueOrDefault(role, [])).ToHashSet();

    /// <summary>The roles that give a right.</summary>
    internal static IReadOnlyList<string> RolesWith(Right right) => [.. OfRole.Where(pair => pair.Value.Contains(right)).Select(pair => pair.Key)];

    internal static bool SeesAll(IEnumerable<string> roles) => roles.Any(role => OfRole.ContainsKey(role) && !Narrow.Contains(role));
}
