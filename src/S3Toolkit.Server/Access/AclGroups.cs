namespace S3Toolkit.Server.Access;

/// <summary>The groups that access control lists can name.</summary>
internal static class AclGroups
{
    public const string AllUsers = "http://acs.amazonaws.com/groups/global/AllUsers";
    public const string AuthenticatedUsers = "http://acs.amazonaws.com/groups/global/AuthenticatedUsers";
    public const string LogDelivery = "http://acs.amazonaws.com/groups/s3/LogDelivery";

    public static bool IsKnown(string uri) => uri is AllUsers or AuthenticatedUsers or LogDelivery;

    /// <summary>Everybody, or everybody with any account: AWS calls both public.</summary>
    public static bool IsPublic(string uri) => uri is AllUsers or AuthenticatedUsers;
}
