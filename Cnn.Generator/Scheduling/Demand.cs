using System;
using Cnn.Generator.Graph;
using Cnn.Generator.Kernels;
using Cnn.Generator.Shapes;

namespace Cnn.Generator.Scheduling;

/// <summary>What a kernel asks of the tensor it reads: an order, and at least this border, spread and padding of the channels.</summary>
internal sealed record Demand(
    VolumeLayout Order,
    int Top = 0,
    int Left = 0,
    int Bottom = 0,
    int Right = 0,
    int SpreadHeight = 1,
    int SpreadWidth = 1,
    int StoredChannels = 0,
    bool BorderIsMinusInfinity = false)
{
    public bool HasBorder => (Top | Left | Bottom | Right) != 0;

    /// <summary>A dense tensor in a given order.</summary>
    public static Demand Dense(VolumeLayout order) => new(order);

    /// <summary>What a convolution's kernel reads. A negative border (padding beyond the kernel) asks for none.</summary>
    public static Demand Of(ConvGeometry geometry, VolumeLayout order) => new(
        order,
        Math.Max(0, geometry.Window.Top),
        Math.Max(0, geometry.Window.Left),
        Math.Max(0, geometry.Window.Bottom),
        Math.Max(0, geometry.Window.Right));

    /// <summary>What a pooling reads: zeros around a mean, minus infinity around a maximum.</summary>
    public static Demand Of(PoolGeometry geometry, VolumeLayout order)
    {
        var (bottom, right) = (geometry.Window.BeyondBottom(geometry.Input.Height), geometry.Window.BeyondRight(geometry.Input.Width));
        var demand = new Demand(order, geometry.Window.Top, geometry.Window.Left, bottom, right);
        return demand with { BorderIsMinusInfinity = geometry.IsMax && demand.HasBorder };
    }

    public TensorLayout Layout(Shape volume) =>
        new(volume, Order, Top, Left, Bottom, Right, SpreadHeight, SpreadWidth, StoredChannels, BorderIsMinusInfinity);

    public bool IsMetBy(TensorLayout layout) =>
        layout.Order == Order
        && layout.Top >= Top
        && layout.Left >= Left
        && layout.Bottom >= Bottom
        && layout.Right >= Right
        && layout.SpreadHeight == SpreadHeight
        && layout.SpreadWidth == SpreadWidth
        && Math.Max(layout.StoredChannels, layout.Volume.Channels) >= StoredChannels
        && (!HasBorder || layout.BorderIsMinusInfinity == BorderIsMinusInfinity);

    /// <summary>A demand that meets both, where that is possible.</summary>
    public Demand? Merge(Demand other)
    {
        var conflict = other.Order != Order
            || other.SpreadHeight != SpreadHeight
            || other.SpreadWidth != SpreadWidth
            || other.BorderIsMinusInfinity != BorderIsMinusInfinity;
        return conflict
            ? null
            : this with
            {
                Top = Math.Max(Top, other.Top),
                Left = Math.Max(Left, other.Left),
                Bottom = Math.Max(Bottom, other.Bottom),
                Right = Math.Max(Right, other.Right),
                StoredChannels = Math.Max(StoredChannels, other.StoredChannels),
            };
    }
}
