using System.Globalization;
using S3Toolkit.Transfers.Downloads;

namespace S3Toolkit.Transfers;

/// <summary>Downloads to a file so that the name never holds half of an object.</summary>
internal static class FileDownload
{
    public static async Task<ObjectInfo> RunAsync(
        IObjectStore store,
        string key,
        GetObjectOptions options,
        string path,
        IProgress<TransferProgress>? progress,
        string? journalPath,
        CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var destination = Path.GetFullPath(path);
        if (Directory.Exists(destination))
            throw new ArgumentException(
                $"'{path}' is a folder; name the file that s3://{store.BucketName}/{key} is to be written to.", nameof(path));

        var journal = journalPath is null ? null : Path.GetFullPath(journalPath);
        if (journal == destination) throw new ArgumentException($"'{path}' cannot be the file and its journal at once.", nameof(path));
        if (store is IRangedSource source && source.Downloader.Takes(options, hasJournal: journal is not null))
        {
            var request = new FileDownloadRequest(store.BucketName, key, options, destination, progress, journal);
            return await source.Downloader.RunAsync(request, cancellationToken).ConfigureAwait(false);
        }

        var reader = await store.GetAsync(key, options, cancellationToken).ConfigureAwait(false);
        return await StreamAsync(destination, progress, reader, buffer: null, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Writes what a reader brings, and disposes it.</summary>
    public static async Task<ObjectInfo> StreamAsync(
        string destination,
        IProgress<TransferProgress>? progress,
        ObjectReader reader,
        Memory<byte>? buffer,
        CancellationToken cancellationToken)
    {
        await using var ownedReader = reader.ConfigureAwait(false);
        ContentCopy.Require(reader);

        var temporary = TemporaryFile.Create(destination, reader.ContentLengthBytes);
        await using var ownedFile = temporary.ConfigureAwait(false);
        try
        {
            var copy = buffer is { } own
                ? ContentCopy.ToStreamAsync(reader, temporary.Stream, progress, own, cancellationToken)
                : ContentCopy.ToStreamAsync(reader, temporary.Stream, progress, cancellationToken);
            await copy.ConfigureAwait(false);
            temporary.Commit();
        }
        catch (IOException error) when (TemporaryFile.IsOutOfSpace(error))
        {
            throw NoSpace(
                destination, $"s3://{reader.Info.BucketName}/{reader.Info.Key}", reader.ContentLengthBytes, journalPath: null, error);
        }

        return reader.Info with { Verification = reader.Verification };
    }

    public static IOException NoSpace(string destination, string source, long? bytes, string? journalPath, IOException cause) => new(
        $"No space is left for '{destination}': {source} needs {bytes?.ToString(CultureInfo.InvariantCulture) ?? "more"} bytes. "
        + (journalPath is null ? "Nothing was kept." : $"The parts that are there were kept, and the journal '{journalPath}'."),
        cause);
}
