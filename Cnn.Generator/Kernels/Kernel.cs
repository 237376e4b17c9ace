using System;
using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Schedules;
using Cnn.Generator.Statements;

namespace Cnn.Generator.Kernels;

/// <summary>
/// One way to compute one node: the mathematics with its tile, order and layouts, all literal. Equal kernels print equal
/// code, so each is printed once.
/// </summary>
internal abstract record Kernel
{
    /// <summary>The name of the options of methods that the JIT compiles whole, at once.</summary>
    public const string Whole = "Whole";

    /// <summary>The name of the options of methods that the JIT compiles where they are called.</summary>
    public const string Inlined = "Inlined";

    private Stated? _stated;

    protected Kernel()
    {
    }

    /// <summary>Copies all but the parameters, which those of the copy may differ from.</summary>
    protected Kernel(Kernel original) => IsShared = original.IsShared;

    /// <summary>Gets the parameters of the printed method, in order: references first.</summary>
    public EquatableArray<Parameter> Parameters => Known.Parameters;

    /// <summary>Gets those of them that are references.</summary>
    public EquatableArray<Parameter> References => Known.References;

    /// <summary>Gets the sentence that explains the schedule and why it was chosen.</summary>
    public abstract string Reason { get; }

    /// <summary>Gets a value indicating whether the kernel is printed once for each vector width.</summary>
    public virtual bool HasWidths => true;

    /// <summary>Whether a part is printed for vectors of 512 bits too.</summary>
    public virtual bool HasWide(int part) => false;

    /// <summary>Gets the number of methods the kernel is split into, so that none passes the JIT's limits.</summary>
    public virtual int Parts => 1;

    /// <summary>Gets a value indicating whether its outermost loops can be divided among the threads of one inference.</summary>
    public virtual bool CanShare => false;

    /// <summary>Gets a value indicating whether they are: each thread takes turns of them, see <c>Cnn.Turns</c>.</summary>
    public bool IsShared { get; init; }

    /// <summary>Gets a value indicating whether what it writes depends on the weights alone, or on nothing.</summary>
    public bool IsConstant => Parameters.All(parameter => parameter.Role is Role.Weights or Role.Writes or Role.Scratch);

    /// <summary>Gets the methods that its body calls, which all kernels that need the same share.</summary>
    public virtual IReadOnlyList<IKernelHelpers> Helpers => [];

    private Stated Known => _stated ??= new Stated(State());

    /// <summary>Whether the kernels print the same code. The parameters follow from the rest; whatever else is added here must be compared.</summary>
    public virtual bool Equals(Kernel? other) =>
        other is not null && EqualityContract == other.EqualityContract && IsShared == other.IsShared;

    public override int GetHashCode() => unchecked((EqualityContract.GetHashCode() * 31) + (IsShared ? 1 : 0));

    /// <summary>Puts values that are given by name into the order of the parameters that are references.</summary>
    public T[] Order<T>(params (string Name, T Value)[] given) =>
        [.. References.Select(parameter => given.First(one => one.Name == parameter.Name).Value)];

    /// <summary>The parameters, asked once.</summary>
    protected abstract EquatableArray<Parameter> State();

    /// <summary>The sentence that tells the schedule of one part for a vector width; nothing if there is no choice.</summary>
    public virtual string Describe(VectorWidth width, int part) => "";

    /// <summary>Builds the body of one part.</summary>
    public abstract void Build(KernelBody body, VectorWidth width, int part);

    /// <summary>A reference moved by a literal: <c>ref Add(ref source, 12)</c>.</summary>
    protected static string At(string reference, int offset) => new Place(reference, offset).ToString();

    /// <summary>A scalar read at a literal offset.</summary>
    protected static string Scalar(string reference, int offset) =>
        offset == 0 ? reference : $"Add(ref {reference}, {Text.Number(offset)})";

    /// <summary>A sum of products <c>index * stride</c> and a constant, without its zero terms.</summary>
    internal static Offset Distance(int constant, params (string Index, int Stride)[] terms) => Offset.Of(constant, terms);

    /// <summary>Declares a reference at a sum of products.</summary>
    protected static ReferenceDeclaration Declare(string name, string reference, int constant, params (string Index, int Stride)[] terms) =>
        new([(name, PlaceOf(reference, constant, terms))]);

    /// <summary>The element at a sum of products.</summary>
    internal static Place PlaceOf(string reference, int constant, params (string Index, int Stride)[] terms) =>
        new(reference, Distance(constant, terms));

    /// <summary>Opens a constant-trip loop, or only a scope where it turns once; the index is then the literal 0.</summary>
    protected static (KernelBody.Scope Scope, string Index) Loop(KernelBody body, string index, int count, bool isShared = false) =>
        count == 1
            ? (isShared ? body.Open(new Alone()) : body.Open(), "")
            : (body.For(index, count, isShared), index);

    /// <summary>Builds what opens scopes of its own, in a loop where it turns more than once.</summary>
    protected static void Repeat(KernelBody body, string index, int count, Action<string> build)
    {
        if (count == 1)
        {
            build("");
            return;
        }

        using (body.For(index, count))
            build(index);
    }
}

/// <summary>The parameters of a kernel, and those that are references.</summary>
internal sealed class Stated(EquatableArray<Parameter> parameters)
{
    public EquatableArray<Parameter> Parameters => parameters;

    public EquatableArray<Parameter> References { get; } = parameters.Where(parameter => parameter.IsReference).ToEquatableArray();
}

/// <summary>Methods that kernels call, for each vector width.</summary>
internal interface IKernelHelpers
{
    /// <summary>The methods.</summary>
    IEnumerable<HelperMethod> Methods(VectorWidth width);
}

/// <summary>A method that kernels call.</summary>
/// <param name="Options">How the JIT compiles it: <see cref="Kernel.Whole"/> or <see cref="Kernel.Inlined"/>.</param>
/// <param name="Signature">Its type, name and parameters.</param>
/// <param name="Body">Its body.</param>
internal sealed record HelperMethod(string Options, string Signature, KernelBody Body);
