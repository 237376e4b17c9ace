using System;
using System.Linq;
using Cnn.Generator.Layers;
using Xunit;

namespace Cnn.Generator.Tests.Layers;

public class LayerCatalogTests
{
    [Fact]
    public void Every_attribute_of_a_layer_has_a_row()
    {
        var structural = new[] { typeof(BlockAttribute), typeof(ResidualAttribute) };
        var attributes = typeof(ConvAttribute).Assembly.GetExportedTypes()
            .Where(type => typeof(LayerAttribute).IsAssignableFrom(type) && !type.IsAbstract && !structural.Contains(type))
            .Select(type => type.FullName!);
        var rows = LayerCatalog.Rows.Select(row => row.MetadataName);
        Assert.Equal(attributes.Order(StringComparer.Ordinal), rows.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_row_names_the_kind_and_the_stem_of_its_layer_and_a_page()
    {
        foreach (var row in LayerCatalog.Rows)
        {
            var arguments = row.Kind switch
            {
                "Conv" or "ConvTranspose" => "(2, 3)",
                "DepthwiseConv" => "(3)",
                "MaxPool" or "AvgPool" or "AdaptiveAvgPool" or "GroupNorm" or "Upsample" or "PixelShuffle" or "Pad" or "Crop" => "(2)",
                "Dense" => "(4)",
                "Dropout" or "SpatialDropout" => "(0.5)",
                "Clip" => "(0, 1)",
                "Reshape" => "(4, 4, 16)",
                "Add" or "Multiply" or "Concat" => "(\"input\")",
                _ => "",
            };
            var vector = row.Kind == "Dense" ? "Flatten, " : "";
            var node = Shaped.Last("[Input(8, 8, 4), " + vector + row.Kind + arguments + "]");
            Assert.Equal((row.Kind, row.Stem), (node.Layer.Kind, node.Layer.NameStem));
            Assert.Equal(row.Stem + "1", node.Name);
            Assert.Equal("docs/layers/" + row.Kind.ToLowerInvariant() + ".md", row.Page);
        }
    }
}
