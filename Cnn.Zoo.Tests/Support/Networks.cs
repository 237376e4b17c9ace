using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace Cnn.Zoo.Tests.Support;

/// <summary>The zoo's networks by name and memory order.</summary>
internal static class Networks
{
    private static readonly Dictionary<string, ZooNetwork> All = new()
    {
        ["LeNet5.hwc"] = new ZooNetwork<ZooExample.LeNet5>(),
        ["LeNet5.chw"] = new ZooNetwork<Chw.LeNet5>(),
        ["ResNet8.hwc"] = new ZooNetwork<ZooExample.ResNet8>(),
        ["ResNet8.chw"] = new ZooNetwork<Chw.ResNet8>(),
        ["DsCnn.hwc"] = new ZooNetwork<ZooExample.DsCnn>(),
        ["DsCnn.chw"] = new ZooNetwork<Chw.DsCnn>(),
        ["MobileNetV1.hwc"] = new ZooNetwork<ZooExample.MobileNetV1>(),
        ["MobileNetV1.chw"] = new ZooNetwork<Chw.MobileNetV1>(),
        ["Autoencoder.hwc"] = new ZooNetwork<ZooExample.Autoencoder>(),
        ["Autoencoder.chw"] = new ZooNetwork<Chw.Autoencoder>(),
        ["UNet.hwc"] = new ZooNetwork<ZooExample.UNet>(),
        ["UNet.chw"] = new ZooNetwork<Chw.UNet>(),
        ["SqueezeNet.hwc"] = new ZooNetwork<ZooExample.SqueezeNet>(),
        ["SqueezeNet.chw"] = new ZooNetwork<Chw.SqueezeNet>(),
        ["MobileNetV2.hwc"] = new ZooNetwork<ZooExample.MobileNetV2>(),
        ["MobileNetV2.chw"] = new ZooNetwork<Chw.MobileNetV2>(),
        ["ResNet18.hwc"] = new ZooNetwork<ZooExample.ResNet18>(),
        ["ResNet18.chw"] = new ZooNetwork<Chw.ResNet18>(),
        ["ResNet50.hwc"] = new ZooNetwork<ZooExample.ResNet50>(),
        ["ResNet50.chw"] = new ZooNetwork<Chw.ResNet50>(),
    };

    /// <summary>Gets the names of all networks.</summary>
    public static string[] Names { get; } =
        ["LeNet5", "ResNet8", "DsCnn", "MobileNetV1", "Autoencoder", "UNet", "SqueezeNet", "MobileNetV2", "ResNet18", "ResNet50"];

    /// <summary>Gets every network in both orders.</summary>
    public static TheoryData<string, string> Cases { get; } = InBothOrders(Names);

    /// <summary>Gets those that are trained beside PyTorch.</summary>
    public static TheoryData<string, string> TrainedCases { get; } = InBothOrders("ResNet8", "DsCnn", "MobileNetV1", "UNet");

    /// <summary>
    /// Gets those of which many steps can be compared. The others have too many bends: after 20 steps PyTorch's own float32 has left its
    /// float64 by a tenth of the loss (MobileNetV1) or a fifth of the weights' way (U-Net).
    /// </summary>
    public static TheoryData<string, string> SmoothCases { get; } = InBothOrders("ResNet8", "DsCnn");

    /// <summary>Gets those with batch normalisation, for one thread and for two.</summary>
    public static TheoryData<string, int> NormalizedCases
    {
        get
        {
            var cases = new TheoryData<string, int>();
            foreach (var name in Names.Where(name => Get(name, "hwc").Parameters.Any(tensor => tensor.IsBuffer)))
            {
                cases.Add(name, 1);
                cases.Add(name, 2);
            }

            return cases;
        }
    }

    public static ZooNetwork Get(string name, string order) => All[name + "." + order];

    /// <summary>The network without dropout.</summary>
    public static ZooNetwork Undropped(string name, string order) =>
        (name, order) == ("DsCnn", "hwc") ? new ZooNetwork<Hwc.DsCnn>() : Get(name, order);

    private static TheoryData<string, string> InBothOrders(params string[] names)
    {
        var cases = new TheoryData<string, string>();
        foreach (var name in names)
        {
            cases.Add(name, "hwc");
            cases.Add(name, "chw");
        }

        return cases;
    }
}
