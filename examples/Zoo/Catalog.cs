using System;
using System.Collections.Generic;
using System.Linq;
using Cnn;

namespace ZooExample;

/// <summary>A network of the zoo.</summary>
/// <param name="Name">The name of its class.</param>
/// <param name="Task">The task for which it was made.</param>
/// <param name="Summary">Its table of layers.</param>
internal sealed record Entry(string Name, string Task, NetworkSummary Summary);

/// <summary>Every network of the zoo, the smallest images first.</summary>
internal static class Catalog
{
    /// <summary>Gets the networks.</summary>
    public static IReadOnlyList<Entry> Entries { get; } =
    [
        new(nameof(LeNet5), "32x32 images, 10 classes", LeNet5.Summary),
        new(nameof(ResNet8), "32x32 images, 10 classes", ResNet8.Summary),
        new(nameof(DsCnn), "one second of speech, 12 keywords", DsCnn.Summary),
        new(nameof(MobileNetV1), "96x96 images, person or none", MobileNetV1.Summary),
        new(nameof(Autoencoder), "sound of a machine, its reconstruction", Autoencoder.Summary),
        new(nameof(UNet), "128x128 images, 4 classes a pixel", UNet.Summary),
        new(nameof(SqueezeNet), "224x224 images, 1000 classes", SqueezeNet.Summary),
        new(nameof(MobileNetV2), "224x224 images, 1000 classes", MobileNetV2.Summary),
        new(nameof(ResNet18), "224x224 images, 1000 classes", ResNet18.Summary),
        new(nameof(ResNet50), "224x224 images, 1000 classes", ResNet50.Summary),
    ];

    /// <summary>A network by its name, in upper or lower case, with or without dashes; null if there is none.</summary>
    public static Entry? Find(string name)
    {
        var plain = name.Replace("-", "", StringComparison.Ordinal);
        return Entries.FirstOrDefault(entry => entry.Name.Equals(plain, StringComparison.OrdinalIgnoreCase));
    }
}
