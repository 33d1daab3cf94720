using S3Toolkit.Server.Storage;
using S3Toolkit.Server.Wire;

namespace S3Toolkit.Server.Operations.Configurations.Settings;

/// <summary>What is kept of a setting, as XML.</summary>
internal static class SettingWriter
{
    private const string GranteeStart = "Grantee xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:type=";

    /// <summary>The content of the root.</summary>
    public static void Content(S3XmlWriter writer, DocumentRecord document)
    {
        foreach (DocumentRecord child in document.Children) Element(writer, child);
    }

    public static void Element(S3XmlWriter writer, DocumentRecord element)
    {
        writer.Start(element.Name == "Grantee" ? $"{GranteeStart}\"{TypeOf(element)}\"" : element.Name);
        if (element.Text is { } text) writer.Value(text);
        Content(writer, element);
        writer.End(element.Name);
    }

    /// <summary>Clients learn the kind of a grantee from an attribute; what it holds says the same.</summary>
    private static string TypeOf(DocumentRecord grantee) =>
        grantee.Child("URI") is not null ? "Group" : grantee.Child("EmailAddress") is not null ? "AmazonCustomerByEmail" : "CanonicalUser";
}
