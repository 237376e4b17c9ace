using System;
using Xunit;

namespace Cnn.Zoo.Tests.Support;

/// <summary>Gives every test of the collection the same runs of PyTorch.</summary>
[CollectionDefinition("PyTorch")]
public sealed class ZooCollection : ICollectionFixture<PyTorchFixture>;

/// <summary>Keeps the runs until the last test has ended.</summary>
public sealed class PyTorchFixture : IDisposable
{
    internal PyTorch PyTorch { get; } = new();

    /// <inheritdoc/>
    public void Dispose() => PyTorch.Dispose();
}
