namespace S3Toolkit;

/// <summary>Options of <see cref="IObjectStore.GetAsync"/>.</summary>
public sealed record GetObjectOptions : ObjectReadOptions
{
    /// <summary>The bytes to read.</summary>
    /// <value>The default is null: all of them.</value>
    public ObjectRange? Range { get; init; }

    /// <summary>Whether content that can be checked by its length alone is an error.</summary>
    /// <value>The default is false: the reader says how far it was verified.</value>
    public bool RequireVerification { get; init; }
}
