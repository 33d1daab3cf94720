using System.Security.Cryptography;

namespace QuickStart;

/// <summary>The files that the walk sends up, and what compares them with those that come down.</summary>
internal static class SampleFiles
{
    private const int BlockBytes = 1024 * 1024;

    public static Task WriteTextAsync(string path, CancellationToken cancellationToken) =>
        File.WriteAllTextAsync(path, "This is a sample text file.\nIt goes to S3 and comes back.\n", cancellationToken);

    public static async Task WriteRandomAsync(string path, int lengthBytes, CancellationToken cancellationToken)
    {
        await using var file = File.Create(path);
        for (var written = 0; written < lengthBytes; written += BlockBytes)
            await file.WriteAsync(RandomNumberGenerator.GetBytes(Math.Min(BlockBytes, lengthBytes - written)), cancellationToken);
    }

    /// <summary>Where a key goes on disk. Keys are anybody's choice: <c>../../etc/passwd</c> is one.</summary>
    public static string PathInside(string folder, string key)
    {
        var root = Path.GetFullPath(folder) + Path.DirectorySeparatorChar;
        var path = Path.GetFullPath(root + key);
        return path.StartsWith(root, StringComparison.Ordinal) && path.Length > root.Length
            ? path
            : throw new StepFailedException($"key '{key}' leads out of the folder '{folder}'");
    }

    /// <summary>Compares two files byte by byte.</summary>
    /// <returns>Their common length in bytes.</returns>
    public static async Task<long> CompareAsync(string expectedPath, string actualPath, CancellationToken cancellationToken)
    {
        await using var expected = File.OpenRead(expectedPath);
        await using var actual = File.OpenRead(actualPath);
        if (expected.Length != actual.Length)
            throw new StepFailedException($"'{actualPath}' has {actual.Length:N0} bytes instead of {expected.Length:N0}");

        byte[] wanted = new byte[BlockBytes], got = new byte[BlockBytes];
        for (long position = 0; position < expected.Length; position += BlockBytes)
        {
            var count = await expected.ReadAtLeastAsync(wanted, BlockBytes, throwOnEndOfStream: false, cancellationToken);
            await actual.ReadExactlyAsync(got.AsMemory(0, count), cancellationToken);
            var same = wanted.AsSpan(0, count).CommonPrefixLength(got);
            if (same < count) throw new StepFailedException($"'{actualPath}' differs from '{expectedPath}' at byte {position + same:N0}");
        }

        return expected.Length;
    }
}
