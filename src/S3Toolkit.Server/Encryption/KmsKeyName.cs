namespace S3Toolkit.Server.Encryption;

/// <summary>A name of a KMS key: where it is, when that is said, and what it is there.</summary>
/// <param name="Resource">key/ID, alias/NAME, or a name that AWS would not take, as it is.</param>
/// <param name="Region">Null when the name is no ARN.</param>
/// <param name="AccountId">Null when the name is no ARN.</param>
internal sealed record KmsKeyName(string Resource, string? Region = null, string? AccountId = null)
{
    private const string KeyPrefix = "key/";
    private const string AliasPrefix = "alias/";

    /// <summary>The key that AWS makes for S3 in each account.</summary>
    public const string DefaultAlias = "alias/aws/s3";

    public bool IsAlias => Resource.StartsWith(AliasPrefix, StringComparison.Ordinal);

    /// <summary>Null for what begins as an ARN and is none of a key.</summary>
    public static KmsKeyName? Parse(string text)
    {
        if (!text.StartsWith("arn:", StringComparison.Ordinal)) return new KmsKeyName(ResourceOf(text));
        string[] pieces = text.Split(':', 6);
        bool isArn = pieces.Length == 6 && pieces[2] == "kms" && pieces[3].Length > 0 && pieces[4].Length > 0
            && (pieces[5].StartsWith(KeyPrefix, StringComparison.Ordinal) || pieces[5].StartsWith(AliasPrefix, StringComparison.Ordinal));
        return isArn ? new KmsKeyName(pieces[5], pieces[3], pieces[4]) : null;
    }

    /// <summary>The name with its place: a name that tells none means the asker's, and a key that tells none is everywhere.</summary>
    public KmsKeyName In(string region, string accountId) =>
        this with { Region = Region ?? region, AccountId = AccountId ?? accountId };

    /// <summary>The full ARN, as AWS answers; a name that AWS would not take stays as it is.</summary>
    public string ToArn(string region, string accountId) =>
        IsAlias || Resource.StartsWith(KeyPrefix, StringComparison.Ordinal)
            ? $"arn:aws:kms:{Region ?? region}:{AccountId ?? accountId}:{Resource}"
            : Resource;

    private static string ResourceOf(string text)
    {
        bool isKeyId = text.StartsWith("mrk-", StringComparison.Ordinal) || Guid.TryParseExact(text, "D", out _);
        return isKeyId ? KeyPrefix + text : text;
    }
}
