using System;
using System.Diagnostics;
using System.IO;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Threading;

namespace Cnn;

/// <summary>
/// A folder in which one saves at a time: threads and processes take turns. And it brings itself to the disk: until then a loss of power may undo
/// the renaming of a file.
/// </summary>
/// <remarks>
/// .NET opens no folders, so this calls the C library where there is one; the lock belongs to the open folder and goes with a process that is killed.
/// Windows has no such lock, but mutexes with names, and keeps a journal of its folders by itself.
/// </remarks>
internal sealed class SaveFolder : IDisposable
{
    private const int None = -1;
    private const int Exclusive = 2;
    private const int WithoutWaiting = 4;
    private const int Unlock = 8;
    private const int Interrupted = 4;
    private const int InputOutputError = 5;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly string _path;
    private readonly int _descriptor = None;
    private readonly Mutex? _mutex;

    /// <summary>Waits for the turn.</summary>
    /// <param name="path">The full path of the folder, which exists.</param>
    /// <exception cref="IOException">Another process does not end its turn.</exception>
    public SaveFolder(string path)
    {
        _path = path;
        if (OperatingSystem.IsWindows())
        {
            _mutex = new Mutex(false, "Cnn." + Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(path.ToUpperInvariant()))));
            IsLocked = Take(_mutex) ? true : throw Busy();
            return;
        }

        try
        {
            _descriptor = OpenFolder();
            IsLocked = _descriptor != None && Lock();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Gets a value indicating whether nobody else saves here. Not every file system has locks.</summary>
    public bool IsLocked { get; }

    /// <summary>Brings the names of its files to the disk, as far as the system and the file system can.</summary>
    /// <returns>Whether it did.</returns>
    /// <exception cref="IOException">The disk reports an error.</exception>
    public bool Flush()
    {
        if (_descriptor == None)
            return false;
        while (Sync(_descriptor) != 0)
        {
            switch (Marshal.GetLastPInvokeError())
            {
                case Interrupted:
                    continue;
                case InputOutputError:
                    throw new IOException($"The disk reports an error for the folder {_path}: what was saved there may be lost.");
                default:
                    return false;
            }
        }

        return true;
    }

    /// <summary>Ends the turn.</summary>
    public void Dispose()
    {
        if (_mutex is not null)
        {
            if (IsLocked)
                _mutex.ReleaseMutex();
            _mutex.Dispose();
        }

        if (_descriptor == None)
            return;
        _ = Flock(_descriptor, Unlock);
        _ = Close(_descriptor);
    }

    private static bool Take(Mutex mutex)
    {
        try
        {
            return mutex.WaitOne(Patience);
        }
        catch (AbandonedMutexException)
        {
            // Whoever had it was killed.
            return true;
        }
    }

    /// <summary>The descriptor, which processes that are started meanwhile do not get.</summary>
    private unsafe int OpenFolder()
    {
        const int onLinux = 0x80000;
        const int onMacOS = 0x1000000;
        if (!OperatingSystem.IsLinux() && !OperatingSystem.IsMacOS())
            return None;
        try
        {
            fixed (byte* path = Encoding.UTF8.GetBytes(_path + '\0'))
                return Open(path, OperatingSystem.IsLinux() ? onLinux : onMacOS);
        }
        catch (Exception fault) when (fault is DllNotFoundException or EntryPointNotFoundException)
        {
            return None;
        }
    }

    private bool Lock()
    {
        for (var begin = Stopwatch.GetTimestamp(); Flock(_descriptor, Exclusive | WithoutWaiting) != 0;)
        {
            var isTaken = Marshal.GetLastPInvokeError() is 11 or 35;
            if (!isTaken && Marshal.GetLastPInvokeError() != Interrupted)
                return false;
            if (isTaken && Stopwatch.GetElapsedTime(begin) > Patience)
                throw Busy();
            Thread.Sleep(2);
        }

        return true;
    }

    private IOException Busy() => new($"Another process has been saving in the folder {_path} for {Patience.TotalMinutes} minutes.");

    // Not LibraryImport: the code that it generates differs from folder to folder, and a package must not.
    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    private static extern unsafe int Open(byte* path, int flags);

    [DllImport("libc", EntryPoint = "flock", SetLastError = true)]
    private static extern int Flock(int descriptor, int operation);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static extern int Sync(int descriptor);

    [DllImport("libc", EntryPoint = "close")]
    private static extern int Close(int descriptor);
}
