using S3Toolkit.Server.Pipeline;

namespace S3Toolkit.Server.Authentication;

/// <summary>Judges a form by its policy: a pure function of both, the bucket and the time.</summary>
internal static class PostPolicyEvaluation
{
    private const string Prefix = "Invalid according to Policy: ";

    /// <summary>The fields that need no condition: they carry the proof itself; the last two are of signature version 2.</summary>
    private static readonly string[] Exempt = ["x-amz-signature", "file", "policy", "awsaccesskeyid", "signature"];

    /// <returns>Why the form is refused, or null. The size of the file is the caller's to judge, by the policy's bounds.</returns>
    public static S3Error? Evaluate(PostPolicy policy, S3PostForm form, string bucketName, DateTimeOffset now)
    {
        if (now >= policy.Expiration) return S3Errors.AccessDenied(Prefix + "Policy expired.");

        foreach (PostPolicyCondition condition in policy.Conditions)
        {
            if (!condition.IsMetBy(ValueOf(condition.Field, form, bucketName))) return ConditionFailed(condition.ToString());
        }

        string[] extra = [.. form.Fields.Keys.Where(name => !IsCovered(name, policy)).Select(name => name.ToLowerInvariant())];
        Array.Sort(extra, StringComparer.Ordinal);
        return extra.Length == 0 ? null : S3Errors.AccessDenied(Prefix + "Extra input fields: " + string.Join(", ", extra));
    }

    public static S3Error ConditionFailed(string condition) => S3Errors.AccessDenied(Prefix + "Policy Condition failed: " + condition);

    /// <summary>A field's value, its name read without regard to case; null when absent.</summary>
    public static string? Find(IReadOnlyDictionary<string, string> fields, string name)
    {
        if (fields.TryGetValue(name, out string? exact)) return exact;
        foreach ((string field, string value) in fields)
        {
            if (field.Equals(name, StringComparison.OrdinalIgnoreCase)) return value;
        }

        return null;
    }

    private static string? ValueOf(string field, S3PostForm form, string bucketName) => field.ToLowerInvariant() switch
    {
        "bucket" => bucketName,
        "key" => form.Key, // with ${filename} already replaced: conditions see the final key
        _ => Find(form.Fields, field),
    };

    private static bool IsCovered(string name, PostPolicy policy)
    {
        if (name.StartsWith("x-ignore-", StringComparison.OrdinalIgnoreCase)) return true;
        // A checksum guards what the policy allows, and allows nothing itself.
        if (name.StartsWith("x-amz-checksum-", StringComparison.OrdinalIgnoreCase)) return true;
        if (Exempt.Contains(name, StringComparer.OrdinalIgnoreCase)) return true;
        foreach (PostPolicyCondition condition in policy.Conditions)
        {
            if (condition.Field.Equals(name, StringComparison.OrdinalIgnoreCase)) return true;
        }

        return false;
    }
}
