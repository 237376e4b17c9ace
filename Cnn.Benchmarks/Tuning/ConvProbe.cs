using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;
using Cnn.Generator.Emission;
using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Kernels;
using Cnn.Generator.Scheduling;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Cnn.Benchmarks.Tuning;

/// <summary>One way to compute one convolution, printed and compiled by itself.</summary>
internal sealed class ConvProbe
{
    /// <summary>Floats behind each buffer, which whole vectors may read.</summary>
    private const int Tail = 64;

    private readonly List<ConvCall> _calls;
    private readonly int[] _lengths;
    private Call? _run;

    /// <summary>Prepares a probe.</summary>
    /// <param name="node">The convolution as inference has it.</param>
    /// <param name="choice">How to compute it.</param>
    public ConvProbe(Node node, ConvChoice choice)
    {
        Choice = choice;
        var task = ConvTask.Of(node.Layer, node.Input);
        var source = new Value(Operand.Tensor(0), ConvPlan.Demands(task, choice).Layout(node.Input));
        var target = new Value(Operand.Tensor(1), TensorLayout.Dense(node.Output, choice.TargetOrder));
        var epilogue = Epilogue.Of(node);
        var weights = Operand.Weights(0);
        if (choice.Winograd is { } tiling)
        {
            var tiles = new Value(Operand.Tensor(2), tiling.SourceScratch);
            var products = new Value(Operand.Tensor(3), tiling.ProductScratch);
            var plan = new WinogradPlan(task, choice, hasBias: true);
            _calls = [plan.Forward(source, weights, target, epilogue, tiles, products)];
            _lengths = [plan.Place(node).Packing.Length, source.Layout.Length, target.Layout.Length, tiles.Layout.Length, products.Layout.Length];
        }
        else
        {
            var plan = ConvPlan.Of(task, choice, hasBias: true);
            _calls = [.. plan.Forward(source, weights, target, epilogue)];
            _lengths = [plan.Weights.Length, source.Layout.Length, target.Layout.Length, 0, 0];
        }
    }

    private delegate void Call(ref float weights, ref float source, ref float target, ref float tiles, ref float products);

    /// <summary>Gets how it computes.</summary>
    public ConvChoice Choice { get; }

    /// <summary>Compiles probes together.</summary>
    /// <exception cref="InvalidOperationException">What was printed is no C#.</exception>
    public static void Compile(IReadOnlyList<ConvProbe> probes)
    {
        var trees = probes.Select((probe, i) => CSharpSyntaxTree.ParseText(probe.Print($"Probe{i}")));
        var options = new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release);
        using var image = new MemoryStream();
        var result = CSharpCompilation.Create("Probes" + Guid.NewGuid().ToString("N"), trees, ProjectReferences.All, options).Emit(image);
        if (!result.Success)
            throw new InvalidOperationException(string.Join("\n", result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).Take(5)));
        image.Position = 0;
        var assembly = AssemblyLoadContext.Default.LoadFromStream(image);
        for (var i = 0; i < probes.Count; i++)
        {
            var method = assembly.GetType($"Cnn.Generated.Probe{i}", true)!.GetMethod("Run", BindingFlags.Public | BindingFlags.Static)!;
            probes[i]._run = method.CreateDelegate<Call>();
        }
    }

    /// <summary>A call of it on numbers of its own.</summary>
    public Action Prepare()
    {
        var random = new Random(1);
        var buffers = Array.ConvertAll(_lengths, length =>
        {
            var numbers = new float[length + Tail];
            for (var i = 0; i < numbers.Length; i++)
                numbers[i] = random.NextSingle() - 0.5f;
            return numbers;
        });
        var run = _run!;
        return () => run(ref buffers[0][0], ref buffers[1][0], ref buffers[2][0], ref buffers[3][0], ref buffers[4][0]);
    }

    private string Print(string name)
    {
        var writer = new CodeWriter();
        var table = new KernelTable();
        writer.Line("namespace Cnn.Generated;");
        foreach (var use in NetworkEmitter.Usings)
            writer.Line($"using {use};");
        using (writer.Block("public static class " + name))
        {
            using (writer.Block("public static void Run(ref float weights, ref float t0, ref float t1, ref float t2, ref float t3)"))
            {
                foreach (var call in _calls)
                {
                    var step = new Step("Convolution1", call.Kernel, call.Operands.ToEquatableArray(), "", 0);
                    CallEmitter.Emit(writer, table, step, Text, "");
                }
            }

            KernelEmitter.Emit(writer, table);
        }

        return writer.ToString();

        static string Text(Operand operand) =>
            CallEmitter.At(operand.Kind == OperandKind.Weights ? "weights" : $"t{operand.Index}", operand.Offset);
    }
}
