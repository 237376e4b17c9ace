using System;
using System.Linq;
using Cnn.Generator.Declared;
using Cnn.Generator.Diagnostics;
using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;

namespace Cnn.Generator.Layers;

/// <summary>What <c>[Input]</c> says.</summary>
/// <param name="Shape">Null where it is unknown.</param>
/// <param name="Layout">The memory order of input and output.</param>
/// <param name="Numerics">How exact inference has to be.</param>
/// <param name="Scaling">How bytes become the numbers of the input; null where it says nothing of it.</param>
internal sealed record BuiltInput(Shape? Shape, VolumeLayout Layout, NumericsMode Numerics, InputScaling? Scaling)
{
    public static readonly BuiltInput Unknown = new(null, VolumeLayout.Hwc, NumericsMode.Precise, null);
}

/// <summary>Reads <c>[Input]</c>: the shape, the order, how exact inference is, and how bytes become numbers.</summary>
internal static class InputReader
{
    public static BuiltInput Read(LayerDeclaration? declaration, FaultList faults)
    {
        if (declaration is null || declaration.IsBroken)
            return BuiltInput.Unknown;
        var reader = new ArgumentReader(declaration, Place.Input, faults);
        var shape = ReadShape(declaration, reader, out var elements);
        var (layout, numerics) = (ReadLayout(declaration, faults), ReadNumerics(declaration, faults));
        if (reader.Failed)
            return BuiltInput.Unknown with { Layout = layout, Numerics = numerics };
        var scaling = ReadScaling(declaration, shape, faults);
        var isSmallEnough = elements <= SizeLimits.LargestArray;
        if (!isSmallEnough)
            ReportTooLarge(declaration, shape, elements, faults);
        return new BuiltInput(isSmallEnough ? shape : null, layout, numerics, scaling);
    }

    private static VolumeLayout ReadLayout(LayerDeclaration declaration, FaultList faults)
    {
        if (declaration.Find("Layout") is not { Value: int member } argument)
            return VolumeLayout.Hwc;
        var layout = (VolumeLayout)member;
        if (layout is not (VolumeLayout.Hwc or VolumeLayout.Chw))
            faults.Report(Rules.UnknownLayout, Place.Input.At("Layout"), declaration.Text, argument.Text);
        return layout;
    }

    private static NumericsMode ReadNumerics(LayerDeclaration declaration, FaultList faults)
    {
        if (declaration.Find("Numerics") is not { Value: int member } argument)
            return NumericsMode.Precise;
        var numerics = (NumericsMode)member;
        if (numerics is not (NumericsMode.Precise or NumericsMode.Fast))
            faults.Report(Rules.UnknownNumerics, Place.Input.At("Numerics"), declaration.Text, argument.Text);
        return numerics;
    }

    private static void ReportTooLarge(LayerDeclaration declaration, Shape shape, decimal elements, FaultList faults) =>
        faults.Report(
            Rules.ActivationTooLarge,
            Place.Input,
            declaration.Text,
            "an input of " + shape,
            Text.Grouped(elements),
            Text.Grouped(SizeLimits.LargestArray),
            "use a smaller input");

    private static Shape ReadShape(LayerDeclaration declaration, ArgumentReader reader, out decimal elements)
    {
        if (declaration.Find("length") is not null)
        {
            var length = reader.Size("length", "the length");
            elements = length;
            return Shape.Vector(length);
        }

        var height = reader.Size("height", "the height");
        var width = reader.Size("width", "the width");
        var channels = reader.Size("channels", "the number of channels");
        elements = (decimal)height * width * channels;
        return Shape.Volume(height, width, channels);
    }

    private static InputScaling? ReadScaling(LayerDeclaration declaration, Shape shape, FaultList faults)
    {
        if (!NetworkDeclaration.HasScaling(declaration))
            return null;
        var scale = declaration.Find("Scale") is { Value: double value } ? value : 1;
        if (!IsFinite(scale) || (float)scale == 0)
            Refuse("Scale", "must be a finite number other than 0");
        return new InputScaling(scale, Numbers("Mean", 0, false), Numbers("Std", 1, true));

        EquatableArray<double> Numbers(string name, double whenAbsent, bool divides)
        {
            if (declaration.Find(name) is not { Value: EquatableArray<double> numbers })
                return [whenAbsent];
            var channels = shape.IsVector ? 1 : shape.Channels;
            if (numbers.Count != 1 && numbers.Count != channels)
                Refuse(name, "has " + Text.Count(numbers.Count, "number") + ", but must have " + (channels == 1 ? "one" : "one for all channels or one for each of the " + Text.Number(channels)));
            else if (numbers.Any(number => !IsFinite(number) || (divides && (float)number <= 0)))
                Refuse(name, divides ? "must hold finite numbers greater than 0" : "must hold finite numbers");
            else
                return numbers;
            return [whenAbsent];
        }

        void Refuse(string name, string why) => faults.Report(Rules.InputScaling, Place.Input.At(name), declaration.Text, name, why);
    }

    private static bool IsFinite(double value) => !double.IsNaN(value) && !double.IsInfinity(value) && Math.Abs(value) <= float.MaxValue;
}
