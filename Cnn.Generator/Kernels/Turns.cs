using Cnn.Generator.Infrastructure;

namespace Cnn.Generator.Kernels;

/// <summary>The headers of loops that the threads of one inference may share: each takes some turns until all are done.</summary>
internal static class Turns
{
    /// <summary>The parameter through which a thread takes its turns.</summary>
    public const string Parameter = "ref Turns turns";

    /// <summary>Turns that a loop may have to be shared: <c>Cnn.SharedSteps.MostUnits</c>.</summary>
    private const int Most = (1 << 20) - 1;

    /// <summary>The header of what one of the threads does.</summary>
    public const string Once = "while (turns.Take(1, out _, out _))";

    /// <summary>
    /// The header of a loop from 0 on of which one thread does the last two turns, in order: they write some of the same elements, not to the
    /// same bits.
    /// </summary>
    public static string ForJoined(string index, int count, bool isShared)
    {
        if (!isShared || count == 1)
            return For(index, count, isShared);
        var (turns, all) = (Text.Number(count - 1), Text.Number(count));
        return $"while (turns.Take({turns}, out int begin, out int end)) for (int {index} = begin; {index} < (end == {turns} ? {all} : end); {index}++)";
    }

    /// <summary>The header of a loop from 0 on, by steps of one or more.</summary>
    public static string For(string index, int count, bool isShared, int step = 1)
    {
        var (scale, next) = step == 1 ? ("", index + "++") : (" * " + Text.Number(step), $"{index} += {Text.Number(step)}");
        return isShared && count <= Most
            ? $"while (turns.Take({Text.Number(count)}, out int begin, out int end)) for (int {index} = begin{scale}; {index} < end{scale}; {next})"
            : $"{(isShared ? Once + " " : "")}for (int {index} = 0; {index} < {Text.Number(count * step)}; {next})";
    }
}
