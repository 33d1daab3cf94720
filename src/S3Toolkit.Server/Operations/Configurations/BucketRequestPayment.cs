using S3Toolkit.Server.Pipeline;

namespace S3Toolkit.Server.Operations.Configurations;

/// <summary>Who pays for the requests to a bucket; the value is AWS's name of the payer.</summary>
internal static class BucketRequestPayment
{
    private const string Owner = "BucketOwner", Requester = "Requester";

    public static readonly BucketConfiguration<string> Kind = new()
    {
        Root = "RequestPaymentConfiguration",
        Read = static (document, _) => document.TextOf("Payer")?.Trim() switch
        {
            Owner => Owner,
            Requester => Requester,
            _ => throw S3Errors.MalformedXml().ToException(),
        },
        Write = static (writer, value) => writer.Element("Payer", value),
        Of = static bucket => bucket.RequesterPays ? Requester : Owner,
        With = static (bucket, value) => bucket with { RequesterPays = value == Requester },
        Missing = S3Errors.NoSuchBucket, // there always is a payer
    };
}
