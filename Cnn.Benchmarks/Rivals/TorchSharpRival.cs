#if TORCHSHARP
using System;
using System.Diagnostics;
using System.Linq;
using System.Runtime.InteropServices;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Cnn.Benchmarks.Rivals;

/// <summary>libtorch in this process, on one thread, through TorchSharp. Compiled in by <c>-p:TorchSharp=true</c>.</summary>
internal sealed class TorchSharpRival : ITorchRival
{
    private readonly TorchTask _task;
    private readonly Tensor _inputs;
    private readonly Tensor _labels;
    private nn.Module<Tensor, Tensor> _network;
    private SGD _optimizer;
    private int _batch;

    private TorchSharpRival(TorchTask task)
    {
        set_num_threads(1);
        _task = task;
        var shape = task.Shape;
        _inputs = tensor(task.Inputs).reshape(-1, shape.Channels, shape.Size, shape.Size);
        _labels = tensor(task.Labels.Select(label => (long)label).ToArray());
        (_network, _optimizer) = Build(0.01f);
    }

    /// <inheritdoc/>
    public string Name => "TorchSharp " + typeof(torch).Assembly.GetName().Version!.ToString(3);

    /// <summary>Loads libtorch, or returns null and says why it does not load.</summary>
    public static TorchSharpRival? Open(TorchTask task, out string failure) => Loads(out failure) ? new TorchSharpRival(task) : null;

    /// <summary>Whether libtorch loads here, or why it does not.</summary>
    public static bool Loads(out string failure)
    {
        // Loaded here first: where it cannot, TorchSharp itself prints a page and hides the reason.
        try
        {
            NativeLibrary.Load("torch_cpu", typeof(torch).Assembly, null);
            NativeLibrary.Load("LibTorchSharp", typeof(torch).Assembly, null);
        }
        catch (DllNotFoundException fault)
        {
            var lines = fault.Message.Split('\n', StringSplitOptions.TrimEntries);
            failure = lines.FirstOrDefault(line => line.Contains("GLIBC", StringComparison.Ordinal)) ?? lines[0];
            return false;
        }

        failure = string.Empty;
        return true;
    }

    /// <inheritdoc/>
    public float[] Outputs()
    {
        using var scope = NewDisposeScope();
        return Probabilities().data<float>().ToArray();
    }

    /// <inheritdoc/>
    public float[] Losses(int count, float learningRate)
    {
        _network.Dispose();
        _optimizer.Dispose();
        (_network, _optimizer) = Build(learningRate);
        _batch = 0;
        return [.. Enumerable.Range(0, count).Select(_ => Step())];
    }

    /// <inheritdoc/>
    public double Forward(int count) => Microseconds(count, () =>
    {
        using var scope = NewDisposeScope();
        Probabilities();
    });

    /// <inheritdoc/>
    public double Train(int count) => Microseconds(count, () => Step());

    /// <inheritdoc/>
    public void Dispose()
    {
        _network.Dispose();
        _optimizer.Dispose();
        _inputs.Dispose();
        _labels.Dispose();
    }

    private static double Microseconds(int count, Action call)
    {
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < count; i++)
            call();
        return Stopwatch.GetElapsedTime(start).TotalMicroseconds / count;
    }

    private Tensor Probabilities()
    {
        using var inference = inference_mode();
        return nn.functional.softmax(_network.forward(_inputs[..1]), 1);
    }

    private float Step()
    {
        using var scope = NewDisposeScope();
        var start = _batch * _task.Batch;
        var end = start + _task.Batch;
        _batch = (_batch + 1) % (_task.Labels.Length / _task.Batch);
        var loss = nn.functional.cross_entropy(_network.forward(_inputs[start..end]), _labels[start..end]);
        _optimizer.zero_grad();
        loss.backward();
        _optimizer.step();
        return loss.item<float>();
    }

    private (nn.Module<Tensor, Tensor> Network, SGD Optimizer) Build(float learningRate)
    {
        var shape = _task.Shape;
        var network = nn.Sequential(
            ("conv1", nn.Conv2d(shape.Channels, 6, 5, padding: shape.Padding)),
            ("relu1", nn.ReLU()),
            ("pool1", nn.MaxPool2d(2)),
            ("conv2", nn.Conv2d(6, 16, 5)),
            ("relu2", nn.ReLU()),
            ("pool2", nn.MaxPool2d(2)),
            ("flatten", nn.Flatten()),
            ("dense1", nn.Linear(400, 120)),
            ("relu3", nn.ReLU()),
            ("dense2", nn.Linear(120, 84)),
            ("relu4", nn.ReLU()),
            ("dense3", nn.Linear(84, 10)));
        using (no_grad())
        {
            foreach (var (name, parameter) in network.named_parameters())
            {
                var ours = _task.Weights[name];
                using var values = tensor(ours.Values).reshape([.. ours.Shape.Select(dimension => (long)dimension)]);
                parameter.copy_(values);
            }
        }

        return (network, optim.SGD(network.parameters(), learningRate, momentum: 0.9));
    }
}
#endif
