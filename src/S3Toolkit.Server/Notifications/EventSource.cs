namespace S3Toolkit.Server.Notifications;

/// <summary>Who did it, from where.</summary>
/// <param name="PrincipalId">A canonical user id.</param>
/// <param name="Address">An IP address.</param>
/// <param name="RequestId">Null when there was no request.</param>
internal readonly record struct EventSource(string PrincipalId, string Address, string? RequestId)
{
    /// <summary>What the server did by itself.</summary>
    public static readonly EventSource Server = new("s3.amazonaws.com", "s3.amazonaws.com", null);
}
