using System;
using System.IO;
using System.Linq;
using System.Reflection;
using Cnn.Generator.Tests.Support;
using Cnn.Tests.Support;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Cnn.Generator.Tests.EndToEnd;

/// <summary>A network whose weights are a resource of its assembly.</summary>
public sealed class PretrainedTests
{
    private const string Path = "Weights/lenet 5.safetensors";

    private const string Declaration =
        "[Input(28, 28, 1), Conv(6, 5, Padding = 2), BatchNorm, Relu, MaxPool(2), Conv(16, 5), Relu, MaxPool(2), Flatten, Dense(120), Relu, "
        + "Dense(84), Relu, Dense(10), Softmax]";

    private const string Files = """
        Weights/lenet 5.safetensors
        conv1.weight F32 [6, 1, 5, 5]
        conv1.bias F32 [6]
        bn1.weight F32 [6]
        bn1.bias F32 [6]
        bn1.running_mean F32 [6]
        bn1.running_var F32 [6]
        bn1.num_batches_tracked I64 []
        conv2.weight F32 [16, 6, 5, 5]
        conv2.bias F32 [16]
        dense1.weight F32 [120, 400]
        dense1.bias F32 [120]
        dense2.weight F32 [84, 120]
        dense2.bias F32 [84]
        dense3.weight F32 [10, 84]
        dense3.bias F32 [10]
        """;

    private static readonly byte[] Weights = Save();

    private static readonly Type Net = Compile();

    [Fact]
    public void It_computes_the_bits_of_the_network_that_is_loaded_from_the_same_file()
    {
        var pretrained = LoadedNetwork.Wrap(Pretrained());
        var file = System.IO.Path.Combine(System.IO.Path.GetTempPath(), Guid.NewGuid().ToString("N"));
        try
        {
            File.WriteAllBytes(file, Weights);
            var loaded = pretrained.Load(file);
            var inputs = SharedNetworks.Inputs(pretrained, 4);
            Assert.Equal(loaded.Weights.ToArray(), pretrained.Weights.ToArray());
            Assert.Equal(loaded.ForwardEach(inputs), pretrained.ForwardEach(inputs));
            Assert.NotEqual(new float[10], pretrained.ForwardEach(inputs)[..10]);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void It_is_made_once_and_others_are_made_anew()
    {
        Assert.Same(Pretrained(), Pretrained());
        Assert.NotSame(Load(), Load());
        Assert.NotSame(Pretrained(), Load());
    }

    [Fact]
    public void It_cannot_be_trained_and_one_of_the_callers_own_can()
    {
        var refused = Assert.Throws<TargetInvocationException>(() => Train(Pretrained()));
        var reason = Assert.IsType<InvalidOperationException>(refused.InnerException);
        Assert.Equal(
            "LeNet.Pretrained is shared by the whole program, so its weights stay as they are; LeNet.LoadPretrained() makes a network of your own.",
            reason.Message);
        Train(Load());
    }

    [Fact]
    public void Loading_it_allocates_its_weights_and_no_copy_of_the_file()
    {
        Load();
        var weights = LoadedNetwork.Wrap(Load()).Weights.Length * sizeof(float);
        var allocated = Allocation.Least(() =>
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            Load();
            return GC.GetAllocatedBytesForCurrentThread() - before;
        });
        var fromStream = Allocation.Least(() =>
        {
            using var stream = new MemoryStream(Weights);
            var before = GC.GetAllocatedBytesForCurrentThread();
            NetworkCalls.Load(Net, stream);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        });
        Assert.InRange(allocated, weights, weights + (Weights.Length / 8));
        Assert.InRange(fromStream, weights + (Weights.Length / 2), long.MaxValue);
    }

    [Fact]
    public void A_network_without_weights_has_no_such_members()
    {
        var source = Harness.Run("using Cnn;\n" + Declaration + " public partial class LeNet { public int Pretrained; void LoadPretrained() { } }");
        Assert.Empty(source.Problems.Where(problem => problem.Id != "CS0169" && problem.Id != "CS1591"));
        Assert.DoesNotContain("GetManifestResourceStream", source.Source, StringComparison.Ordinal);
        Assert.DoesNotContain("IsReadOnly", source.Source, StringComparison.Ordinal);
    }

    private static object Pretrained() => Net.GetProperty("Pretrained")!.GetValue(null)!;

    private static object Load() => Net.GetMethod("LoadPretrained")!.Invoke(null, null)!;

    private static void Train(object network) => ((IDisposable)Activator.CreateInstance(
        typeof(Trainer<>).MakeGenericType(Net), network, new Sgd(0.1f), null, 1)!).Dispose();

    private static byte[] Save()
    {
        var plain = Harness.CompileAndLoad("using Cnn;\n" + Declaration + " public partial class LeNet;").GetType("LeNet")!;
        var path = System.IO.Path.Combine(System.IO.Path.GetTempPath(), Guid.NewGuid().ToString("N"));
        LoadedNetwork.Wrap(Activator.CreateInstance(plain, 7)!).Save(path);
        var saved = File.ReadAllBytes(path);
        File.Delete(path);
        return saved;
    }

    private static Type Compile()
    {
        var source = "using Cnn;\n[Weights(\"" + Path + "\")]\n" + Declaration + "\npublic partial class LeNet;";
        var run = Harness.Run(Harness.Compilation(true, Harness.Parse(source)), weights: WeightsText.Of(Files));
        var resource = new ResourceDescription("Cnn.Weights/" + Path, () => new MemoryStream(Weights), isPublic: true);
        return Harness.Load(run, resource).GetType("LeNet")!;
    }

    /// <summary>Calls with a network that is known by its type alone.</summary>
    private static class NetworkCalls
    {
        public static object Load(Type network, Stream stream) => typeof(NetworkWeights).GetMethods()
            .Single(method => method.Name == "Load" && method.GetParameters() is [{ ParameterType.Name: "Stream" }])
            .MakeGenericMethod(network).Invoke(null, [stream])!;
    }
}
