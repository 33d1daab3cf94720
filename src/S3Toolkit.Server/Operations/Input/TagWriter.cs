using S3Toolkit.Server.Storage;
using S3Toolkit.Server.Wire;

namespace S3Toolkit.Server.Operations.Input;

internal static class TagWriter
{
    public static ReadOnlyMemory<byte> Document(IReadOnlyList<TagRecord> tags)
    {
        S3XmlWriter writer = new();
        writer.Root("Tagging");
        TagSet(writer, tags);
        writer.End("Tagging");
        return writer.ToMemory();
    }

    public static void TagSet(S3XmlWriter writer, IReadOnlyList<TagRecord> tags)
    {
        writer.Start("TagSet");
        foreach (TagRecord tag in tags)
        {
            writer.Start("Tag");
            writer.Element("Key", tag.Key);
            writer.Element("Value", tag.Value);
            writer.End("Tag");
        }
        writer.End("TagSet");
    }
}
