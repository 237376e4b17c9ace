using System;
using System.IO;
using System.Linq;
using System.Threading;
using Xunit;

namespace Cnn.Generator.Tests.EndToEnd;

/// <summary>Weights that are replaced while others compute with them.</summary>
public sealed class ReplacedWeightsTests
{
    private const int Files = 3;
    private const int Readers = 8;
    private const int Writers = 2;
    private const int Rounds = 60;

    private const string Source = """
        using Cnn;

        [Input(6, 6, 2)]
        [Conv(8, 3), BatchNorm, Relu]
        [Flatten, Dense(3)]
        public partial class Folded;

        [Input(10, 10, 8, Numerics = Numerics.Fast, Scale = 0.01f)]
        [Conv(8, 3, Padding = 1), Relu, Conv(8, 3, Padding = 1)]
        [GlobalAvgPool, Flatten, Dense(3)]
        public partial class Transformed;

        [Input(6, 6, 1, Scale = 0.01f)]
        [Conv(4, 3), Relu]
        [Flatten, Dense(16), Relu, Dense(3)]
        public partial class Plain;
        """;

    private static readonly Lazy<NetworkBatch> Batch = new(() => NetworkBatch.Compile(Source));

    /// <summary>
    /// Readers call in every form and note what they get; writers load one file after the other. Each answer is one of those that the files give, all
    /// samples of a batch are of one, and after the last load all answers are the last file's.
    /// </summary>
    [Theory]
    [InlineData("Folded")]
    [InlineData("Transformed")]
    [InlineData("Plain")]
    public void Every_answer_under_load_is_that_of_one_file_and_the_last_load_counts(string name)
    {
        var files = Enumerable.Range(0, Files).Select(_ => new MemoryStream()).ToArray();
        var networks = Enumerable.Range(1, Files).Select(seed => Batch.Value.Create(name, seed)).ToArray();
        for (var file = 0; file < Files; file++)
            networks[file].SaveTo(files[file]);
        var input = SharedNetworks.Inputs(networks[0], 1);
        float[] inputs = [.. input, .. input, .. input, .. input];
        var answers = networks.Select(network => network.ForwardEach(input)).ToArray();
        Assert.Equal(Files, answers.Select(answer => answer[0]).Distinct().Count());

        var network = Batch.Value.Create(name, 7);
        var loads = files.Select(file => file.ToArray()).ToArray();
        network.LoadFrom(loads[0]);
        var strangers = 0;
        var mixed = 0;
        var stale = 0;
        var length = network.OutputLength;
        for (var round = 0; round < Rounds; round++)
        {
            var left = Writers;
            using var start = new Barrier(Readers + Writers);
            var threads = Enumerable.Range(0, Readers + Writers).Select(index => new Thread(() =>
            {
                start.SignalAndWait();
                if (index < Writers)
                {
                    for (var load = 0; load < 12; load++)
                        network.LoadFrom(loads[(load + index + round) % Files]);

                    // Weights without users are collected while others still compute.
                    if (round % 20 == 0)
                        GC.Collect();
                    Interlocked.Decrement(ref left);
                    return;
                }

                var outputs = new float[4 * length];
                while (Volatile.Read(ref left) > 0)
                {
                    network.Forward(input, outputs.AsSpan(0, length));
                    if (!answers.Any(answer => outputs.AsSpan(0, length).SequenceEqual(answer)))
                        Interlocked.Increment(ref strangers);
                    network.ForwardBatch(inputs, outputs, 1 + (index % 3));
                    if (!answers.Any(answer => outputs.AsSpan(0, length).SequenceEqual(answer)))
                        Interlocked.Increment(ref strangers);
                    for (var sample = 1; sample < 4; sample++)
                    {
                        if (!outputs.AsSpan(sample * length, length).SequenceEqual(outputs.AsSpan(0, length)))
                            Interlocked.Increment(ref mixed);
                    }
                }
            })).ToArray();
            Array.ForEach(threads, thread => thread.Start());
            Array.ForEach(threads, thread => thread.Join());

            // A reader may be making weights of inference while the last file comes.
            var last = round % Files;
            var reader = new Thread(() => network.ForwardEach(input));
            network.LoadFrom(loads[(last + 1) % Files]);
            reader.Start();
            network.LoadFrom(loads[last]);
            reader.Join();
            if (!network.ForwardEach(input).AsSpan().SequenceEqual(answers[last]))
                stale++;
        }

        Assert.Equal((0, 0, 0), (strangers, mixed, stale));
    }

    [Theory]
    [InlineData("Folded")]
    [InlineData("Transformed")]
    [InlineData("Plain")]
    public void A_load_that_is_refused_changes_nothing(string name)
    {
        var network = Batch.Value.Create(name, 1);
        using var file = new MemoryStream();
        network.SaveTo(file);
        var other = Batch.Value.Create(name, 2);
        var input = SharedNetworks.Inputs(network, 1);
        var before = other.ForwardEach(input);
        Assert.Throws<WeightsFormatException>(() => other.LoadFrom(file.ToArray()[..^1]));
        Assert.Equal(before, other.ForwardEach(input));
        other.LoadFrom(file.ToArray());
        Assert.Equal(network.ForwardEach(input), other.ForwardEach(input));
    }

    [Theory]
    [InlineData("Folded")]
    [InlineData("Transformed")]
    [InlineData("Plain")]
    public void What_is_saved_beside_loads_is_the_content_of_one_file(string name)
    {
        var networks = Enumerable.Range(1, 2).Select(seed => Batch.Value.Create(name, seed)).ToArray();
        var contents = networks.Select(network =>
        {
            using var file = new MemoryStream();
            network.SaveTo(file);
            return file.ToArray();
        }).ToArray();
        var shared = Batch.Value.Create(name, 1);
        var isOver = false;
        var writer = new Thread(() =>
        {
            for (var load = 0; !Volatile.Read(ref isOver); load++)
                shared.LoadFrom(contents[load % 2]);
        });
        writer.Start();
        var strangers = 0;
        for (var save = 0; save < 300; save++)
        {
            using var file = new MemoryStream();
            shared.SaveTo(file);
            if (!contents.Any(content => content.AsSpan().SequenceEqual(file.ToArray())))
                strangers++;
        }

        Volatile.Write(ref isOver, true);
        writer.Join();
        Assert.Equal(0, strangers);
    }
}
