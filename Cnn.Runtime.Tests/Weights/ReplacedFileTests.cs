using System;
using System.IO;
using System.Linq;
using System.Threading;
using Cnn.Tests.Data;
using Cnn.Tests.Support;
using Xunit;

namespace Cnn.Tests.Weights;

/// <summary>Files that are replaced: whole at any time, and with nothing beside them that stays.</summary>
public sealed class ReplacedFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Target => Path.Combine(_folder.Path, "net.safetensors");

    private string[] Names => [.. Directory.GetFileSystemEntries(_folder.Path).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_process_that_is_killed_in_the_middle_of_a_save_leaves_one_temporary_file_that_the_next_save_removes()
    {
        Save(1);
        for (var round = 0; round < 4; round++)
        {
            using var process = Program.Start(nameof(Program.StopInTheMiddle), Target, 2);
            Assert.Equal("half", process.StandardOutput.ReadLine());
            Assert.Equal(1, Program.Value(Target));
            Program.Kill(process);
            Assert.Equal(1, Program.Value(Target));
            Assert.Equal(["net.safetensors", "net.safetensors.tmp"], Names);
        }

        Save(3);
        Assert.Equal(3, Program.Value(Target));
        Assert.Equal(["net.safetensors"], Names);
    }

    [Fact]
    public void A_process_that_is_killed_at_any_moment_leaves_a_whole_file_and_one_temporary_file_at_most()
    {
        for (byte round = 1; round <= 6; round++)
        {
            using var process = Program.Start(nameof(Program.SaveForEver), Target, round);
            for (var save = 0; save < round; save++)
                Assert.Equal("saved", process.StandardOutput.ReadLine());
            Program.Kill(process);
            Assert.Equal(round, Program.Value(Target));
            Assert.InRange(Names.Length, 1, 2);
        }

        Save(9);
        Assert.Equal(9, Program.Value(Target));
        Assert.Equal(["net.safetensors"], Names);
    }

    [Fact]
    public void Processes_and_threads_that_save_to_one_file_take_turns()
    {
        using var first = Program.Start(nameof(Program.SaveForEver), Target, 1);
        using var second = Program.Start(nameof(Program.SaveForEver), Target, 2);
        Assert.Equal("saved", first.StandardOutput.ReadLine());
        Assert.Equal("saved", second.StandardOutput.ReadLine());
        var values = new bool[8];
        var left = 3;
        var faults = 0;
        var savers = Enumerable.Range(3, 3).Select(value => new Thread(() =>
        {
            try
            {
                for (var save = 0; save < 25; save++)
                    Save((byte)value);
            }
            catch (Exception)
            {
                Interlocked.Increment(ref faults);
            }

            Interlocked.Decrement(ref left);
        })).ToArray();
        Array.ForEach(savers, saver => saver.Start());
        while (Volatile.Read(ref left) > 0)
            values[Program.Value(Target)] = true;
        Array.ForEach(savers, saver => saver.Join());
        Program.Kill(first);
        Program.Kill(second);
        Assert.Equal(0, faults);
        Assert.True(values.Count(seen => seen) > 1);
        Assert.InRange(Names.Length, 1, 2);
        Save(7);
        Assert.Equal(7, Program.Value(Target));
        Assert.Equal(["net.safetensors"], Names);
    }

    [Fact]
    public void What_a_killed_save_left_goes_whatever_it_is()
    {
        File.WriteAllBytes(Target + ".tmp", new byte[3 * Program.LongFile]);
        Save(4);
        Assert.Equal(4, Program.Value(Target));
        Assert.Equal(["net.safetensors"], Names);
    }

    [Fact]
    public void A_link_in_the_place_of_the_temporary_file_goes_and_what_it_points_to_stays()
    {
        var other = Path.Combine(_folder.Path, "other");
        File.WriteAllText(other, "not ours");
        File.CreateSymbolicLink(Target + ".tmp", other);
        Save(4);
        Assert.Equal(4, Program.Value(Target));
        Assert.Equal("not ours", File.ReadAllText(other));
        Assert.Equal(["net.safetensors", "other"], Names);
    }

    [Fact]
    public void A_save_that_fails_leaves_the_earlier_file_and_names_the_target()
    {
        Save(1);
        var failure = Assert.Throws<IOException>(() => ReplacedFile.Write(Target, stream =>
        {
            stream.Write(Program.Content(2).AsSpan(0, 1000));
            throw new IOException($"No space left on device : '{((FileStream)stream).Name}'");
        }));
        Assert.Equal($"{Target} cannot be written: No space left on device : '{Target}'", failure.Message);
        Assert.Equal(1, Program.Value(Target));
        Assert.Equal(["net.safetensors"], Names);
    }

    [Fact]
    public void Of_a_link_what_it_points_to_is_replaced()
    {
        var link = Path.Combine(_folder.Path, "latest");
        Save(1);
        File.CreateSymbolicLink(link, "net.safetensors");
        ReplacedFile.Write(link, stream => stream.Write(Program.Content(2)));
        Assert.Equal("net.safetensors", new FileInfo(link).LinkTarget);
        Assert.Equal(2, Program.Value(Target));

        File.Delete(Target);
        ReplacedFile.Write(link, stream => stream.Write(Program.Content(3)));
        Assert.Equal(3, Program.Value(Target));
        Assert.Equal(["latest", "net.safetensors"], Names);
    }

    [Fact]
    public void A_read_only_file_stays_and_is_named()
    {
        Save(1);
        new FileInfo(Target).IsReadOnly = true;
        Assert.Equal($"{Target} cannot be written: it is read-only.", Assert.Throws<UnauthorizedAccessException>(() => Save(2)).Message);
        Assert.Equal(1, Program.Value(Target));
        new FileInfo(Target).IsReadOnly = false;
    }

    [Fact]
    public void A_missing_folder_is_named_with_the_file_and_the_temporary_file_is_not()
    {
        var folder = Path.Combine(_folder.Path, "nowhere");
        var path = Path.Combine(folder, "net.safetensors");
        var failure = Assert.Throws<DirectoryNotFoundException>(() => NetworkWeights.Save(FakeNetwork.CreateNumbered(), path));
        Assert.Equal($"{path} cannot be written: its folder {folder} does not exist.", failure.Message);
    }

    [Fact]
    public void A_folder_in_the_place_of_the_file_is_called_one()
    {
        Directory.CreateDirectory(Target);
        Assert.Equal($"{Target} cannot be written: it is a folder.", Assert.Throws<IOException>(() => Save(1)).Message);
        Assert.Equal(["net.safetensors"], Names);
    }

    [Fact]
    public void The_folder_is_flushed_where_the_system_has_to_be_asked()
    {
        using var folder = new SaveFolder(_folder.Path);
        Assert.Equal(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(), folder.Flush());
    }

    [Fact]
    public void One_saves_at_a_time_in_a_folder_and_the_next_waits()
    {
        var inside = 0;
        var most = 0;
        var threads = Enumerable.Range(0, 6).Select(_ => new Thread(() =>
        {
            for (var turn = 0; turn < 20; turn++)
            {
                using var folder = new SaveFolder(_folder.Path);
                Assert.True(folder.IsLocked);
                most = Math.Max(most, Interlocked.Increment(ref inside));
                Thread.Yield();
                Interlocked.Decrement(ref inside);
            }
        })).ToArray();
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        Assert.Equal(1, most);
        using var other = new TemporaryFolder();
        using var here = new SaveFolder(_folder.Path);
        using var there = new SaveFolder(other.Path);
        Assert.True(here.IsLocked && there.IsLocked);
    }

    private void Save(byte value) => ReplacedFile.Write(Target, stream => stream.Write(Program.Content(value)));
}
