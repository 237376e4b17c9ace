using System;
using System.Collections.Generic;

namespace DigitsExample;

/// <summary>Test images of MNIST (LeCun, Cortes and Burges), one character per pixel.</summary>
internal static class Drawings
{
    private const int Size = 28;

    /// <summary>From paper to ink.</summary>
    private const string Ramp = " .:-=+*#%@";

    private const string Seven = """







              -#*+:.
              %@@@@@########*:
              :=-=*%@%@@@@%@@+
                   .: ::::.%@=
                          -@#.
                         .%@-
                         +@%:
                        :@@:
                        +@#
                        #@:
                       =@*
                      -@%:
                     .%@*
                     #@%.
                    .@@-
                   .%@=
                   +@@:
                  :@@@:
                  =@@%.
                  =@#.

        """;

    private const string Two = """



                  ==*@@+-
                 *@@@@@@%.
                *@@@%+*@@=
               :@@#.   #@+
               -@#.   =@@:
                ..    #@@:
                     =@@#
                    -@@%:
                    +@@+
                   *@@*
                  .%@%.
                  #@@+
                 -@@#
                .#@@+
                +@@*
                @@@.
                @@@:....   ...++++
                @@@@@@@@*+*@@@@@@@=
                *@@@@@@@@@@@@@@*==:
                 ====*@@@+==.





        """;

    private const string Five = """




                         .:::.+-:
                       -+%@@@%@@@
                    .+@@@@@@@@@@@
                    :@@@@@@@%****
                .+- :%%%*=:.
                #@-  . .
               *@+
              +@%.
             -@%.
             +@*
             %@@=:
             @@@@@+-=-..-.
             +@@@@@@@@@@@%*
              :%%@@@@@@@@@@=
                 :-#@@@@@@@*
                   =@@+:*@@*
                   :@@@#@@@+
                    *@@@@@*
                    .*%@%+
                      -+.




        """;

    /// <summary>Gets the digits and their images.</summary>
    public static IReadOnlyList<(int Digit, string Drawing)> All { get; } = [(7, Seven), (2, Two), (5, Five)];

    /// <summary>Turns a drawing into the numbers that the network was trained with: 0 for paper, 1 for ink.</summary>
    public static void Read(string drawing, Span<float> image)
    {
        image.Clear();
        var lines = drawing.Split('\n');
        for (var y = 0; y < Size; y++)
        {
            for (var x = 0; x < lines[y].Length; x++)
                image[(y * Size) + x] = (float)Ramp.IndexOf(lines[y][x], StringComparison.Ordinal) / (Ramp.Length - 1);
        }
    }
}
