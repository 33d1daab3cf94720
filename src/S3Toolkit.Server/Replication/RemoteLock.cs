using S3Toolkit.Server.Operations.Locking;
using S3Toolkit.Server.Storage;
using S3Toolkit.Server.Wire;

namespace S3Toolkit.Server.Replication;

/// <summary>A lock as the documents that set one.</summary>
internal static class RemoteLock
{
    public static ReadOnlyMemory<byte> Retention(RetentionRecord retention)
    {
        S3XmlWriter writer = new();
        writer.Root("Retention");
        writer.Element("Mode", LockText.Of(retention.Mode));
        writer.Element("RetainUntilDate", retention.RetainUntil);
        writer.End("Retention");
        return writer.ToMemory();
    }

    public static ReadOnlyMemory<byte> Hold(bool isOn)
    {
        S3XmlWriter writer = new();
        writer.Root("LegalHold");
        writer.Element("Status", LockText.OfHold(isOn));
        writer.End("LegalHold");
        return writer.ToMemory();
    }
}
