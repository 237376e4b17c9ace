using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Cnn.Generator.Parsing;

/// <summary>What a class and its base classes ask of every constructor, and so of the generated ones.</summary>
internal static class Construction
{
    /// <summary>
    /// The arguments with which a constructor can call one of the base class: empty where none are needed, null where all are out of reach or
    /// take references.
    /// </summary>
    public static string? BaseArguments(INamedTypeSymbol type)
    {
        if (type.BaseType is null or { SpecialType: SpecialType.System_Object } or { TypeKind: TypeKind.Error })
            return "";
        var reachable = type.BaseType.InstanceConstructors.Where(constructor => IsReachable(constructor, type)).ToList();
        if (reachable.Any(constructor => constructor.Parameters.All(parameter => parameter.IsOptional || parameter.IsParams)))
            return "";
        var callable = reachable.FirstOrDefault(constructor => constructor.Parameters.All(parameter => parameter.RefKind == RefKind.None));
        return callable is null ? null : string.Join(", ", callable.Parameters.Select(parameter =>
            "default(" + parameter.Type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat) + ")!"));
    }

    /// <summary>The members, inherited ones included, that whoever creates an object must set.</summary>
    public static IEnumerable<ISymbol> Required(INamedTypeSymbol type)
    {
        for (var part = type; part is not null; part = part.BaseType)
        {
            foreach (var member in part.GetMembers())
            {
                if (member is IFieldSymbol { IsRequired: true } or IPropertySymbol { IsRequired: true, IsOverride: false })
                    yield return member;
            }
        }
    }

    /// <summary>The fields and properties of the class that may not be null and that nothing sets before a constructor ends.</summary>
    public static IEnumerable<ISymbol> Unset(INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        foreach (var field in type.GetMembers().OfType<IFieldSymbol>())
        {
            var mayNotBeNull = field.Type is { IsReferenceType: true, NullableAnnotation: NullableAnnotation.NotAnnotated };
            if (field.IsStatic || field.IsConst || field.IsRequired || !mayNotBeNull)
                continue;
            var declared = field.AssociatedSymbol ?? field;
            if (declared is not IPropertySymbol { IsRequired: true } && !MayBeNull(field) && !MayBeNull(declared)
                && declared.DeclaringSyntaxReferences.Any(part => IsUnset(part.GetSyntax(cancellationToken))))
            {
                yield return declared;
            }
        }
    }

    /// <summary>The constructors of the class that call no other of its own, and so leave it without weights.</summary>
    public static IEnumerable<IMethodSymbol> WithoutWeights(INamedTypeSymbol type, CancellationToken cancellationToken) =>
        type.InstanceConstructors.Where(constructor => constructor.DeclaringSyntaxReferences.Any(part =>
            part.GetSyntax(cancellationToken) is ConstructorDeclarationSyntax written
            && written.Initializer?.IsKind(SyntaxKind.ThisConstructorInitializer) != true));

    /// <summary>Whether a class can call or name a member of its base class.</summary>
    public static bool IsReachable(ISymbol member, INamedTypeSymbol type) => member.DeclaredAccessibility switch
    {
        Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal => true,
        Accessibility.Private => Containers(type).Any(container => SymbolEqualityComparer.Default.Equals(container, member.ContainingType)),
        _ => SymbolEqualityComparer.Default.Equals(member.ContainingAssembly, type.ContainingAssembly)
            || member.ContainingAssembly.GivesAccessTo(type.ContainingAssembly),
    };

    private static IEnumerable<INamedTypeSymbol> Containers(INamedTypeSymbol type)
    {
        for (var container = type.ContainingType; container is not null; container = container.ContainingType)
            yield return container;
    }

    private static bool MayBeNull(ISymbol symbol) => symbol.GetAttributes().Any(attribute =>
        attribute.AttributeClass is { Name: "MaybeNullAttribute" or "AllowNullAttribute" or "NotNullAttribute" });

    private static bool IsUnset(SyntaxNode node) => node switch
    {
        VariableDeclaratorSyntax variable => variable.Initializer is null,
        PropertyDeclarationSyntax property => property.Initializer is null,
        _ => false,
    };
}
