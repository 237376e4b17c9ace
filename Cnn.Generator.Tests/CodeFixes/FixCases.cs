using Xunit;

namespace Cnn.Generator.Tests.CodeFixes;

/// <summary>Every fix: the diagnostic, what the light bulb says, the source before and after.</summary>
public static class FixCases
{
    public static TheoryData<string, string, string, string> All { get; } = new()
    {
        {
            "CNN0001", "Make Net partial",
            "/// <summary>A network.</summary>\n[Input(8, 8, 1), Flatten, Dense(10)]\npublic sealed class Net;",
            "/// <summary>A network.</summary>\n[Input(8, 8, 1), Flatten, Dense(10)]\npublic sealed partial class Net;"
        },
        {
            "CNN0001", "Make Net partial",
            "[Input(8, 8, 1), Flatten, Dense(10)] // digits\nsealed class Net;",
            "[Input(8, 8, 1), Flatten, Dense(10)] // digits\nsealed partial class Net;"
        },
        {
            "CNN0002", "Make Models partial",
            "/// <summary>Models.</summary>\nclass Models\n{\n    [Input(8, 8, 1), Flatten, Dense(10)] public partial class Net;\n}",
            "/// <summary>Models.</summary>\npartial class Models\n{\n    [Input(8, 8, 1), Flatten, Dense(10)] public partial class Net;\n}"
        },
        {
            "CNN0021", "Set Padding to Padding.Same",
            "[Input(8, 8, 1), Conv(6, 3, Padding = -1), Flatten, Dense(10)] public partial class Net;",
            "[Input(8, 8, 1), Conv(6, 3, Padding = Padding.Same), Flatten, Dense(10)] public partial class Net;"
        },
        {
            "CNN0030", "Set Padding to 1",
            "[Input(5, 5, 1), Conv(6, 7), Flatten, Dense(10)] public partial class Net;",
            "[Input(5, 5, 1), Conv(6, 7, Padding = 1), Flatten, Dense(10)] public partial class Net;"
        },
        {
            "CNN0030", "Set Padding to Padding.Same",
            "[Input(5, 5, 1), Conv(6, 9, Padding = 1 /* too little */), Flatten, Dense(10)] public partial class Net;",
            "[Input(5, 5, 1), Conv(6, 9, Padding = Padding.Same /* too little */), Flatten, Dense(10)] public partial class Net;"
        },
        {
            "CNN0030", "Change the kernel to 5",
            "[Input(5, 5, 1), Conv(6, kernel: 7), Flatten, Dense(10)] public partial class Net;",
            "[Input(5, 5, 1), Conv(6, kernel: 5), Flatten, Dense(10)] public partial class Net;"
        },
        {
            "CNN0030", "Change the size to 5",
            "[Input(5, 5, 1), Cnn.MaxPool(6), Flatten, Dense(10)] public partial class Net;",
            "[Input(5, 5, 1), Cnn.MaxPool(5), Flatten, Dense(10)] public partial class Net;"
        },
        {
            "CNN0030", "Set Padding to Padding.Same",
            "[Input(5, 5, 1), Cnn.Conv(4, 7, Bias = false), Flatten, Dense(10)] public partial class Net;",
            "[Input(5, 5, 1), Cnn.Conv(4, 7, Bias = false, Padding = Cnn.Padding.Same), Flatten, Dense(10)] public partial class Net;"
        },
        {
            "CNN0031", "Set InChannels to 4",
            "[Input(8, 8, 1), Conv(4, 3), Conv(6, 3, InChannels = 3, Padding = 1), Flatten, Dense(10)] public partial class Net;",
            "[Input(8, 8, 1), Conv(4, 3), Conv(6, 3, InChannels = 4, Padding = 1), Flatten, Dense(10)] public partial class Net;"
        },
        {
            "CNN0031", "Remove InChannels",
            "[Input(8, 8, 1), Conv(4, 3), Conv(6, 3, InChannels = 3, Padding = 1), Flatten, Dense(10)] public partial class Net;",
            "[Input(8, 8, 1), Conv(4, 3), Conv(6, 3, Padding = 1), Flatten, Dense(10)] public partial class Net;"
        },
        {
            "CNN0032", "Set Padding to 1",
            "[Input(8, 8, 1), AvgPool(2, Padding = 2), Flatten, Dense(10)] public partial class Net;",
            "[Input(8, 8, 1), AvgPool(2, Padding = 1), Flatten, Dense(10)] public partial class Net;"
        },
        {
            "CNN0032", "Remove Padding",
            "[Input(8, 8, 1), MaxPool(1, Padding = 1), Flatten, Dense(10)] public partial class Net;",
            "[Input(8, 8, 1), MaxPool(1), Flatten, Dense(10)] public partial class Net;"
        },
        {
            "CNN0033", "Insert [Flatten]",
            "[Input(8, 8, 1)]\n[Conv(4, 3), Relu]\n[Dense(10), Softmax]\npublic partial class Net;",
            "[Input(8, 8, 1)]\n[Conv(4, 3), Relu]\n[Flatten, Dense(10), Softmax]\npublic partial class Net;"
        },
        {
            "CNN0033", "Insert [Flatten]",
            "[Cnn.Input(8, 8, 1), Cnn.Conv(4, 3), Cnn.Dense(10)] public partial class Net;",
            "[Cnn.Input(8, 8, 1), Cnn.Conv(4, 3), Cnn.Flatten, Cnn.Dense(10)] public partial class Net;"
        },
        {
            "CNN0034", "Remove [Flatten]",
            "[Input(8, 8, 1), Flatten, Dense(10), Flatten, Softmax] public partial class Net;",
            "[Input(8, 8, 1), Flatten, Dense(10), Softmax] public partial class Net;"
        },
        {
            "CNN0035", "Move [Softmax] to the end",
            "[Input(8, 8, 1)]\n[Conv(4, 3), Softmax, Flatten]\n[Dense(10)]\n[System.Obsolete]\npublic partial class Net;",
            "[Input(8, 8, 1)]\n[Conv(4, 3), Flatten]\n[Dense(10), Softmax]\n[System.Obsolete]\npublic partial class Net;"
        },
        {
            "CNN0035", "Move [Softmax] to the end",
            "[Input(8)]\n// Ten classes.\n[Softmax]\n// The last one.\n[Dense(10)]\npublic partial class Net;",
            "[Input(8)]\n// Ten classes.\n// The last one.\n[Dense(10), Softmax]\npublic partial class Net;"
        },
        {
            "CNN0035", "Remove [Softmax]",
            "[Input(8)]\n[Softmax]\n[Dense(10), Softmax]\npublic partial class Net;",
            "[Input(8)]\n[Dense(10), Softmax]\npublic partial class Net;"
        },
        {
            "CNN0050", "Set Stride to 1",
            "[Input(27, 27, 1), MaxPool(2), Flatten, Dense(10)] public partial class Net;",
            "[Input(27, 27, 1), MaxPool(2, Stride = 1), Flatten, Dense(10)] public partial class Net;"
        },
        {
            "CNN0050", "Set Stride to 4",
            "[Input(29, 29, 1), Conv(6, 5, Stride = 5), Flatten, Dense(10)] public partial class Net;",
            "[Input(29, 29, 1), Conv(6, 5, Stride = 4), Flatten, Dense(10)] public partial class Net;"
        },
        {
            "CNN0050", "Set CeilMode to true",
            "[Input(27, 27, 1), MaxPool(2), Flatten, Dense(10)] public partial class Net;",
            "[Input(27, 27, 1), MaxPool(2, CeilMode = true), Flatten, Dense(10)] public partial class Net;"
        },
        {
            "CNN0052", "Add [Memory(StackLimit = 208896)]",
            "[Cnn.Input(57, 57, 3), Conv(16, 1), Flatten, Dense(10)] // small\npublic partial class Net;",
            "[Cnn.Input(57, 57, 3), Cnn.Memory(StackLimit = 208896), Conv(16, 1), Flatten, Dense(10)] // small\npublic partial class Net;"
        },
        {
            "CNN0052", "Set StackLimit to 2048",
            "[Memory(StackLimit = 3)] [Input(8, 8, 3), Conv(4, 1), Flatten, Dense(10)] public partial class Net;",
            "[Memory(StackLimit = 2048)] [Input(8, 8, 3), Conv(4, 1), Flatten, Dense(10)] public partial class Net;"
        },
        {
            "CNN0055", "Set Bias to false",
            "[Input(8, 8, 1), Conv(4, 3), BatchNorm, Flatten, Dense(10)] public partial class Net;",
            "[Input(8, 8, 1), Conv(4, 3, Bias = false), BatchNorm, Flatten, Dense(10)] public partial class Net;"
        },
        {
            "CNN0061", "Change to \"stem\"",
            "[Input(8, 8, 1), Conv(4, 3, Name = \"stem\"), Relu(From = \"stem1\"), Flatten, Dense(10)] public partial class Net;",
            "[Input(8, 8, 1), Conv(4, 3, Name = \"stem\"), Relu(From = \"stem\"), Flatten, Dense(10)] public partial class Net;"
        },
        {
            "CNN0061", "Change to \"left\"",
            "[Input(8), Dense(4, Name = \"left\"), Relu, Concat(with: new[] { \"relu1\", \"letf\" })] public partial class Net;",
            "[Input(8), Dense(4, Name = \"left\"), Relu, Concat(with: new[] { \"relu1\", \"left\" })] public partial class Net;"
        },
        {
            "CNN0069", "Remove [Output(\"y\")]",
            "[Input(8), Dense(4, Name = \"y\")]\n[Output(\"y\")]\npublic partial class Net;",
            "[Input(8), Dense(4, Name = \"y\")]\npublic partial class Net;"
        },
        {
            "CNN0078", "Insert [Relu]",
            "[Input(8), Dense(16)]\n[Dense(10)]\npublic partial class Net;",
            "[Input(8), Dense(16)]\n[Relu, Dense(10)]\npublic partial class Net;"
        },
        {
            "CNN0079", "Remove [BatchNorm]",
            "[Input(8), Dense(4, Bias = false), BatchNorm, BatchNorm, Relu, Dense(10)] public partial class Net;",
            "[Input(8), Dense(4, Bias = false), BatchNorm, Relu, Dense(10)] public partial class Net;"
        },
        {
            "CNN0085", "Set Momentum to 0.01",
            "[Input(8), Dense(4, Bias = false), BatchNorm(Momentum = 0.99), Relu, Dense(10)] public partial class Net;",
            "[Input(8), Dense(4, Bias = false), BatchNorm(Momentum = 0.01), Relu, Dense(10)] public partial class Net;"
        },
        {
            "CNN0070", "Remove [Relu]",
            "[Input(8), Dense(4), Relu, Relu, Dense(10)] public partial class Net;",
            "[Input(8), Dense(4), Relu, Dense(10)] public partial class Net;"
        },
        {
            "CNN0071", "Remove [Dropout(0.5)]",
            "[Input(8), Dense(4), Dropout(0.5), Softmax] public partial class Net;",
            "[Input(8), Dense(4), Softmax] public partial class Net;"
        },
        {
            "CNN0072", "Set Stride to 3",
            "[Input(30, 30, 1), Conv(6, 3, Stride = 5), Flatten, Dense(10)] public partial class Net;",
            "[Input(30, 30, 1), Conv(6, 3, Stride = 3), Flatten, Dense(10)] public partial class Net;"
        },
        {
            "CNN0048", "Insert [Conv(4, 1)]",
            "[Input(8, 8, 1)]\n[Conv(4, 1, Name = \"a\"), Conv(9, 1), Relu]\n[Add(\"a\")]\npublic partial class Net;",
            "[Input(8, 8, 1)]\n[Conv(4, 1, Name = \"a\"), Conv(9, 1), Relu]\n[Conv(4, 1), Add(\"a\")]\npublic partial class Net;"
        },
        {
            "CNN0073", "Replace by [Sigmoid]",
            "[Input(8), Dense(1), Softmax(Name = \"p\")] public partial class Net;",
            "[Input(8), Dense(1), Sigmoid(Name = \"p\")] public partial class Net;"
        },
        {
            "CNN0081", "Remove AlignCorners",
            "[Input(8, 8, 1), Upsample(2, AlignCorners = true), Flatten, Dense(10)] public partial class Net;",
            "[Input(8, 8, 1), Upsample(2), Flatten, Dense(10)] public partial class Net;"
        },
        {
            "CNN0100", "Change the filters to 4",
            "[Input(4, 4, 1), Budget(MultiplyAdds = 250)] [Conv(8 /* enough? */, 3)] [Relu, GlobalAvgPool, Flatten, Dense(10)] partial class Net;",
            "[Input(4, 4, 1), Budget(MultiplyAdds = 250)] [Conv(4 /* enough? */, 3)] [Relu, GlobalAvgPool, Flatten, Dense(10)] partial class Net;"
        },
    };

