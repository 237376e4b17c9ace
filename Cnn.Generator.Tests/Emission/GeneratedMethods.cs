using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Reflection.Emit;

namespace Cnn.Generator.Tests.Emission;

/// <summary>The counts of one method that the JIT limits.</summary>
/// <param name="Name">The class and the method.</param>
/// <param name="Bytes">Bytes of IL.</param>
/// <param name="Instructions">Instructions of IL.</param>
/// <param name="Locals">Local variables.</param>
/// <param name="References">Instructions that name a local variable or an argument.</param>
/// <param name="MultiplyAdds">Fused multiply-adds.</param>
internal sealed record MethodSize(string Name, int Bytes, int Instructions, int Locals, int References, int MultiplyAdds);

/// <summary>Reads the IL of generated methods.</summary>
internal static class GeneratedMethods
{
    private const BindingFlags Declared =
        BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance;

    private static readonly Dictionary<short, OpCode> Codes = typeof(OpCodes).GetFields()
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value);

    private static readonly string[] VariableCodes = ["ldloc", "stloc", "ldarg", "starg"];

    /// <summary>All methods of a network and of its kernels that have a body.</summary>
    public static IEnumerable<MethodBase> Of(Type network)
    {
        var space = "Cnn.Generated." + network.FullName!.Replace(".", "__", StringComparison.Ordinal).Replace("+", "__", StringComparison.Ordinal);
        var beside = network.Assembly.GetTypes().Where(type => type.Namespace == space);
        return beside.Prepend(network).SelectMany(OfType);
    }

    private static IEnumerable<MethodBase> OfType(Type type) => type.GetMethods(Declared)
        .Concat<MethodBase>(type.GetConstructors(Declared))
        .Where(method => method.GetMethodBody() is not null)
        .Concat(type.GetNestedTypes(Declared).SelectMany(OfType));

    public static MethodSize Measure(MethodBase method)
    {
        var body = method.GetMethodBody()!;
        var il = body.GetILAsByteArray()!;
        int instructions = 0, references = 0, multiplyAdds = 0;
        for (var position = 0; position < il.Length; instructions++)
        {
            var code = Codes[il[position] == 0xFE ? (short)(0xFE00 | il[position + 1]) : il[position]];
            position += code.Size;
            if (VariableCodes.Any(name => code.Name!.StartsWith(name, StringComparison.Ordinal)))
                references++;
            if (code == OpCodes.Call && IsMultiplyAdd(method.Module.ResolveMethod(BitConverter.ToInt32(il, position))!.Name))
                multiplyAdds++;
            position += OperandSize(code, il, position);
        }

        var name = $"{method.DeclaringType!.FullName}.{method.Name}";
        return new MethodSize(name, il.Length, instructions, body.LocalVariables.Count, references, multiplyAdds);
    }

    /// <summary>The shorthands of all widths: <c>Fma8</c> and, of several vectors, <c>Fma8x2</c>.</summary>
    private static bool IsMultiplyAdd(string name) => name.Length > 3 && name.StartsWith("Fma", StringComparison.Ordinal) && char.IsDigit(name[3]);

    private static int OperandSize(OpCode code, byte[] il, int position) => code.OperandType switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(il, position)),
        _ => 4,
    };
}
