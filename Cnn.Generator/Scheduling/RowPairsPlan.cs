using Cnn.Generator.Kernels;

namespace Cnn.Generator.Scheduling;

/// <summary>
/// A convolution whose outputs are computed in pairs, one below the other. Its weights stand as for the direct one; what the products of both
/// outputs read is transformed in each inference, which takes a hundredth of the products' time.
/// </summary>
/// <param name="kernel">What computes it.</param>
internal sealed class RowPairsPlan(ConvPairsKernel kernel)
{
    /// <summary>Gets the floats of the transformed weights.</summary>
    public int WeightsLength => kernel.WeightsLength;

    /// <summary>Gets the floats that a call needs.</summary>
    public int ScratchLength => kernel.ScratchLength;

    /// <summary>The call that transforms the weights.</summary>
    /// <param name="weights">Those of the direct convolution.</param>
    /// <param name="transformed">What they become.</param>
    public ConvCall Transform(Operand weights, Operand transformed) => new(kernel.WeightsTransform, [weights, transformed]);

    /// <summary>The call that computes the result.</summary>
    /// <param name="source">The corner of the first window.</param>
    /// <param name="transformed">The transformed weights.</param>
    /// <param name="weights">Those of the direct convolution.</param>
    /// <param name="bias">The bias, of a convolution that has one.</param>
    /// <param name="target">The result's first element.</param>
    /// <param name="scratch">Memory for the transformed rows of a band.</param>
    public ConvCall Forward(Operand source, Operand transformed, Operand weights, Operand bias, Operand target, Operand scratch) =>
        new(kernel, kernel.Order(
            ("source", source), ("kernels", transformed), ("weights", weights), ("bias", bias), ("target", target), ("scratch", scratch)));
}
