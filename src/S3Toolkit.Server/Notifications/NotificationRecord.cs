namespace S3Toolkit.Server.Notifications;

/// <summary>Whom a bucket tells of what happens to its objects.</summary>
internal sealed record NotificationRecord
{
    public IReadOnlyList<NotificationTargetRecord> Targets { get; init; } = [];

    /// <summary>Everything goes to EventBridge as well.</summary>
    public bool EventBridge { get; init; }
}

internal enum NotificationTargetKind
{
    Topic,
    Queue,
    Function,
}

/// <summary>One destination: what it is told of, and of which keys.</summary>
internal sealed record NotificationTargetRecord
{
    public required NotificationTargetKind Kind { get; init; }

    public required string Id { get; init; }

    public required string Arn { get; init; }

    /// <summary>With their "s3:".</summary>
    public IReadOnlyList<string> Events { get; init; } = [];

    /// <summary>Null when the document named none.</summary>
    public string? Prefix { get; init; }

    public string? Suffix { get; init; }

    public bool Matches(string eventName, string key) =>
        key.StartsWith(Prefix ?? "", StringComparison.Ordinal) && key.EndsWith(Suffix ?? "", StringComparison.Ordinal)
        && Events.Any(asked => EventNames.Matches(asked, eventName));
}
