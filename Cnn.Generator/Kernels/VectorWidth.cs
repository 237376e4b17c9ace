namespace Cnn.Generator.Kernels;

/// <summary>A vector type of System.Runtime.Intrinsics for which a kernel is printed.</summary>
internal sealed record VectorWidth(string Type, int Lanes)
{
    public static readonly VectorWidth V256 = new("Vector256", 8);

    public static readonly VectorWidth V128 = new("Vector128", 4);

    /// <summary>Gets the name that a generated file gives the type with its element, <c>Vector256&lt;float&gt;</c>.</summary>
    public string Float => "F" + Infrastructure.Text.Number(Lanes);

    public string Zero => Float + ".Zero";

    public string Load(string reference, int offset) =>
        offset == 0 ? $"Load{Lanes}(ref {reference})" : $"Load{Lanes}(ref {reference}, {offset})";

    /// <summary>A load at an offset that may be an expression.</summary>
    public string LoadAt(string reference, string offset) => offset switch
    {
        "0" => $"Load{Lanes}(ref {reference})",
        _ => $"Load{Lanes}(ref {reference}, {offset})",
    };

    public static string Store(string vector, string reference, int offset) =>
        offset == 0 ? $"{vector}.StoreUnsafe(ref {reference});" : $"{vector}.StoreUnsafe(ref {reference}, {offset});";

    public string Broadcast(string scalar) => $"All{Lanes}({scalar})";

    /// <summary>The method of either width, told by its arguments.</summary>
    public static string MultiplyAdd(string left, string right, string sum) => $"Fma({left}, {right}, {sum})";

    /// <summary>Prints the short names that kernels have for what they do most.</summary>
    public void EmitShorthands(Infrastructure.CodeWriter writer)
    {
        const string inline = "[MethodImpl(MethodImplOptions.AggressiveInlining)]";
        writer.Line(inline);
        writer.Line($"static {Float} Load{Lanes}(ref float source) => {Type}.LoadUnsafe(ref source);");
        writer.Line();
        writer.Line(inline);
        writer.Line($"static {Float} Load{Lanes}(ref float source, nint offset) => {Type}.LoadUnsafe(ref source, (nuint)offset);");
        writer.Line();
        writer.Line(inline);
        writer.Line($"static {Float} All{Lanes}(float value) => {Type}.Create(value);");
        writer.Line();
        writer.Line(inline);
        writer.Line($"static {Float} Fma({Float} a, {Float} b, {Float} c) => {Type}.MultiplyAddEstimate(a, b, c);");
        writer.Line();
        writer.Line(inline);
        writer.Line($"static {Float} Relu({Float} x) => {Type}.Max(x, {Zero});");
    }
}
