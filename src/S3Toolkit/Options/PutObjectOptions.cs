namespace S3Toolkit;

/// <summary>Options of <see cref="IObjectStore.PutAsync"/>.</summary>
public sealed record PutObjectOptions : ObjectWriteOptions
{
    /// <summary>
    /// Is told the acknowledged bytes: after each part of a large body, once at the end of a small one.
    /// What it throws is logged, not thrown on.
    /// </summary>
    /// <value>The default is null.</value>
    public IProgress<TransferProgress>? Progress { get; init; }

    /// <summary>How large bodies are cut.</summary>
    /// <value>The default is null: the store's <see cref="S3ToolkitOptions.Transfers"/>.</value>
    public TransferOptions? Transfers { get; init; }
}
