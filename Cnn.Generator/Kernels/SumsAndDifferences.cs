using System.Collections.Generic;
using Cnn.Generator.Schedules;
using Cnn.Generator.Statements;

namespace Cnn.Generator.Kernels;

/// <summary>The method that puts the sum of two vectors in the place of the first, and their difference in that of the second.</summary>
internal sealed record SumsAndDifferences : IKernelHelpers
{
    public static readonly SumsAndDifferences Instance = new();

    private SumsAndDifferences()
    {
    }

    /// <summary>The statement that calls it.</summary>
    public static Call Of(VectorWidth width, string first, string second) => new Call(
        $"AddSubtract{width.Lanes}", [$"ref {first}", $"ref {second}"]);

    public IEnumerable<HelperMethod> Methods(VectorWidth width)
    {
        var body = new KernelBody();
        body.Declare(width.Local, "sum", "a + b");
        body.Assign("b", "a - b");
        body.Assign("a", "sum");
        yield return new HelperMethod(Kernel.Inlined, $"void AddSubtract{width.Lanes}(ref {width.Float} a, ref {width.Float} b)", body);
    }
}
