using System.Collections.Generic;
using System.Linq;
using Cnn.Generator.Graph;
using Cnn.Generator.Infrastructure;
using Cnn.Generator.Layers;
using Cnn.Generator.Scheduling;

namespace Cnn.Generator.Emission;

/// <summary>Prints the public members of a network and what it answers as an <c>INetwork</c>.</summary>
internal static class SurfaceEmitter
{
    public static void Emit(CodeWriter writer, CompiledNetwork network, IReadOnlyList<LayerRow> rows)
    {
        var declared = network.Declared;
        var name = declared.Type.Name;
        EmitConstants(writer, network, rows);
        EmitConstruction(writer, network, name);
        EmitInference(writer, network, name);
        LoadingEmitter.EmitFiles(writer, name);
        if (network.WeightsPath is { } path)
            PretrainedEmitter.Emit(writer, name, path, network.WeightsOrder);
        EmitSummary(writer, network, rows);
        EmitContract(writer, network, name);
    }

    private static void EmitConstants(CodeWriter writer, CompiledNetwork network, IReadOnlyList<LayerRow> rows)
    {
        var declared = network.Declared;
        var order = declared.Layout == VolumeLayout.Hwc ? "channels innermost" : "channels outermost";
        Constant(writer, "int", "InputLength", declared.Input.Length, $"Floats of one input: {declared.Input} (height x width x channels), {order}.");
        var several = declared.OutputNames.Count > 1 ? ", of all outputs one after the other" : "";
        Constant(writer, "int", "OutputLength", declared.Output.Length, $"Floats of one output: {declared.Output}{several}.");
        Constant(writer, "int", "ParameterCount", rows.Sum(row => row.Parameters), "Trainable numbers.");
        Constant(writer, "long", "MultiplyAdds", rows.Sum(row => row.MultiplyAdds), "Multiply-adds of one inference.");
        Constant(writer, "int", "ArenaBytes", network.ArenaBytes, "Working memory of one inference, planned at compile time.");
        OutputsEmitter.Emit(writer, declared);
    }

    private static void Constant(CodeWriter writer, string type, string name, long value, string comment)
    {
        writer.Line($"/// <summary>{comment}</summary>");
        writer.Line($"public const {type} {name} = {value};");
        writer.Line();
    }

    private static void EmitConstruction(CodeWriter writer, CompiledNetwork network, string name)
    {
        if (network.Folds)
            writer.Line("// The weights of training, and those of inference, which are made of them: with batch normalisation folded in, or transformed.");
        writer.Line($"private readonly global::Cnn.LiveWeights<{name}> _weights = new();");
        writer.Line();
        writer.Line("/// <summary>Creates the network with random weights from seed 0.</summary>");
        writer.Line($"public {name}()");
        using (writer.Block("    : this(0)"))
        {
        }

        writer.Line();
        writer.Line("/// <summary>Creates the network with random weights (He where a ReLU follows, Glorot elsewhere; biases zero).</summary>");
        writer.Line("/// <param name=\"seed\">The same seed gives the same weights on every machine.</param>");
        writer.Line($"public {name}(int seed)");
        using (writer.Open())
            writer.Line($"global::Cnn.ParameterInitialization.Initialize<{name}>(_weights.Trained, seed);");
        writer.Line();
        writer.Line($"private {name}(global::Cnn.LiveWeights<{name}> weights) => _weights = weights;");
        writer.Line();
    }

