using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Storage;
using S3Toolkit.Server.Wire;

namespace S3Toolkit.Server.Operations.Archiving;

/// <summary>Objects whose class is an archive: there, but not to be read before they are restored.</summary>
internal static class Archive
{
    /// <summary>GLACIER_IR is an archive by its name and its price alone: it is read at once.</summary>
    public static bool IsArchived(string storageClass) => storageClass is "GLACIER" or "DEEP_ARCHIVE";

    /// <summary>Refuses to give the bytes of what is archived and not restored.</summary>
    /// <exception cref="S3ErrorException">InvalidObjectState.</exception>
    public static void CheckReadable(ObjectRecord record, DateTimeOffset now, bool isCopySource = false)
    {
        string storageClass = record.Properties.StorageClass;
        if (!IsArchived(storageClass) || (record.Restore?.IsReadable(now) ?? false)) return;
        throw S3Errors.InvalidObjectState(
            isCopySource
                ? "Operation is not valid for the source object's storage class"
                : "The operation is not valid for the object's storage class", storageClass).ToException();
    }

    /// <summary>Adds how far a restore has come; what is not restored, or not any more, tells nothing.</summary>
    public static S3Response Restore(this S3Response response, RestoreRecord? restore, DateTimeOffset now) =>
        response.Header("x-amz-restore", restore is null || now >= restore.ExpiresAt ? null
            : restore.IsUnderWay(now) ? "ongoing-request=\"true\""
            : $"ongoing-request=\"false\", expiry-date=\"{WireTime.ToHttpDate(restore.ExpiresAt)}\"");

    /// <summary>The same in a listing that asks for it.</summary>
    public static void RestoreStatus(this S3XmlWriter writer, ObjectRecord record, DateTimeOffset now)
    {
        if (!IsArchived(record.Properties.StorageClass)) return;
        writer.Start("RestoreStatus");
        writer.Element("IsRestoreInProgress", record.Restore?.IsUnderWay(now) ?? false);
        if (record.Restore is { } restore && restore.IsReadable(now)) writer.Element("RestoreExpiryDate", restore.ExpiresAt);
        writer.End("RestoreStatus");
    }
}
