using Xunit;

namespace Cnn.Generator.Tests.Diagnostics;

/// <content>Blocks and residuals.</content>
public static partial class ErrorCases
{
    private const string Stem = "[Conv(16, {|7|}), Relu] public class Stem;";

    private static readonly string LongName = new('x', 257);

    /// <summary>Gets faults of blocks, and faults within them.</summary>
    public static TheoryData<string, string, string> OfBlocks { get; } = new()
    {
        {
            "CNN0060",
            "[Input(8, 8, 6), Block([|typeof(Body)|])] public partial class Net; [Budget(Parameters = 9), Conv(6, 3)] class Body;",
            "[Block(typeof(Body))]: Body has a [Budget], which says something about a whole network; move it to the network"
        },
        {
            "CNN0060",
            "[Input(8, 8, 6), Block([|typeof(Body)|])] public partial class Net; [Memory(StackLimit = 0), Conv(6, 3)] class Body;",
            "[Block(typeof(Body))]: Body has a [Memory], which says something about a whole network; move it to the network"
        },
        {
            "CNN0110",
            $"[Input(8, 8, 3), Conv(3, 1, [|Name = \"{LongName}\"|])] public partial class Net;",
            $"[Conv(3, 1, Name = \"{LongName}\")] would have a full name of 257 bytes, where 256 are allowed; "
                + "shorten its name or those of the blocks in which it stands"
        },
        {
            "CNN0060",
            "[Input(8, 8, 3), Block([|typeof(int)|]), Relu] public partial class Net;",
            "[Block(typeof(int))]: int is no class; name a class with layers"
        },
        {
            "CNN0060",
            "[Input(8, 8, 3), Block([|typeof(IBody)|]), Relu] public partial class Net; public interface IBody;",
            "[Block(typeof(IBody))]: IBody is no class; name a class with layers"
        },
        {
            "CNN0060",
            "[Input(8, 8, 3), Block([|typeof(Net[])|]), Relu] public partial class Net;",
            "[Block(typeof(Net[]))]: Net[] is no class; name a class with layers"
        },
        {
            "CNN0060",
            "[Input(8, 8, 3), Residual([|typeof(System.Collections.Generic.List<>)|]), Relu] public partial class Net;",
            "[Residual(typeof(List<>))]: List<> has no layers; put at least one on it"
        },
        {
            "CNN0060",
            "[Input(8, 8, 3), Block([|typeof(System.Collections.Generic.Dictionary<,>.KeyCollection)|]), Relu] public partial class Net;",
            "[Block(typeof(KeyCollection))]: KeyCollection has no layers; put at least one on it"
        },
        {
            "CNN0060",
            "[Input(8, 8, 3), Residual(typeof(Body), [|Shortcut = typeof(Open<>)|]), Relu] public partial class Net; "
                + "[Relu] public class Body; public class Open<T>;",
            "[Residual(typeof(Body), Shortcut = typeof(Open<>))]: Open<> has no layers; put at least one on it"
        },
        {
            "CNN0060",
            "[Input(8, 8, 3), Block([|typeof(System.Collections.Generic.IList<>)|]), Relu] public partial class Net;",
            "[Block(typeof(IList<>))]: IList<> is no class; name a class with layers"
        },
        {
            "CNN0060",
            "[Input(8, 8, 3), Block([|typeof(Pair<,>)|]), Relu] public partial class Net; public struct Pair<T, U>;",
            "[Block(typeof(Pair<,>))]: Pair<,> is no class; name a class with layers"
        },
        {
            "CNN0060",
            "[Input(8, 8, 3), Block([|typeof(System.DayOfWeek)|]), Relu] public partial class Net;",
            "[Block(typeof(DayOfWeek))]: DayOfWeek is no class; name a class with layers"
        },
        {
            "CNN0060",
            "[Input(8, 8, 3), Block([|typeof(int*)|]), Relu] public partial class Net;",
            "[Block(typeof(int*))]: int* is no class; name a class with layers"
        },
        {
            "CNN0060",
            "[Input(8, 8, 3), Block([|typeof(System.Action<>)|]), Relu] public partial class Net;",
            "[Block(typeof(Action<>))]: Action<> is no class; name a class with layers"
        },
        {
            "CNN0060",
            "[Input(8, 8, 3), Block([|typeof(string)|]), Relu] public partial class Net;",
            "[Block(typeof(string))]: string has no layers; put at least one on it"
        },
        {
            "CNN0060",
            "[Input(8, 8, 3), Block([|null!|]), Relu] public partial class Net;",
            "[Block(null)]: null is no class; name a class with layers"
        },
        {
            "CNN0060",
            "[Input(8, 8, 3), Residual([|typeof(Plain)|]), Relu] public partial class Net; public class Plain;",
            "[Residual(typeof(Plain))]: Plain has no layers; put at least one on it"
        },
        {
            "CNN0060",
            "[Input(8, 8, 3), Block([|typeof(Plain)|]), Relu] public partial class Net; [Output(\"input\")] public class Plain;",
            "[Block(typeof(Plain))]: Plain has no layers; put at least one on it"
        },
        {
            "CNN0060",
            "[Input(8, 8, 3), Residual(typeof(Body), [|Shortcut = typeof(Whole)|]), Relu] public partial class Net; "
                + "[Relu] public class Body; [Input(8, 8, 3), Relu] public partial class Whole;",
            "[Residual(typeof(Body), Shortcut = typeof(Whole))]: Whole has an [Input] and is a network of its own; remove its [Input]"
        },
        {
            "CNN0060",
            "[Input(8, 8, 3), Block([|typeof(Net)|]), Relu] public partial class Net;",
            "[Block(typeof(Net))]: Net contains itself (Net > Net); break the cycle"
        },
        {
            "CNN0060",
            "[Input(8, 8, 3), [|Block(typeof(A))|], Relu] public partial class Net; "
                + "[Block(typeof(B))] public class A; [Relu, Residual({|typeof(A)|})] public class B;",
            "A > B > [Residual(typeof(A))]: A contains itself (A > B > A); break the cycle"
        },
        {
            "CNN0060",
            "[Input(8, 8, 3), Block([|typeof(Parts)|]), Relu] public partial class Net; "
                + "[Conv(3, 1)] public partial class Parts; [Relu] public partial class Parts;",
            "[Block(typeof(Parts))]: Parts has layers on two of its parts, which have no order; put them on one"
        },
        {
            "CNN0020",
            "[Input(8, 8, 3), Block(typeof(Body), [|Repeat = 0|], Name = \"a\"), Add(\"a\")] public partial class Net; [Relu] public class Body;",
            "[Block(typeof(Body), Repeat = 0, Name = \"a\")]: the number of repetitions is 0, but must be at least 1"
        },
        {
            "CNN0020",
            "[Input(8, 8, 3), [|Block(typeof(Body))|], Block(typeof(Body)), Block(typeof(Outer))] public partial class Net; "
                + "[Conv({|0|}, 3)] public class Body; [Block(typeof(Body))] public class Outer;",
            "Body > [Conv(0, 3)]: the number of filters is 0, but must be at least 1"
        },
        {
            "CNN0030",
            "[Input(5, 5, 1), [|Block(typeof(Stem))|], Flatten, Dense(2)] public partial class Net; " + Stem,
            "Stem > [Conv(16, 7)]: a 7x7 kernel does not fit the 5x5x1 input; the largest that fits is 5, or Padding = 1"
        },
        {
            "CNN0030",
            "[Input(12, 12, 1), Relu, [|Block(typeof(Outer), Repeat = 3)|], Flatten, Dense(2)] public partial class Net; " + Stem
                + "[Block(typeof(Inner))] public class Outer; [Block(typeof(Stem))] public class Inner;",
            "Outer > Inner > Stem > [Conv(16, 7)]: a 7x7 kernel does not fit the 6x6x16 output of Conv 7x7; the largest that fits is 6, "
                + "or Padding = 1"
        },
        {
            "CNN0061",
            "[Input(8, 8, 3), Conv(3, 1, Name = \"skip\"), [|Block(typeof(Body))|], Add(\"skip\")] public partial class Net; "
                + "[Relu, Add({|\"skip\"|})] public class Body;",
            "Body > [Add(\"skip\")]: no output here is named \"skip\"; it can read \"input\", \"relu1\""
        },
        {
            "CNN0063",
            "[Input(8, 8, 3), Block(typeof(Body), Name = \"b\"), Conv(3, 1, [|Name = \"b.conv1\"|])] public partial class Net; "
                + "[Conv(3, 1)] public class Body;",
            "[Conv(3, 1, Name = \"b.conv1\")]: the name \"b.conv1\" is taken by something before it; give one of them another"
        },
        {
            "CNN0063",
            "[Input(8, 8, 3), Residual(typeof(Body), Shortcut = typeof(Body), [|ShortcutName = \"conv\"|])] public partial class Net; "
                + "[Conv(3, 1, Name = \"conv\")] public class Body;",
            "[Residual(typeof(Body), Shortcut = typeof(Body), ShortcutName = \"conv\")]: the name \"conv\" is taken by something before it; "
                + "give one of them another"
        },
        {
            "CNN0064",
            "[Input(8, 8, 3), Relu, [|Block(typeof(Body))|], Tanh(From = \"relu1\")] public partial class Net; [Conv(3, 1), Relu] public class Body;",
            "[Block(typeof(Body))]: nobody reads its output \"body1\"; remove it, join the output with [Add(\"body1\")] or "
                + "[Concat(\"body1\")], or let it leave with [Output(\"body1\")]"
        },
        {
            "CNN0064",
            "[Input(8, 8, 3), [|Residual(typeof(Body), Repeat = 3)|], Relu] public partial class Net; "
                + "[{|Conv(3, 1)|}, Conv(3, 1, From = \"input\")] public class Body;",
            "Body > [Conv(3, 1)]: nobody reads its output \"conv1\"; remove it, join the output with [Add(\"conv1\")] or "
                + "[Concat(\"conv1\")], or let it leave with [Output(\"conv1\")]"
        },
        {
            "CNN0065",
            "[Input(8, 8, 3), Relu, [|Residual(typeof(Body))|], Flatten, Dense(2)] public partial class Net; [Conv(16, 3)] public class Body;",
            "[Residual(typeof(Body))]: the body leaves 6x6x16 but 8x8x3 arrives beside it, and only equal shapes can be added; "
                + "give it a Shortcut that turns 8x8x3 into 6x6x16"
        },
        {
            "CNN0065",
            "[Input(8, 8, 3), [|Block(typeof(Outer))|], Flatten, Dense(2)] public partial class Net; [Conv(16, 3)] public class Body; "
                + "[Conv(8, 3)] public class Way; [{|Residual(typeof(Body), Shortcut = typeof(Way))|}] public class Outer;",
            "Outer > [Residual(typeof(Body), Shortcut = typeof(Way))]: the body leaves 6x6x16 but 6x6x8 arrives beside it, "
                + "and only equal shapes can be added; make both leave the same shape"
        },
        {
            "CNN0066",
            "[Input(8, 8, 3), Residual(typeof(Body), [|ShortcutName = \"a b\"|])] public partial class Net; [Relu] public class Body;",
            "[Residual(typeof(Body), ShortcutName = \"a b\")]: \"a b\" cannot be a name; use letters, digits, underscores and inner dots, "
                + "and not \"input\""
        },
        {
            "CNN0068",
            "[Input(8, 8, 3), Relu, [|Block(typeof(Body), Repeat = int.MaxValue)|], Dense(2)] public partial class Net; [Relu] public class Body;",
            "[Block(typeof(Body), Repeat = 2147483647)] brings the network to more than 4,096 layers, those of blocks counted at every "
                + "use; use fewer blocks or repeat them less often"
        },
    };
}
