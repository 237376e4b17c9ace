namespace Cnn;

/// <summary>
/// The order in which a file keeps the numbers that meet a flattened volume: those of a dense layer's weight after <c>[Flatten]</c>, for
/// example. A network has them in the order of its <see cref="Layout"/>.
/// </summary>
public enum WeightOrder
{
    /// <summary>
    /// As the file says: <c>Save</c> marks its files, and <c>"format": "pt"</c> in the metadata stands for PyTorch. A file without a mark is
    /// refused by a network for which the order counts.
    /// </summary>
    Marked,

    /// <summary>PyTorch's: channels first. The numbers are brought into the order of the network.</summary>
    PyTorch,

    /// <summary>That of the network's own layout, whatever the file says: nothing is moved.</summary>
    Declared,
}
