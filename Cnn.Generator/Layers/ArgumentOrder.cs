using Cnn.Generator.Diagnostics;
using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;

namespace Cnn.Generator.Layers;

/// <summary>A convolution whose numbers are probably PyTorch's: channels, filters, kernel.</summary>
internal static class ArgumentOrder
{
    /// <summary>Warns where it is legal.</summary>
    public static void Check(Shape input, LayerCheck check)
    {
        if (Suspected(input, check) is not var (filters, kernel))
            return;
        check.Report(
            Rules.ConvOrder,
            "kernelHeight",
            Text.Count(input.Channels, "filter"),
            Text.Number(filters) + "x" + Text.Number(kernel),
            Text.Count(filters, "filter") + " of " + Text.Number(kernel) + "x" + Text.Number(kernel),
            Meant(filters, kernel));
    }

    /// <summary>What may help where the kernel does not fit.</summary>
    public static string OrOrder(Shape input, LayerCheck check) => Suspected(input, check) is var (filters, kernel)
        ? "; the order is filters, kernel: " + Meant(filters, kernel)
        : "";

    /// <summary>The filters and the kernel that were meant where as many filters as channels are to have kernels higher than wide.</summary>
    private static (int Filters, int Kernel)? Suspected(Shape input, LayerCheck check) =>
        check.Written("filters") == input.Channels
            && (check.Written("kernelHeight"), check.Written("kernelWidth")) is ({ } second, { } third and > 1) && second > third
            ? (second, third)
            : null;

    private static string Meant(int filters, int kernel) => "[Conv(" + Text.Number(filters) + ", " + Text.Number(kernel) + ")]";
}
