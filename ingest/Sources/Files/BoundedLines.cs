using System.Runtime.CompilerServices;
using System.Text;

namespace Followthrough.Ingest.Sources.Files;

/// <summary>The lines of a text, none of which may fill the memory.</summary>
internal static class BoundedLines
{
    private const int Longest = 32 << 20;
    private const int Piece = 1 << 15;

    /// <summary>Every line in order, without its end (LF, CR LF or CR).</summary>
    /// <exception cref="SourceFileException">One is longer than anybody writes.</exception>
    public static async IAsyncEnumerable<string> ReadAsync(TextReader text, string shownName, [EnumeratorCancellation] CancellationToken ct)
    {
        var buffer = new char[Piece];
        var begun = new StringBuilder();
        var (number, afterCr) = (1L, false);
        while (await text.ReadAsync(buffer, ct) is > 0 and var read)
        {
            var at = 0;
            while (at < read)
            {
                // The second half of an end that was cut by the buffer.
                if (afterCr && buffer[at] == '\n') at++;
                afterCr = false;
                var length = buffer.AsSpan(at, read - at).IndexOfAny('\n', '\r');
                begun.Append(buffer, at, length < 0 ? read - at : length);
                if (begun.Length > Longest)
                    throw new SourceFileException($"{shownName} line {number}: is longer than {Longest >> 20} MB; expected one record a line.");
                if (length < 0) break;
                at += length + 1;
                afterCr = buffer[at - 1] == '\r';
                number++;
                yield return begun.ToString();
                begun.Clear();
            }
        }
        if (begun.Length > 0) yield return begun.ToString();
    }
}
