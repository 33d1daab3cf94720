using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Storage;
using S3Toolkit.Server.Wire;

namespace S3Toolkit.Server.Operations.Configurations.Settings;

/// <summary>A document to what is kept of it: judged by its shape, its elements in the shape's order.</summary>
internal static class SettingReader
{
    /// <exception cref="S3ErrorException">MalformedXML: it has not this shape.</exception>
    public static DocumentRecord Read(S3XmlNode node, ElementShape shape)
    {
        if (shape.IsText is { } isText)
        {
            if (node.Children.Count > 0 || !isText(node.Text)) throw Malformed();
            return new DocumentRecord(shape.Name) { Text = node.Text };
        }
        if (node.Children.Any(child => shape.Children.All(known => known.Name != child.Name))) throw Malformed();
        if (shape.IsChoice && node.Children.Count != 1) throw Malformed();
        List<DocumentRecord> children = [];
        foreach (ElementShape known in shape.Children)
        {
            S3XmlNode[] found = [.. node.Children.Where(child => child.Name == known.Name)];
            if (found.Length == 0 && !known.IsOptional && !shape.IsChoice) throw Malformed();
            if (found.Length > 1 && !known.IsRepeated) throw Malformed();
            children.AddRange(found.Select(child => Read(child, known)));
        }
        return new DocumentRecord(shape.Name) { Children = children };
    }

    private static S3ErrorException Malformed() => S3Errors.MalformedXml().ToException();
}
