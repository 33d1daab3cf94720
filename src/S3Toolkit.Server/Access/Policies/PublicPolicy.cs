using System.Net;
using System.Net.Sockets;

namespace S3Toolkit.Server.Access.Policies;

/// <summary>
/// Whether AWS calls a policy public: it takes every policy for public that does not limit whom it allows something to fixed callers or
/// fixed places.
/// </summary>
/// <remarks>See "The meaning of public" in the Amazon S3 user guide, "Blocking public access to your Amazon S3 storage".</remarks>
internal static class PublicPolicy
{
    /// <summary>Ranges that are wider name no place any more: /8 of IPv4, /32 of IPv6.</summary>
    private const int ShortestPrefix = 8, ShortestPrefixV6 = 32;

    private static readonly HashSet<string> LimitingKeys = new(StringComparer.OrdinalIgnoreCase)
    {
        "aws:PrincipalAccount", "aws:PrincipalArn", "aws:PrincipalOrgID", "aws:SourceAccount", "aws:SourceArn", "aws:SourceIp",
        "aws:SourceOrgID", "aws:SourceOwner", "aws:SourceVpc", "aws:SourceVpce", "aws:userid", "s3:DataAccessPointAccount",
        "s3:DataAccessPointArn", "s3:x-amz-server-side-encryption-aws-kms-key-id",
    };

    public static bool IsPublic(PolicyDocument policy) => policy.Statements.Any(IsPublic);

    private static bool IsPublic(PolicyStatement statement) =>
        statement.IsAllow
        && statement.Principals.Contains(PolicyPrincipal.Everyone)
        && !statement.Conditions.Any(Limits);

    private static bool Limits(PolicyCondition condition)
    {
        // Those that hold where the key is not there, or for all values but some, limit nobody.
        bool isOpen = condition.IsIfExists || condition.Quantifier == PolicyQuantifier.All || condition.Operator.IsNegated;
        if (isOpen || !LimitingKeys.Contains(condition.Key)) return false;
        return condition.Operator.Kind switch
        {
            ConditionKind.IpAddress => condition.Values.All(static value => IsPlace(value.Network!.Value)),
            ConditionKind.StringEquals or ConditionKind.StringEqualsIgnoreCase or ConditionKind.StringLike or ConditionKind.Arn =>
                condition.Values.All(value => IsFixed(condition, value.Pattern)),
            _ => false,
        };
    }

    private static bool IsFixed(PolicyCondition condition, PolicyPattern pattern)
    {
        if (pattern.IsFixed) return true;
        // An access point may be any of an account that is fixed: arn:aws:s3:region:account:accesspoint/*.
        if (!condition.Key.Equals("s3:DataAccessPointArn", StringComparison.OrdinalIgnoreCase)) return false;
        string[] parts = pattern.Source.Split(':', 6);
        return parts.Length == 6 && parts[4].Length == 12 && parts[4].All(char.IsAsciiDigit);
    }

    private static bool IsPlace(IPNetwork network)
    {
        bool isV4 = network.BaseAddress.AddressFamily == AddressFamily.InterNetwork;
        return network.PrefixLength >= (isV4 ? ShortestPrefix : ShortestPrefixV6);
    }
}
