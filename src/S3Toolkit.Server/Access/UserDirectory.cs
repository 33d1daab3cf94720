using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using S3Toolkit.Server.Pipeline;

namespace S3Toolkit.Server.Access;

/// <summary>The users that the server knows: by access key, by canonical id and by e-mail address. The first one is the root.</summary>
internal sealed class UserDirectory : ICredentialStore
{
    private readonly Dictionary<string, S3Credential> _byKey = new(StringComparer.Ordinal);
    private readonly Dictionary<string, S3Identity> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, S3Identity> _byEmail = new(StringComparer.OrdinalIgnoreCase);

    public UserDirectory(IEnumerable<S3User> users)
    {
        foreach (S3User user in users)
        {
            S3Identity identity = new(user.DisplayName, user.Id, user.AccessKeyId) { AccountId = user.AccountId ?? AccountIdOf(user.Id) };
            Root ??= identity;
            _byKey.Add(user.AccessKeyId, new S3Credential(user.AccessKeyId, user.SecretAccessKey, identity));
            // Several keys of one user: it is called by the first entry's name.
            _byId.TryAdd(user.Id, identity);
            if (!string.IsNullOrEmpty(user.Email)) _byEmail.TryAdd(user.Email, identity);
        }
    }

    /// <summary>The owner of what was stored without one.</summary>
    public S3Identity Root { get; } = null!;

    public S3Credential? Find(string accessKeyId) => _byKey.GetValueOrDefault(accessKeyId);

    public S3Identity? FindById(string canonicalId) => _byId.GetValueOrDefault(canonicalId);

    public S3Identity? FindByEmail(string email) => _byEmail.GetValueOrDefault(email);

    /// <summary>The name to show for an id; null for a user that the server does not know (any more).</summary>
    public string? DisplayNameOf(string canonicalId) => FindById(canonicalId)?.UserName;

    /// <summary>The account of a user who names none: the same 12 digits for the same id, wherever it is asked.</summary>
    public static string AccountIdOf(string canonicalId)
    {
        ulong hash = BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(canonicalId)));
        return (hash % 1_000_000_000_000).ToString("d12", CultureInfo.InvariantCulture);
    }
}
