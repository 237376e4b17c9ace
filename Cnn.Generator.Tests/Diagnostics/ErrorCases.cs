using Xunit;

namespace Cnn.Generator.Tests.Diagnostics;

/// <summary>A faulty declaration of each sort: the id, the source with the place marked, the message.</summary>
public static partial class ErrorCases
{
    /// <summary>Gets faults after which the members of Net still exist.</summary>
    public static TheoryData<string, string, string> OfDeclarations { get; } = new()
    {
        {
            "CNN0010",
            "[[|Conv(6, 5)|], Relu] public partial class Net;",
            "Net has layers but no input, so that no shape is known; put [Input(height, width, channels)] before [Conv(6, 5)], "
                + "use it in a network as [Block(typeof(Net))], or make it abstract where others are to use it"
        },
        {
            "CNN0011",
            "[Input(28, 28, 1), Flatten, Dense(10)] [[|Input(32, 32, 3)|]] public partial class Net;",
            "[Input(32, 32, 3)] is one input too many, for Net already has [Input(28, 28, 1)]; remove one of them"
        },
        {
            "CNN0012",
            "[Input(28, 28, 1), Conv(6, 5)] public partial class Net; [[|Flatten|], Dense(10)] public partial class Net;",
            "[Flatten] stands on another part of Net than [Input(28, 28, 1)], and C# gives the parts of a class no order; "
                + "put the input and all layers on one part"
        },
        {
            "CNN0013",
            "[[|Input(28, 28, 1, Layout = Layout.Chw)|]] public partial class Net;",
            "Net has no layer after [Input(28, 28, 1, Layout = Layout.Chw)]; add at least one, such as [Flatten, Dense(10)]"
        },
        {
            "CNN0014",
            "[[|Conv(6, 5)|], Input(28, 28, 1), Relu] public partial class Net;",
            "[Conv(6, 5)] stands before [Input(28, 28, 1)], but layers are read in the order in which they are written; "
                + "move [Input(28, 28, 1)] to the front"
        },
        {
            "CNN0020",
            "[Input([|0|], 28, 1), Relu] public partial class Net;",
            "[Input(0, 28, 1)]: the height is 0, but must be at least 1"
        },
        {
            "CNN0020",
            "[Input(28, -2, 1), Relu] public partial class Net;".Mark("-2"),
            "[Input(28, -2, 1)]: the width is -2, but must be at least 1"
        },
        {
            "CNN0020",
            "[Input(28, 28, [|channels: 0|]), Relu] public partial class Net;",
            "[Input(28, 28, 0)]: the number of channels is 0, but must be at least 1"
        },
        { "CNN0020", Layer("Conv([|0|], 5)"), "[Conv(0, 5)]: the number of filters is 0, but must be at least 1" },
        { "CNN0020", Layer("Conv(6, [|kernel: 0|])"), "[Conv(6, 0)]: the kernel is 0, but must be at least 1" },
        { "CNN0020", Layer("Conv(6, [|-1|], 3)"), "[Conv(6, -1, 3)]: the height of the kernel is -1, but must be at least 1" },
        {
            "CNN0020",
            Layer("Conv(kernelHeight: 3, [|kernelWidth: 0|], filters: 6)"),
            "[Conv(6, 3, 0)]: the width of the kernel is 0, but must be at least 1"
        },
        { "CNN0020", Layer("Conv(6, 5, [|Stride = 0|])"), "[Conv(6, 5, Stride = 0)]: the stride is 0, but must be at least 1" },
        { "CNN0020", Layer("Conv(6, 5, [|InChannels = 0|])"), "[Conv(6, 5, InChannels = 0)]: InChannels is 0, but must be at least 1" },
        { "CNN0020", Layer("MaxPool([|0|])"), "[MaxPool(0)]: the size of the window is 0, but must be at least 1" },
        { "CNN0020", Layer("AvgPool(2, [|Stride = -1|])"), "[AvgPool(2, Stride = -1)]: the stride is -1, but must be at least 1" },
        { "CNN0020", Layer("Flatten, Dense([|0|])"), "[Dense(0)]: the number of units is 0, but must be at least 1" },
        {
            "CNN0021",
            Layer("Conv(6, 5, [|Padding = -1|])"),
            "[Conv(6, 5, Padding = -1)]: the padding is -1, but must be at least 0; to keep the size, write Padding = Padding.Same"
        },
        {
            "CNN0022",
            Layer("Dropout([|1|])"),
            "[Dropout(1)]: the rate is 1, but must be at least 0 and less than 1; it is the share of elements "
                + "that training sets to zero, often 0.5"
        },
        {
            "CNN0022",
            Layer("Dropout([|rate: double.NaN|])"),
            "[Dropout(double.NaN)]: the rate is NaN, but must be at least 0 and less than 1; "
                + "it is the share of elements that training sets to zero, often 0.5"
        },
        {
            "CNN0022",
            Layer("Dropout([|0.999999999|])"),
            "[Dropout(0.999999999)]: the rate is 0.999999999, but must be at least 0 and less than 1; "
                + "it is the share of elements that training sets to zero, often 0.5"
        },
        {
            "CNN0023",
            Layer("LeakyRelu([|-0.5|])"),
            "[LeakyRelu(-0.5)]: the slope is -0.5, but must be at least 0 and less than 1; the usual one is 0.01"
        },
        {
            "CNN0024",
            "[Input(28, 28, 1, [|Layout = (Layout)7|]), Relu] public partial class Net;",
            "[Input(28, 28, 1, Layout = (Layout)7)]: (Layout)7 is no layout; "
                + "write Layout.Hwc (channels innermost) or Layout.Chw (channels outermost)"
        },
        {
            "CNN0025",
            "[Input(28, 28, 1, [|Numerics = (Numerics)7|]), Relu] public partial class Net;",
            "[Input(28, 28, 1, Numerics = (Numerics)7)]: (Numerics)7 is none of the numerics; "
                + "write Numerics.Precise (within 1e-5 of the largest output) or Numerics.Fast (within 1e-4)"
        },
        {
            "CNN0030",
            Layer("Conv(6, 5, Padding = 2), Relu, MaxPool(2), Conv(16, 5), Relu, MaxPool(2), Conv(16, [|7|])"),
            "[Conv(16, 7)]: a 7x7 kernel does not fit the 5x5x16 output of MaxPool 2; the largest that fits is 5, or Padding = 1"
        },
        {
            "CNN0030",
            "[Input(3, 9, 2), Conv(4, [|5|], 7, Stride = 2)] public partial class Net;",
            "[Conv(4, 5, 7, Stride = 2)]: a 5x7 kernel does not fit the 3x9x2 input; the largest that fits is 3x7, or Padding = 1"
        },
        {
            "CNN0030",
            "[Input(5, 5, 1), Conv(4, 3, [|12|], Padding = 3)] public partial class Net;",
            "[Conv(4, 3, 12, Padding = 3)]: a 3x12 kernel does not fit the 5x5x1 input, padded to 11x11 (5 + 2 * 3); "
                + "the largest that fits is 3x11, or Padding = 4"
        },
        {
            "CNN0030",
            "[Input(1, 1, 8), MaxPool([|2|])] public partial class Net;",
            "[MaxPool(2)]: a 2x2 window does not fit the 1x1x8 input; the largest that fits is 1, or Padding = 1"
        },
        {
            "CNN0031",
            Layer("Conv(6, 5, Padding = 2), Relu, MaxPool(2), Conv(16, 5, [|InChannels = 3|])"),
            "[Conv(16, 5, InChannels = 3)] expects 3 channels, but pool1 (MaxPool 2) gives 14x14x6: 6 channels; "
                + "write InChannels = 6 or leave it out"
        },
        {
            "CNN0031",
            Layer("Conv(6, 5, [|InChannels = 3|])"),
            "[Conv(6, 5, InChannels = 3)] expects 3 channels, but [Input(28, 28, 1)] gives 28x28x1: 1 channel; "
                + "write InChannels = 1 or leave it out"
        },
        {
            "CNN0032",
            Layer("MaxPool(1, [|Padding = 1|])"),
            "[MaxPool(1, Padding = 1)]: a padding of 1 is more than half of the 1x1 window (2 * 1 > 1); leave it out"
        },
        {
            "CNN0032",
            Layer("AvgPool(5, Stride = 1, [|Padding = 3|])"),
            "[AvgPool(5, Stride = 1, Padding = 3)]: a padding of 3 is more than half of the 5x5 window (2 * 3 > 5); the most is Padding = 2"
        },
        {
            "CNN0033",
            Layer("Conv(6, 5), Relu, [|Dense(10)|]"),
            "[Dense(10)] needs a vector, but conv1 (Conv 5x5) gives 24x24x6, a volume; put [Flatten] before it"
        },
        {
            "CNN0034",
            Layer("Flatten, Dense(84), [|Conv(6, 5)|]"),
            "[Conv(6, 5)] needs a volume (height x width x channels), but dense1 (Dense 84) gives a vector of 84; move it before [Flatten]"
        },
        {
            "CNN0034",
            Layer("Flatten, Relu, [|AvgPool(2)|]"),
            "[AvgPool(2)] needs a volume (height x width x channels), but flatten1 (Flatten) gives a vector of "
                + "784; move it before [Flatten]"
        },
        {
            "CNN0034",
            Layer("Flatten, [|Flatten|], Dense(10)"),
            "[Flatten] needs a volume (height x width x channels), but flatten1 (Flatten) gives a vector of 784; remove it"
        },
        {
            "CNN0035",
            Layer("Flatten, Dense(10), [|Softmax|], Dense(5)"),
            "[Softmax] must be the last layer, but [Dense(5)] follows; move it to the end or remove it"
        },
        {
            "CNN0036",
            "[[|Input(100000, 100000, 3)|], Relu] public partial class Net;",
            "[Input(100000, 100000, 3)] makes an input of 100000x100000x3 of 30,000,000,000 elements, "
                + "but the largest array of floats that fits in 2 GiB has 536,870,911; use a smaller input"
        },
        {
            "CNN0036",
            "[Input(int.MaxValue, int.MaxValue, int.MaxValue), Relu] public partial class Net;"
                .Mark("Input(int.MaxValue, int.MaxValue, int.MaxValue)"),
            "[Input(2147483647, 2147483647, 2147483647)] makes an input of 2147483647x2147483647x2147483647 of "
                + "9,903,520,300,447,984,150,353,281,023 elements, "
                + "but the largest array of floats that fits in 2 GiB has 536,870,911; use a smaller input"
        },
        {
            "CNN0036",
            Layer("[|Conv(1000000, 3)|]"),
            "[Conv(1000000, 3)] makes an output of 26x26x1000000 of 676,000,000 elements, "
                + "but the largest array of floats that fits in 2 GiB has 536,870,911; use fewer filters or a larger stride"
        },
        {
            "CNN0036",
            Layer("Conv(1, 3, [|Padding = int.MaxValue|])"),
            "[Conv(1, 3, Padding = 2147483647)] makes a padded input of 4294967322x4294967322x1 of 18,446,744,297,047,851,684 elements, "
                + "but the largest array of floats that fits in 2 GiB has 536,870,911; use less padding"
        },
        {
            "CNN0037",
            Layer("Flatten, Dense(40000), [|Dense(20000)|]"),
            "[Dense(20000)] brings the network to 831,420,000 parameters, "
                + "but the largest array of floats that fits in 2 GiB has 536,870,911; use fewer units"
        },
        {
            "CNN0038",
            "[Input(1, 1, 400000000), Flatten, Dense(1)] public partial class [|Net|];",
            "Net is too large: laid out for its kernels, its weights or its working memory have more than 536,870,911 floats; "
                + "make its largest layers smaller"
        },
    };

