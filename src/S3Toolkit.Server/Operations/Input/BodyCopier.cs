using S3Toolkit.Server.Encryption;
using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Storage;

namespace S3Toolkit.Server.Operations.Input;

/// <summary>Stages a range of an object that is there already, out of its encryption and into that of the copy.</summary>
internal static class BodyCopier
{
    public static async ValueTask<StagedBody> StageAsync(
        OperationContext context, ObjectRecord from, long offset, long length, BodyDigest digest, BodyCipher? cipher,
        CancellationToken cancellationToken, ulong nonce = 0)
    {
        byte[]? dataKey = CopySource.DataKeyOf(from, context);
        Stream source = await DecryptedBody.Of(from, dataKey).OpenAsync(offset, length, cancellationToken).ConfigureAwait(false);
        await using (source.ConfigureAwait(false))
        {
            StagedBody staged = await context.Storage.StageAsync(length, cancellationToken).ConfigureAwait(false);
            try
            {
                await BodyReader.CopyAsync(source, staged, digest, length, cipher, cancellationToken, nonce).ConfigureAwait(false);
                return staged;
            }
            catch
            {
                await staged.DisposeAsync().ConfigureAwait(false);
                throw;
            }
        }
    }
}
