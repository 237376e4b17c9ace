using System.Linq;
using Cnn.Generator.Graph;
using Cnn.Generator.Layers;

namespace Cnn.Generator.Passes;

/// <summary>A network made ready for its two uses.</summary>
/// <param name="Inference">Without what does nothing at inference; batch normalisation folded, residual, activation and pooling fused.</param>
/// <param name="Training">With dropout, and with pooling by itself: the backward pass reads what it pooled.</param>
internal sealed record SimplifiedNetwork(Network Inference, Network Training)
{
    /// <summary>
    /// Gets a value indicating whether the statistics of batch normalisation act on the weights of inference, which are then not those of training.
    /// </summary>
    public bool FoldsStatistics => Training.Nodes.Any(node => node.Layer is BatchNormLayer);

    public static SimplifiedNetwork Of(Network declared)
    {
        var (forInference, forTraining) = (FusionRules.Inference, FusionRules.Training);

        // Sums first: a convolution that adds one pools nothing.
        var inference = FuseResidual.Run(FoldBatchNorm.Run(DropIdentity.Run(declared)));
        return new SimplifiedNetwork(
            FuseEpilogue.Run(CommuteActivation.Run(inference, forInference), forInference),
            FuseEpilogue.Run(CommuteActivation.Run(declared, forTraining), forTraining));
    }
}
