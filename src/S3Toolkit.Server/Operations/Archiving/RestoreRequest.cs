using System.Globalization;
using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Storage;
using S3Toolkit.Server.Wire;

namespace S3Toolkit.Server.Operations.Archiving;

/// <summary>What a restore asks for: for how many days, and how fast.</summary>
internal sealed record RestoreRequest(int Days, string Tier)
{
    /// <exception cref="S3ErrorException">MalformedXML, or NotImplemented for what S3 has given up: to select from archives.</exception>
    public static RestoreRequest Read(S3XmlNode document)
    {
        if (document.Children.Any(node => node.Name is "Type" or "SelectParameters" or "OutputLocation"))
            throw S3Errors.NotImplemented("RestoreRequest with Type, SelectParameters or OutputLocation").ToException();
        bool hasDays = int.TryParse(document.TextOf("Days")?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out int days);
        if (!hasDays || days < 1) throw S3Errors.MalformedXml().ToException();
        string tier = document.Child("GlacierJobParameters")?.TextOf("Tier") ?? document.TextOf("Tier") ?? "Standard";
        if (tier is not ("Standard" or "Bulk" or "Expedited")) throw S3Errors.MalformedXml().ToException();
        return new RestoreRequest(days, tier);
    }

    /// <summary>
    /// The restore that follows upon what is there, with S3's rounding: a copy goes at the midnight (UTC) after its days are over. One that
    /// can be read already is kept for longer, or shorter.
    /// </summary>
    /// <exception cref="S3ErrorException">There is nothing to restore, or somebody does it already.</exception>
    public RestoreRecord Next(ObjectRecord record, DateTimeOffset now, TimeSpan delay)
    {
        string storageClass = record.Properties.StorageClass;
        if (!Archive.IsArchived(storageClass))
        {
            throw S3Errors.InvalidObjectState("Restore is not allowed for the object's current storage class", storageClass)
                .ToException();
        }
        if (Tier == "Expedited" && storageClass == "DEEP_ARCHIVE")
        {
            throw S3Errors.InvalidArgument("Retrieval option is not supported by this storage class", "Tier", Tier).ToException();
        }
        if (record.Restore?.IsUnderWay(now) ?? false) throw S3Errors.RestoreAlreadyInProgress().ToException();
        bool isExtension = record.Restore?.IsReadable(now) ?? false;
        DateTimeOffset ready = isExtension ? record.Restore!.ReadyAt : now + delay;
        return new RestoreRecord(ready, MidnightAfter((isExtension ? now : ready).AddDays(Days)));
    }

    private static DateTimeOffset MidnightAfter(DateTimeOffset time)
    {
        DateTimeOffset midnight = new(time.UtcDateTime.Date, TimeSpan.Zero);
        return midnight == time ? midnight : midnight.AddDays(1);
    }
}
