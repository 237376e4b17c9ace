using System;
using Cnn.Generator.Graph;
using Cnn.Generator.Kernels;
using Cnn.Generator.Shapes;

namespace Cnn.Generator.Scheduling;

/// <summary>What a kernel asks of the tensor it reads: an order, and at least this border and padding of the channels.</summary>
internal sealed record Demand(
    VolumeLayout Order,
    int Top = 0,
    int Left = 0,
    int Bottom = 0,
    int Right = 0,
    int StoredChannels = 0,
    bool BorderIsMinusInfinity = false)
{
    public bool HasBorder => (Top | Left | Bottom | Right) != 0;

    /// <summary>A dense tensor in a given order.</summary>
    public static Demand Dense(VolumeLayout order) => new(order);

    /// <summary>The same with so many rows of zeros above and below.</summary>
    public Demand WithRows(int border) => this with { Top = border, Bottom = border };

    /// <summary>What a pooling reads: zeros around a mean, minus infinity around a maximum.</summary>
    public static Demand Of(PoolGeometry geometry, VolumeLayout order)
    {
        var (bottom, right) = (geometry.Window.BeyondBottom(geometry.Input.Height), geometry.Window.BeyondRight(geometry.Input.Width));
        var demand = new Demand(order, geometry.Window.Top, geometry.Window.Left, bottom, right);
        return demand with { BorderIsMinusInfinity = geometry.IsMax && demand.HasBorder };
    }

    public TensorLayout Layout(Shape volume) =>
        new(volume, Order, Top, Left, Bottom, Right, StoredChannels, BorderIsMinusInfinity);

    public bool IsMetBy(TensorLayout layout) =>
        layout.Order == Order
        && layout.Top >= Top
        && layout.Left >= Left
        && layout.Bottom >= Bottom
        && layout.Right >= Right
        && Math.Max(layout.StoredChannels, layout.Volume.Channels) >= StoredChannels
        && (!HasBorder || layout.BorderIsMinusInfinity == BorderIsMinusInfinity);

    /// <summary>A demand that meets both, where that is possible.</summary>
    public Demand? Merge(Demand other)
    {
        var conflict = other.Order != Order
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
