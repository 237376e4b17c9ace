using System;
using System.Linq;
using Cnn.Generator.Layers;
using Cnn.Generator.Tests.Support;
using Xunit;

namespace Cnn.Generator.Tests.Layers;

public class LayerCatalogTests
{
    [Fact]
    public void Every_attribute_of_the_runtime_is_the_input_or_has_a_row()
    {
        var attributes = typeof(ConvAttribute).Assembly.GetExportedTypes()
            .Where(type => typeof(Attribute).IsAssignableFrom(type) && type.Namespace == "Cnn")
            .Select(type => type.FullName!)
            .Where(name => name != "Cnn.InputAttribute");
        var rows = LayerCatalog.Rows.Select(row => row.MetadataName);
        Assert.Equal(attributes.Order(StringComparer.Ordinal), rows.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_row_names_the_kind_and_the_stem_of_its_layer()
    {
        foreach (var row in LayerCatalog.Rows)
        {
            var arguments = row.Kind switch
            {
                "Conv" => "(2, 3)",
                "MaxPool" or "AvgPool" => "(2)",
                "Dense" => "(4)",
                "Dropout" => "(0.5)",
                _ => "",
            };
            var isVector = row.Kind is "Dense" or "Softmax";
            var source = "using Cnn;\n[Input(8, 8, 1), " + (isVector ? "Flatten, " : "") + row.Kind + arguments + "] partial class Net;";
            var node = Declarations.Network(source).Nodes.Last();
            Assert.Equal((row.Kind, row.Stem), (node.Layer.Kind, node.Layer.NameStem));
            Assert.Equal(row.Stem + "1", node.Name);
        }
    }
}
