using Cnn.Generator.Graph;

namespace Cnn.Generator.Layers;

/// <summary>
/// A volume read as a vector, in the order of the network's layout. Costs nothing: the next layer's weights are permuted
/// instead.
/// </summary>
internal sealed record FlattenLayer : Layer
{
    public override string Kind => "Flatten";

    public override string NameStem => "flatten";

    public override bool JoinsRow => true;

    public override Shape Infer(Shape input) => Shape.Vector(input.Length);

    public override bool Check(Shape input, LayerCheck check)
    {
        // Reading a vector as a vector changes nothing, so that the walk may go on.
        check.RequireVolume(input, isNeeded: false);
        return true;
    }

    public override string Describe(Shape input) => "the volume read as a vector, " + ShapesText(input);
}
