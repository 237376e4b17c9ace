using System.Linq;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Schedules;
using Cnn.Generator.Statements;

namespace Cnn.Generator.Kernels;

/// <summary>
/// Another kernel for each group of the channels: its arguments move on by a stride each. What the method is handed belongs to the
/// first group.
/// </summary>
/// <param name="Inner">The kernel of one group; all its parameters are references.</param>
/// <param name="Groups">The groups.</param>
/// <param name="Strides">The floats from one group to the next, for each parameter.</param>
internal sealed record GroupedKernel(Kernel Inner, int Groups, EquatableArray<int> Strides) : Kernel
{
    protected override EquatableArray<Parameter> State() =>
        Inner.Parameters.Zip(Strides, (parameter, stride) => parameter.Of(Groups, stride, First(parameter.Name))).ToEquatableArray();

    public override string Reason => $"{Inner.Reason}; {Groups} groups";

    public override bool HasWidths => Inner.HasWidths;

    public override int Parts => Inner.Parts;

    public override bool HasWide(int part) => Inner.HasWide(part);

    public override bool CanShare => true;

    public override void Build(KernelBody body, VectorWidth width, int part)
    {
        using (body.For("slice", Groups, IsShared))
        {
            foreach (var (name, stride) in Inner.Parameters.Zip(Strides, (parameter, stride) => (parameter.Name, stride)))
                body.Add(Declare(name, First(name), 0, ("slice", stride)));
            Inner.Build(body, width, part);
        }
    }

    private static string First(string name) => "first" + char.ToUpperInvariant(name[0]) + name.Substring(1);
}
