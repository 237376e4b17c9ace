using System;
using System.Globalization;
using Cnn.Reference;

namespace Cnn.Generator.Tests.EndToEnd;

/// <summary>The layers of a random graph that change no shape.</summary>
internal static class GraphElements
{
    /// <summary>Large, so that a normalisation over few elements does not enlarge the rounding of what it normalises.</summary>
    private const double Epsilon = 0.125;

    public static void Add(StepGene gene, AddLayerCall add)
    {
        var (attribute, layer) = (gene.A % 20) switch
        {
            0 => ("Relu", new ReferenceLayer.Relu()),
            1 => ("LeakyRelu(0.125)", new ReferenceLayer.LeakyRelu(0.125)),
            2 => ("Relu6", new ReferenceLayer.Relu6()),
            3 => ("Clip(-0.5, 0.75)", new ReferenceLayer.Clip(-0.5, 0.75)),
            4 => ("Elu(0.75)", new ReferenceLayer.Elu(0.75)),
            5 => ("Selu", new ReferenceLayer.Selu()),
            6 => ("Gelu", new ReferenceLayer.Gelu()),
            7 => ("Gelu(Tanh = true)", new ReferenceLayer.Gelu(true)),
            8 => ("Silu", new ReferenceLayer.Silu()),
            9 => ("Mish", new ReferenceLayer.Mish()),
            10 => ("HardSwish", new ReferenceLayer.HardSwish()),
            11 => ("HardSigmoid", new ReferenceLayer.HardSigmoid()),
            12 => ("Softplus(Beta = 2)", new ReferenceLayer.Softplus(2)),
            13 => ("Sigmoid", new ReferenceLayer.Sigmoid()),
            14 => ("Tanh", new ReferenceLayer.Tanh()),
            15 => ("PRelu", new ReferenceLayer.PRelu()),
            16 => ("PRelu(PerChannel = true)", new ReferenceLayer.PRelu(true)),
            17 => ("Dropout(0)", new ReferenceLayer.Dropout(0)),
            18 => ("LogSoftmax", new ReferenceLayer.LogSoftmax()),
            _ => ("Relu", (ReferenceLayer)new ReferenceLayer.Relu()),
        };
        add(attribute, layer);
    }

    public static void AddNormalization(StepGene gene, VolumeShape shape, bool isVector, AddLayerCall add)
    {
        var epsilon = "Epsilon = " + Epsilon.ToString(CultureInfo.InvariantCulture);
        var affine = gene.Flag ? ", Affine = true" : ", Affine = false";
        switch (isVector ? gene.A % 2 : gene.A % 6)
        {
            case 0 or 4:
                add($"BatchNorm({epsilon}{affine})", new ReferenceLayer.BatchNorm(Epsilon, Affine: gene.Flag));
                break;
            case 1 when shape.Channels > 1:
                add($"LayerNorm({epsilon}{affine})", new ReferenceLayer.LayerNorm(Epsilon, gene.Flag));
                break;
            // The reference takes a single pixel for a vector, whose parameters have another shape.
            case 2 when shape.Pixels > 1:
                add($"LayerNorm({epsilon}{affine}, WholeSample = true)", new ReferenceLayer.LayerNorm(Epsilon, gene.Flag, WholeSample: true));
                break;
            case 3:
                var groups = Divisor(shape.Channels, gene.B);
                if (shape.Length > groups)
                    add($"GroupNorm({groups.ToString(CultureInfo.InvariantCulture)}, {epsilon}{affine})", new ReferenceLayer.GroupNorm(groups, Epsilon, gene.Flag));
                break;
            case 5 when shape.Pixels > 1:
                add($"InstanceNorm({epsilon}{affine})", new ReferenceLayer.InstanceNorm(Epsilon, gene.Flag));
                break;
        }
    }

    /// <summary>The largest divisor of a number that is not above another.</summary>
    public static int Divisor(int number, int most)
    {
        for (var divisor = Math.Max(1, Math.Min(number, most)); ; divisor--)
        {
            if (number % divisor == 0)
                return divisor;
        }
    }
}
