using Followthrough.Dashboard.Access;
using Microsoft.Playwright;

namespace Followthrough.Tests.Browser;

/// <summary>Where somebody stands who has just signed in.</summary>
internal static class Landing
{
    /// <summary>Waits until the page is the one that people of that role begin with.</summary>
    internal static Task LandAsync(this IPage page, string role) => page.WaitForURLAsync(url => new Uri(url).AbsolutePath == FirstPage.Of([role]));
}
