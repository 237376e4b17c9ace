using System;

namespace Cnn.Generator.Diagnostics;

internal static class InternalErrors
{
    /// <summary>An exception on one line.</summary>
    public static string Describe(Exception exception) =>
        exception.GetType().Name + ", " + exception.Message.Replace("\r", "").Replace('\n', ' ');
}
