using Followthrough.Dashboard.Access.Qr;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Dashboard.Access.Qr;

/// <summary>Pictures against those that another program draws of the same texts: one block, then more, then with the number of the version in it.</summary>
public sealed class QrCodeTests
{
    private const string Key = "?secret=ABCDEFGHIJKLMNOPQRSTUVWXYZ234567&issuer=Followthrough&digits=6";

    [Theory]
    [InlineData("Followthrough", "picture1.txt", 21)]
    [InlineData("otpauth://totp/Followthrough:ada" + Key, "picture2.txt", 37)]
    [InlineData("otpauth://totp/Followthrough:ada.augusta.king.countess.of.lovelace%40example.com" + Key, "picture3.txt", 45)]
    public void A_text_is_drawn_as_others_draw_it(string text, string file, int size)
    {
        var expected = File.ReadAllText(Path.Combine(SourceFolder.Root, "tests/Dashboard/Access/Qr", file)).ReplaceLineEndings("\n");
        Assert.Contains(expected, Enumerable.Range(0, 8).Select(mask => Drawn(QrCode.Of(text, mask))));
        Assert.Equal(size, QrCode.Of(text)!.Size);
    }

    [Fact]
    public void Of_eight_ways_to_draw_it_one_of_the_easiest_to_read_is_taken()
    {
        var ways = Enumerable.Range(0, 8).Select(mask => QrPenalty.Of(QrCode.Of("Followthrough", mask))).ToList();
        Assert.True(ways.Distinct().Count() > 1);
        Assert.Equal(ways.Min(), QrPenalty.Of(QrCode.Of("Followthrough")!));
    }

    [Theory]
    [InlineData(230, true)]
    [InlineData(231, false)]
    public void A_text_that_does_not_fit_has_no_picture(int length, bool fits) => Assert.Equal(fits, QrCode.Of(new string('x', length)) is not null);

    private static string Drawn(QrCode code) => string.Concat(Enumerable.Range(0, code.Size).Select(row =>
        string.Concat(Enumerable.Range(0, code.Size).Select(column => code.IsDark(column, row) ? '#' : '.')) + "\n"));
}
