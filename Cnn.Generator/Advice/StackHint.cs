using Cnn.Generator.Declared;
using Cnn.Generator.Diagnostics;
using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;

namespace Cnn.Generator.Advice;

/// <summary>An arena that does not go on the stack, unless the network says that none shall.</summary>
internal static class StackHint
{
    /// <summary>The bytes of a cache line, on which the arena and the output after it begin.</summary>
    private const int Alignment = 64;

    private const int Kibibyte = 1024;

    /// <param name="declaration">The declaration.</param>
    /// <param name="network">Its network.</param>
    /// <param name="arena">The bytes of its arena.</param>
    /// <returns>The hint, or null where there is nothing to say.</returns>
    public static Fault? Of(NetworkDeclaration declaration, Network network, int arena)
    {
        var limit = network.StackLimit;
        if (limit == 0 || arena <= limit)
            return null;
        var place = declaration.Memory is null ? Place.Type : Place.Memory.At("StackLimit");
        return new Fault(Rules.ArenaAboveStackLimit.Id, place, [network.Type.Name, Text.Grouped(arena), Text.Grouped(limit)])
        {
            Remedies = Remedies(declaration, Needed(network, arena)),
        };
    }

    /// <summary>Whole KiB in which also <c>Predict</c> has room, whose output follows the arena.</summary>
    private static long Needed(Network network, int arena)
    {
        var bytes = ((arena + Alignment - 1L) / Alignment * Alignment) + (network.Output.LongLength * sizeof(float));
        return (bytes + Kibibyte - 1) / Kibibyte * Kibibyte;
    }

    private static EquatableArray<Remedy> Remedies(NetworkDeclaration declaration, long needed)
    {
        if (needed > Network.LargestStackLimit)
            return [];
        return declaration.Memory is null
            ? [new Remedy(RemedyKind.AddToNetwork, "Memory", "StackLimit = " + Text.Number(needed))]
            : [Remedy.Set("StackLimit", needed)];
    }
}