    private static void EmitInference(CodeWriter writer, CompiledNetwork network, string name)
    {
        writer.Line("/// <summary>One inference: allocates nothing, may be called from many threads at once.</summary>");
        EmitSteps(writer, network, name);
        writer.Line("/// <param name=\"input\">Exactly <see cref=\"InputLength\"/> floats.</param>");
        writer.Line("/// <param name=\"output\">Receives the result: exactly <see cref=\"OutputLength\"/> floats.</param>");
        writer.Line("/// <exception cref=\"global::System.ArgumentException\">A span has another length, or the two overlap.</exception>");
        writer.Line("public void Forward(global::System.ReadOnlySpan<float> input, global::System.Span<float> output) =>");
        writer.Line($"    global::Cnn.NetworkRunner.Forward<{name}>(_weights.Inference, input, output);");
        writer.Line();
        writer.Line("/// <summary>One inference in memory of the caller's, which no other call uses meanwhile: allocates nothing.</summary>");
        writer.Line("/// <param name=\"input\">Exactly <see cref=\"InputLength\"/> floats.</param>");
        writer.Line("/// <param name=\"output\">Receives the result: exactly <see cref=\"OutputLength\"/> floats.</param>");
        writer.Line("/// <param name=\"workspace\">At least <see cref=\"ArenaBytes\"/> bytes.</param>");
        writer.Line("/// <exception cref=\"global::System.ArgumentException\">A span has another length, the two overlap, or the workspace is too small.</exception>");
        writer.Line("public void Forward(global::System.ReadOnlySpan<float> input, global::System.Span<float> output, global::Cnn.Workspace workspace) =>");
        writer.Line($"    global::Cnn.NetworkRunner.Forward<{name}>(_weights.Inference, input, output, workspace);");
        writer.Line();
        if (network.Bytes is not null)
        {
            writer.Line("/// <summary>One inference from bytes, scaled as the input declares on their way in: allocates nothing.</summary>");
            writer.Line("/// <param name=\"input\">Exactly <see cref=\"InputLength\"/> bytes.</param>");
            writer.Line("/// <param name=\"output\">Receives the result: exactly <see cref=\"OutputLength\"/> floats.</param>");
            writer.Line("/// <exception cref=\"global::System.ArgumentException\">A span has another length.</exception>");
            writer.Line("public void Forward(global::System.ReadOnlySpan<byte> input, global::System.Span<float> output) =>");
            writer.Line($"    global::Cnn.NetworkRunner.Forward<{name}>(_weights.Inference, input, output);");
            writer.Line();
        }

        writer.Line($"/// <summary>{Meaning(network.Declared)} Allocates nothing.</summary>");
        writer.Line("/// <param name=\"input\">Exactly <see cref=\"InputLength\"/> floats.</param>");
        writer.Line("/// <exception cref=\"global::System.ArgumentException\">The span has another length.</exception>");
        writer.Line($"public int Predict(global::System.ReadOnlySpan<float> input) => global::Cnn.NetworkRunner.Predict<{name}>(_weights.Inference, input);");
        writer.Line();
        writer.Line("/// <summary>One inference for each sample.</summary>");
        if (network.Batch is { } batch)
            writer.Line($"/// <remarks>{batch.Program.Samples} at a time, so that large dense layers read their weights once for several: {Text.Grouped(batch.Arena.Bytes)} bytes of working memory for each thread.</remarks>");
        writer.Line("/// <param name=\"inputs\">The inputs, one after the other.</param>");
        writer.Line("/// <param name=\"outputs\">Receives the outputs, one after the other.</param>");
        writer.Line("/// <param name=\"threads\">The cores to spread the samples over, at least 1.</param>");
        writer.Line("/// <exception cref=\"global::System.ArgumentException\">The spans do not hold the same whole number of samples.</exception>");
        writer.Line("public void ForwardBatch(global::System.ReadOnlySpan<float> inputs, global::System.Span<float> outputs, int threads = 1) =>");
        writer.Line($"    global::Cnn.NetworkRunner.ForwardBatch<{name}>(_weights.Inference, inputs, outputs, threads);");
        writer.Line();
    }

    /// <summary>The table of the class, as an editor fetches it from there, and how the layers are computed: each way, and who takes it.</summary>
    private static void EmitSteps(CodeWriter writer, CompiledNetwork network, string name)
    {
        writer.Line("/// <remarks>");
        writer.Line($"/// <inheritdoc cref=\"{name}\" path=\"/remarks/node()\"/>");
        foreach (var alike in network.Inference.Steps.GroupBy(step => step.Kernel.Reason))
        {
            var names = string.Join(", ", alike.Select(step => network.Declared.Nodes[step.Node].Name).Distinct());
            foreach (var line in Lines($"<para>{names}: {LayerTable.Escape(alike.Key)}.</para>"))
                writer.Line("/// " + line);
        }

        writer.Line("/// </remarks>");
    }

    /// <summary>A text broken at blanks, but not before a percent sign.</summary>
    private static IEnumerable<string> Lines(string text)
    {
        const int columns = 120;
        while (text.Length > columns)
        {
            var end = text.LastIndexOf(' ', columns);
            if (end > 0 && text[end + 1] == '%')
                end = text.LastIndexOf(' ', end - 1);
            if (end <= 0)
                break;
            yield return text.Substring(0, end);
            text = text.Substring(end + 1);
        }

        yield return text;
    }

