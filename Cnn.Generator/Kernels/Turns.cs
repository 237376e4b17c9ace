namespace Cnn.Generator.Kernels;

/// <summary>The words of generated code for the turns that the threads of one inference take.</summary>
internal static class Turns
{
    /// <summary>The parameter through which a thread takes its turns.</summary>
    public const string Parameter = "ref Turns turns";

    /// <summary>The argument for it.</summary>
    public const string Argument = "ref turns";

    /// <summary>The header of what one of the threads does.</summary>
    public const string Once = "foreach (int once in turns.Of(1))";

    /// <summary>The header of what one of the threads does while others begin the next loop.</summary>
    public const string Beside = "if (turns.Beside())";
}
