using System.Collections.Generic;
using System.Linq;
using Cnn.Benchmarks.Networks;

namespace Cnn.Benchmarks.Rivals;

/// <summary>Builds a LeNet-5 as an ONNX model (opset 13) from our weights.</summary>
internal sealed class OnnxModel
{
    /// <summary>The name of the model's input.</summary>
    public const string Input = "input";

    /// <summary>The name of the model's output.</summary>
    public const string Output = "output";

    private const int FloatType = 1;
    private const int IntegerAttribute = 2;
    private const int IntegersAttribute = 7;

    private readonly IReadOnlyDictionary<string, CanonicalTensor> _weights;
    private readonly OnnxMessage _graph = new OnnxMessage().Text(2, "lenet5");
    private string _last = Input;

    private OnnxModel(IReadOnlyDictionary<string, CanonicalTensor> weights) => _weights = weights;

    /// <summary>Encodes the model.</summary>
    public static byte[] Encode(LeNetShape shape, IReadOnlyDictionary<string, CanonicalTensor> weights, int batch = 1)
    {
        var model = new OnnxModel(weights);
        model.Convolution("conv1", shape.Padding);
        model.Convolution("conv2", 0);
        model.Node("Flatten", "flatten");
        model.Dense("dense1");
        model.Node("Relu", "dense1.relu");
        model.Dense("dense2");
        model.Node("Relu", "dense2.relu");
        model.Dense("dense3");
        model.Node("Softmax", Output);
        model._graph
            .Message(11, Value(Input, batch, shape.Channels, shape.Size, shape.Size))
            .Message(12, Value(Output, batch, 10));
        return new OnnxMessage()
            .Number(1, 8)
            .Message(8, new OnnxMessage().Text(1, string.Empty).Number(2, 13))
            .Message(7, model._graph)
            .ToArray();
    }

    private static OnnxMessage Value(string name, params long[] shape)
    {
        var dimensions = new OnnxMessage();
        foreach (var dimension in shape)
            dimensions.Message(1, new OnnxMessage().Number(1, dimension));
        var tensor = new OnnxMessage().Number(1, FloatType).Message(2, dimensions);
        return new OnnxMessage().Text(1, name).Message(2, new OnnxMessage().Message(1, tensor));
    }

    private static OnnxMessage Attribute(string name, params long[] values) =>
        new OnnxMessage().Text(1, name).Numbers(8, values).Number(20, IntegersAttribute);

    private static OnnxMessage Attribute(string name, long value) =>
        new OnnxMessage().Text(1, name).Number(3, value).Number(20, IntegerAttribute);

    private void Convolution(string name, int padding)
    {
        var kernel = _weights[name + ".weight"].Shape;
        Node(
            "Conv",
            name,
            Parameters(name),
            Attribute("kernel_shape", kernel[2], kernel[3]),
            Attribute("strides", 1, 1),
            Attribute("pads", padding, padding, padding, padding));
        Node("Relu", name + ".relu");
        Node("MaxPool", name + ".pool", [], Attribute("kernel_shape", 2, 2), Attribute("strides", 2, 2));
    }

    private void Dense(string name) => Node("Gemm", name, Parameters(name), Attribute("transB", 1));

    private string[] Parameters(string name)
    {
        string[] names = [name + ".weight", name + ".bias"];
        foreach (var tensor in names.Select(tensor => _weights[tensor]))
        {
            _graph.Message(5, new OnnxMessage()
                .Numbers(1, [.. tensor.Shape.Select(dimension => (long)dimension)])
                .Number(2, FloatType)
                .Text(8, tensor.Name)
                .Raw(9, tensor.Values));
        }

        return names;
    }

    private void Node(string operation, string name) => Node(operation, name, []);

    private void Node(string operation, string name, string[] parameters, params OnnxMessage[] attributes)
    {
        var node = new OnnxMessage().Text(1, _last);
        foreach (var parameter in parameters)
            node.Text(1, parameter);
        node.Text(2, name).Text(3, name).Text(4, operation);
        foreach (var attribute in attributes)
            node.Message(5, attribute);
        _graph.Message(1, node);
        _last = name;
    }
}
