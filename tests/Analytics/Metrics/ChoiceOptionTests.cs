using System.CommandLine;
using Followthrough.Analytics.Metrics;

namespace Followthrough.Tests.Analytics.Metrics;

public sealed class ChoiceOptionTests
{
    private readonly Option<Dimension?> _by = ChoiceOption.Create<Dimension>("--by", "Splits the figure.");

    [Theory]
    [InlineData("team", Dimension.Team)]
    [InlineData("Month", Dimension.Month)]
    public void A_word_is_taken_in_any_case(string word, Dimension dimension) => Assert.Equal(dimension, Parse("--by", word).GetValue(_by));

    [Fact]
    public void Without_it_nothing_is_chosen() => Assert.Null(Parse().GetValue(_by));

    [Theory]
    [InlineData("nonsense")]
    [InlineData("1")]
    [InlineData("team,staff")]
    public void Anything_else_is_told_what_there_is(string word) => Assert.Equal(
        $"'{word}' is nothing --by takes; it takes team, staff, account, region, segment, channel or month.", Assert.Single(Parse("--by", word).Errors).Message);

    private ParseResult Parse(params string[] arguments) => new RootCommand { _by }.Parse(arguments);
}
