using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Reflection;
using System.Threading;
using Xunit;

namespace Cnn.Tests.Support;

/// <summary>The work of a separate process in a test, which kills it.</summary>
internal static class Program
{
    /// <summary>The bytes of a file that a process writes over and over.</summary>
    public const int LongFile = 1 << 20;

    public static int Main(string[] arguments)
    {
        if (arguments is not [var task, var path, var number])
            throw new ArgumentException("A process of a test has a task, a path and a number.", nameof(arguments));
        var value = byte.Parse(number, CultureInfo.InvariantCulture);
        switch (task)
        {
            case nameof(StopInTheMiddle):
                StopInTheMiddle(path, value);
                return 0;
            case nameof(SaveForEver):
                SaveForEver(path, value);
                return 0;
            default:
                throw new ArgumentException($"There is no task {task}.", nameof(arguments));
        }
    }

    /// <summary>Starts a process with a task of this class; its output says how far it is.</summary>
    public static Process Start(string task, string path, byte value)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        foreach (var argument in new[] { "exec", Assembly.GetExecutingAssembly().Location, task, path, $"{value}" })
            start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }

    /// <summary>Kills a process, as <c>kill -9</c> does.</summary>
    public static void Kill(Process process)
    {
        process.Kill();
        Assert.True(process.WaitForExit(Rescue.Patience), "The process does not end.");
    }

    /// <summary>Writes half of a file, says so, and waits to be killed.</summary>
    public static void StopInTheMiddle(string path, byte value) => ReplacedFile.Write(path, stream =>
    {
        stream.Write(Content(value).AsSpan(LongFile / 2));
        stream.Flush();
        Console.WriteLine("half");
        Thread.Sleep(Timeout.Infinite);
    });

    /// <summary>Writes a file over and over, and says each time that it has.</summary>
    public static void SaveForEver(string path, byte value)
    {
        while (true)
        {
            ReplacedFile.Write(path, stream => stream.Write(Content(value)));
            Console.WriteLine("saved");
        }
    }

    /// <summary>A file of one value, whose length depends on it.</summary>
    public static byte[] Content(byte value)
    {
        var content = new byte[LongFile + value];
        content.AsSpan().Fill(value);
        return content;
    }

    /// <summary>The value of a file that is whole.</summary>
    public static byte Value(string path)
    {
        var content = File.ReadAllBytes(path);
        Assert.NotEmpty(content);
        Assert.False(content.AsSpan().ContainsAnyExcept(content[0]), "The file holds pieces of two.");
        Assert.Equal(LongFile + content[0], content.Length);
        return content[0];
    }
}
