using System;

namespace Cnn;

/// <summary>
/// The limits of a network, checked as it is compiled. Exceeding one is an error at that figure, with changes that bring the
/// network within its budget. Stands on the class of the network, before or after its layers. A figure that is not written has no limit.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class BudgetAttribute : Attribute
{
    /// <summary>Gets or sets the trainable numbers, at least 1: the largest <c>ParameterCount</c>.</summary>
    public long Parameters { get; set; } = long.MaxValue;

    /// <summary>Gets or sets the multiply-adds of one sample's inference, at least 1: the largest <c>MultiplyAdds</c>.</summary>
    public long MultiplyAdds { get; set; } = long.MaxValue;

    /// <summary>
    /// Gets or sets the bytes of the weights as <c>Save</c> writes them, at least 1: 4 for each trainable number and each running average.
    /// </summary>
    public long WeightBytes { get; set; } = long.MaxValue;

    /// <summary>Gets or sets the working memory of one inference in bytes, at least 1: the largest <c>ArenaBytes</c>.</summary>
    public long ArenaBytes { get; set; } = long.MaxValue;
}
