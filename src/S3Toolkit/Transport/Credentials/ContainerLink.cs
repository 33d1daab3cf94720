using System.Net;

namespace S3Toolkit.Transport.Credentials;

/// <summary>The endpoint that ECS, EKS Pod Identity and their like put into a container's environment.</summary>
internal sealed class ContainerLink(CredentialContext context) : ICredentialLink
{
    private const string EcsHost = "http://169.254.170.2";

    // The agents' addresses, which plain http may be sent to: ECS, EKS over IPv4, EKS over IPv6.
    private static readonly IPAddress[] Agents =
        [IPAddress.Parse("169.254.170.2"), IPAddress.Parse("169.254.170.23"), IPAddress.Parse("fd00:ec2::23")];

    public string Name => "container";

    public LinkOutcome Find()
    {
        string? relative = context.Environment("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI");
        string? full = context.Environment("AWS_CONTAINER_CREDENTIALS_FULL_URI");
        if (relative is null && full is null)
        {
            return LinkOutcome.NotConfigured(
                "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI and AWS_CONTAINER_CREDENTIALS_FULL_URI are not set");
        }

        string variable = relative is not null ? "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI" : "AWS_CONTAINER_CREDENTIALS_FULL_URI";
        string text = relative is not null ? EcsHost + (relative.StartsWith('/') ? "" : "/") + relative : full!;
        bool isAddress = Uri.TryCreate(text, UriKind.Absolute, out Uri? endpoint);
        if (!isAddress || (endpoint!.Scheme != Uri.UriSchemeHttp && endpoint.Scheme != Uri.UriSchemeHttps))
            throw new CredentialSourceException($"{variable} is not an http or https address");
        if (!MayCall(endpoint))
        {
            throw new CredentialSourceException(
                $"{variable} points to host '{endpoint.Host}' over plain http; only this machine and ECS's and EKS's agents may be");
        }

        return LinkOutcome.Found(new ContainerCredentials(context, endpoint));
    }

    private static bool MayCall(Uri endpoint) =>
        endpoint.Scheme == Uri.UriSchemeHttps || endpoint.IsLoopback
        || (IPAddress.TryParse(endpoint.IdnHost, out IPAddress? address) && Agents.Contains(address));
}
