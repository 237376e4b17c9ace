using System;

namespace Cnn;

/// <summary>
/// Puts the weights of a safetensors file into the assembly, where <c>Pretrained</c> and <c>LoadPretrained</c> find them. The build fails
/// where a tensor of the file is not one of the network's. Stands on a network, not on a block.
/// </summary>
/// <param name="path">
/// The file, from the folder of the project, with slashes: <c>Weights/lenet5.safetensors</c>. The build looks for its name before C# is
/// compiled, so that should stand in one piece. A file that lies elsewhere is a <c>CnnWeights</c> item of the project.
/// </param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class WeightsAttribute(string path) : Attribute
{
    /// <summary>Gets the file, from the folder of the project.</summary>
    public string Path { get; } = path;

    /// <summary>Gets or sets the order in which the file keeps the numbers that meet flattened volumes.</summary>
    public WeightOrder Order { get; set; }
}
