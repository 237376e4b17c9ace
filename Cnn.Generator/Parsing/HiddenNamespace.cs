using Cnn.Generator.Diagnostics;
using Cnn.Generator.Reporting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Cnn.Generator.Parsing;

/// <summary>A type without a namespace that is called like the namespace of the library, so that C# finds no attribute in that any more.</summary>
internal static class HiddenNamespace
{
    private const string Name = "Cnn";

    /// <summary>Reports every such type of the project where it is declared.</summary>
    public static void Report(IncrementalGeneratorInitializationContext context)
    {
        var found = context.SyntaxProvider.CreateSyntaxProvider(
            static (node, _) => node is BaseTypeDeclarationSyntax { Identifier.ValueText: Name, Parent: CompilationUnitSyntax },
            static (found, _) =>
            {
                var locations = new DeclarationLocations();
                locations.Add(Place.Type, ((BaseTypeDeclarationSyntax)found.Node).Identifier.GetLocation());
                return DeclarationPositions.From(locations);
            });
        context.RegisterSourceOutput(found, static (output, positions) =>
            output.ReportDiagnostic(new Fault(Rules.HidesNamespace.Id, Place.Type, [Name]).At(positions.Find(Place.Type))));
    }
}
