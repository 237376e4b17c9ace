using Cnn.Generator.Graph;

namespace Cnn.Generator.Layers;

/// <summary>In training, zeroes each element with probability <paramref name="Rate"/> and scales the rest by 1 / (1 - Rate); nothing at inference.</summary>
internal sealed record DropoutLayer(float Rate) : Layer
{
    public override string Kind => "Dropout";

    public override string NameStem => "dropout";

    public override Shape Infer(Shape input) => input;
}