    /// <summary>Gets faults of the class itself.</summary>
    public static TheoryData<string, string, string> OfTypes { get; } = new()
    {
        {
            "CNN0001",
            "[Input(28, 28, 1), Flatten, Dense(10)] public class [|Net|];",
            "Net declares a network but is not partial, so its members cannot be generated; write 'partial class Net'"
        },
        {
            "CNN0003",
            "[Input(28, 28, 1), Flatten, Dense(10)] internal sealed record [|@class|];",
            "@class cannot be a network because it is a record, whose copies by 'with' would share its weights; write 'partial class @class'"
        },
        {
            "CNN0002",
            "public class [|Outer|] { [Input(28, 28, 1), Flatten, Dense(10)] public partial class Net; }",
            "Outer contains the network Net but is not partial, so the members of Net cannot be generated; write 'partial class Outer'"
        },
        {
            "CNN0002",
            "public partial class Outer { public record struct [|Middle|] { [Input(28, 28, 1), Flatten, "
                + "Dense(10)] public partial class Net; } }",
            "Middle contains the network Net but is not partial, so the members of Net cannot be generated; write "
                + "'partial record struct Middle'"
        },
        {
            "CNN0003",
            "[Input(28, 28, 1), Flatten, Dense(10)] public partial class [|Net|]<T> where T : class;"
                + "public class Use { int F(System.ReadOnlySpan<float> x) => new Net<string>(seed: 1).Predict(x) + "
                + "Net<string>.InputLength; }",
            "Net cannot be a network because it is generic; remove its type parameters <T>"
        },
        {
            "CNN0003",
            "public partial interface Outer<T> { [Input(28, 28, 1), Flatten, Dense(10)] public partial class [|Net|]; }"
                + "public class Use { int F(System.ReadOnlySpan<float> x) => new Outer<int>.Net(1).Predict(x); }",
            "Net cannot be a network because it is nested in the generic type Outer<T>; move it out of Outer<T>"
        },
        {
            "CNN0003",
            "[Input(28, 28, 1), Flatten, Dense(10)] public static partial class [|Net|];"
                + "public class Use { int F() => Net.InputLength + Net.OutputLength; }",
            "Net cannot be a network because it is static; remove 'static'"
        },
        {
            "CNN0003",
            "[Input(28, 28, 1), Flatten, Dense(10)] public abstract partial class [|Net|]; public class Use { int "
                + "F(Net net) => net.Predict([]); }",
            "Net cannot be a network because it is abstract; remove 'abstract'"
        },
        {
            "CNN0003",
            "[Input(28, 28, 1), Flatten, Dense(10)] file partial class [|Net|];",
            "Net cannot be a network because it is local to its file; remove 'file'"
        },
        {
            "CNN0003",
            "[Input(28, 28, 1), Flatten, Dense(10)] public partial class [|Net|](int size) { public int Size => size; } public class Use { "
                + "int F(Net net) => net.Predict([]); }",
            "Net cannot be a network because it has a primary constructor; remove its list of parameters"
        },
        {
            "CNN0004",
            "[Input(28, 28, 1), Flatten, Dense(10)] public partial class Net { public int [|Summary|]; }",
            "Net declares Summary, but the compiler generates a member of that name for every network; rename or remove it"
        },
        {
            "CNN0004",
            "[Input(28, 28, 1), Flatten, Dense(10)] public partial class Net { public void Forward(int x) { } public [|Net|]() { } }",
            "Net declares the constructor Net(), but the compiler generates a member of that name for every network; rename or remove it"
        },
        {
            "CNN0004",
            "[Input(28, 28, 1), Flatten, Dense(10)] public partial class Net { public int "
                + "[|Predict|](System.ReadOnlySpan<float> x) => 0; }",
            "Net declares Predict, but the compiler generates a member of that name for every network; rename or remove it"
        },
        {
            "CNN0007",
            "[Input(28, 28, 1), Flatten, Dense(10)] public partial class [|Net|] : Base; public class Base { protected int Summary; }",
            "Net inherits Summary from Base, but the compiler generates a member of that name for every network; rename it in Base, or do not derive from Base"
        },
        {
            "CNN0008",
            "[Input(28, 28, 1), Flatten, Dense(10)] public partial class [|Net|] { public required int Size; }",
            "Net has the required member Size, but code that creates networks, such as Load, sets none; remove 'required' and give Size a value of its own"
        },
        {
            "CNN0015",
            "[Input(28, 28, 1), Flatten, Dense(10)] public partial class Net { public [|Net|](byte size) => _ = size; }",
            "Net(byte size) begins with no other constructor, so that the network would have no weights; write ': this(seed: 0)' behind it"
        },
    };

    private static string Layer(string layers) => "[Input(28, 28, 1), " + layers + "] public partial class Net;";

    private static string Mark(this string source, string stretch) => source.Replace(stretch, "[|" + stretch + "|]");
}
