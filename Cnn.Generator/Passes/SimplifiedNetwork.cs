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
        var commuted = CommuteActivation.Run(declared);
        var inference = FoldBatchNorm.Run(DropIdentity.Run(declared));
        return new SimplifiedNetwork(
            FuseEpilogue.Run(FuseResidual.Run(CommuteActivation.Run(inference)), fusePooling: true),
            FuseEpilogue.Run(commuted, fusePooling: false));
    }
}
