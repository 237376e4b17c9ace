using System;
using System.Linq;
using Cnn.Generator.Diagnostics;
using Cnn.Generator.Graph;
using Cnn.Generator.Layers;
using Cnn.Generator.Parsing;
using Cnn.Generator.Reporting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Cnn.Generator.Analysis;

/// <summary>
/// Losses that do not suit the network of a trainer: those that take logits and apply the last activation themselves, for a network that
/// ends in an activation, and cross-entropy of a single output.
/// </summary>
internal static class LossUse
{
    private const string CrossEntropy = "CrossEntropy";
    private const string BinaryCrossEntropy = "BinaryCrossEntropy";

    public static void Register(CompilationStartAnalysisContext start)
    {
        if (start.Compilation.GetTypeByMetadataName("Cnn.Trainer`1") is { } trainer)
            start.RegisterOperationAction(operation => Check(operation, trainer), OperationKind.ObjectCreation);
    }

    private static void Check(OperationAnalysisContext context, INamedTypeSymbol trainer)
    {
        var creation = (IObjectCreationOperation)context.Operation;
        if (creation.Type is not INamedTypeSymbol type
            || !SymbolEqualityComparer.Default.Equals(type.OriginalDefinition, trainer)
            || type.TypeArguments[0] is not INamedTypeSymbol { DeclaringSyntaxReferences.IsEmpty: false } network
            || !DeclarationParser.HasInput(network))
        {
            return;
        }

        var argument = creation.Arguments.FirstOrDefault(candidate => candidate.Parameter?.Name == "loss");
        var loss = LossOf(argument?.Value, trainer);
        try
        {
            if (loss is null || Compiled(network, context) is not { } compiled)
                return;
            var place = argument is { ArgumentKind: ArgumentKind.Explicit } ? argument.Syntax.GetLocation() : PlaceOf(creation.Syntax);
            if (loss == CrossEntropy && compiled.MainOutput is { Channels: 1 } one)
            {
                var each = one.Length > 1 ? " at each pixel" : "";
                context.ReportDiagnostic(Rules.LossOfOneOutput.At(place, network.Name, each));
            }
            else if (FinalActivation.Of(compiled, throughPooling: false) is { } last && Clash(last, compiled.OutputNames[0], loss) is var (name, why, way))
            {
                context.ReportDiagnostic(Rules.LossAppliesActivation.At(place, network.Name, name, loss, why, way));
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // The generator met the same exception and has reported it as an error.
        }
    }

    /// <summary>The loss, as far as the code's types tell it; the trainer's own where none is given, and null where it is none of these.</summary>
    private static string? LossOf(IOperation? value, INamedTypeSymbol trainer)
    {
        while (value is IConversionOperation { IsImplicit: true } conversion)
            value = conversion.Operand;
        if (value is null or IDefaultValueOperation || value.ConstantValue is { HasValue: true, Value: null })
            return CrossEntropy;
        var isOurs = SymbolEqualityComparer.Default.Equals(value.Type?.ContainingAssembly, trainer.ContainingAssembly);
        return isOurs && value.Type!.Name is CrossEntropy or BinaryCrossEntropy ? value.Type!.Name : null;
    }

    /// <summary>The network, where it is without error.</summary>
    public static Network? Compiled(INamedTypeSymbol network, OperationAnalysisContext context) =>
        DeclarationParser.Parse(network, null, lookForMembers: false, context.CancellationToken) is { } parsed
            ? CompilerPipeline.Check(parsed.Declaration, context.CancellationToken).Network
            : null;

    /// <summary>The last layer, why the loss does not go with it, and the way out; null where it does.</summary>
    private static (string Name, string Why, string Way)? Clash(Node node, string output, string loss)
    {
        var last = node.Layer;
        var (name, isBinary) = ($"[{last.Kind}]", loss == BinaryCrossEntropy);
        return last switch
        {
            SoftmaxLayer when !isBinary =>
                node.Name == output ? null : (name, "which the loss applies itself unless it is the last layer", $"remove {name}, or make it the last layer"),
            LogSoftmaxLayer when !isBinary => null,
            ActivationLayer { Function: ActivationFunction.Sigmoid } when isBinary =>
                (name, "which the loss applies itself", $"remove {name}, or use MeanSquaredError"),
            SoftmaxLayer or LogSoftmaxLayer when isBinary =>
                (name, "but the loss takes logits and applies a sigmoid to each by itself", $"remove {name}, or use CrossEntropy"),
            ActivationLayer or PReluLayer =>
                (name, $"but the loss takes logits of either sign and applies a {(isBinary ? "sigmoid" : "softmax")} itself", $"remove {name}"),
            _ => null,
        };
    }

    private static Location PlaceOf(SyntaxNode creation) =>
        creation is ObjectCreationExpressionSyntax explicitly ? explicitly.Type.GetLocation() : creation.GetLocation();
}
