using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Storage;

namespace S3Toolkit.Server.Access;

/// <summary>One question: may this caller do this there? All that decides it, as values.</summary>
internal sealed record AccessQuestion
{
    public required S3Identity Caller { get; init; }

    /// <summary>The permission, as policies name it: s3:GetObject.</summary>
    public required string Action { get; init; }

    public required BucketRecord Bucket { get; init; }

    /// <summary>The canonical id of the bucket's owner.</summary>
    public required string BucketOwnerId { get; init; }

    /// <summary>The account of the bucket's owner; "" when the server does not know that user.</summary>
    public string BucketAccountId { get; init; } = "";

    /// <summary>"" = it is about the bucket itself.</summary>
    public string Key { get; init; } = "";

    /// <summary>The version that was asked for; null when none was.</summary>
    public string? VersionId { get; init; }

    /// <summary>What the body says; null = what the headers tell.</summary>
    public BodyFacts? Body { get; init; }

    /// <summary>Whether it makes an object, as against an upload or a part of one; null when it is about no write of one.</summary>
    public bool? CreatesObject { get; init; }

    /// <summary>The upload that a part is for; null when it is about none, or that does not matter.</summary>
    public UploadRecord? Upload { get; init; }

    /// <summary>The version that it is about, when there is one already and it matters.</summary>
    public ObjectRecord? Object { get; init; }

    /// <summary>It is about an object that is being written: what can be said of it is asked of the bucket.</summary>
    public bool IsNewObject { get; init; }

    /// <summary>The canonical id of who started the upload that it is about; null when it is about none.</summary>
    public string? InitiatorId { get; init; }

    public required RequestFacts Request { get; init; }

    /// <summary>The caller is of the account that owns the bucket.</summary>
    public bool IsOfOwnersAccount => Ownership.IsOfAccount(Caller, BucketOwnerId, BucketAccountId);

    public bool IsBucketOwner => Caller.CanonicalId == BucketOwnerId;

    /// <summary>The object's owner: with access control lists off, the bucket's.</summary>
    public string ObjectOwnerId => Ownership.OwnerOf(Bucket, BucketOwnerId, Object?.OwnerId);
}
