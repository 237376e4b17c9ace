using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Cnn.Generator.Emission;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Kernels;
using Cnn.Generator.Tests.Support;

namespace Cnn.Generator.Tests.Kernels;

/// <summary>Calls a kernel: its references that lead to floats, those that lead to bytes, where each begins, and the samples.</summary>
internal delegate void KernelCall(float[][] floats, byte[][] bytes, int[] starts, int count);

/// <summary>Kernels printed, compiled and loaded by themselves.</summary>
internal static class PrintedKernels
{
    /// <summary>Loads kernels, each with the method that calls it.</summary>
    public static IReadOnlyList<KernelCall> Load(IReadOnlyList<Step> steps)
    {
        var writer = new CodeWriter();
        writer.Line("namespace Printed");
        writer.Line("{");
        foreach (var name in NetworkEmitter.Usings)
            writer.Line($"using {name};");
        writer.Line("#nullable disable");
        using (writer.Block("public static class Kernels"))
        {
            var table = new KernelTable();
            for (var i = 0; i < steps.Count; i++)
                writer.Line($"public static void Call{i}(float[][] floats, byte[][] bytes, int[] starts, int count) {Body(steps[i].Kernel, table.NameOf(steps[i]))}");
            new KernelEmitter(writer, table, steps.Count).Emit();
        }

        writer.Line("}");
        var compilation = Harness.Compilation(optimize: true, Harness.Parse(writer.ToString()));
        using var image = new MemoryStream();
        var emitted = compilation.Emit(image);
        if (!emitted.Success)
            throw new InvalidOperationException(string.Join("\n", emitted.Diagnostics.Take(10)));
        image.Position = 0;
        var type = Harness.Load(image).GetType("Printed.Kernels", throwOnError: true)!;
        return [.. steps.Select((_, i) => type.GetMethod("Call" + i)!.CreateDelegate<KernelCall>())];
    }

    private static string Body(Kernel kernel, string name)
    {
        var arguments = kernel.Parameters.Select((parameter, i) => parameter.Role switch
        {
            Role.Count => "count",
            Role.Sample => "1",
            Role.Seed => "12345UL",
            _ => $"ref {(parameter.Type == ElementType.UInt8 ? "bytes" : "floats")}[{i}][starts[{i}]]",
        });
        var turns = kernel.IsShared ? "var turns = default(Turns); " : "";
        return $"{{ {turns}{name}({string.Join(", ", kernel.IsShared ? arguments.Prepend(Cnn.Generator.Kernels.Turns.Argument) : arguments)}); }}";
    }
}
