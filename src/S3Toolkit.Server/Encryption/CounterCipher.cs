using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace S3Toolkit.Server.Encryption;

/// <summary>
/// AES-256 in counter mode, which .NET has not: many counters are encrypted with one call of the platform's AES, and the result is put over
/// the data. The same call encrypts and decrypts, and it may begin at any byte. For one thread at a time.
/// </summary>
internal sealed class CounterCipher : IDisposable
{
    public const int KeyBytes = 32;

    private const int BlockBytes = 16;

    /// <summary>Counters, key stream and data together stay in the processor's first cache.</summary>
    private const int BatchBytes = 8 * 1024;

    private readonly Aes _aes;
    private readonly ICryptoTransform _encryptor;
    private byte[] _counters = ArrayPool<byte>.Shared.Rent(BatchBytes);
    private byte[] _keyStream = ArrayPool<byte>.Shared.Rent(BatchBytes);

    /// <param name="key">32 bytes.</param>
    public CounterCipher(ReadOnlySpan<byte> key)
    {
        _aes = Aes.Create();
#pragma warning disable CA5358 // Of counters, which never repeat: this is how counter mode is made of it.
        _aes.Mode = CipherMode.ECB;
#pragma warning restore CA5358
        _aes.Padding = PaddingMode.None;
        _aes.SetKey(key);
        _encryptor = _aes.CreateEncryptor();
    }

    /// <summary>Encrypts or decrypts bytes where they are.</summary>
    /// <param name="nonce">Sets this body apart from all others under the same key.</param>
    /// <param name="position">Where in the body the bytes are.</param>
    /// <param name="data">The bytes.</param>
    public void Apply(ulong nonce, long position, Span<byte> data)
    {
        while (data.Length > 0)
        {
            int skipped = (int)(position % BlockBytes);
            int count = Math.Min(data.Length, BatchBytes - skipped);
            int used = (skipped + count + BlockBytes - 1) / BlockBytes * BlockBytes;
            FillCounters(nonce, (ulong)(position / BlockBytes), _counters.AsSpan(0, used));
            _encryptor.TransformBlock(_counters, 0, used, _keyStream, 0);
            Xor(data[..count], _keyStream.AsSpan(skipped, count));
            data = data[count..];
            position += count;
        }
    }

    public void Dispose()
    {
        byte[] keyStream = Interlocked.Exchange(ref _keyStream, []);
        if (keyStream.Length == 0) return;
        _encryptor.Dispose();
        _aes.Dispose();
        ArrayPool<byte>.Shared.Return(keyStream, clearArray: true);
        ArrayPool<byte>.Shared.Return(_counters);
        _counters = [];
    }

    /// <summary>A block is the nonce and the block's number, both big-endian: 64 bits of blocks are more than any body has.</summary>
    private static void FillCounters(ulong nonce, ulong first, Span<byte> counters)
    {
        ulong high = BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(nonce) : nonce;
        Span<ulong> words = MemoryMarshal.Cast<byte, ulong>(counters);
        for (int i = 0; i + 1 < words.Length; i += 2)
        {
            words[i] = high;
            words[i + 1] = BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(first) : first;
            first++;
        }
    }

    private static void Xor(Span<byte> data, ReadOnlySpan<byte> with)
    {
        Span<Vector<byte>> wide = MemoryMarshal.Cast<byte, Vector<byte>>(data);
        ReadOnlySpan<Vector<byte>> wideWith = MemoryMarshal.Cast<byte, Vector<byte>>(with);
        for (int i = 0; i < wide.Length && i < wideWith.Length; i++) wide[i] ^= wideWith[i];
        for (int i = wide.Length * Vector<byte>.Count; i < data.Length; i++) data[i] ^= with[i];
    }
}
