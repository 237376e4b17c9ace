using System;
using System.Linq;
using Xunit;

namespace Cnn.Tests.Training;

public sealed class ShardTests
{
    [Fact]
    public void A_batch_is_cut_into_contiguous_shards_with_seeds_of_their_own()
    {
        RecordingNetwork.Calls.Clear();
        var network = new RecordingNetwork();
        using var trainer = new Trainer<RecordingNetwork>(network, new Sgd(0.01f), new MeanSquaredError(), threads: 3);
        float[] inputs = [0, 1, 2, 3, 4, 5, 6, 7];
        trainer.Step(inputs, new float[8]);
        var first = Forwards();

        // Eight samples in three shards: 0-1, 2-4, 5-7, in workspaces for three.
        Assert.Equal([(0f, 2, 3), (2, 3, 3), (5, 3, 3)], first.Select(call => (call.FirstInput, call.Count, call.Capacity)));
        Assert.Equal(3, first.Select(call => call.Seed).Distinct().Count());

        RecordingNetwork.Calls.Clear();
        trainer.Step(inputs, new float[8]);
        var second = Forwards();
        Assert.Empty(first.Select(call => call.Seed).Intersect(second.Select(call => call.Seed)));

        // A smaller batch uses the workspaces that are there; a larger one gets new ones.
        RecordingNetwork.Calls.Clear();
        trainer.Step(inputs.AsSpan(0, 2), new float[2]);
        Assert.Equal([(0f, 1, 3), (1, 1, 3)], Forwards().Select(call => (call.FirstInput, call.Count, call.Capacity)));
        RecordingNetwork.Calls.Clear();
        trainer.Step(new float[10], new float[10]);
        Assert.All(Forwards(), call => Assert.Equal(4, call.Capacity));
    }

    [Fact]
    public void The_backward_pass_gets_the_seed_of_its_forward_pass()
    {
        RecordingNetwork.Calls.Clear();
        using var trainer = new Trainer<RecordingNetwork>(new RecordingNetwork(), new Sgd(0.01f), new MeanSquaredError(), threads: 2);
        for (var step = 0; step < 3; step++)
            trainer.Step([1f, 2, 3], [1f, 2, 3]);
        var forward = RecordingNetwork.Calls.Where(call => call.Forward).Select(call => call.Seed).Order().ToArray();
        var backward = RecordingNetwork.Calls.Where(call => !call.Forward).Select(call => call.Seed).Order().ToArray();
        Assert.Equal(6, forward.Distinct().Count());
        Assert.Equal(forward, backward);
    }

    [Fact]
    public void Fit_seeds_dropout_from_its_seed()
    {
        ulong[] Seeds(int seed)
        {
            RecordingNetwork.Calls.Clear();
            using var trainer = new Trainer<RecordingNetwork>(new RecordingNetwork(), new Sgd(0.01f), new MeanSquaredError());
            trainer.Fit(Dataset.FromTargets([1, 2, 3, 4], [1, 2, 3, 4], 1, 1), epochs: 2, batchSize: 2, seed: seed);
            return RecordingNetwork.Calls.Where(call => call.Forward).Select(call => call.Seed).Order().ToArray();
        }

        var first = Seeds(1);
        Assert.Equal(4, first.Distinct().Count());
        Assert.Equal(first, Seeds(1));
        Assert.Empty(first.Intersect(Seeds(2)));
    }

    private static RecordingNetwork.Call[] Forwards() =>
        RecordingNetwork.Calls.Where(call => call.Forward).OrderBy(call => call.FirstInput).ToArray();
}
