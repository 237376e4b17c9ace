using System;
using System.Buffers.Binary;
using System.IO;
using System.Text;
using Cnn.Tests.Support;

namespace Cnn.Tests.Weights;

/// <summary>Safetensors files of <see cref="FakeNetwork"/>, good ones and crafted ones.</summary>
internal static class SafetensorsBytes
{
    public const int DataLength = 80;

    public const string Weight = """ "conv1.weight":{"dtype":"F32","shape":[2,1,3,3],"data_offsets":[0,72]} """;

    public const string Bias = """ "conv1.bias":{"dtype":"F32","shape":[2],"data_offsets":[72,80]} """;

    /// <summary>A file of a header and the given number of bytes of data.</summary>
    public static byte[] Build(string header, int dataLength = DataLength) => Build(Encoding.UTF8.GetBytes(header), dataLength);

    public static byte[] Build(byte[] header, int dataLength = DataLength)
    {
        var file = new byte[8 + header.Length + dataLength];
        BinaryPrimitives.WriteInt64LittleEndian(file, header.Length);
        header.CopyTo(file, 8);
        return file;
    }

    /// <summary>The saved file of the network with the parameters 1, 2, 3 ...</summary>
    public static byte[] Saved()
    {
        using var stream = new MemoryStream();
        NetworkWeights.Save(FakeNetwork.CreateNumbered(), stream);
        return stream.ToArray();
    }

    /// <summary>The parameters of a network in canonical order.</summary>
    public static float[] Canonical(FakeNetwork network)
    {
        var values = new float[20];
        FakeNetwork.Parameters[0].Unpack(network.Weights, values.AsSpan(0, 18));
        FakeNetwork.Parameters[1].Unpack(network.Weights, values.AsSpan(18));
        return values;
    }
}
