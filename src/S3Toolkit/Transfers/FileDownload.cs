using System.Globalization;

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
        CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var destination = Path.GetFullPath(path);
        if (Directory.Exists(destination))
            throw new ArgumentException(
                $"'{path}' is a folder; name the file that s3://{store.BucketName}/{key} is to be written to.", nameof(path));

        var reader = await store.GetAsync(key, options, cancellationToken).ConfigureAwait(false);
        await using var ownedReader = reader.ConfigureAwait(false);
        ContentCopy.Require(reader);

        var temporary = TemporaryFile.Create(destination, reader.ContentLengthBytes);
        await using var ownedFile = temporary.ConfigureAwait(false);
        try
        {
            await ContentCopy.ToStreamAsync(reader, temporary.Stream, progress, cancellationToken).ConfigureAwait(false);
            temporary.Commit();
        }
        catch (IOException error) when (TemporaryFile.IsOutOfSpace(error))
        {
            string needed = reader.ContentLengthBytes?.ToString(CultureInfo.InvariantCulture) ?? "more";
            throw new IOException(
                $"No space is left for '{destination}': s3://{store.BucketName}/{key} needs {needed} bytes. Nothing was kept.",
                error);
        }

        return reader.Info;
    }
}
