using System;

namespace Cnn;

/// <summary>Says where a network has its working memory. Stands on the class of the network, before or after its layers.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class MemoryAttribute : Attribute
{
    /// <summary>
    /// Gets or sets the largest arena, in bytes, that an inference takes from the stack: 0 to 1,048,576. A larger one is allocated once per
    /// thread and kept; 0 does so always. The default is 131,072.
    /// </summary>
    /// <remarks>
    /// .NET can tell whether about 128 KiB of a stack are left, and no more. With a larger limit the calling threads must have room: .NET's
    /// own have 1.5 MB unless the platform or the program says otherwise.
    /// </remarks>
    public int StackLimit { get; set; } = NetworkRunner.StackLimit;
}
