using System;
using System.Linq;

namespace Cnn.Generator.Tests.EndToEnd;

/// <summary>The networks that most tests use, compiled once.</summary>
internal static class SharedNetworks
{
    private const string Source = """
        using Cnn;

        namespace Shared;

        [Input(32, 32, 3)]
        [Conv(6, 5), Relu, MaxPool(2)]
        [Conv(16, 5), Relu, MaxPool(2)]
        [Flatten]
        [Dense(120), Relu]
        [Dense(84), Relu]
        [Dense(10), Softmax]
        public partial class LectureLeNet;

        [Input(28, 28, 1)]
        [Conv(6, 5, Stride = 1, Padding = 2), Relu, MaxPool(2)]
        [Conv(16, 5), Relu, MaxPool(2)]
        [Flatten]
        [Dense(120), Relu]
        [Dense(84), Relu]
        [Dense(10), Softmax]
        public partial class LeNet5;

        /// <summary>Its arena is above the limit of the stack.</summary>
        [Input(96, 96, 2, Layout = Layout.Chw)]
        [Conv(5, 3, Padding = 1), Relu]
        [Conv(3, 3, Padding = 1), Tanh, MaxPool(4)]
        [Flatten, Dense(6), Softmax]
        public partial class Large;

        [Input(12, 10, 2)]
        [Conv(8, 3), Relu, Dropout(0.5)]
        [Flatten, Dense(16), Relu, Dropout(0.25), Dense(4), Softmax]
        public partial class Dropping;
        """;

    private static readonly Lazy<NetworkBatch> Batch = new(() => NetworkBatch.Compile(Source));

    /// <summary>Gets the generated files of all of them.</summary>
    public static string Generated => Batch.Value.Generated;

    public static LoadedNetwork Lecture(int seed = 1) => Batch.Value.Create("Shared.LectureLeNet", seed);

    public static LoadedNetwork LeNet5(int seed = 1) => Batch.Value.Create("Shared.LeNet5", seed);

    public static LoadedNetwork Large(int seed = 1) => Batch.Value.Create("Shared.Large", seed);

    public static LoadedNetwork Dropping(int seed = 1) => Batch.Value.Create("Shared.Dropping", seed);

    /// <summary>A network by the name of its class.</summary>
    public static LoadedNetwork Create(string name, int seed = 1) => Batch.Value.Create("Shared." + name, seed);

    /// <summary>The same network compiled in a project that checks for overflow.</summary>
    public static LoadedNetwork Checked(string name) => NetworkBatch.Compile(Source, checkOverflow: true).Create("Shared." + name);

    /// <summary>Inputs in [-1, 1), the same for the same seed.</summary>
    public static float[] Inputs(LoadedNetwork network, int count, int seed = 7)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, network.InputLength * count).Select(_ => (float)((random.NextDouble() * 2) - 1))];
    }

    public static int[] Labels(LoadedNetwork network, int count) =>
        [.. Enumerable.Range(0, count).Select(n => n * 7 % network.OutputLength)];
}
