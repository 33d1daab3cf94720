using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Wire;

namespace S3Toolkit.Server.Operations.Input;

internal static class OwnerXml
{
    /// <summary>Writes an Owner or Initiator element.</summary>
    public static void User(this S3XmlWriter writer, string element, S3Identity identity)
    {
        writer.Start(element);
        writer.Element("ID", identity.CanonicalId);
        writer.Element("DisplayName", identity.UserName);
        writer.End(element);
    }
}
