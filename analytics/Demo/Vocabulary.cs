namespace Followthrough.Analytics.Demo;

/// <summary>What people in building controls write about.</summary>
internal static class Vocabulary
{
    public static readonly string[] Titles = ["Facilities Manager", "Chief Engineer", "Energy Manager", "Maintenance Supervisor", "Plant Engineer",
        "Property Manager", "Building Operator", "Sustainability Lead", "Project Engineer", "Purchasing Agent"];

    public static readonly string[] Milestones = ["Submittals approved", "Control panels delivered", "Field devices installed", "Network cut over",
        "Sequences programmed", "Point-to-point checkout", "Graphics accepted", "Commissioning complete", "Owner training held"];

    public static readonly string[] Reasons = ["Site access moved by the general contractor", "Panel parts on back order", "Scope of graphics extended",
        "Sequence of operations revised", "Shutdown window not available"];

    public static readonly string[] Promises = ["Send the trend log export", "Quote the extra zone sensors", "Deliver the as-built drawings",
        "Have a technician on site", "Return the marked-up sequence of operations", "Confirm the shutdown window", "Ship the replacement controller",
        "Send the point list for review"];

    public static readonly string[] LossReasons = ["Price", "Budget postponed", "Chose another integrator", "Project cancelled", "No decision"];

    private static readonly string[] Equipment = ["chiller 2", "air handler AHU-4", "VAV boxes on level 3", "BACnet gateway", "lobby thermostats",
        "boiler plant", "cooling tower fans", "rooftop unit RTU-7", "operator workstation", "heat recovery loop", "lab exhaust fans",
        "chilled-water pumps", "zone sensors", "supervisory controller", "energy meters", "fume hood controls", "steam valves", "MAU-1"];

    private static readonly string[] Problems = ["not reaching setpoint", "offline since this morning", "alarming every night", "hunting",
        "short cycling", "showing stale values", "ignoring the schedule", "stuck in manual", "losing communication", "reading ten degrees high"];

    private static readonly string[] Asks = ["Trend logs for", "Schedule change for", "Spare parts for", "Sequence question on", "Access to graphics of",
        "Holiday schedule for", "Warranty on", "Site visit for", "Point list of", "Alarm limits for", "Firmware of", "Lead time for"];

    private static readonly string[] Works = ["retrofit", "controls upgrade", "expansion", "recommissioning", "replacement", "integration",
        "network migration", "energy metering", "graphics refresh"];

    private static readonly string[] Sites = ["Main Building", "North Wing", "Tower A", "Building 3", "Central Plant", "East Campus", "Annex",
        "Parking Structure", "Level 5", "Warehouse 2", "Science Hall", "South Block"];

    private static readonly string[] Systems = ["VAV", "Chiller plant", "BACnet", "Air handler", "Boiler", "Thermostat", "Lab airflow", "Rooftop unit",
        "Lighting control", "Metering"];

    private static readonly string[] ProactiveSubjects = ["Upcoming maintenance visit", "Findings of the seasonal check", "Next steps on site",
        "Proposed dates for training", "Notes from the walk-through", "Firmware update available", "How is it going?", "Meeting next week"];

    public static string Problem(DemoRandom random) => Capital($"{random.Pick(Equipment)} {random.Pick(Problems)}");

    public static string Question(DemoRandom random) =>
        random.Chance(0.35) ? Problem(random) : $"{random.Pick(Asks)} {random.Pick(Equipment)}";

    public static string Job(DemoRandom random) => $"{random.Pick(Systems)} {random.Pick(Works)} {random.Pick(Sites)}";

    public static string Agreement(DemoRandom random) => $"Service agreement {random.Pick(Sites)}";

    public static string Proactive(DemoRandom random) => random.Pick(ProactiveSubjects);

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
