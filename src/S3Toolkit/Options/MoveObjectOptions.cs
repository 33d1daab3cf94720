namespace S3Toolkit;

/// <summary>Options of <c>MoveAsync</c>.</summary>
public sealed record MoveObjectOptions : BucketCallOptions
{
    /// <summary>Whether an object that is at the destination already is replaced.</summary>
    /// <value>The default is false: the move is a <see cref="PreconditionFailedException"/> then.</value>
    public bool Overwrite { get; init; }

    /// <summary>The key of an object that was written with one (SSE-C); it stays the object's.</summary>
    /// <value>The default is null.</value>
    public CustomerKeyEncryption? CustomerKey { get; init; }

    /// <summary>Is told the copied bytes, as <see cref="CopyObjectOptions.Progress"/> is.</summary>
    /// <value>The default is null.</value>
    public IProgress<TransferProgress>? Progress { get; init; }

    /// <summary>How large objects are cut.</summary>
    /// <value>The default is null: the store's <see cref="S3ToolkitOptions.Transfers"/>.</value>
    public TransferOptions? Transfers { get; init; }
}
