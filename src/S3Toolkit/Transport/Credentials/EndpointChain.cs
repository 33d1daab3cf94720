namespace S3Toolkit.Transport.Credentials;

/// <summary>
/// The endpoint of S3 that the environment or the profile sets: AWS_ENDPOINT_URL_S3, AWS_ENDPOINT_URL, <c>endpoint_url</c> of the profile,
/// in the order of "Service-specific endpoints" of the AWS SDKs and Tools Reference Guide. Sections <c>services</c> are not read.
/// </summary>
internal static class EndpointChain
{
    public static Uri? Find(CredentialContext context)
    {
        if (context.IsTrue("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS")) return null;
        return Uri.TryCreate(context.ServiceEndpoint("S3") ?? OfProfile(context), UriKind.Absolute, out var endpoint) ? endpoint : null;
    }

    private static string? OfProfile(CredentialContext context)
    {
        try
        {
            return ProfileSet.Load(context).Find(ProfileLink.NameOf(context))?.GetValueOrDefault("endpoint_url");
        }
        catch (CredentialSourceException)
        {
            // A file that cannot be read is the credential chain's to complain about, once it is needed.
            return null;
        }
    }
}
