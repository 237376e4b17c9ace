using System.Collections.Generic;
using Cnn.Benchmarks.Networks;

namespace Cnn.Benchmarks.Rivals;

/// <summary>The task of a libtorch: a network with our weights on our inputs.</summary>
/// <param name="Shape">The network.</param>
/// <param name="Weights">Its tensors by name.</param>
/// <param name="Inputs">Planar inputs, one after the other.</param>
/// <param name="Labels">Their labels.</param>
/// <param name="Batch">Samples a training step.</param>
internal sealed record TorchTask(
    LeNetShape Shape,
    IReadOnlyDictionary<string, CanonicalTensor> Weights,
    float[] Inputs,
    int[] Labels,
    int Batch)
{
    /// <summary>
    /// Opens the libtorch that is to be had: TorchSharp where it was compiled in and loads, else PyTorch in a child process. Returns
    /// null if there is neither; <paramref name="remark"/> says in a line what is missing.
    /// </summary>
    public ITorchRival? Open(out string? remark)
    {
        remark = null;
#if TORCHSHARP
        if (TorchSharpRival.Open(this, out var failure) is { } sharp)
            return sharp;
        remark = "TorchSharp does not load here (" + failure + "); measuring PyTorch instead.";
#endif
        var python = PyTorchRival.Open(this);
        if (python is null)
            remark = "No Python with torch and numpy here (Debian: apt-get install python3-torch); going on without PyTorch.";
        return python;
    }
}
