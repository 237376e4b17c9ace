using Cnn.Generator.Graph;

namespace Cnn.Generator.Passes;

/// <summary>A network made ready for its two uses.</summary>
/// <param name="Inference">Without what does nothing at inference; activation and pooling fused into their producers.</param>
/// <param name="Training">With dropout, and with pooling by itself: the backward pass reads what it pooled.</param>
internal sealed record SimplifiedNetwork(Network Inference, Network Training)
{
    public static SimplifiedNetwork Of(Network declared)
    {
        var commuted = CommuteActivation.Run(declared);
        return new SimplifiedNetwork(
            FuseEpilogue.Run(DropIdentity.Run(commuted), fusePooling: true),
            FuseEpilogue.Run(commuted, fusePooling: false));
    }
}
