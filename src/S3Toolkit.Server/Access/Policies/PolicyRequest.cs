using S3Toolkit.Server.Pipeline;

namespace S3Toolkit.Server.Access.Policies;

/// <summary>What is asked of a policy.</summary>
/// <param name="Caller">Who asks.</param>
/// <param name="Action">The permission, such as s3:GetObject.</param>
/// <param name="Resource">The ARN of the bucket or of the object.</param>
/// <param name="Values">What conditions and variables can ask for.</param>
internal sealed record PolicyRequest(S3Identity Caller, string Action, string Resource, PolicyValues Values);
