using S3Toolkit.Server.Encryption;

namespace S3Toolkit.Server;

/// <summary>
/// A key of the server's own key ring, which stands in for AWS KMS. Its secret is random and made once: kept with the data when that is
/// kept in a folder, else gone with the server.
/// </summary>
public sealed class S3KmsKey
{
    /// <summary>AWS's own limit.</summary>
    private const int MaxLength = 2048;

    /// <summary>Makes a key.</summary>
    /// <param name="id">
    /// How requests name it: a key id (a UUID, or <c>mrk-...</c>), an alias (<c>alias/name</c>), the ARN of either, or any other name,
    /// which AWS would not take. A key with an alias has a key id of its own as well, which answers tell.
    /// </param>
    /// <exception cref="ArgumentException">
    /// The id is empty, longer than 2,048 characters, holds what no header can, or begins as an ARN and is none of a key.
    /// </exception>
    public S3KmsKey(string id)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        bool isName = id.Length <= MaxLength && id.All(static c => c is > ' ' and <= '~');
        if (!isName)
            throw new ArgumentException("The id of a KMS key has 1 to 2,048 characters of printable ASCII without spaces.", nameof(id));
        if (KmsKeyName.Parse(id) is null) throw new ArgumentException($"'{id}' is no ARN of a KMS key or of an alias.", nameof(id));
        Id = id;
    }

    /// <summary>How requests name it.</summary>
    public string Id { get; }

    /// <summary>
    /// Whether it may be used. Requests that need a key that is not enabled are answered with <c>KMS.DisabledException</c>; it may change
    /// while the server runs.
    /// </summary>
    /// <value>The default value is <see langword="true"/>.</value>
    public bool IsEnabled { get; set; } = true;
}
