namespace Cnn.Generator.Kernels;

/// <summary>A vector type of System.Runtime.Intrinsics for which a kernel is printed.</summary>
internal sealed record VectorWidth(string Type, int Lanes)
{
    public static readonly VectorWidth V256 = new("Vector256", 8);

    public static readonly VectorWidth V128 = new("Vector128", 4);

    /// <summary>Gets the type with its element: <c>Vector256&lt;float&gt;</c>.</summary>
    public string Float => Type + "<float>";

    public string Zero => Float + ".Zero";

    public string Load(string reference, int offset) =>
        offset == 0 ? $"{Type}.LoadUnsafe(ref {reference})" : $"{Type}.LoadUnsafe(ref {reference}, {offset})";

    /// <summary>A load at an offset that may be an expression.</summary>
    public string LoadAt(string reference, string offset) => offset switch
    {
        "0" => $"{Type}.LoadUnsafe(ref {reference})",
        _ when offset.Contains(" ") => $"{Type}.LoadUnsafe(ref {reference}, (nuint)({offset}))",
        _ => $"{Type}.LoadUnsafe(ref {reference}, {offset})",
    };

    public static string Store(string vector, string reference, int offset) =>
        offset == 0 ? $"{vector}.StoreUnsafe(ref {reference});" : $"{vector}.StoreUnsafe(ref {reference}, {offset});";

    public string Broadcast(string scalar) => $"{Type}.Create({scalar})";

    /// <summary>The method of either width, told by its arguments.</summary>
    public static string MultiplyAdd(string left, string right, string sum) => $"MultiplyAddEstimate({left}, {right}, {sum})";
}
