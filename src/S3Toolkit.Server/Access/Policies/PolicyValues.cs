namespace S3Toolkit.Server.Access.Policies;

/// <summary>What a condition key holds for a request; null when the request has nothing of it. The case of names is ignored.</summary>
/// <param name="key">The name, such as aws:SourceIp or s3:ExistingObjectTag/team.</param>
internal delegate IReadOnlyList<string>? PolicyValues(string key);
