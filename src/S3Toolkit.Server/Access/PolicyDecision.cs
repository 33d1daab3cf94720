namespace S3Toolkit.Server.Access;

/// <summary>What a bucket's policy says of a request.</summary>
internal enum PolicyDecision
{
    /// <summary>Nothing: other rules decide.</summary>
    None,

    Allow,

    /// <summary>Beats whatever else would allow it.</summary>
    Deny,
}
