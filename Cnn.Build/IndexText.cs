using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace Cnn.Build;

/// <summary>
/// Writes what the generator reads of the weights, so that it needs neither bytes nor JSON: lines of fields between tabs. A line for each
/// file (<c>file</c>, its path, whether it is embedded); after it one for each tensor (<c>tensor</c>, name, type, dimensions between
/// commas) and one with the order that the file tells (<c>order</c>), or one that says why it cannot be read (<c>damaged</c>).
/// </summary>
internal sealed class IndexText
{
    private readonly StringBuilder _text = new("weights\t1\n");

    public void File(string path, bool isEmbedded) => Line("file", path, isEmbedded ? "embedded" : "listed");

    public void Tensor(string name, SafetensorsEntry entry)
    {
        var shape = string.Join(",", entry.Shape.Select(dimension => dimension.ToString(CultureInfo.InvariantCulture)));
        Line("tensor", name, entry.DataType, shape);
    }

    public void Order(string mark) => Line("order", mark);

    public void Damaged(string reason) => Line("damaged", reason);

    public override string ToString() => _text.ToString();

    private void Line(params IEnumerable<string> fields) => _text.AppendJoin('\t', fields.Select(Escape)).Append('\n');

    /// <summary>Nothing that a name may hold ends a field or a line.</summary>
    private static string Escape(string field)
    {
        if (!field.Any(character => char.IsControl(character) || character == '\\'))
            return field;
        var text = new StringBuilder();
        foreach (var character in field)
        {
            if (char.IsControl(character) || character == '\\')
                text.Append('\\').Append(((int)character).ToString("x4", CultureInfo.InvariantCulture));
            else
                text.Append(character);
        }

        return text.ToString();
    }
}
