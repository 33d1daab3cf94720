namespace S3Toolkit.Server.Lifecycle;

// A document and its parts, each a few lines: one file, as for the storage's questions and pages.

/// <summary>What a bucket does with its objects as they age.</summary>
internal sealed record LifecycleRecord
{
    public IReadOnlyList<LifecycleRuleRecord> Rules { get; init; } = [];

    /// <summary>
    /// The archives take objects of any size. By default no class takes those below 128 KiB, which cost more to move than they save.
    /// </summary>
    public bool VariesByStorageClass { get; init; }

    public bool IsActive => Rules.Any(static rule => rule.IsEnabled);
}

internal sealed record LifecycleRuleRecord
{
    public required string Id { get; init; }

    public bool IsEnabled { get; init; }

    /// <summary>It came with the prefix of the first version of the document, and is given back so.</summary>
    public bool HasOldPrefix { get; init; }

    public LifecycleFilterRecord Filter { get; init; } = new();

    public ExpirationRecord? Expiration { get; init; }

    public NoncurrentExpirationRecord? NoncurrentExpiration { get; init; }

    public IReadOnlyList<TransitionRecord> Transitions { get; init; } = [];

    public IReadOnlyList<NoncurrentTransitionRecord> NoncurrentTransitions { get; init; } = [];

    /// <summary>Days after which an unfinished upload is aborted; null = never.</summary>
    public int? AbortAfterDays { get; init; }
}

/// <summary>Which objects a rule is about; what is null or empty says nothing.</summary>
internal sealed record LifecycleFilterRecord
{
    public string? Prefix { get; init; }

    public IReadOnlyList<Storage.TagRecord> Tags { get; init; } = [];

    public long? LargerThanBytes { get; init; }

    public long? SmallerThanBytes { get; init; }

    /// <summary>It came as And of several, and is given back so.</summary>
    public bool IsAnd { get; init; }

    public bool HasSize => LargerThanBytes is not null || SmallerThanBytes is not null;
}

/// <summary>One of the three is set.</summary>
internal sealed record ExpirationRecord(int? Days = null, DateTimeOffset? Date = null, bool? DeletesLoneMarkers = null);

internal sealed record NoncurrentExpirationRecord(int Days, int? KeptVersions = null);

/// <summary>One of days and date is set.</summary>
internal sealed record TransitionRecord(string StorageClass, int? Days = null, DateTimeOffset? Date = null);

internal sealed record NoncurrentTransitionRecord(string StorageClass, int Days, int? KeptVersions = null);
