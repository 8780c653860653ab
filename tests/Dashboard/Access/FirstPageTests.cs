using Followthrough.Dashboard.Access;

namespace Followthrough.Tests.Dashboard.Access;

public sealed class FirstPageTests
{
    [Theory]
    [InlineData("staff", "/mine")]
    [InlineData("manager", "/")]
    [InlineData("auditor", "/audits")]
    [InlineData("operations", "/data")]
    [InlineData("executive", "/")]
    [InlineData("administrator", "/")]
    [InlineData("staff,manager", "/")]
    [InlineData("auditor,executive", "/")]
    [InlineData("operations,auditor", "/audits")]
    [InlineData("", "/")]
    public void Who_asks_for_no_page_begins_with_what_he_came_to_do(string roles, string page) =>
        Assert.Equal(page, FirstPage.Of(roles.Split(',', StringSplitOptions.RemoveEmptyEntries)));
}
