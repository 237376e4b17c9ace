using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;

namespace Cnn.Generator.Layers;

internal sealed record AddLayer(EquatableArray<string> Others) : Layer
{
    public override string Kind => "Add";
    public override string NameStem => "add";
    public override EquatableArray<string> With => Others;
    public override Shape Infer(Shape input) => input;
    public override string Describe(Shape input) => "sum, " + input;
}
