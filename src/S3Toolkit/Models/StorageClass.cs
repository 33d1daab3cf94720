namespace S3Toolkit;

/// <summary>An S3 storage class. Classes that this library does not know survive unchanged; compare by value.</summary>
public readonly record struct StorageClass
{
    private readonly string? _value;

    /// <summary>Creates a storage class from its name.</summary>
    /// <param name="value">The name as S3 writes it, such as <c>STANDARD_IA</c>.</param>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public StorageClass(string value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value);
        // One value for one meaning: the default of this struct is STANDARD too.
        _value = value == "STANDARD" ? null : value;
    }

    /// <summary>The name as S3 writes it. S3 leaves the header out for <c>STANDARD</c>, which is therefore the default.</summary>
    public string Value => _value ?? "STANDARD";

    /// <summary>Frequently read objects; the default.</summary>
    public static StorageClass Standard { get; } = new("STANDARD");

    /// <summary>Rarely read objects.</summary>
    public static StorageClass StandardInfrequentAccess { get; } = new("STANDARD_IA");

    /// <summary>Rarely read objects in one availability zone.</summary>
    public static StorageClass OneZoneInfrequentAccess { get; } = new("ONEZONE_IA");

    /// <summary>Objects that S3 moves between tiers by itself.</summary>
    public static StorageClass IntelligentTiering { get; } = new("INTELLIGENT_TIERING");

    /// <summary>Archived objects that can be read at once.</summary>
    public static StorageClass GlacierInstantRetrieval { get; } = new("GLACIER_IR");

    /// <summary>Archived objects that must be restored before they are read.</summary>
    public static StorageClass Glacier { get; } = new("GLACIER");

    /// <summary>Archived objects that take hours to restore.</summary>
    public static StorageClass DeepArchive { get; } = new("DEEP_ARCHIVE");

    /// <summary>The old class with less redundancy.</summary>
    public static StorageClass ReducedRedundancy { get; } = new("REDUCED_REDUNDANCY");

    /// <summary>Objects of a directory bucket (S3 Express One Zone).</summary>
    public static StorageClass ExpressOneZone { get; } = new("EXPRESS_ONEZONE");

    /// <summary>Whether an object of this class must be restored before it can be read.</summary>
    public bool NeedsRestore => Value is "GLACIER" or "DEEP_ARCHIVE";

    /// <summary>Creates a storage class from its name.</summary>
    /// <param name="value">The name as S3 writes it.</param>
    public static implicit operator StorageClass(string value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}
