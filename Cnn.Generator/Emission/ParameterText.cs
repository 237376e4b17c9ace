using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Kernels;

namespace Cnn.Generator.Emission;

/// <summary>The parameters of kernels as C# has them.</summary>
internal static class ParameterText
{
    /// <summary>Those of a method: <c>ref Turns turns, ref float source, int count</c>.</summary>
    public static string Declared(Kernel kernel) =>
        Joined(kernel, Turns.Parameter, kernel.Parameters.Select(parameter => $"{TypeOf(parameter)} {parameter.Name}"));

    /// <summary>Those of a method handed on to another: <c>ref turns, ref source, count</c>.</summary>
    public static string HandedOn(Kernel kernel) =>
        Joined(kernel, Turns.Argument, kernel.Parameters.Select(parameter => parameter.IsReference ? "ref " + parameter.Name : parameter.Name));

    /// <summary>The word for a type of elements.</summary>
    public static string Of(ElementType type) => type == ElementType.UInt8 ? "byte" : "float";

    private static string TypeOf(Parameter parameter) => parameter.Role switch
    {
        Role.Count or Role.Sample => "int",
        Role.Seed => "ulong",
        _ => "ref " + Of(parameter.Type),
    };

    private static string Joined(Kernel kernel, string turns, IEnumerable<string> parameters) =>
        string.Join(", ", kernel.IsShared ? parameters.Prepend(turns) : parameters);
}
