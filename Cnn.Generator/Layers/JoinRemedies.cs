using System;
using System.Linq;
using Cnn.Generator.Declared;
using Cnn.Generator.Diagnostics;
using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;

namespace Cnn.Generator.Layers;

/// <summary>Ways out for joins of shapes that do not match: the one layer that brings one of them to the shape of the other.</summary>
internal static class JoinRemedies
{
    /// <summary>Rows or columns that a margin takes away at most.</summary>
    private const int WidestMargin = 8;

    private const int LargestStride = 64;

    /// <summary>The way out as the end of the message, empty where there is none, and what a code fix does for it.</summary>
    /// <param name="join">The join.</param>
    /// <param name="inputs">What arrives.</param>
    /// <param name="index">The input that does not match the current one, which is the first.</param>
    /// <param name="check">The layer's.</param>
    public static (string Text, EquatableArray<Remedy> Remedies) Find(JoinLayer join, EquatableArray<Shape> inputs, int index, LayerCheck check)
    {
        var (current, other) = (inputs[0], inputs[index]);
        foreach (var place in ChangesCurrent(join, current, other) ? new[] { 0, index } : [index, 0])
        {
            foreach (var fitting in join.Fitting(inputs[place], inputs[place == 0 ? index : 0]))
            {
                if (LayerFor(inputs[place], fitting) is not { } layer || !join.Fits(With(inputs, place, fitting)))
                    continue;
                return place == 0
                    ? Before(layer, fitting, check)
                    : InItsPlace(join, layer, index, fitting, check);
            }
        }

        return ("", []);
    }

    /// <summary>
    /// Whether it is the current shape that is brought to the other: a gate, a shortcut or a skip connection is what gives way, and the sizes
    /// tell which of the two that is.
    /// </summary>
    private static bool ChangesCurrent(JoinLayer join, Shape current, Shape other)
    {
        if (current.IsVector == other.IsVector && (current.Height, current.Width) == (other.Height, other.Width))
            return true;
        if (join is MultiplyLayer)
            return current is { Height: 1, Width: 1 };
        return current.IsVector != other.IsVector ? other.IsVector : IsSmaller(current, other) == join.Enlarges;
    }

    private static bool IsSmaller(Shape shape, Shape other) => shape.Height < other.Height || shape.Width < other.Width;

    private static (string Text, EquatableArray<Remedy> Remedies) Before((string Name, string Arguments) layer, Shape result, LayerCheck check)
    {
        // Where the join starts from a named output, what stands before it is not what arrives.
        if (check.Has("From"))
            return ("; " + Written(layer) + " on it would give " + result, []);
        return (
            "; put " + Written(layer) + " before it, which gives " + result,
            [new Remedy(RemedyKind.InsertBefore, layer.Name, layer.Arguments)]);
    }

    private static (string Text, EquatableArray<Remedy> Remedies) InItsPlace(
        JoinLayer join, (string Name, string Arguments) layer, int index, Shape result, LayerCheck check)
    {
        var name = join.Names[index - 1];
        var padding = layer.Name == "Crop" ? "keep its size with Padding = Padding.Same before it, or " : "";
        if (check.Has("From") || check.CurrentName is not { Length: > 0 } own)
            return ("; " + padding + Written(layer) + " on \"" + name + "\" would give " + result, []);
        var from = "From = " + AttributeText.Quoted(name);
        var branch = (layer.Name, layer.Arguments.Length == 0 ? from : layer.Arguments + ", " + from);
        var text = check.Text.Substring(1, check.Text.Length - 2);
        var place = text.IndexOf(AttributeText.Quoted(name), StringComparison.Ordinal);
        var joined = text.Substring(0, place) + AttributeText.Quoted(own) + text.Substring(place + AttributeText.Quoted(name).Length);
        return ("; " + padding + "write " + Written(branch).TrimEnd(']') + ", " + joined + "] in its place, which brings \"" + name + "\" to " + result, []);
    }

    private static EquatableArray<Shape> With(EquatableArray<Shape> inputs, int place, Shape shape) =>
        inputs.Select((input, i) => i == place ? shape : input).ToEquatableArray();

    private static string Written((string Name, string Arguments) layer) =>
        "[" + layer.Name + (layer.Arguments.Length == 0 ? "" : "(" + layer.Arguments + ")") + "]";

    /// <summary>A layer that turns one shape into another; null where no single one does.</summary>
    private static (string Name, string Arguments)? LayerFor(Shape from, Shape to)
    {
        var isSameLength = from.LongLength == to.LongLength;
        if (from.IsVector && to.IsVector)
            return ("Dense", Text.Number(to.Channels));
        if (to.IsVector)
            return isSameLength ? ("Flatten", "") : null;
        if (from.IsVector)
            return isSameLength ? ("Reshape", Numbers(to.Height, to.Width, to.Channels)) : null;
        if ((from.Height, from.Width) == (to.Height, to.Width))
            return ("Conv", Numbers(to.Channels, 1));
        return from.Height >= to.Height && from.Width >= to.Width ? Smaller(from, to) : Larger(from, to);
    }

    private static (string Name, string Arguments)? Smaller(Shape from, Shape to)
    {
        var isSame = from.Channels == to.Channels;
        for (var stride = 2; stride <= LargestStride; stride++)
        {
            if (isSame && from.Height == to.Height * stride && from.Width == to.Width * stride)
                return ("MaxPool", Text.Number(stride));
            if ((from.Height - 1) / stride == to.Height - 1 && (from.Width - 1) / stride == to.Width - 1)
                return ("Conv", Numbers(to.Channels, 1) + ", Stride = " + Text.Number(stride));
        }

        var (rows, columns) = (from.Height - to.Height, from.Width - to.Width);
        if (rows > WidestMargin || columns > WidestMargin)
            return null;
        if (!isSame)
            return rows == columns ? ("Conv", Numbers(to.Channels, rows + 1)) : null;
        return ("Crop", rows == columns && rows % 2 == 0
            ? Text.Number(rows / 2)
            : Numbers(rows / 2, columns / 2, rows - (rows / 2), columns - (columns / 2)));
    }

    private static (string Name, string Arguments)? Larger(Shape from, Shape to)
    {
        var scale = to.Height / from.Height;
        if (scale < 2 || from.Height * scale != to.Height || from.Width * scale != to.Width)
            return null;
        return from.Channels == to.Channels
            ? ("Upsample", Text.Number(scale))
            : ("ConvTranspose", Numbers(to.Channels, scale) + ", Stride = " + Text.Number(scale));
    }

    private static string Numbers(params int[] numbers) => string.Join(", ", numbers.Select(number => Text.Number(number)));
}
