using Cnn.Generator.Kernels;

namespace Cnn.Generator.Scheduling;

/// <summary>Where a value stands while a pass is being built, and how it lies there.</summary>
internal readonly record struct Value(Operand Operand, TensorLayout Layout);
