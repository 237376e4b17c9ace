using System;
using System.Threading;
using Cnn.Generator.Tests.Support;
using Cnn.Tests.Support;
using Xunit;

namespace Cnn.Generator.Tests.EndToEnd;

/// <summary>The place of a network's arena: the memory of a thread is allocated on its first call, the stack exists already.</summary>
public sealed class StackLimitTests
{
    private const string Layers = "Input(40, 40, 3), Conv(16, 3), Relu, Conv(16, 3), Flatten, Dense(2)";

    private static readonly NetworkBatch Batch = NetworkBatch.Compile($"""
        using Cnn;
        [{Layers}] public partial class Usual;
        [{Layers}, Memory(StackLimit = 1048576)] public partial class Raised;
        [Memory(StackLimit = 0)] [Input(4, 4, 1), Conv(8, 3), Relu, Flatten, Dense(2)] public partial class Never;
        """);

    [Theory]
    [InlineData("Usual", true)]
    [InlineData("Raised", false)]
    [InlineData("Never", true)]
    public void The_first_call_of_a_thread_allocates_the_arena_where_the_network_keeps_it_off_the_stack(string name, bool allocates)
    {
        var network = LoadedNetwork.Create(Batch.Assembly.GetType(name, true)!, seed: 1);
        var (input, output) = (new float[network.InputLength], new float[network.OutputLength]);
        network.Forward(input, output);
        var allocated = Allocation.Least(() => OnNewThread(() => network.Forward(input, output)));
        Assert.InRange(allocated, allocates ? network.ArenaBytes : 0, allocates ? long.MaxValue : 0);
        Allocation.AssertNone(() => network.Forward(input, output));
        Allocation.AssertNone(() => network.Predict(input));
    }

    [Fact]
    public void A_network_that_says_nothing_of_its_memory_gets_no_member_for_it()
    {
        Assert.DoesNotContain("StackLimit", Harness.Run("[Cnn.Input(8), Cnn.Dense(2)] partial class Net;").Source, StringComparison.Ordinal);
    }

    private static long OnNewThread(Action call)
    {
        var allocated = -1L;
        var thread = new Thread(
            () =>
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                call();
                allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            },
            4 * 1024 * 1024);
        thread.Start();
        thread.Join();
        return allocated;
    }
}
