namespace Followthrough.Analytics.Facts;

/// <summary>The way a contact took.</summary>
public enum Channel { Email, Phone, Sms, Chat, Portal, Meeting, Letter }
