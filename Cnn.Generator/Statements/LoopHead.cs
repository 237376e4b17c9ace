namespace Cnn.Generator.Statements;

/// <summary>The head of a loop: how it counts.</summary>
internal abstract record LoopHead
{
    /// <summary>Turns that a loop may have to be shared: <c>Cnn.SharedSteps.MostUnits</c>.</summary>
    private const int MostShared = (1 << 20) - 1;

    /// <summary>A loop from 0 on, of which the threads of one inference take turns where it is shared.</summary>
    public static LoopHead Of(string index, int count, bool isShared)
    {
        var alone = Steps(index, count, 1);
        if (!isShared)
            return alone;
        return count <= MostShared ? new Shared(index, count) : new Alone(alone);
    }

    /// <summary>A loop of equal steps from 0 on.</summary>
    public static Counted Steps(string index, int end, int step) => new(LocalType.Integer, index, "0", end, step);
}

/// <summary>A count by equal steps.</summary>
/// <param name="Type">The type of the index.</param>
/// <param name="Index">The index.</param>
/// <param name="First">Its first value; null if the index has been declared and goes on from where it is.</param>
/// <param name="End">The value that it does not reach.</param>
/// <param name="Step">The step.</param>
internal sealed record Counted(LocalType Type, string Index, string? First, Bound End, int Step = 1) : LoopHead
{
    /// <summary>Gets a value indicating whether the end is the last value.</summary>
    public bool IsInclusive { get; init; }

    /// <summary>Gets the local that holds the end, where it is computed once.</summary>
    public string? EndName { get; init; }
}

/// <summary>The end of a loop.</summary>
/// <param name="Offset">A number, or one after an index.</param>
/// <param name="Text">The expression that computes any other end; null for those.</param>
internal readonly record struct Bound(Offset Offset, string? Text = null)
{
    public static implicit operator Bound(int number) => new(new Offset(number));

    public static implicit operator Bound(Offset offset) => new(offset);

    public static implicit operator Bound(string text) => new(new Offset(0), text);

    public override string ToString() => Text ?? Offset.FromIndex();
}

/// <summary>Turns that the threads of one inference take.</summary>
/// <param name="Index">The index, from 0 on.</param>
/// <param name="Count">The turns.</param>
/// <param name="IsJoined">Whether one thread takes the last two, in order.</param>
internal sealed record Shared(string Index, int Count, bool IsJoined = false) : LoopHead;

/// <summary>Work for one of the threads alone.</summary>
/// <param name="Inner">The count of a loop that it does alone; null for work that is done once.</param>
internal sealed record Alone(Counted? Inner = null) : LoopHead;
