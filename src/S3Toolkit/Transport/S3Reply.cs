namespace S3Toolkit.Transport;

/// <summary>What came back from one attempt: a value, or an error. The untyped side is what the resilience pipeline sees.</summary>
internal abstract class S3Reply
{
    public S3Error? Error { get; protected init; }

    /// <summary>Which attempt this reply ended; above 1, an earlier one may have done the work and lost its answer.</summary>
    public int Attempt { get; set; }
}

/// <inheritdoc/>
internal sealed class S3Reply<T> : S3Reply
{
    private readonly T? _value;

    private S3Reply(T? value, S3Error? error) => (_value, Error) = (value, error);

    /// <summary>The value of a reply without an error.</summary>
    public T Value => Error is null ? _value! : throw new InvalidOperationException($"The reply is an error: {Error.Code}.");

    public static S3Reply<T> Of(T value) => new(value, error: null);

    public static S3Reply<T> Failed(S3Error error) => new(value: default, error);
}
