#if TORCHSHARP
using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Cnn.Benchmarks.Rivals;

/// <summary>Training of ResNet-8 with batch normalisation in the libtorch of TorchSharp, on one thread, from our weights on our batch.</summary>
internal sealed class TorchSharpResNet8 : IDisposable
{
    private readonly IReadOnlyDictionary<string, (long[] Shape, float[] Values)> _weights;
    private readonly Tensor _inputs;
    private readonly Tensor _labels;
    private Network _network = new();
    private SGD? _optimizer;

    /// <summary>Loads the weights, whose names are those of the declaration.</summary>
    public TorchSharpResNet8(
        IReadOnlyDictionary<string, (long[] Shape, float[] Values)> weights, (long[] Shape, float[] Values) planarInputs, IEnumerable<long> labels)
    {
        set_num_threads(1);
        _weights = weights;
        _inputs = tensor(planarInputs.Values).reshape(planarInputs.Shape);
        _labels = tensor(labels.ToArray());
        Reset(0.01f);
    }

    /// <summary>Gets the name and version.</summary>
    public static string Name => "TorchSharp " + typeof(torch).Assembly.GetName().Version!.ToString(3);

    /// <summary>The loss before each of some steps from the loaded weights, SGD with momentum 0.9.</summary>
    public float[] Losses(int count, float learningRate)
    {
        Reset(learningRate);
        return [.. Enumerable.Range(0, count).Select(_ => Step())];
    }

    /// <summary>Microseconds a step.</summary>
    public double Train(int count)
    {
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < count; i++)
            Step();
        return Stopwatch.GetElapsedTime(start).TotalMicroseconds / count;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _network.Dispose();
        _optimizer?.Dispose();
        _inputs.Dispose();
        _labels.Dispose();
    }

    private void Reset(float learningRate)
    {
        _network.Dispose();
        _optimizer?.Dispose();
        _network = new Network();
        using (no_grad())
        {
            var parameters = _network.named_parameters().Select(entry => (entry.name, (Tensor)entry.parameter));
            foreach (var (name, ours) in parameters.Concat(_network.named_buffers()))
            {
                if (!_weights.TryGetValue(name, out var stored))
                    continue;
                using var values = tensor(stored.Values).reshape(stored.Shape);
                ours.copy_(values);
            }
        }

        _network.train();
        _optimizer = optim.SGD(_network.parameters(), learningRate, momentum: 0.9);
    }

    private float Step()
    {
        using var scope = NewDisposeScope();
        var loss = functional.cross_entropy(_network.forward(_inputs), _labels);
        _optimizer!.zero_grad();
        loss.backward();
        _optimizer.step();
        return loss.item<float>();
    }

    private static BatchNorm2d Norm(int channels) => BatchNorm2d(channels, eps: 1e-3, momentum: 0.01);

    /// <summary>TensorFlow's padding: the odd row and column of zeros below and right.</summary>
    private static Tensor Same(Conv2d convolution, Tensor x, int stride) =>
        convolution.forward(stride == 1 ? x : functional.pad(x, [0, 1, 0, 1]));

    private static Conv2d Conv(int channels, int filters, int stride = 1) =>
        Conv2d(channels, filters, 3, stride: stride, padding: stride == 1 ? 1 : 0);

    private sealed class NormRelu : Module<Tensor, Tensor>
    {
        private readonly BatchNorm2d bn1;

        public NormRelu(int channels)
            : base(nameof(NormRelu))
        {
            bn1 = Norm(channels);
            RegisterComponents();
        }

        public override Tensor forward(Tensor x) => functional.relu(bn1.forward(x));
    }

    private sealed class Residual : Module<Tensor, Tensor>
    {
        private readonly Conv2d conv1;
        private readonly NormRelu norm;
        private readonly Conv2d conv2;
        private readonly BatchNorm2d bn1;
        private readonly Sequential? shortcut;
        private readonly int _stride;

        public Residual(int channels, int filters, int stride)
            : base(nameof(Residual))
        {
            _stride = stride;
            conv1 = Conv(channels, filters, stride);
            norm = new NormRelu(filters);
            conv2 = Conv(filters, filters);
            bn1 = Norm(filters);
            shortcut = stride == 1 ? null : Sequential(("conv1", Conv2d(channels, filters, 1, stride: stride)));
            RegisterComponents();
        }

        public override Tensor forward(Tensor x)
        {
            var body = bn1.forward(conv2.forward(norm.forward(Same(conv1, x, _stride))));
            return functional.relu(body + (shortcut is null ? x : shortcut.forward(x)));
        }
    }

    private sealed class Network : Module<Tensor, Tensor>
    {
        private readonly Conv2d conv1 = Conv(3, 16);
        private readonly NormRelu stem = new(16);
        private readonly Residual stack1 = new(16, 16, 1);
        private readonly Residual stack2 = new(16, 32, 2);
        private readonly Residual stack3 = new(32, 64, 2);
        private readonly Linear dense1 = Linear(64, 10);

        public Network()
            : base(nameof(Network)) => RegisterComponents();

        public override Tensor forward(Tensor x) =>
            dense1.forward(stack3.forward(stack2.forward(stack1.forward(stem.forward(conv1.forward(x))))).mean([2, 3]));
    }
}
#endif
