namespace S3Toolkit.Server.Pipeline;

/// <summary>The signature stage. Throws <see cref="S3ErrorException"/> for whatever AWS refuses.</summary>
internal interface IAuthenticator
{
    /// <summary>Header, presigned and chunked signatures; a request without any is anonymous.</summary>
    ValueTask<AuthenticatedRequest> AuthenticateAsync(S3HttpRequest request, CancellationToken cancellationToken);

    /// <summary>Verifies the policy of a POST form: its signature, its expiry and its conditions against the fields.</summary>
    /// <param name="form">The fields before the file.</param>
    /// <param name="bucketName">The bucket that is posted to.</param>
    /// <param name="expectedRegion">The region that it must be signed for; null when any will do.</param>
    PostPolicyGrant AuthenticatePost(S3PostForm form, string bucketName, string? expectedRegion);
}
