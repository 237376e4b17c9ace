using System;
using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Kernels;
using Cnn.Generator.Schedules;
using Cnn.Generator.Statements;
using Xunit;

namespace Cnn.Generator.Tests.Kernels;

/// <summary>A kernel that states other parameters than those of its body.</summary>
internal sealed record AlteredKernel(Kernel Inner, EquatableArray<Parameter> Stated) : Kernel
{
    protected override EquatableArray<Parameter> State() => Stated;

    public override string Reason => Inner.Reason;

    public override bool HasWidths => Inner.HasWidths;

    public override int Parts => Inner.Parts;

    public override IReadOnlyList<IKernelHelpers> Helpers => Inner.Helpers;

    /// <summary>The same kernel with one parameter changed.</summary>
    public static AlteredKernel Of(Kernel kernel, string parameter, Func<Parameter, Parameter> change)
    {
        Assert.Contains(parameter, kernel.Parameters.Select(old => old.Name));
        var stated = kernel.Parameters.Select(old => old.Name == parameter ? change(old) : old).ToEquatableArray();
        return new AlteredKernel(kernel, stated);
    }

    public override bool HasWide(int part) => Inner.HasWide(part);

    public override void Build(KernelBody body, VectorWidth width, int part) => Inner.Build(body, width, part);
}
