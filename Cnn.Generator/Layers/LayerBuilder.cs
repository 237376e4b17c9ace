using System.Collections.Generic;
using Cnn.Generator.Diagnostics;
using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Parsing;
using Cnn.Generator.Shapes;

namespace Cnn.Generator.Layers;

/// <summary>The values of a declaration, before any shape but the input's is known.</summary>
/// <param name="Input">Null where it is unknown.</param>
/// <param name="Layout">The memory order of input and output.</param>
/// <param name="Layers">One for each declared; null where it is unknown.</param>
internal sealed record BuiltLayers(Shape? Input, VolumeLayout Layout, EquatableArray<Layer?> Layers);

/// <summary>From attributes to layers: reads every argument and reports those that no input would make legal.</summary>
internal static class LayerBuilder
{
    public static BuiltLayers Build(NetworkDeclaration declaration, FaultList faults)
    {
        var input = ReadInput(declaration.Input, faults, out var layout);
        var layers = new List<Layer?>();
        for (var i = 0; i < declaration.Layers.Count; i++)
        {
            var layer = declaration.Layers[i];
            layers.Add(layer.IsBroken ? null : LayerCatalog.Get(layer.Kind).Read(new ArgumentReader(layer, Place.Layer(i), faults)));
        }

        return new BuiltLayers(declaration.HasOneInput ? input : null, layout, layers.ToEquatableArray());
    }

    private static Shape? ReadInput(LayerDeclaration? declaration, FaultList faults, out VolumeLayout layout)
    {
        layout = VolumeLayout.Hwc;
        if (declaration is null || declaration.IsBroken)
            return null;
        var reader = new ArgumentReader(declaration, Place.Input, faults);
        var height = reader.Size("height", "the height");
        var width = reader.Size("width", "the width");
        var channels = reader.Size("channels", "the number of channels");
        if (declaration.Find("Layout") is { Value: int order } argument)
        {
            layout = (VolumeLayout)order;
            if (layout is not (VolumeLayout.Hwc or VolumeLayout.Chw))
                faults.Report(Rules.UnknownLayout, Place.Input.At("Layout"), declaration.Text, argument.Text);
        }

        if (reader.Failed)
            return null;
        var shape = Shape.Volume(height, width, channels);
        var elements = (decimal)height * width * channels;
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
}
