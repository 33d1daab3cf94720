namespace S3Toolkit.Server.Encryption;

/// <summary>Encrypts or decrypts a body by its data key: one layer, or two for DSSE, each with a key of its own.</summary>
internal sealed class BodyCipher : IDisposable
{
    private readonly CounterCipher _first;
    private readonly CounterCipher? _second;

    /// <param name="dataKey">The keys of the layers, one after the other.</param>
    public BodyCipher(ReadOnlySpan<byte> dataKey)
    {
        _first = new CounterCipher(dataKey[..CounterCipher.KeyBytes]);
        if (dataKey.Length > CounterCipher.KeyBytes) _second = new CounterCipher(dataKey[CounterCipher.KeyBytes..]);
    }

    /// <inheritdoc cref="CounterCipher.Apply"/>
    public void Apply(ulong nonce, long position, Span<byte> data)
    {
        _first.Apply(nonce, position, data);
        _second?.Apply(nonce, position, data);
    }

    public void Dispose()
    {
        _first.Dispose();
        _second?.Dispose();
    }
}
