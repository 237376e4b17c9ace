using System;
using System.Globalization;
using System.Threading;

namespace Cnn.Generator.Tests.Support;

/// <summary>Cultures made by hand, for the tests run without the data of cultures.</summary>
internal static class Cultures
{
    /// <summary>Gets the signs of Swedish and Persian that C# does not read: U+2212 for minus, U+066B and U+066C between digits.</summary>
    public static CultureInfo Odd => Of("\u066b", "\u066c", "\u2212");

    public static CultureInfo Of(string point, string group, string minus)
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = point;
        culture.NumberFormat.NumberGroupSeparator = group;
        culture.NumberFormat.NegativeSign = minus;
        return culture;
    }

    /// <summary>Calls a function where the culture is another.</summary>
    public static T Under<T>(CultureInfo culture, Func<T> function)
    {
        var old = Thread.CurrentThread.CurrentCulture;
        try
        {
            Thread.CurrentThread.CurrentCulture = culture;
            return function();
        }
        finally
        {
            Thread.CurrentThread.CurrentCulture = old;
        }
    }
}
