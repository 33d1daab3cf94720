namespace S3Toolkit.Transport.Credentials;

/// <summary>The instance metadata service of EC2, version 2: a token first, then what is asked for.</summary>
internal sealed class InstanceMetadata
{
    private const string TokenLifetimeSeconds = "21600"; // six hours, the longest that the service grants

    private readonly CredentialContext _context;
    private readonly Uri _endpoint;

    /// <exception cref="CredentialSourceException">The environment names an endpoint that is no address.</exception>
    public InstanceMetadata(CredentialContext context)
    {
        _context = context;
        string? mode = context.Environment("AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE");
        bool useIPv6 = string.Equals(mode, "IPv6", StringComparison.OrdinalIgnoreCase);
        string text = context.Environment("AWS_EC2_METADATA_SERVICE_ENDPOINT")
            ?? (useIPv6 ? "http://[fd00:ec2::254]" : "http://169.254.169.254");
        _endpoint = Uri.TryCreate(text.TrimEnd('/') + "/", UriKind.Absolute, out Uri? endpoint)
            ? endpoint
            : throw new CredentialSourceException($"AWS_EC2_METADATA_SERVICE_ENDPOINT is '{text}', which is not an address");
    }

    public string Place => _endpoint.GetLeftPart(UriPartial.Authority);

    /// <summary>Opens a session: the token is fetched once and sent with each question.</summary>
    /// <exception cref="CredentialSourceException">There is no such service, or it refuses.</exception>
    public async Task<Session> OpenAsync()
    {
        TimeSpan timeout = _context.Timeouts.InstanceMetadata;
        var http = new MetadataHttp(_context.Time, timeout);
        try
        {
            MetadataAnswer answer = await http.SendAsync(
                HttpMethod.Put,
                new Uri(_endpoint, "latest/api/token"),
                "x-aws-ec2-metadata-token-ttl-seconds",
                TokenLifetimeSeconds,
                timeout).ConfigureAwait(false);
            if (answer.IsSuccess) return new Session(this, http, answer.Body.Trim());

            // An old service without tokens says so. In a container the token's answer gets lost when the hop limit is 1: silence.
            bool isVersion1 = answer.Status is 403 or 404 or 405 || answer.TimedOut;
            if (isVersion1 && !_context.IsTrue("AWS_EC2_METADATA_V1_DISABLED")) return new Session(this, http, token: null);
            throw new CredentialSourceException($"{Place}: {answer.Describe()}; this is no EC2 instance, or its metadata is closed");
        }
        catch
        {
            http.Dispose();
            throw;
        }
    }

    /// <summary>Questions to the service, under one token (or none, for version 1).</summary>
    public sealed class Session(InstanceMetadata service, MetadataHttp http, string? token) : IDisposable
    {
        public Task<MetadataAnswer> GetAsync(string path) => http.SendAsync(
            HttpMethod.Get,
            new Uri(service._endpoint, "latest/" + path),
            token is null ? null : "x-aws-ec2-metadata-token",
            token,
            service._context.Timeouts.InstanceMetadata);

        public void Dispose() => http.Dispose();
    }
}
