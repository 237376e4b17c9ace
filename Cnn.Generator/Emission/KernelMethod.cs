using System.Collections.Generic;
using Cnn.Generator.Kernels;
using Cnn.Generator.Schedules;
using Cnn.Generator.Statements;

namespace Cnn.Generator.Emission;

/// <summary>A method of a kernel: one of its parts, for one vector width.</summary>
/// <param name="kernel">The kernel.</param>
/// <param name="name">The name of the part.</param>
/// <param name="width">The vectors.</param>
/// <param name="part">The number of the part.</param>
internal sealed class KernelMethod(Kernel kernel, string name, VectorWidth width, int part)
{
    /// <summary>Gets the kernel.</summary>
    public Kernel Kernel => kernel;

    /// <summary>Gets the name of the part, which chooses among the widths.</summary>
    public string Name => name;

    /// <summary>Gets the vectors.</summary>
    public VectorWidth Width => width;

    /// <summary>Gets the name of the method for these vectors alone.</summary>
    public string OfWidth => name + width.Type;

    /// <summary>Gets the sentence that tells its schedule; nothing if there is no choice.</summary>
    public string Schedule => kernel.Describe(width, part);

    /// <summary>Gets what it does.</summary>
    public IReadOnlyList<Statement> Statements { get; } = Build(kernel, width, part);

    private static IReadOnlyList<Statement> Build(Kernel kernel, VectorWidth width, int part)
    {
        var body = new KernelBody();
        kernel.Build(body, width, part);
        return body.Statements;
    }
}