    private static void EmitSummary(CodeWriter writer, CompiledNetwork network, IReadOnlyList<LayerRow> rows)
    {
        writer.Line("/// <summary>The table of layers, as data and, printed, as text.</summary>");
        writer.Line("public static global::Cnn.NetworkSummary Summary { get; } = new(");
        writer.Line($"    \"{network.Declared.Type.Name.TrimStart('@')}\",");
        writer.Line("    [");
        foreach (var row in rows)
        {
            var (height, width, channels) = row.Shape.IsVector ? (row.Shape.Length, 1, 0) : (row.Shape.Height, row.Shape.Width, row.Shape.Channels);
            var numbers = string.Join(", ", new[] { height, width, channels, row.Parameters, row.MultiplyAdds, row.ArenaOffset, row.ArenaBytes }
                .Select(number => Text.Number(number)));
            var sources = row.Sources.Count == 0 ? "" : " { Sources = [\"" + string.Join("\", \"", row.Sources) + "\"] }";
            writer.Line($"        new(\"{row.Name}\", \"{row.Kind}\", {numbers}){sources},");
        }

        writer.Line("    ],");
        writer.Line("    ArenaBytes);");
        writer.Line();
    }

    private static void EmitContract(CodeWriter writer, CompiledNetwork network, string name)
    {
        var self = $"global::Cnn.INetwork<{name}>";
        void Member(string declaration)
        {
            writer.Line("/// <inheritdoc/>");
            writer.Line(declaration);
            writer.Line();
        }

        Member($"static int {self}.InputLength => InputLength;");
        if (network.Declared.Input is { IsVector: false } input)
        {
            var shape = string.Join(", ", new[] { input.Height, input.Width, input.Channels }.Select(number => Text.Number(number)));
            Member($"static global::Cnn.ImageShape? {self}.InputShape => new({shape}, IsPlanar: {Flag(network.Declared.Layout == VolumeLayout.Chw)});");
        }

        Member($"static int {self}.OutputLength => OutputLength;");
        if (network.Declared.OutputNames.Count > 1)
            Member($"static int {self}.MainOutputLength => {network.Declared.MainOutput.Length};");
        if (FinalActivation.IsSigmoid(network.Declared))
            Member($"static float {self}.Threshold => 0.5f;");
        Member($"static int {self}.ArenaBytes => ArenaBytes;");
        if (network.Declared.StackLimit != Network.UsualStackLimit)
            Member($"static int {self}.StackLimit => {network.Declared.StackLimit};");
        if (network.Batch is { } batch)
        {
            Member($"static int {self}.BatchSamples => {batch.Program.Samples};");
            Member($"static int {self}.BatchBytes => {batch.Arena.Bytes};");
        }

        Member($"static global::Cnn.NetworkSummary {self}.Summary => Summary;");
        LoadingEmitter.EmitOrder(writer, network.Declared, self);
        Member($"static global::System.Collections.Generic.IReadOnlyList<global::Cnn.ParameterTensor> {self}.Parameters => {NetworkEmitter.Tables(network.Declared.Type)}.Parameters;");
        var length = Text.Number(network.TrainingChoices.WeightsLength);
        Member($"static int {self}.WeightsLength => {length};");
        if (network.TrainingChoices.TrainableLength != network.TrainingChoices.WeightsLength)
            Member($"static int {self}.TrainableLength => {network.TrainingChoices.TrainableLength};");
        if (network.Folds)
        {
            Member($"static int {self}.InferenceLength => {network.InferenceChoices.WeightsLength};");
            Member($"static global::System.Collections.Generic.IReadOnlyList<global::Cnn.FoldedParameter> {self}.FoldedParameters => {NetworkEmitter.Tables(network.Declared.Type)}.Folded;");
            Member($"void {self}.WeightsChanged() => _weights.Change();");
        }

        // In a build that checks memory, a thread that finds a fault throws, and the others would wait for it.
        if (network.Inference.IsShared && !network.ChecksMemory)
            Member($"static bool {self}.IsShared => true;");
        Member($"global::System.Span<float> {self}.Weights => _weights.Trained;");
        Member($"global::Cnn.AlignedFloats {self}.KeptWeights => _weights.Trained;");
        Member($"global::System.ReadOnlySpan<float> {self}.InferenceWeights => _weights.Inference;");
        Member($"void {self}.ReplaceWeights(global::Cnn.AlignedFloats weights) => _weights.Replace(weights);");
        Member($"static {name} {self}.CreateZeroed() => new {name}(new global::Cnn.LiveWeights<{name}>());");
        var training = network.Training;
        var (pixels, classes, isPlanar) = OutputForm(network.Declared);
        var numbers = new[]
        {
            network.Workspace.SharedFloats,
            network.Workspace.SampleFloats,
            network.Workspace.Starts[training.Logits],
            network.Workspace.Starts[training.LogitsGradient],
        };
        writer.Line("/// <inheritdoc/>");
        writer.Line($"static global::Cnn.TrainingPlan {self}.Training {{ get; }} =");
        writer.Line($"    new({string.Join(", ", numbers.Select(number => Text.Number(number)))}, EndsInSoftmax: {Flag(training.EndsInSoftmax)})");
        writer.Line("    {");
        writer.Line($"        Pixels = {pixels},");
        writer.Line($"        Classes = {classes},");
        writer.Line($"        IsPlanar = {Flag(isPlanar)},");
        EmitExchanges(writer, network, "ForwardExchanges", training.Forward);
        EmitExchanges(writer, network, "BackwardExchanges", training.Backward);
        writer.Line("    };");
        EmitPasses(writer, network, self);
    }

