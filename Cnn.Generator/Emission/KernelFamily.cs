using System;
using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Kernels;
using Cnn.Generator.Statements;

namespace Cnn.Generator.Emission;

/// <summary>
/// Methods of kernels that differ in numbers alone, such as the channels of layers that are alike otherwise. They are printed once, with those
/// numbers as parameters: C# and the JIT compile one method, and the loops run as before.
/// </summary>
internal sealed class KernelFamily
{
    /// <summary>The fewest statements of a method that is longer than the call of another.</summary>
    private const int FewestStatements = 16;

    /// <summary>The most parameters: each takes a register from the loops that need it.</summary>
    private const int MostParameters = 6;

    /// <summary>The most values that a comment lists.</summary>
    private const int MostListed = 6;

    private readonly Dictionary<KernelMethod, int[]> _numbers;

    private KernelFamily(KernelMethod first, IReadOnlyList<Statement> statements, Dictionary<KernelMethod, int[]> numbers)
    {
        (First, Statements) = (first, statements);
        _numbers = numbers;
    }

    /// <summary>Gets the method whose name it bears.</summary>
    public KernelMethod First { get; }

    /// <summary>Gets what it does, given the parameters.</summary>
    public IReadOnlyList<Statement> Statements { get; }

    /// <summary>Gets the names of the parameters that are numbers.</summary>
    public IReadOnlyList<string> Parameters => [.. Enumerable.Range(1, _numbers[First].Length).Select(number => Name(number - 1))];

    /// <summary>Gets the sentence that tells what the parameters are.</summary>
    public string Comment => $"{Text.Number(_numbers.Count)} kernels share this text: " + string.Join("; ", Parameters.Select((name, i) =>
        $"{name} is {Values([.. _numbers.Values.Select(values => values[i]).Distinct().OrderBy(value => value)])}"));

    /// <summary>The numbers that a method hands to it.</summary>
    public IReadOnlyList<int> Numbers(KernelMethod method) => _numbers[method];

    /// <summary>The families among methods, by method.</summary>
    public static IReadOnlyDictionary<KernelMethod, KernelFamily> Find(IEnumerable<KernelMethod> methods)
    {
        var found = new Dictionary<KernelMethod, KernelFamily>();
        var candidates = methods.GroupBy(method => (method.Width, Kernel: method.Kernel.GetType(), Statements: Count(method.Statements)))
            .Where(group => group.Key.Statements >= FewestStatements && group.Skip(1).Any())
            .SelectMany(group => group)
            .Select(method => (Method: method, Shape: BodyShape.Of(method.Statements)));
        foreach (var alike in candidates.GroupBy(one => (one.Method.Width, one.Shape.Hash)))
        {
            var rest = alike.ToList();
            while (rest.Count > 1)
            {
                var (first, shape) = rest[0];
                var family = rest.FindAll(one => one.Shape.Matches(shape) && HaveSameParameters(one.Method.Kernel, first.Kernel));
                rest.RemoveAll(family.Contains);
                if (family.Count > 1 && Make(family) is { } made)
                    family.ForEach(one => found.Add(one.Method, made));
            }
        }

        return found;
    }

    private static int Count(IReadOnlyList<Statement> statements) => statements.Sum(statement => statement switch
    {
        Block block => Count(block.Statements),
        Loop loop => 1 + Count(loop.Statements),
        Branch branch => 1 + Count(branch.Statements),
        Otherwise otherwise => Count(otherwise.Statements),
        Row row => row.Statements.Count,
        _ => 1,
    });

    private static bool HaveSameParameters(Kernel one, Kernel other) => one.IsShared == other.IsShared
        && one.Parameters.Count == other.Parameters.Count
        && one.Parameters.Zip(other.Parameters, (left, right) => (left.Name, left.Role, left.Type) == (right.Name, right.Role, right.Type)).All(same => same);

    /// <summary>The family of methods of one shape; null where they differ in too many numbers.</summary>
    private static KernelFamily? Make(IReadOnlyList<(KernelMethod Method, BodyShape Shape)> members)
    {
        var shape = members[0].Shape.Numbers;
        var columns = Enumerable.Range(0, shape.Count)
            .Select(position => members.Select(member => member.Shape.Numbers[position].Value).ToArray())
            .ToList();
        var parameters = new List<int[]>();
        foreach (var position in Enumerable.Range(0, shape.Count).Where(position => Varies(columns[position]))
            .OrderByDescending(position => shape[position].IsInner)
            .ThenBy(position => columns[position][0]))
        {
            if (ParameterOf(position) < 0)
                parameters.Add(columns[position]);
        }

        if (parameters.Count > MostParameters)
            return null;
        var multiples = columns.ConvertAll(Varies).Select((varies, position) => varies ? Multiple(position) : (Multiple?)null).ToList();
        var numbers = new Dictionary<KernelMethod, int[]>();
        for (var member = 0; member < members.Count; member++)
            numbers.Add(members[member].Method, [.. parameters.Select(parameter => parameter[member])]);
        var first = members[0].Method;
        return new KernelFamily(first, BodyShape.Replace(first.Statements, multiples), numbers);

        // The parameter that a number is, or a multiple of it.
        int ParameterOf(int position) => parameters.FindIndex(parameter =>
            Factor(columns[position], parameter) is var factor && (shape[position].IsInner ? factor == 1 : factor > 0));

        Multiple Multiple(int position)
        {
            var number = ParameterOf(position);
            return new Multiple(Name(number), Factor(columns[position], parameters[number]));
        }
    }

    private static string Values(IReadOnlyList<int> values) => values.Count > MostListed
        ? $"{Text.Number(values[0])} to {Text.Number(values[values.Count - 1])}"
        : string.Join(", ", values.Select(value => Text.Number(value)));

    private static bool Varies(int[] column) => Array.Exists(column, number => number != column[0]);

    /// <summary>The ratio of a number to a parameter, equal in each member; 0 if it is no multiple.</summary>
    private static int Factor(int[] column, int[] parameter)
    {
        var factor = column[0] / parameter[0];
        for (var member = 0; member < column.Length; member++)
        {
            if (column[member] != (long)factor * parameter[member])
                return 0;
        }

        return Math.Max(0, factor);
    }

    private static string Name(int number) => "n" + Text.Number(number + 1);
}
