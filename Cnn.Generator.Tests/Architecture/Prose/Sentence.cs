namespace Cnn.Generator.Tests.Architecture.Prose;

/// <summary>One sentence of a document or a comment, with each piece of code in it as one word.</summary>
/// <param name="Line">The line on which its paragraph begins, from 1.</param>
/// <param name="Text">The words, separated by single spaces.</param>
internal sealed record Sentence(int Line, string Text)
{
    /// <summary>The number of words; a token without a letter or a digit is none.</summary>
    public int Words
    {
        get
        {
            var words = 0;
            foreach (var token in Text.Split(' '))
            {
                foreach (var character in token)
                {
                    if (!char.IsLetterOrDigit(character))
                        continue;
                    words++;
                    break;
                }
            }

            return words;
        }
    }
}
