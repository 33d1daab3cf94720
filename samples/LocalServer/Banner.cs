using S3Toolkit.Server;

namespace LocalServer;

/// <summary>What is printed when the server listens.</summary>
internal static class Banner
{
    public static string Text(S3Server server, Startup startup, TimeSpan elapsed, string seeded, string? certificate)
    {
        S3ServerOptions options = startup.Server;
        string origin = server.Endpoint.GetLeftPart(UriPartial.Authority);
        string website = server.WebsiteEndpoint is { } address ? $"Web sites on {address.GetLeftPart(UriPartial.Authority)}/BUCKET/\n" : "";
        // The secrets of a file stay in the file, and one that was given is known to whoever gave it.
        string keys = options.Users.Count > 0
            ? $"{options.Users.Count} users, the first of them {server.AccessKeyId}; take a key and its secret from your file."
            : $"export AWS_ACCESS_KEY_ID={server.AccessKeyId}\n  export AWS_SECRET_ACCESS_KEY="
                + (options.SecretAccessKey is null ? server.SecretAccessKey : "<the one of --secret-key>");
        string trust = certificate is null ? "" : $"\n  export AWS_CA_BUNDLE={certificate}";
        string presigning = options.AllowSignatureV2 ? "" : $"{Arguments.Presigning}\n";
        return $"""
            {website}S3 server listening on {origin} ({elapsed.TotalMilliseconds:F0} ms, region {server.Region})

              {keys}
              export AWS_DEFAULT_REGION={server.Region}{trust}

              aws --endpoint-url {origin} s3 mb s3://my-bucket
              aws --endpoint-url {origin} s3 cp README.md s3://my-bucket/
              aws --endpoint-url {origin} s3 ls s3://my-bucket

            {presigning}{seeded}Data is kept in {options.DataDirectory ?? "memory, until it stops"}.
            Ctrl-C stops it.
            """;
    }
}
