using Cnn.Generator.Graph;
using Cnn.Generator.Layers;

namespace Cnn.Generator.Passes;

/// <summary>
/// The layers that a kernel takes into its registers after its own. The pass that fuses asks here, and so does every pass whose rewriting
/// pays only where something is fused.
/// </summary>
internal sealed class FusionRules
{
    /// <summary>Inference, which keeps nothing between two layers.</summary>
    public static readonly FusionRules Inference = new(isTraining: false);

    /// <summary>Training, whose backward pass reads what was pooled, and of some activations the input.</summary>
    public static readonly FusionRules Training = new(isTraining: true);

    private FusionRules(bool isTraining) => IsTraining = isTraining;

    /// <summary>Gets a value indicating whether there is a backward pass.</summary>
    public bool IsTraining { get; }

    /// <summary>The producer with its only reader in its registers; null if its kernels cannot take that.</summary>
    public Node? Fuse(Node producer, Node reader) => reader.Layer switch
    {
        ActivationLayer activation when TakesActivation(producer, activation) => producer with { Activation = activation, Output = reader.Output },
        PoolLayer pool when TakesPool(producer, pool, reader.Input) => producer with { Pool = reader, Output = reader.Output },
        _ => null,
    };

    /// <summary>A kernel pools after the activation where it takes the average, else before.</summary>
    private bool TakesActivation(Node producer, ActivationLayer activation) => producer.Layer.HasEpilogue
        && producer.Activation is null
        && producer.Pool is not { Layer: PoolLayer { IsMax: false } }
        && !(IsTraining && activation.DerivativeReadsInput);

    private bool TakesPool(Node producer, PoolLayer pool, Shape input) => producer.Layer is { HasEpilogue: true, HasPoolingEpilogue: true }
        && !IsTraining
        && producer.Pool is null
        && producer.Residual is null
        && (producer.Activation is null || !pool.IsMax)
        && pool.Geometry(input).IsPairs;
}
