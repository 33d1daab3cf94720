using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Wire;

namespace S3Toolkit.Server.Operations.Input;

internal static class OwnerXml
{
    /// <summary>Writes an Owner or Initiator element.</summary>
    public static void User(this S3XmlWriter writer, string element, string canonicalId, OperationContext context)
    {
        writer.Start(element);
        writer.Element("ID", canonicalId);
        writer.Element("DisplayName", context.Server.Users.DisplayNameOf(canonicalId));
        writer.End(element);
    }
}
