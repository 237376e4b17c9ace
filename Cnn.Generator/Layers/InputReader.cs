using System;
using System.Linq;
using Cnn.Generator.Diagnostics;
using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Parsing;
using Cnn.Generator.Shapes;

namespace Cnn.Generator.Layers;

/// <summary>Reads <c>[Input]</c>: the shape, the order, and how bytes become numbers.</summary>
internal static class InputReader
{
    public static Shape? Read(LayerDeclaration? declaration, FaultList faults, out VolumeLayout layout, out InputScaling? scaling)
    {
        layout = VolumeLayout.Hwc;
        scaling = null;
        if (declaration is null || declaration.IsBroken)
            return null;
        var reader = new ArgumentReader(declaration, Place.Input, faults);
        var shape = ReadShape(declaration, reader, out var elements);
        if (declaration.Find("Layout") is { Value: int order } argument)
        {
            layout = (VolumeLayout)order;
            if (layout is not (VolumeLayout.Hwc or VolumeLayout.Chw))
                faults.Report(Rules.UnknownLayout, Place.Input.At("Layout"), declaration.Text, argument.Text);
        }

        if (reader.Failed)
            return null;
        scaling = ReadScaling(declaration, shape, faults);
        if (elements <= SizeLimits.LargestArray)
            return shape;
        faults.Report(
            Rules.ActivationTooLarge,
            Place.Input,
            declaration.Text,
            "an input of " + shape,
            Text.Grouped(elements),
            Text.Grouped(SizeLimits.LargestArray),
            "use a smaller input");
        return null;
    }

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
