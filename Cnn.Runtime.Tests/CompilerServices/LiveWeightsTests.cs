using System;
using System.Collections;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using Cnn.Tests.Support;
using Xunit;

namespace Cnn.Tests.CompilerServices;

/// <summary>Which weights of inference a call gets while those that they are made of change.</summary>
public sealed class LiveWeightsTests
{
    [Fact]
    public void Weights_that_are_replaced_while_others_are_made_of_the_old_ones_are_those_of_the_next_call()
    {
        var weights = new LiveWeights<CopyingNetwork>();
        weights.Replace(Of(1));
        var calls = 0;
        CopyingNetwork.WhenRead = () =>
        {
            if (calls++ == 0)
                weights.Replace(Of(5));
        };
        try
        {
            // The call began with the old ones.
            Assert.Equal([1f], weights.Inference.ToArray());
            Assert.Equal([5f], weights.Inference.ToArray());
            Assert.Equal([5f], weights.Inference.ToArray());
        }
        finally
        {
            CopyingNetwork.WhenRead = null;
        }

        Assert.Equal(2, calls);
    }

    [Fact]
    public void What_was_made_while_its_source_changed_in_its_place_is_made_again()
    {
        var weights = new LiveWeights<CopyingNetwork>();
        weights.Replace(Of(1));
        var calls = 0;
        CopyingNetwork.WhenRead = () =>
        {
            if (calls++ != 0)
                return;
            weights.Trained.Span[0] = 7;
            weights.Change();
        };
        try
        {
            Assert.Equal([7f], weights.Inference.ToArray());
            Assert.Equal([7f], weights.Inference.ToArray());
        }
        finally
        {
            CopyingNetwork.WhenRead = null;
        }

        Assert.Equal(2, calls);
    }

    [Fact]
    public void A_call_ends_although_its_source_changes_all_the_time()
    {
        var weights = new LiveWeights<CopyingNetwork>();
        CopyingNetwork.WhenRead = weights.Change;
        try
        {
            Assert.Equal(1, weights.Inference.Length);
        }
        finally
        {
            CopyingNetwork.WhenRead = null;
        }

        weights.Trained.Span[0] = 3;
        weights.Change();
        Assert.Equal([3f], weights.Inference.ToArray());
    }

    [Fact]
    public void What_a_call_has_got_stays_as_it_is()
    {
        var weights = new LiveWeights<CopyingNetwork>();
        weights.Replace(Of(1));
        var held = weights.Inference;
        weights.Replace(Of(2));
        Assert.Equal([2f], weights.Inference.ToArray());
        weights.Trained.Span[0] = 9;
        weights.Change();
        Assert.Equal([9f], weights.Inference.ToArray());
        Assert.Equal([1f], held.ToArray());
    }

    [Fact]
    public void Where_nothing_is_made_both_are_the_same_and_zero_at_first()
    {
        var weights = new LiveWeights<FakeNetwork>();
        Assert.True(Unsafe.AreSame(in weights.Inference[0], in weights.Trained.Span[0]));
        Assert.Equal(new float[FakeNetwork.WeightsLength], weights.Inference.ToArray());
        weights.Replace(new AlignedFloats(FakeNetwork.WeightsLength));
        weights.Change();
        Assert.True(Unsafe.AreSame(in weights.Inference[0], in weights.Trained.Span[0]));
    }

    [Fact]
    public void Weights_of_another_number_are_refused() => Assert.StartsWith(
        "CopyingNetwork has 1 weights, not 2.",
        Assert.Throws<ArgumentException>(() => new LiveWeights<CopyingNetwork>().Replace(new AlignedFloats(2))).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Weights_that_nobody_uses_any_more_are_collected()
    {
        var weights = new LiveWeights<FakeNetwork>();
        var old = Replaced(weights);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.False(old.IsAlive);
        Assert.Equal(FakeNetwork.WeightsLength, weights.Inference.Length);
    }

    [Fact]
    public void Asking_and_changing_allocate_nothing()
    {
        var weights = new LiveWeights<FakeNetwork>();
        Allocation.AssertNone(() =>
        {
            Assert.False(weights.Inference.IsEmpty);
            weights.Change();
        });
        var folded = new LiveWeights<CopyingNetwork>();
        Allocation.AssertNone(() => Assert.False(folded.Inference.IsEmpty));
        Allocation.AssertNone(folded.Change);
    }

    /// <summary>Puts weights in and others in their place; tells whether the first still exist.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference Replaced(LiveWeights<FakeNetwork> weights)
    {
        weights.Replace(new AlignedFloats(FakeNetwork.WeightsLength));
        var old = new WeakReference(Owner.Of(weights.Trained));
        weights.Replace(new AlignedFloats(FakeNetwork.WeightsLength));
        return old;
    }

    private static AlignedFloats Of(float value)
    {
        var weights = new AlignedFloats(1);
        weights.Span[0] = value;
        return weights;
    }

    private static class Owner
    {
        [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_memory")]
        private static extern ref float[] Memory(ref AlignedFloats floats);

        public static object Of(AlignedFloats floats) => Memory(ref floats);
    }

    /// <summary>A network of one weight, of which inference has a copy.</summary>
    private sealed class CopyingNetwork : INetwork<CopyingNetwork>
    {
        private static readonly ParameterTensor Tensor =
            new("dense1.bias", [1], Initializer.Zeros, 1, 1, new StridedBlock(0, 0, new StridedAxis(1, 1, 1)));

        /// <summary>Gets or sets what happens while the weights of inference are made, after the weight was read; null for nothing.</summary>
        public static Action? WhenRead { get; set; }

        public static int InputLength => 1;

        public static int OutputLength => 1;

        public static int ArenaBytes => 0;

        public static NetworkSummary Summary { get; } = new(nameof(CopyingNetwork), [], 0);

        public static IReadOnlyList<ParameterTensor> Parameters => [Tensor];

        public static IReadOnlyList<FoldedParameter> FoldedParameters { get; } = new Disturbed();

        public static int WeightsLength => 1;

        public static TrainingPlan Training => default;

        public Span<float> Weights => throw new NotSupportedException("The network has none.");

        public static CopyingNetwork CreateZeroed() => throw new NotSupportedException("The network is not made.");

        public static void Run(ref float weights, ref float input, ref float output, ref float arena) =>
            throw new NotSupportedException("The network does not run.");

        public static void TrainForward(ref float weights, ref float workspace, int capacity, int count, ulong seed) =>
            throw new NotSupportedException("The network is not trained.");

        public static void TrainBackward(
            ref float weights, ref float gradients, ref float workspace, int capacity, int count, ulong seed) =>
            throw new NotSupportedException("The network is not trained.");

        private sealed class Disturbed : IReadOnlyList<FoldedParameter>
        {
            public int Count => 1;

            public FoldedParameter this[int index] => new(Folding.Copy, Tensor.Name, null, 0, 0, Tensor);

            public IEnumerator<FoldedParameter> GetEnumerator()
            {
                yield return this[0];
                WhenRead?.Invoke();
            }

            IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
        }
    }
}
