using System;
using System.Runtime.ExceptionServices;
using System.Threading;
using Xunit;

namespace Cnn.Tests.Support;

/// <summary>Runs what might hang on a thread of its own, so that a test that hangs fails and says so.</summary>
internal static class Rescue
{
    /// <summary>Far longer than anything takes on a loaded machine.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    /// <summary>Runs an action and throws its exception on.</summary>
    public static void Run(Action action)
    {
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                action();
            }
            catch (Exception exception)
            {
                failure = ExceptionDispatchInfo.Capture(exception);
            }
        })
        { IsBackground = true };
        thread.Start();
        Assert.True(thread.Join(Patience), "The call hangs.");
        failure?.Throw();
    }
}
