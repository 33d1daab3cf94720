using S3Toolkit.Server.Pipeline;

namespace S3Toolkit.Server.Access;

/// <summary>What is wrong with a list of users. No message repeats a secret.</summary>
internal static class UserChecks
{
    private const int MaxIdLength = 128;

    /// <exception cref="ArgumentException">An entry is incomplete, or contradicts another.</exception>
    public static void Require(IReadOnlyList<S3User> users)
    {
        HashSet<string> keys = new(StringComparer.Ordinal);
        Dictionary<string, string> emails = new(StringComparer.OrdinalIgnoreCase);
        Dictionary<string, string?> accounts = new(StringComparer.Ordinal);
        for (int i = 0; i < users.Count; i++)
        {
            string? problem = users[i] is { } user ? ProblemOf(user, keys, emails, accounts) : "is null.";
            if (problem is not null) throw new ArgumentException($"Entry {i + 1} of S3ServerOptions.Users {problem}");
        }
    }

    private static string? ProblemOf(
        S3User user, HashSet<string> keys, Dictionary<string, string> emails, Dictionary<string, string?> accounts)
    {
        if (!IsToken(user.AccessKeyId)) return "has no AccessKeyId, or one with spaces.";
        if (string.IsNullOrEmpty(user.SecretAccessKey)) return "has no SecretAccessKey.";
        if (!IsToken(user.Id) || user.Id.Length > MaxIdLength)
            return $"has no Id, or one with spaces or of more than {MaxIdLength} letters.";
        if (user.Id == S3Identity.Anonymous.CanonicalId) return "has the Id of the anonymous user.";
        if (string.IsNullOrWhiteSpace(user.DisplayName)) return "has no DisplayName.";
        if (user.AccountId is { } account && (account.Length != 12 || !account.All(char.IsAsciiDigit)))
            return $"has the AccountId '{account}'. An AWS account id has 12 digits.";
        if (!keys.Add(user.AccessKeyId)) return $"has the AccessKeyId '{user.AccessKeyId}' of an earlier entry.";
        if (!accounts.TryAdd(user.Id, user.AccountId) && accounts[user.Id] != user.AccountId)
            return $"has the Id '{user.Id}' of an earlier entry, but another AccountId.";
        if (user.Email is { Length: > 0 } email && !emails.TryAdd(email, user.Id) && emails[email] != user.Id)
            return $"has the Email '{email}' of another user.";
        return null;
    }

    private static bool IsToken(string? text) =>
        !string.IsNullOrEmpty(text) && text.All(static c => !char.IsWhiteSpace(c) && !char.IsControl(c));
}
