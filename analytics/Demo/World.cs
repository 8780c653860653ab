namespace Followthrough.Analytics.Demo;

/// <summary>What all customers share.</summary>
internal sealed record World(DemoOptions Options, Timeline Timeline, People People, Calendars Calendars, FactFiles Files, Truth Truth);
