using Cnn.Generator.Infrastructure;

namespace Cnn.Generator.Kernels;

/// <summary>The headers of loops that the threads of one inference may share: each takes some turns until all are done.</summary>
internal static class Turns
{
    /// <summary>The parameter through which a thread takes its turns.</summary>
    public const string Parameter = "ref Turns turns";

    /// <summary>What a call is handed for it.</summary>
    public const string Argument = "ref turns";

    /// <summary>The header of what one of the threads does.</summary>
    public const string Once = "foreach (int once in turns.Of(1))";

    /// <summary>The header of what one of the threads does while others begin the next loop.</summary>
    public const string Beside = "if (turns.Beside())";

    /// <summary>Turns that a loop may have to be shared: <c>Cnn.SharedSteps.MostUnits</c>.</summary>
    private const int Most = (1 << 20) - 1;

    /// <summary>The header of a loop from 0 on.</summary>
    public static string For(string index, int count, bool isShared)
    {
        var end = Text.Number(count);
        var alone = $"for (int {index} = 0; {index} < {end}; {index}++)";
        if (!isShared)
            return alone;
        return count <= Most ? $"foreach (int {index} in turns.Of({end}))" : $"{Once} {alone}";
    }

    /// <summary>
    /// The header of a loop from 0 on of which one thread does the last two turns, in order: they write some of the same elements, not to the
    /// same bits.
    /// </summary>
    public static string ForJoined(string index, int count) => $"foreach (int {index} in turns.OfJoined({Text.Number(count)}))";
}
