namespace Cnn.Kernels;

// The functions of elements that have parameters; what they compute stands once, for 256 bits.
internal readonly partial struct LeakyReluFunction(float slope) : IElementFunction;

internal readonly partial struct LeakyReluGradient(float slope) : IElementUpdate;

internal readonly partial struct ClipFunction(float minimum, float maximum) : IElementFunction;

internal readonly partial struct ClipGradient(float minimum, float maximum) : IElementUpdate;

internal readonly partial struct EluFunction(float alpha) : IElementFunction;

internal readonly partial struct EluGradient(float alpha) : IElementUpdate;

internal readonly partial struct SoftplusFunction(float beta, float threshold) : IElementFunction;

internal readonly partial struct SoftplusGradient(float beta, float threshold) : IElementUpdate;

internal readonly partial struct QuotientFunction(float divisor) : IElementFunction;

internal readonly partial struct BlendOfTwo(float p, float q) : IElementUpdate;
