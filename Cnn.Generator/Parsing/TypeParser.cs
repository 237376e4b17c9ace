using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Cnn.Generator.Declared;
using Cnn.Generator.Diagnostics;
using Cnn.Generator.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Cnn.Generator.Parsing;

/// <summary>Reads the class itself: what it is called, what it is nested in, and whether members can be added to it.</summary>
internal sealed class TypeParser(
    INamedTypeSymbol type, FaultList faults, DeclarationLocations locations, CancellationToken cancellationToken)
{
    /// <summary>
    /// The most bytes of a full name. C# allows names of 1,023 bytes; a generated member that implements an interface is called
    /// <c>Cnn.INetwork&lt;Full.Name&gt;.InputLength</c>.
    /// </summary>
    private const int LongestName = 900;

    private readonly string _name = CSharpText.Identifier(type.Name);

    public TypeIdentity Identity()
    {
        var hint = SymbolNames.Hint(type);
        return new TypeIdentity(
            SymbolNames.Namespace(type.ContainingNamespace),
            Containers().Select(container => "partial " + SymbolNames.Keyword(container) + " " + Written(container)).ToEquatableArray(),
            SymbolNames.Keyword(type),
            _name,
            SymbolNames.Accessibility(type.DeclaredAccessibility),
            hint,
            SymbolNames.OfHint(hint));
    }

    public TypeForm Form(bool lookForMembers, bool takesBytes, bool hasWeights, bool hasOutputs)
    {
        var containers = Containers();
        var isPartial = CheckPartial(containers);
        CheckForm(containers);
        var version = CheckLanguage();
        var hasPrimaryConstructor = Parts(type).Any(part => part.ParameterList is not null);
        if (hasPrimaryConstructor)
            Refuse("has a primary constructor", "remove its list of parameters");
        var taken = lookForMembers ? TakenMembers(hasPrimaryConstructor, takesBytes, hasWeights, hasOutputs) : [];
        var derives = CheckBase(out var arguments, hasPrimaryConstructor);
        CheckUnset();
        if (lookForMembers && !hasPrimaryConstructor && !type.IsRecord)
            CheckConstructors();
        return new TypeForm(
            SymbolNames.TypeParameters(type),
            isPartial && Hiding() is null && !type.IsFileLocal && containers.All(container => !container.IsFileLocal),
            type.IsStatic,
            hasPrimaryConstructor,
            lookForMembers && !derives ? taken.Concat(InheritedMembers(takesBytes, hasWeights, hasOutputs)).ToEquatableArray() : taken)
        {
            BaseArguments = arguments,
            HasRequiredMembers = CheckRequired(),
            CanImplement = version >= LanguageVersion.CSharp11,
            DerivesFromNetwork = derives,
        };
    }

    private static string Written(INamedTypeSymbol symbol) => CSharpText.Identifier(symbol.Name) + SymbolNames.TypeParameters(symbol);

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
        if (!isPartial && !type.IsRecord)
            faults.Report(Rules.NotPartial, Place.Type, [new Remedy(RemedyKind.AddPartial)], _name, SymbolNames.Keyword(type));
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
                SymbolNames.Keyword(containers[i]));
        }

        return isPartial;
    }

    private void CheckForm(List<INamedTypeSymbol> containers)
    {
        if (type.IsRecord)
            Refuse("is a record, whose copies by 'with' would share its weights", $"write 'partial class {_name}'");
        if (MemberNames.NamesOne(type))
            Refuse("is called like a member that the compiler generates for every network", "give it another name");
        if (Hiding() == "System")
        {
            Refuse(
                "stands beside the type System in the global namespace, which hides the namespace System",
                "put the type System into a namespace, or rename it");
        }

        var length = SymbolNames.MetadataLength(type);
        if (length > LongestName)
        {
            var limit = $"has a full name of {length:N0} bytes, where {LongestName:N0} are allowed";
            Refuse(limit, "shorten the name of the class, or of what it stands in");
        }

        if (type.Arity > 0)
            Refuse("is generic", "remove its type parameters " + SymbolNames.TypeParameters(type));
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

    /// <summary>The namespace of ours or of .NET's whose name a type of the project takes; null for none. Ours is reported at that type.</summary>
    private string? Hiding() => new[] { "Cnn", "System" }
        .FirstOrDefault(name => type.ContainingAssembly.GlobalNamespace.GetTypeMembers(name).Length > 0);

    private LanguageVersion CheckLanguage()
    {
        var version = Parts(type).First().SyntaxTree.Options is CSharpParseOptions options ? options.LanguageVersion : LanguageVersion.Latest;
        if (version < LanguageVersion.CSharp12)
            faults.Report(Rules.LanguageTooOld, Place.Type, _name, version.ToDisplayString());
        return version;
    }

    /// <summary>Reports a base class that cannot be one; returns whether that is a network.</summary>
    private bool CheckBase(out string? arguments, bool hasPrimaryConstructor)
    {
        arguments = "";
        for (var ancestor = type.BaseType; ancestor is not null; ancestor = ancestor.BaseType)
        {
            if (!DeclarationParser.HasInput(ancestor))
                continue;
            Refuse(
                $"derives from the network {Written(ancestor)}",
                "derive from nothing, and put the layers that both have into a block, as in [Block(typeof(Shared))]");
            return true;
        }

        // A primary constructor calls the base class itself.
        if (!hasPrimaryConstructor)
            arguments = Construction.BaseArguments(type);
        if (arguments is not "")
        {
            Refuse(
                $"derives from {Written(type.BaseType!)}, which has no constructor without parameters that it can call",
                "add one, or derive from nothing");
        }

        return false;
    }

    private bool CheckRequired()
    {
        var required = Construction.Required(type).ToList();
        foreach (var member in required)
            faults.Report(Rules.RequiredMember, Place.Type, _name, member.Name);
        return required.Count > 0;
    }

    private void CheckUnset()
    {
        var number = 0;
        foreach (var member in Construction.Unset(type, cancellationToken))
        {
            var place = Place.Unset(number++);
            locations.Add(place, member.Locations[0]);
            faults.Report(Rules.UnsetMember, place, _name, member.Name);
        }
    }

    private void CheckConstructors()
    {
        var number = 0;
        foreach (var constructor in Construction.WithoutWeights(type, cancellationToken))
        {
            // One that is to go away is not told how to stay.
            if (MemberNames.IsConstructor(constructor))
                continue;
            var written = (ConstructorDeclarationSyntax)constructor.DeclaringSyntaxReferences[0].GetSyntax(cancellationToken);
            var place = Place.Constructor(number++);
            locations.Add(place, written.Identifier.GetLocation());
            faults.Report(Rules.ConstructorWithoutWeights, place, _name + written.ParameterList);
        }
    }

    private IEnumerable<string> InheritedMembers(bool takesBytes, bool hasWeights, bool hasOutputs)
    {
        for (var ancestor = type.BaseType; ancestor is not null; ancestor = ancestor.BaseType)
        {
            foreach (var (key, member) in MemberNames.Taken(ancestor, takesBytes, hasWeights, hasOutputs))
            {
                if (member is IMethodSymbol { MethodKind: MethodKind.Constructor } || !Construction.IsReachable(member, type))
                    continue;
                faults.Report(Rules.MemberInherited, Place.Type, _name, member.Name, Written(ancestor));
                yield return key;
            }
        }
    }

    private void Refuse(string what, string wayOut) => faults.Report(Rules.UnsupportedType, Place.Type, _name, what, wayOut);

    private EquatableArray<string> TakenMembers(bool hasPrimaryConstructor, bool takesBytes, bool hasWeights, bool hasOutputs)
    {
        var taken = new List<string>();
        foreach (var (key, member) in MemberNames.Taken(type, takesBytes, hasWeights, hasOutputs))
        {
            if (member is IMethodSymbol { MethodKind: MethodKind.Constructor } && hasPrimaryConstructor)
                continue;
            var what = key switch
            {
                GeneratedMembers.Constructor => "the constructor " + _name + "()",
                GeneratedMembers.SeedConstructor => "the constructor " + _name + "(int)",
                GeneratedMembers.WeightsConstructor => "the constructor " + _name + "(AlignedFloats)",
                _ => member.Name,
            };
            locations.Add(Place.Member(taken.Count), member.Locations[0]);
            faults.Report(Rules.MemberTaken, Place.Member(taken.Count), _name, what);
            taken.Add(key);
        }

        return taken.ToEquatableArray();
    }
}
