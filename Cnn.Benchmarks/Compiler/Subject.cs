using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace Cnn.Benchmarks.Compiler;

/// <summary>A project of networks, and the layer that is edited.</summary>
/// <param name="Name">Its name in the table.</param>
/// <param name="Files">The declarations, one text per file.</param>
/// <param name="Edited">The number of the file that is edited.</param>
/// <param name="Layer">The text that is replaced there; it occurs once.</param>
/// <param name="Edit">The replacement, by the number of the edit.</param>
internal sealed record Subject(string Name, IReadOnlyList<string> Files, int Edited, string Layer, Func<int, string> Edit)
{
    private const string LeNet5Declaration = """
        using Cnn;
        namespace Project;
        [Input(28, 28, 1)]
        [Conv(6, 5, Padding = 2), Relu, MaxPool(2)]
        [Conv(16, 5), Relu, MaxPool(2)]
        [Flatten]
        [Dense(120), Relu]
        [Dense(84), Relu]
        [Dense(10), Softmax]
        public partial class LeNet5;
        """;

    /// <summary>Gets LeNet-5, of which the second dense layer is edited.</summary>
    public static Subject LeNet5 { get; } = new("LeNet-5", [LeNet5Declaration], 0, "Dense(84)", edit => $"Dense({84 + (edit % 40)})");

    /// <summary>The zoo's ResNet-50, of which the dense layer is edited.</summary>
    public static Subject ResNet50() => new(
        "ResNet-50",
        [File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "zoo", "ResNet50.cs"))],
        0,
        "[Dense(1000, ",
        edit => $"[Dense({1000 + (edit % 40)}, ");

    /// <summary>The zoo's ResNet-50 with a budget that it exceeds.</summary>
    /// <param name="budget">The arguments of the budget.</param>
    public static Subject ResNet50Over(string budget)
    {
        var whole = ResNet50();
        return whole with { Name = $"[Budget({budget})]", Files = [whole.Files[0].Replace("[Input(", $"[Budget({budget})]\n[Input(", StringComparison.Ordinal)] };
    }

    /// <summary>Two hundred networks, each in a file of its own and no two of them equal, of which one is edited.</summary>
    public static Subject TwoHundred()
    {
        var files = Enumerable.Range(0, 200).Select(Varied).ToList();
        return new("200 networks", files, 100, "[Dense(10)]", edit => $"[Dense({10 + (edit % 40)})]");
    }

    private static string Varied(int number)
    {
        string[] activations = ["Relu", "Tanh", "Gelu", "Silu", "LeakyRelu(0.1)"];
        var (side, filters, activation) = (16 + (number % 13), 4 + (number % 17), activations[number % activations.Length]);
        var middle = (number % 4) switch
        {
            0 => $"[Conv({filters * 2}, 3, Padding = Padding.Same), BatchNorm, {activation}, MaxPool(2)]",
            1 => $"[DepthwiseConv(3, Padding = 1), {activation}, Conv({filters * 2}, 1), {activation}]",
            2 => $"[Conv({filters}, 3, Padding = 1), Add(\"first\"), {activation}, AvgPool(2)]",
            _ => $"[Conv({filters}, 1), {activation}, Concat(\"first\"), Dropout(0.2)]",
        };
        return string.Create(CultureInfo.InvariantCulture, $"""
            using Cnn;
            namespace Project;
            [Input({side}, {side}, {1 + (number % 3)})]
            [Conv({filters}, 3, Padding = 1), {activation}(Name = "first")]
            {middle}
            [GlobalAvgPool, Flatten, Dense({16 + number}), Relu]
            [Dense(10)]
            public partial class Network{number};
            """).Replace("(0.1)(Name", "(0.1, Name", StringComparison.Ordinal);
    }
}