    private static void EmitPasses(CodeWriter writer, CompiledNetwork network, string self)
    {
        void Member(string name, string parameters, string arguments)
        {
            writer.Line();
            writer.Line("/// <inheritdoc/>");
            writer.Line($"static void {self}.{name}({parameters}) =>");
            writer.Line($"    {NetworkEmitter.Code(network.Declared.Type)}.{name}({arguments});");
        }

        const string references = "ref weights, ref input, ref output, ref arena";
        foreach (var type in network.Bytes is null ? new[] { "float" } : ["float", "byte"])
        {
            var parameters = $"ref float weights, ref {type} input, ref float output, ref float arena";
            if (!network.Inference.IsShared)
            {
                Member("Run", parameters, references);
                continue;
            }

            Member("Run", "ref global::Cnn.Turns turns, " + parameters, "ref turns, " + references);
            writer.Line();
            writer.Line("/// <inheritdoc/>");
            using (writer.Block($"static void {self}.Run({parameters})"))
            {
                writer.Line("var turns = default(global::Cnn.Turns);");
                writer.Line($"{NetworkEmitter.Code(network.Declared.Type)}.Run(ref turns, {references});");
            }
        }

        if (network.Batch is not null)
        {
            Member(
                "RunBatch",
                "ref float weights, ref float inputs, ref float outputs, int count, ref float arena",
                "ref weights, ref inputs, ref outputs, count, ref arena");
        }

        const string batch = "ref float workspace, int capacity, int count, ulong seed";
        const string given = "ref workspace, capacity, count, seed";
        Member("TrainForward", $"ref float weights, {batch}", $"0, ref weights, {given}");
        Member("TrainForward", $"int phase, ref float weights, {batch}", $"phase, ref weights, {given}");
        Member("TrainBackward", $"ref float weights, ref float gradients, {batch}", $"0, ref weights, ref gradients, {given}, 0");
        Member(
            "TrainBackward",
            $"int phase, ref float weights, ref float gradients, {batch}, int lowest",
            $"phase, ref weights, ref gradients, {given}, lowest");
    }

    private static void EmitExchanges(CodeWriter writer, CompiledNetwork network, string name, EquatableArray<TrainingStep> pass)
    {
        var exchanges = pass.Where(step => step.Exchange is not null).Select(step => step.Exchange!).ToList();
        if (exchanges.Count == 0)
            return;
        writer.Line($"        {name} =");
        writer.Line("        [");
        var rows = new List<string>();
        foreach (var exchange in exchanges)
        {
            var numbers = new[]
            {
                network.Workspace.Starts[exchange.Statistics], exchange.Channels, exchange.Elements, exchange.RunningMean, exchange.RunningVariance,
            };
            rows.Add($"new({string.Join(", ", numbers.Select(number => Text.Number(number)))}, {exchange.Momentum}),");
        }

        for (var i = 0; i < rows.Count; i += 2)
            writer.Line("            " + string.Join(" ", rows.Skip(i).Take(2)));
        writer.Line("        ],");
    }

    /// <summary>The meaning of the result of <c>Predict</c>.</summary>
    private static string Meaning(Network network)
    {
        var threshold = FinalActivation.IsSigmoid(network) ? "0.5" : "0";
        var output = network.OutputNames.Count > 1 ? "output of the last layer" : "output";
        return network.MainOutput.Length == 1
            ? $"Yes or no: 1 where the {output} is above {threshold}, else 0."
            : network.OutputNames.Count > 1
                ? "The index of the largest value of the last layer's output; the first one where several are equal."
                : "The index of the largest output; the first one where several are equal.";
    }

    /// <summary>The output as the losses see it: classes, at each pixel of a volume or once.</summary>
    private static (int Pixels, int Classes, bool IsPlanar) OutputForm(Network network)
    {
        var output = network.MainOutput;
        return output.IsVector
            ? (1, output.Length, false)
            : (output.Height * output.Width, output.Channels, network.Layout == VolumeLayout.Chw);
    }

    private static string Flag(bool value) => value ? "true" : "false";
}
