using System.Text;
using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Testing;

namespace S3Toolkit.Server;

/// <summary>This file: objects from elsewhere, as if somebody had put them.</summary>
public sealed partial class S3Server
{
    /// <summary>
    /// Puts all files of a folder into a bucket, which is made when it is not there. Keys are the paths within the folder, with slashes;
    /// content types follow from the files' names; links in it are not followed. No request is logged, and faults and rates do not apply.
    /// </summary>
    /// <param name="folder">The folder.</param>
    /// <param name="bucketName">The bucket.</param>
    /// <param name="cancellationToken">Ends it early; what was put stays.</param>
    /// <returns>The number of objects.</returns>
    /// <exception cref="ArgumentException">S3 takes no bucket of this name.</exception>
    /// <exception cref="IOException">The folder, or a file, cannot be read.</exception>
    /// <exception cref="InvalidOperationException">The server refused an object; the message names it.</exception>
    public Task<int> SeedAsync(string folder, string bucketName, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        return SeedAsync(SeedObject.FromFolder(folder), bucketName, cancellationToken);
    }

    /// <summary>Puts texts, as UTF-8, into a bucket, which is made when it is not there. No request is logged.</summary>
    /// <param name="objects">Keys and contents.</param>
    /// <param name="bucketName">The bucket.</param>
    /// <param name="cancellationToken">Ends it early; what was put stays.</param>
    /// <returns>The number of objects.</returns>
    /// <exception cref="ArgumentException">S3 takes no bucket of this name.</exception>
    /// <exception cref="InvalidOperationException">The server refused an object; the message names it.</exception>
    public Task<int> SeedAsync(
        IEnumerable<KeyValuePair<string, string>> objects, string bucketName, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(objects);
        return SeedAsync(
            objects.Select(static item => SeedObject.FromBytes(item.Key, Encoding.UTF8.GetBytes(item.Value))), bucketName,
            cancellationToken);
    }

    /// <summary>Puts bytes into a bucket, which is made when it is not there. No request is logged.</summary>
    /// <param name="objects">Keys and contents.</param>
    /// <param name="bucketName">The bucket.</param>
    /// <param name="cancellationToken">Ends it early; what was put stays.</param>
    /// <returns>The number of objects.</returns>
    /// <exception cref="ArgumentException">S3 takes no bucket of this name.</exception>
    /// <exception cref="InvalidOperationException">The server refused an object; the message names it.</exception>
    public Task<int> SeedAsync(
        IEnumerable<KeyValuePair<string, byte[]>> objects, string bucketName, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(objects);
        return SeedAsync(objects.Select(static item => SeedObject.FromBytes(item.Key, item.Value)), bucketName, cancellationToken);
    }

    private async Task<int> SeedAsync(IEnumerable<SeedObject> objects, string bucketName, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_isDisposed != 0, this);
        ArgumentNullException.ThrowIfNull(bucketName);
        if (!BucketNames.IsValid(bucketName))
            throw new ArgumentException($"'{bucketName}' is no name that S3 takes for a bucket.", nameof(bucketName));
        Seeder seeder = new(_core);
        await seeder.EnsureBucketAsync(bucketName, cancellationToken).ConfigureAwait(false);
        int count = 0;
        foreach (SeedObject item in objects)
        {
            await seeder.PutAsync(bucketName, item, cancellationToken).ConfigureAwait(false);
            count++;
        }
        return count;
    }
}
