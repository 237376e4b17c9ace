using Cnn.Generator.Infrastructure;

namespace Cnn.Generator.Graph;

/// <summary>
/// What one layer computes: an immutable value without place or name. Every layer answers the same questions; the
/// compiler asks nothing else about it.
/// </summary>
internal abstract record Layer
{
    /// <summary>Gets the attribute's name without brackets: <c>Conv</c>.</summary>
    public abstract string Kind { get; }

    /// <summary>Gets the name with its hyper-parameters, as messages write it: <c>Conv 5x5</c>, <c>MaxPool 2</c>.</summary>
    public virtual string Title => Kind;

    /// <summary>Gets the name as the table of layers writes it: <c>Conv 5x5 /2 pad 1</c>.</summary>
    public virtual string TableTitle => Kind;

    /// <summary>Gets a value indicating whether it can add another volume to its result before an activation.</summary>
    public virtual bool HasResidualEpilogue => false;

    /// <summary>Gets a value indicating whether each element of the output depends on its own element of the input alone.</summary>
    public virtual bool IsElementwise => false;

    /// <summary>Gets a value indicating whether the table of layers shows it in the row of the layer that it follows.</summary>
    public virtual bool JoinsRow => IsElementwise;

    /// <summary>Gets what makes its output and its parameters smaller, as a request.</summary>
    public virtual string Smaller => "use a smaller input";

    /// <summary>Gets the stem of the names of its nodes: <c>conv</c> gives <c>conv1</c>, <c>conv2</c>.</summary>
    public abstract string NameStem { get; }

    /// <summary>Gets the names of the outputs that it joins to the one that arrives, in their order.</summary>
    public virtual EquatableArray<string> With => [];

    /// <summary>Gets a value indicating whether a batch normalisation behind it can become part of its weights.</summary>
    public virtual bool FoldsBatchNorm => false;

    /// <summary>
    /// Gets the groups of a layer whose weight has its output channels in the second place; 0 where they are in the first.
    /// </summary>
    public virtual int TransposedGroups => 0;

    /// <summary>Gets a value indicating whether its kernels apply an activation before they store.</summary>
    public virtual bool HasEpilogue => false;

    /// <summary>Gets a value indicating whether its kernels can also pool 2x2 before they store.</summary>
    public virtual bool HasPoolingEpilogue => false;

    /// <summary>Whether it leaves its input as it is, except in training.</summary>
    public virtual bool IsIdentityAtInference(Shape input) => false;

    /// <summary>The shape that leaves when a legal <paramref name="input"/> arrives.</summary>
    public abstract Shape Infer(Shape input);

    /// <summary>The shape that leaves when these arrive: the current one, then those of <see cref="With"/>.</summary>
    public virtual Shape Infer(EquatableArray<Shape> inputs) => Infer(inputs[0]);

    /// <summary>The tensors of the layer, trainable or kept by training, in the order in which they are stored.</summary>
    public virtual EquatableArray<ParameterSpec> Parameters(Shape input) => [];

    /// <summary>Multiply-adds of one inference, counted as the field does: convolutions and dense layers only, padding included.</summary>
    public virtual long MultiplyAdds(Shape input) => 0;

    /// <summary>
    /// Reports what is illegal, or worth knowing, about this layer where <paramref name="input"/> arrives.
    /// </summary>
    /// <returns>Whether <see cref="Infer(Shape)"/> gives what the user meant, so that the walk may go on with it.</returns>
    public virtual bool Check(Shape input, LayerCheck check) => true;

    /// <summary>The same for a layer that joins several: the current one, then those of <see cref="With"/>.</summary>
    public virtual bool Check(EquatableArray<Shape> inputs, LayerCheck check) => Check(inputs[0], check);

    /// <summary>The shape that leaves where the layer alone decides it, whatever arrives; otherwise null.</summary>
    public virtual Shape? InferUnknown() => null;

    /// <summary>
    /// One sentence for documentation and comments: <c>5x5 convolution with stride 1 and padding 2, 28x28x1 -> 28x28x6, 156
    /// parameters</c>.
    /// </summary>
    public abstract string Describe(Shape input);

    /// <summary>The same for a layer that joins several.</summary>
    public virtual string Describe(EquatableArray<Shape> inputs) => Describe(inputs[0]);

    /// <summary>Whether it has a parameter that training changes.</summary>
    public bool IsTrained(Shape input) => ParameterCount(input) > 0;

    /// <summary>All trainable numbers.</summary>
    public long ParameterCount(Shape input)
    {
        var count = 0L;
        foreach (var parameter in Parameters(input))
            count += parameter.IsBuffer ? 0 : parameter.LongLength;
        return count;
    }

    /// <summary><c>, 156 parameters</c>, to end a description.</summary>
    protected string ParametersText(Shape input) => ParametersText(ParameterCount(input));

    /// <summary><c>28x28x1 -> 28x28x6</c>.</summary>
    protected string ShapesText(Shape input) => input + " -> " + Infer(input);

    private static string ParametersText(long count) => ", " + Text.Grouped(count) + (count == 1 ? " parameter" : " parameters");
}
