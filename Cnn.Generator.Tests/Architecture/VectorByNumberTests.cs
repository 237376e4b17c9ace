using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Cnn.Generator.Tests.Support;
using Xunit;

namespace Cnn.Generator.Tests.Architecture;

/// <summary>
/// WebAssembly's interpreter multiplies and divides vectors of 128 bits by vectors in one instruction, but by numbers element by element, thirty
/// times slower. Other compilers make as many instructions of both.
/// </summary>
public sealed class VectorByNumberTests
{
    private const string Networks = """
        [Cnn.Input(28, 28, 1)]
        [Cnn.Conv(6, 5, Padding = 2), Cnn.Relu, Cnn.AvgPool(2), Cnn.Conv(16, 3), Cnn.AvgPool(3, Stride = 2, Padding = 1)]
        [Cnn.AvgPool(2, Stride = 1), Cnn.Flatten, Cnn.Dense(10), Cnn.Softmax]
        public partial class Interleaved;

        [Cnn.Input(24, 24, 3, Layout = Cnn.Layout.Chw)]
        [Cnn.Conv(8, 3, Padding = 1), Cnn.AvgPool(2), Cnn.Elu, Cnn.Conv(16, 3, Padding = 1), Cnn.AvgPool(3, Stride = 2, Padding = 1, CeilMode = true)]
        [Cnn.Conv(32, 3, Padding = 1), Cnn.GlobalAvgPool, Cnn.Dense(5)]
        public partial class Planar;

        [Cnn.Input(14, 14, 16)]
        [Cnn.AvgPool(2), Cnn.Relu, Cnn.Conv(16, 3, Padding = 1), Cnn.Relu, Cnn.DepthwiseConv(3), Cnn.Relu, Cnn.AdaptiveAvgPool(2), Cnn.Flatten, Cnn.Dense(5)]
        public partial class Wide;
        """;

    [Fact]
    public void The_runtime_multiplies_no_vector_of_128_bits_by_a_number() =>
        Assert.Empty(Products(File.OpenRead(typeof(INetwork<>).Assembly.Location)));

    [Fact]
    public void Generated_code_multiplies_no_vector_of_128_bits_by_a_number()
    {
        var image = new MemoryStream();
        Assert.True(Harness.Run(Networks).Output.Emit(image).Success);
        image.Position = 0;
        Assert.Empty(Products(image));
    }

    /// <summary>The operators of Vector128 that an assembly calls and that take a number: with the type of its lanes for the second operand or the first.</summary>
    private static List<string> Products(Stream image)
    {
        using var reader = new PEReader(image);
        var metadata = reader.GetMetadataReader();
        return
        [
            .. from handle in metadata.MemberReferences
               let member = metadata.GetMemberReference(handle)
               let name = metadata.GetString(member.Name)
               where name is "op_Multiply" or "op_Division" && IsVector128(metadata, member.Parent) && TakesNumber(metadata.GetBlobReader(member.Signature))
               select name,
        ];
    }

    private static bool IsVector128(MetadataReader metadata, EntityHandle parent)
    {
        if (parent.Kind != HandleKind.TypeSpecification)
            return false;
        var blob = metadata.GetBlobReader(metadata.GetTypeSpecification((TypeSpecificationHandle)parent).Signature);
        Assert.Equal(SignatureTypeCode.GenericTypeInstance, blob.ReadSignatureTypeCode());
        blob.ReadCompressedInteger();
        var type = blob.ReadTypeHandle();
        return type.Kind == HandleKind.TypeReference && metadata.GetString(metadata.GetTypeReference((TypeReferenceHandle)type).Name) == "Vector128`1";
    }

    private static bool TakesNumber(BlobReader signature)
    {
        Assert.False(signature.ReadSignatureHeader().IsInstance);
        var parameters = signature.ReadCompressedInteger();
        var takes = false;
        for (var i = 0; i <= parameters; i++)
            takes |= Type(ref signature) == SignatureTypeCode.GenericTypeParameter;
        return takes;
    }

    /// <summary>Reads a parameter: a vector of the type's parameter, or that parameter itself.</summary>
    private static SignatureTypeCode Type(ref BlobReader signature)
    {
        var code = signature.ReadSignatureTypeCode();
        if (code == SignatureTypeCode.GenericTypeInstance)
        {
            signature.ReadCompressedInteger();
            signature.ReadTypeHandle();
            Assert.Equal(1, signature.ReadCompressedInteger());
            Assert.Equal(SignatureTypeCode.GenericTypeParameter, signature.ReadSignatureTypeCode());
        }

        signature.ReadCompressedInteger();
        return code;
    }
}
