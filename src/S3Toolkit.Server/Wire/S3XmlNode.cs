using System.Text;
using System.Xml;

namespace S3Toolkit.Server.Wire;

/// <summary>An element of a request document, read whole: namespaces are ignored, as S3 ignores them.</summary>
internal sealed class S3XmlNode(string name)
{
    private List<S3XmlNode>? _children;
    private StringBuilder? _text;
    private string? _joined;

    public string Name { get; } = name;

    public string Text => _text is null ? "" : _joined ??= _text.ToString();

    public IReadOnlyList<S3XmlNode> Children => _children ?? [];

    public S3XmlNode? Child(string name) => _children?.Find(child => child.Name == name);

    public string? TextOf(string name) => Child(name)?.Text;

    /// <summary>
    /// Reads a document; null when it is not well-formed. DTDs are refused: entities could expand without end or read files.
    /// </summary>
    /// <param name="document">The document, in the encoding that it declares.</param>
    /// <param name="maxElements">More make it malformed.</param>
    /// <param name="maxDepth">Deeper nesting makes it malformed.</param>
    public static S3XmlNode? TryParse(ReadOnlyMemory<byte> document, int maxElements, int maxDepth)
    {
        XmlReaderSettings settings = new()
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
        };
        try
        {
            using MemoryStream stream = new(document.ToArray(), writable: false);
            using XmlReader reader = XmlReader.Create(stream, settings);
            return Read(reader, maxElements, maxDepth);
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private static S3XmlNode? Read(XmlReader reader, int maxElements, int maxDepth)
    {
        int count = 0;
        Stack<S3XmlNode> open = new();
        S3XmlNode? root = null;
        while (reader.Read())
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    if (open.Count == maxDepth || ++count > maxElements) return null;
                    S3XmlNode node = new(reader.LocalName);
                    if (open.TryPeek(out S3XmlNode? parent)) (parent._children ??= []).Add(node);
                    root ??= node;
                    if (!reader.IsEmptyElement) open.Push(node);
                    break;
                case XmlNodeType.EndElement:
                    open.Pop();
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace:
                    if (open.TryPeek(out S3XmlNode? owner) && owner._children is null) (owner._text ??= new()).Append(reader.Value);
                    break;
            }
        }
        return root;
    }
}
