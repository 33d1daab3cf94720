using S3Toolkit.Server.Pipeline;

namespace S3Toolkit.Server.Access;

/// <summary>The names by which policies and headers call a user.</summary>
internal static class PrincipalNames
{
    public const string ArnStart = "arn:aws:iam::";

    public static string UserArn(S3Identity identity) => $"{ArnStart}{identity.AccountId}:user/{identity.UserName}";
}
