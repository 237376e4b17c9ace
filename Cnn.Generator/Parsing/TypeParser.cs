using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Cnn.Generator.Diagnostics;
using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Cnn.Generator.Parsing;

/// <summary>Reads the class itself: what it is called, what it is nested in, and whether members can be added to it.</summary>
internal sealed class TypeParser(
    INamedTypeSymbol type, FaultList faults, DeclarationLocations locations, CancellationToken cancellationToken)
{
    private readonly string _name = Identifiers.Escape(type.Name);

    public TypeIdentity Identity() => new(
        Identifiers.Namespace(type.ContainingNamespace),
        Containers().Select(container => "partial " + Identifiers.Keyword(container) + " " + Written(container)).ToEquatableArray(),
        Identifiers.Keyword(type),
        _name,
        Identifiers.Accessibility(type.DeclaredAccessibility),
        Identifiers.Hint(type));

    public TypeForm Form(bool lookForMembers, bool takesBytes, bool hasWeights, bool hasOutputs)
    {
        var containers = Containers();
        var isPartial = CheckPartial(containers);
        CheckForm(containers);
        var hasPrimaryConstructor = Parts(type).Any(part => part.ParameterList is not null);
        if (hasPrimaryConstructor)
            Refuse("has a primary constructor", "remove its list of parameters");
        return new TypeForm(
            Identifiers.TypeParameters(type),
            isPartial && !type.IsFileLocal && containers.All(container => !container.IsFileLocal),
            type.IsStatic,
            hasPrimaryConstructor,
            lookForMembers ? TakenMembers(hasPrimaryConstructor, takesBytes, hasWeights, hasOutputs) : []);
    }

    private static string Written(INamedTypeSymbol symbol) => Identifiers.Escape(symbol.Name) + Identifiers.TypeParameters(symbol);

    /// <summary>Outermost first.</summary>
    private List<INamedTypeSymbol> Containers()
    {
        var containers = new List<INamedTypeSymbol>();
        for (var container = type.ContainingType; container is not null; container = container.ContainingType)
            containers.Insert(0, container);
        return containers;
    }

    private IEnumerable<TypeDeclarationSyntax> Parts(INamedTypeSymbol symbol) =>
        symbol.DeclaringSyntaxReferences.Select(part => part.GetSyntax(cancellationToken)).OfType<TypeDeclarationSyntax>();

    /// <summary>Where only some parts lack the word, C# says so itself.</summary>
    private bool IsPartial(INamedTypeSymbol symbol) =>
        Parts(symbol).Any(part => part.Modifiers.Any(modifier => modifier.IsKind(SyntaxKind.PartialKeyword)));

    private bool CheckPartial(List<INamedTypeSymbol> containers)
    {
        var isPartial = IsPartial(type);
        if (!isPartial)
            faults.Report(Rules.NotPartial, Place.Type, [new Remedy(RemedyKind.AddPartial)], _name, Identifiers.Keyword(type));
        for (var i = 0; i < containers.Count; i++)
        {
            if (IsPartial(containers[i]))
                continue;
            isPartial = false;
            locations.Add(Place.Container(i), Parts(containers[i]).First().Identifier.GetLocation());
            faults.Report(
                Rules.ContainerNotPartial,
                Place.Container(i),
                [new Remedy(RemedyKind.AddPartial)],
                Written(containers[i]),
                _name,
                Identifiers.Keyword(containers[i]));
        }

        return isPartial;
    }

    private void CheckForm(List<INamedTypeSymbol> containers)
    {
        if (type.Arity > 0)
            Refuse("is generic", "remove its type parameters " + Identifiers.TypeParameters(type));
        if (containers.FirstOrDefault(container => container.Arity > 0) is { } generic)
            Refuse("is nested in the generic type " + Written(generic), "move it out of " + Written(generic));
        if (type.IsStatic)
            Refuse("is static", "remove 'static'");
        else if (type.IsAbstract)
            Refuse("is abstract", "remove 'abstract'");
        if (type.IsFileLocal)
            Refuse("is local to its file", "remove 'file'");
        else if (containers.FirstOrDefault(container => container.IsFileLocal) is { } local)
            Refuse("is nested in " + Written(local) + ", which is local to its file", "remove 'file' from " + Written(local));
    }

    private void Refuse(string what, string wayOut) => faults.Report(Rules.UnsupportedType, Place.Type, _name, what, wayOut);

    private EquatableArray<string> TakenMembers(bool hasPrimaryConstructor, bool takesBytes, bool hasWeights, bool hasOutputs)
    {
        var taken = new List<string>();
        foreach (var (key, member) in GeneratedMembers.Taken(type, takesBytes, hasWeights, hasOutputs))
        {
            if (member is IMethodSymbol { MethodKind: MethodKind.Constructor } && hasPrimaryConstructor)
                continue;
            var what = key switch
            {
                GeneratedMembers.Constructor => "the constructor " + _name + "()",
                GeneratedMembers.SeedConstructor => "the constructor " + _name + "(int)",
                GeneratedMembers.WeightsConstructor => "the constructor " + _name + "(float[])",
                _ => member.Name,
            };
            locations.Add(Place.Member(taken.Count), member.Locations[0]);
            faults.Report(Rules.MemberTaken, Place.Member(taken.Count), _name, what);
            taken.Add(key);
        }

        return taken.ToEquatableArray();
    }
}
