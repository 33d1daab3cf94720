namespace S3Toolkit.Server.Pipeline;

/// <summary>What the policy of a POST form allows.</summary>
/// <param name="Identity">Who signed it; anonymous when the form holds no policy.</param>
/// <param name="MinBytes">The lower bound of content-length-range; null = none.</param>
/// <param name="MaxBytes">The upper bound of content-length-range; null = none.</param>
internal sealed record PostPolicyGrant(S3Identity Identity, long? MinBytes, long? MaxBytes);
