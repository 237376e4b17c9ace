using System;
using System.Globalization;
using System.Linq;
using Cnn.Generator.Diagnostics;
using Cnn.Generator.Graph;
using Cnn.Generator.Layers;
using Cnn.Generator.Parsing;
using Cnn.Generator.Reporting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Cnn.Generator.Analysis;

/// <summary>Literal numbers with which no training succeeds: a learning rate above 1, and batches of one sample that a vector is normalised over.</summary>
internal static class TrainingUse
{
    private static readonly string[] Optimizers = ["Sgd", "Adam", "AdamW", "RmsProp"];

    public static void Register(CompilationStartAnalysisContext start)
    {
        if (start.Compilation.GetTypeByMetadataName("Cnn.Trainer`1") is not { } trainer)
            return;
        start.RegisterOperationAction(operation => CheckRate(operation, trainer), OperationKind.ObjectCreation);
        start.RegisterOperationAction(operation => CheckBatch(operation, trainer), OperationKind.Invocation);
    }

    private static void CheckRate(OperationAnalysisContext context, INamedTypeSymbol trainer)
    {
        var creation = (IObjectCreationOperation)context.Operation;
        if (creation.Type is not { } type || !Optimizers.Contains(type.Name)
            || !SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, trainer.ContainingAssembly)
            || creation.Arguments.FirstOrDefault(argument => argument.Parameter?.Name == "learningRate") is not { } rate
            || rate.Value.ConstantValue is not { HasValue: true, Value: float value } || !(value > 1))
        {
            return;
        }

        context.ReportDiagnostic(Rules.RateAboveOne.At(
            rate.Syntax.GetLocation(), value.ToString("R", CultureInfo.InvariantCulture), type.Name == "Sgd" ? "0.01 to 0.1" : "0.001"));
    }

    private static void CheckBatch(OperationAnalysisContext context, INamedTypeSymbol trainer)
    {
        var call = (IInvocationOperation)context.Operation;
        if (call.TargetMethod is not { Name: "Fit", ContainingType: { } type }
            || !SymbolEqualityComparer.Default.Equals(type.OriginalDefinition, trainer)
            || call.Arguments.FirstOrDefault(argument => argument.Parameter?.Name == "batchSize") is not { } size
            || size.Value.ConstantValue is not { HasValue: true, Value: 1 }
            || type.TypeArguments[0] is not INamedTypeSymbol { DeclaringSyntaxReferences.IsEmpty: false } network
            || !DeclarationParser.HasInput(network))
        {
            return;
        }

        try
        {
            if (LossUse.Compiled(network, context) is { } compiled && compiled.Nodes.FirstOrDefault(NormalisesOne) is { } node)
                context.ReportDiagnostic(Rules.BatchOfOne.At(size.Syntax.GetLocation(), network.Name, node.Name));
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // The generator met the same exception and has reported it as an error.
        }
    }

    /// <summary>Whether each of its means is of one element per sample.</summary>
    private static bool NormalisesOne(Node node) => node.Layer is BatchNormLayer && node.Input is { Height: 1, Width: 1 };
}
