using System;
using System.Collections.Generic;
using Cnn.Generator.Layers;

namespace Cnn.Generator.Scheduling.Lowerings;

/// <summary>The lowering of every kind of layer.</summary>
internal static class LoweringCatalog
{
    private static readonly Dictionary<Type, Lowering> ByLayer = new()
    {
        [typeof(ConvLayer)] = new ConvLowering(),
        [typeof(DepthwiseConvLayer)] = new ConvLowering(),
        [typeof(ConvTransposeLayer)] = new ConvLowering(),
        [typeof(DenseLayer)] = new DenseLowering(),
        [typeof(PoolLayer)] = new PoolLowering(),
        [typeof(FlattenLayer)] = new FlattenLowering(),
        [typeof(ActivationLayer)] = new ActivationLowering(),
        [typeof(SoftmaxLayer)] = new SoftmaxLowering(),
        [typeof(LogSoftmaxLayer)] = new SoftmaxLowering(),
        [typeof(DropoutLayer)] = new DropoutLowering(),
        [typeof(AddLayer)] = new AddLowering(),
        [typeof(BatchNormLayer)] = new BatchNormLowering(),
        [typeof(LayerNormLayer)] = new SampleNormLowering(),
        [typeof(GroupNormLayer)] = new SampleNormLowering(),
        [typeof(InstanceNormLayer)] = new SampleNormLowering(),
        [typeof(PReluLayer)] = new PReluLowering(),
    };

    public static Lowering? Find(Type layer) => ByLayer.TryGetValue(layer, out var lowering) ? lowering : null;
}
