using System.Globalization;

namespace Followthrough.Analytics.Metrics;

/// <summary>From exact to binary numbers, to the nearest there is, so that whoever computes a figure again elsewhere gets the same digits.</summary>
internal static class Exact
{
    // The conversion of the language rounds twice.
    public static double Real(decimal value) => double.Parse(value.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
