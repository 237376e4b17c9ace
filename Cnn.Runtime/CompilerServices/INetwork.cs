using System;
using System.Collections.Generic;
using System.ComponentModel;

namespace Cnn;

/// <summary>
/// The members of a generated network for generic code such as <c>Trainer&lt;TNetwork&gt;</c>. Implemented by the generator alone.
/// </summary>
/// <typeparam name="TSelf">The network itself.</typeparam>
public interface INetwork<TSelf>
    where TSelf : class, INetwork<TSelf>
{
    /// <summary>Gets the number of floats of one input.</summary>
    static abstract int InputLength { get; }

    /// <summary>Gets the shape and the memory order of one input; null if it is a vector, or of no shape that is known.</summary>
    static virtual ImageShape? InputShape => null;

    /// <summary>Gets the number of floats of one output.</summary>
    static abstract int OutputLength { get; }

    /// <summary>Gets the number of floats of the last layer's output, with which every output begins; the named outputs follow it.</summary>
    static virtual int MainOutputLength => TSelf.OutputLength;

    /// <summary>Gets the value above which a single output means yes, class 1: 0 for a logit, 0.5 for a probability.</summary>
    static virtual float Threshold => 0;

    /// <summary>Gets the working memory of one inference in bytes.</summary>
    static abstract int ArenaBytes { get; }

    /// <summary>Gets the largest arena, in bytes, that is put on the stack; 0 if it never is. An empty arena needs none.</summary>
    static virtual int StackLimit => NetworkRunner.StackLimit;

    /// <summary>Gets the table of layers.</summary>
    static abstract NetworkSummary Summary { get; }

    /// <summary>Gets the trainable tensors in their canonical order, with their place in <see cref="Weights"/>.</summary>
    static abstract IReadOnlyList<ParameterTensor> Parameters { get; }

    /// <summary>Gets the order in which volumes lie, and in which a flattened one meets the parameters.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    static virtual Layout Layout => Layout.Hwc;

    /// <summary>
    /// Gets the parameters whose numbers depend on <see cref="Layout"/>; empty where no flattened volume of several pixels and channels
    /// meets one.
    /// </summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    static virtual IReadOnlyList<FlattenedTensor> FlattenedTensors => [];

    /// <summary>Gets the length of <see cref="Weights"/>.</summary>
    static abstract int WeightsLength { get; }

    /// <summary>Gets the floats that training changes, from the first on; running averages follow them.</summary>
    static virtual int TrainableLength => TSelf.WeightsLength;

    /// <summary>Gets the length of <see cref="InferenceWeights"/>.</summary>
    static virtual int InferenceLength => TSelf.WeightsLength;

    /// <summary>Gets how the weights of inference are made; empty where inference uses those of training.</summary>
    static virtual IReadOnlyList<FoldedParameter> FoldedParameters => [];

    /// <summary>Gets the sizes that training needs.</summary>
    static abstract TrainingPlan Training { get; }

    /// <summary>Gets the live weights in the order of the kernels, padding (always zero) included. Writing changes the network.</summary>
    /// <remarks>
    /// Whoever writes calls <see cref="WeightsChanged"/> afterwards. The weights of the next call may be others, if
    /// <see cref="ReplaceWeights"/> came between: ask once for whatever must fit together.
    /// </remarks>
    Span<float> Weights { get; }

    /// <summary>Gets <see cref="Weights"/> as a value that can be kept; empty of a network whose weights always stand in one place.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    AlignedFloats KeptWeights => default;

    /// <summary>Gets the weights with which inference computes: those of training, with batch normalisation folded in where there is one.</summary>
    ReadOnlySpan<float> InferenceWeights => Weights;

    /// <summary>Gets a value indicating whether the whole program shares this network, so that its weights must stay as they are.</summary>
    bool IsReadOnly => false;

    /// <summary>
    /// Replaces <see cref="Weights"/> in one piece: a call that has begun goes on with those that it has, the next takes the new ones.
    /// </summary>
    /// <param name="weights">The same number of floats in the order of the kernels, padding zero; the caller leaves them to the
    /// network.</param>
    /// <exception cref="ArgumentException">They are not as many.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    void ReplaceWeights(AlignedFloats weights)
    {
        weights.Span.CopyTo(Weights);
        WeightsChanged();
    }

    /// <summary>Says that the weights have changed in their place.</summary>
    void WeightsChanged()
    {
    }

    /// <summary>Creates a network whose weights are all zero.</summary>
    static abstract TSelf CreateZeroed();

    /// <summary>One inference. Every reference must reach as far as its constant says; nothing is checked.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    static abstract void Run(ref float weights, ref float input, ref float output, ref float arena);

    /// <summary>Gets the most samples that <see cref="RunBatch"/> computes together; 1 if it is not used.</summary>
    static virtual int BatchSamples => 1;

    /// <summary>Gets the working memory of <see cref="BatchSamples"/> inferences in bytes.</summary>
    static virtual int BatchBytes => TSelf.ArenaBytes;

    /// <summary>1 to <see cref="BatchSamples"/> inferences together, with the same bits as one by one.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    static virtual void RunBatch(ref float weights, ref float inputs, ref float outputs, int count, ref float arena) =>
        throw new NotSupportedException($"{typeof(TSelf).Name} computes one sample at a time.");

    /// <summary>Gets a value indicating whether an inference is long enough for several threads to share it.</summary>
    static virtual bool IsShared => false;

    /// <summary>The turns of one thread in an inference that several may share: all of them must be called with the same memory.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    static virtual void Run(ref Turns turns, ref float weights, ref float input, ref float output, ref float arena) =>
        TSelf.Run(ref weights, ref input, ref output, ref arena);

    /// <summary>The same from bytes.</summary>
    /// <exception cref="NotSupportedException">The input declares no scaling of bytes.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    static virtual void Run(ref Turns turns, ref float weights, ref byte input, ref float output, ref float arena) =>
        TSelf.Run(ref weights, ref input, ref output, ref arena);

    /// <summary>One inference from bytes, which <c>[Input(Scale = ..., Mean = ..., Std = ...)]</c> says how to read.</summary>
    /// <exception cref="NotSupportedException">The input declares no such thing.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    static virtual void Run(ref float weights, ref byte input, ref float output, ref float arena) =>
        throw new NotSupportedException($"{typeof(TSelf).Name} declares no scaling of bytes; give its [Input] a Scale.");

    /// <summary>
    /// The forward pass of <paramref name="count"/> samples that stand in the workspace at <see cref="TrainingPlan.Input"/>; leaves the
    /// logits at <see cref="TrainingPlan.Logits"/> and keeps what the backward pass needs.
    /// </summary>
    /// <param name="weights">The weights in kernel order.</param>
    /// <param name="workspace">At least <see cref="TrainingPlan.WorkspaceFloats"/> floats, zeroed when it was made.</param>
    /// <param name="capacity">The samples for which the workspace was made.</param>
    /// <param name="count">The samples in it, 1 to <paramref name="capacity"/>.</param>
    /// <param name="seed">Seeds dropout; the backward pass must get the same.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    static abstract void TrainForward(ref float weights, ref float workspace, int capacity, int count, ulong seed);

    /// <summary>
    /// The backward pass of the samples of the last <see cref="TrainForward(ref float, ref float, int, int, ulong)"/>: reads the gradient of the logits at
    /// <see cref="TrainingPlan.LogitsGradient"/> and adds the gradients of all samples to <paramref name="gradients"/>, in kernel order.
    /// </summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    static abstract void TrainBackward(ref float weights, ref float gradients, ref float workspace, int capacity, int count, ulong seed);

    /// <summary>
    /// One phase of <see cref="TrainForward(ref float, ref float, int, int, ulong)"/>. An exchange of
    /// <see cref="TrainingPlan.ForwardExchanges"/> follows each except the last.
    /// </summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    static virtual void TrainForward(int phase, ref float weights, ref float workspace, int capacity, int count, ulong seed) =>
        TSelf.TrainForward(ref weights, ref workspace, capacity, count, seed);

    /// <summary>
    /// One phase of the backward pass. An exchange of <see cref="TrainingPlan.BackwardExchanges"/> follows each except the last.
    /// </summary>
    /// <param name="phase">The phase, from 0 on.</param>
    /// <param name="weights">The weights in kernel order.</param>
    /// <param name="gradients">Receives the gradients.</param>
    /// <param name="workspace">The workspace.</param>
    /// <param name="capacity">The samples for which it was made.</param>
    /// <param name="count">The samples in it.</param>
    /// <param name="seed">The seed of the forward pass.</param>
    /// <param name="lowest">
    /// The smallest <see cref="ParameterTensor.Layer"/> that is trained: below it no gradient is computed. 0 for all.
    /// </param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    static virtual void TrainBackward(
        int phase, ref float weights, ref float gradients, ref float workspace, int capacity, int count, ulong seed, int lowest) =>
        TSelf.TrainBackward(ref weights, ref gradients, ref workspace, capacity, count, seed);
}
