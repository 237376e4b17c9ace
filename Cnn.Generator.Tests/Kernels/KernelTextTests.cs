using System;
using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Emission.CSharp;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Kernels;
using Cnn.Generator.Schedules;
using Cnn.Generator.Statements;
using Cnn.Generator.Tests.Snapshots;
using Xunit;

namespace Cnn.Generator.Tests.Kernels;

/// <summary>The text of one small case of each kernel.</summary>
public sealed class KernelTextTests
{
    /// <summary>The lines of a case that shows what its kernel does.</summary>
    private const int FewestLines = 14;

    private static readonly Lazy<Dictionary<string, string>> Small = new(() => KernelSamples.All
        .Select(kernel => (kernel.GetType().Name, Text: Text(kernel)))
        .GroupBy(sample => sample.Name, sample => sample.Text)
        .ToDictionary(group => group.Key, Smallest));

    public static TheoryData<string> Kinds => [.. typeof(Kernel).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(Kernel)) && !type.IsAbstract)
        .Select(type => type.Name)
        .Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Each_kernel_prints_what_it_did(string kind) => TextSnapshot.Match(Small.Value[kind], $"Kernels.{kind}.snap");

    /// <summary>The shortest text that shows enough, or else the longest.</summary>
    private static string Smallest(IEnumerable<string> texts)
    {
        List<string> sorted = [.. texts.OrderBy(text => text.Length).ThenBy(text => text, StringComparer.Ordinal)];
        return sorted.Find(text => text.Count(letter => letter == '\n') >= FewestLines) ?? sorted[^1];
    }

    private static string Text(Kernel kernel)
    {
        var writer = new CodeWriter();
        writer.Line("// " + kernel.Reason);
        writer.Line("// " + string.Join(", ", kernel.Parameters.Select(parameter => $"{parameter.Name}: {parameter.Role}")));
        foreach (var part in Enumerable.Range(0, kernel.Parts))
        {
            var body = new KernelBody();
            kernel.Build(body, VectorWidth.V256, part);
            MethodPrinter.Print(writer, body.Statements);
        }

        return writer.ToString();
    }
}
