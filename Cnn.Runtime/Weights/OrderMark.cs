using System.Collections.Generic;
using System.Linq;

namespace Cnn;

/// <summary>
/// In which order a file keeps the numbers that meet flattened volumes, and what a network makes of that. The compiler has this file too,
/// so that it refuses what does not load, in the same words.
/// </summary>
internal static class OrderMark
{
    /// <summary>The text of the metadata with which we mark files.</summary>
    public const string Key = "cnn.order";

    public const string ChannelsLast = "hwc";

    public const string ChannelsFirst = "chw";

    /// <summary>The text of the metadata with which libraries mark files.</summary>
    private const string Format = "format";

    private static readonly string[] Transposed = ["tf", "flax", "jax", "keras", "mlx"];

    /// <summary>The order that the metadata tell, or the library that keeps kernels in another; empty where they tell nothing.</summary>
    public static string Of(IReadOnlyDictionary<string, string> metadata)
    {
        if (metadata.TryGetValue(Key, out var order))
            return order;
        return !metadata.TryGetValue(Format, out var format) ? "" : format == "pt" ? ChannelsFirst : Transposed.Contains(format) ? format : "";
    }

    /// <summary>Why a file is refused whatever its tensors are, or null.</summary>
    /// <param name="mark">The file's mark by <see cref="Of"/>.</param>
    /// <param name="isMarkRead">Whether the caller leaves the order to the file.</param>
    public static string? RefuseMark(string mark, bool isMarkRead)
    {
        if (!isMarkRead || mark is "" or ChannelsFirst or ChannelsLast)
            return null;
        return Transposed.Contains(mark)
            ? $"its metadata say \"format\": \"{mark}\", whose library keeps kernels as [height, width, in, out] and matrices as [in, out]; transpose "
                + "them to [out, in, height, width] and [out, in], and save with \"format\": \"pt\""
            : $"its metadata's \"{Key}\" is \"{TensorMatch.Display(mark)}\" where \"{ChannelsLast}\" or \"{ChannelsFirst}\" belongs";
    }

    /// <summary>Why a file without a mark is refused that has the network's tensors, or null.</summary>
    /// <param name="mark">The file's mark by <see cref="Of"/>.</param>
    /// <param name="isMarkRead">Whether the caller leaves the order to the file.</param>
    /// <param name="isHwc">Whether the network has channels last.</param>
    /// <param name="flattened">The part of the network that depends on the order of flattened volumes, if any.</param>
    /// <param name="shapes">The shapes of all tensors.</param>
    public static string? RefuseUnmarked(
        string mark, bool isMarkRead, bool isHwc, string? flattened, IEnumerable<IReadOnlyList<int>> shapes)
    {
        if (!isMarkRead || mark.Length > 0)
            return null;
        if (flattened is not null && isHwc)
        {
            return $"the file does not say in which order it keeps flattened volumes, and {flattened} depends on it; if PyTorch made it, give "
                + "WeightOrder.PyTorch or declare Layout.Chw; if this network saved it without a mark, give WeightOrder.Declared";
        }

        return IsSymmetric(shapes)
            ? "the file does not say which library made it, and every kernel and matrix of the network has as many inputs as outputs, so that transposed "
                + "ones would not show; give WeightOrder.PyTorch if they are [out, in, height, width] and [out, in]"
            : null;
    }

    /// <summary>Whether the numbers of a file are to be moved.</summary>
    public static bool Moves(string mark, bool asksPyTorch, bool asksDeclared, bool isHwc) =>
        !asksDeclared && (asksPyTorch || mark == ChannelsFirst ? isHwc : mark == ChannelsLast && !isHwc);

    /// <summary>Why a file is refused whose numbers would have to be moved where that is not enough.</summary>
    public static string CannotMove(string flattened, bool isHwc) =>
        $"the file keeps volumes with channels {(isHwc ? "first" : "last")}, and {flattened} reads them in another shape, which no order of the weights makes "
        + $"up for; declare Layout.{(isHwc ? "Chw" : "Hwc")}";

    private static bool IsSymmetric(IEnumerable<IReadOnlyList<int>> shapes)
    {
        var weights = shapes.Where(shape => shape.Count > 1).ToList();
        return weights.Count > 0 && weights.TrueForAll(shape => shape[0] > 1 && shape.All(dimension => dimension == shape[0]));
    }
}
