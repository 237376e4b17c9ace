using System;
using System.Globalization;
using System.Linq;
using ZooExample;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
switch (args)
{
    case []:
        foreach (var entry in Catalog.Entries)
            Console.WriteLine(entry.Summary);
        Console.WriteLine(Overview.Text(Catalog.Entries));
        return 0;

    case [var name] when Catalog.Find(name) is { } entry:
        Console.WriteLine(entry.Summary);
        return 0;

    case [var name, "--svg"] when Catalog.Find(name) is { } entry:
        Console.Write(entry.Summary.ToSvg());
        return 0;

    default:
        var names = string.Join(", ", Catalog.Entries.Select(entry => entry.Name.ToLowerInvariant()));
        Console.Error.WriteLine($"Zoo: give no argument, or one of {names}; --svg behind a name draws it.");
        return 1;
}