    /// <summary>Several places at once.</summary>
    public static TheoryData<string, string, string, string> Everywhere { get; } = new()
    {
        {
            "CNN0031", "CNN0031.SetArgument.InChannels",
            "[Input(8, 8, 1), Conv(4, 3, InChannels = 3), Conv(6, 3, InChannels = 3), Flatten, Dense(10)] public partial class Net;",
            "[Input(8, 8, 1), Conv(4, 3, InChannels = 1), Conv(6, 3, InChannels = 4), Flatten, Dense(10)] public partial class Net;"
        },
        {
            "CNN0055", "CNN0055.SetArgument.Bias.false",
            "[Input(8, 8, 1), Conv(4, 3), BatchNorm, Conv(4, 3), BatchNorm, Flatten, Dense(9)] partial class Net;",
            "[Input(8, 8, 1), Conv(4, 3, Bias = false), BatchNorm, Conv(4, 3, Bias = false), BatchNorm, Flatten, Dense(9)] partial class Net;"
        },
        {
            "CNN0001", "CNN0001.AddPartial",
            "[Input(8, 8, 1), Flatten, Dense(10)] public class A;\n[Input(8, 8, 1), Flatten, Dense(10)] public class B;",
            "[Input(8, 8, 1), Flatten, Dense(10)] public partial class A;\n[Input(8, 8, 1), Flatten, Dense(10)] public partial class B;"
        },
    };
}
