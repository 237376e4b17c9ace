namespace Cnn;

/// <summary>A moving average of an optimizer.</summary>
/// <param name="Name">PyTorch's name for it.</param>
/// <param name="Values">One number a weight, in kernel order.</param>
internal readonly record struct OptimizerBuffer(string Name, float[] Values);
