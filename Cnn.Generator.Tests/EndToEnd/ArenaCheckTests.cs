using System;
using Xunit;

namespace Cnn.Generator.Tests.EndToEnd;

/// <summary>A build that checks memory finds what it is there to find.</summary>
public sealed class ArenaCheckTests
{
    [Fact]
    public void Released_memory_is_poison()
    {
        var arena = new float[64];
        ArenaCheck.Begin(ref arena[0], 64);
        Assert.All(arena, value => Assert.True(float.IsNaN(value)));
        Array.Fill(arena, 1f);
        ArenaCheck.Release(ref arena[0], 16, 8);
        for (var i = 0; i < arena.Length; i++)
            Assert.Equal(i is >= 16 and < 24, float.IsNaN(arena[i]));
    }

    [Fact]
    public void A_write_behind_a_tensor_is_refused_by_step_and_place()
    {
        var arena = new float[64];
        ArenaCheck.Begin(ref arena[0], 64);
        ArenaCheck.Guard(ref arena[0], 32, 16, "Conv1");
        arena[40] = 0;
        var refusal = Assert.Throws<InvalidOperationException>(() => ArenaCheck.Guard(ref arena[0], 32, 16, "Conv1"));
        Assert.Equal("Conv1 wrote behind a tensor, at float 32 of the arena.", refusal.Message);
    }

    [Fact]
    public void A_checked_network_computes_the_same_bits()
    {
        const string source = """
            [Cnn.Input(9, 9, 3)]
            [Cnn.Conv(8, 3, Padding = 1), Cnn.Relu(Name = "a"), Cnn.Conv(8, 3, Padding = 1), Cnn.Add("a"), Cnn.Relu]
            [Cnn.MaxPool(2), Cnn.Flatten, Cnn.Dense(5), Cnn.Softmax]
            public partial class Net;
            """;
        var plain = NetworkBatch.Compile(source).Create("Net");
        var guarded = NetworkBatch.Compile(source, checkMemory: true).Create("Net");
        var inputs = SharedNetworks.Inputs(plain, 3);

        Assert.Equal(plain.ForwardEach(inputs), guarded.ForwardEach(inputs));
        Assert.True(guarded.ArenaBytes > plain.ArenaBytes);
    }
}
