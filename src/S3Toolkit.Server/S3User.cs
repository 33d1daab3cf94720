namespace S3Toolkit.Server;

/// <summary>A user of an <see cref="S3Server"/>: an access key, and who is behind it.</summary>
public sealed record S3User
{
    /// <summary>The access key; no two users share one.</summary>
    public required string AccessKeyId { get; init; }

    /// <summary>The secret of <see cref="AccessKeyId"/>. Appears in no log and in no message.</summary>
    public required string SecretAccessKey { get; init; }

    /// <summary>
    /// The canonical user id, by which access control lists name the user: 64 hexadecimal digits on AWS, any text without spaces here.
    /// Entries with the same id are several keys of one user.
    /// </summary>
    public required string Id { get; init; }

    /// <summary>The name that is shown beside the id, and in the user's ARN: <c>arn:aws:iam::account:user/name</c>.</summary>
    public required string DisplayName { get; init; }

    /// <summary>The address by which grants can name the user; null for none.</summary>
    /// <value>The default value is <see langword="null"/>.</value>
    public string? Email { get; init; }

    /// <summary>The AWS account of the user, 12 digits; null takes one that is derived from <see cref="Id"/>.</summary>
    /// <value>The default value is <see langword="null"/>.</value>
    public string? AccountId { get; init; }

    /// <summary>Names the user and never prints the secret.</summary>
    /// <returns>The display name and the access key.</returns>
    public override string ToString() => $"S3User {DisplayName} ({AccessKeyId})";
}
