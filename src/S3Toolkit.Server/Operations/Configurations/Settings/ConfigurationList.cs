using System.Buffers;
using S3Toolkit.Server.Operations.Input;
using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Storage;
using S3Toolkit.Server.Wire;

namespace S3Toolkit.Server.Operations.Configurations.Settings;

/// <summary>
/// Settings of which a bucket can have many of a kind, each with an id of its own: the sibling of <see cref="BucketConfiguration{T}"/>.
/// They are kept as they were put.
/// </summary>
internal sealed class ConfigurationList
{
    /// <summary>S3: pages of 100.</summary>
    private const int PageSize = 100;

    /// <summary>S3: so many of each kind.</summary>
    private const int MaxConfigurations = 1000;

    private const int MaxIdLength = 64;

    private static readonly SearchValues<char> IdCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.");

    /// <summary>Its name among the bucket's settings.</summary>
    public required string Kind { get; init; }

    /// <summary>What may be put; its name is the document's root.</summary>
    public required ElementShape Shape { get; init; }

    /// <summary>The root of the listing.</summary>
    public required string ListRoot { get; init; }

    /// <summary>How S3 answers a PUT that is done, in which its kinds differ.</summary>
    public int PutStatus { get; init; } = 200;

    /// <summary>What the shape cannot say; throws <see cref="S3ErrorException"/>.</summary>
    public Action<DocumentRecord>? Check { get; init; }

    public ValueTask<S3Response> GetAsync(OperationContext context, CancellationToken cancellationToken)
    {
        DocumentRecord document = context.Bucket!.Setting(Kind, Id(context)) ?? throw S3Errors.NoSuchConfiguration().ToException();
        S3XmlWriter writer = new();
        writer.Root(Shape.Name);
        SettingWriter.Content(writer, document);
        writer.End(Shape.Name);
        return new(S3Response.Xml(writer.ToMemory()));
    }

    public async ValueTask<S3Response> PutAsync(OperationContext context, CancellationToken cancellationToken)
    {
        string id = Id(context);
        S3XmlNode node = (await BodyReader.XmlAsync(context, Shape.Name, cancellationToken).ConfigureAwait(false))!;
        DocumentRecord document = SettingReader.Read(node, Shape);
        if (document.TextOf("Id") != id) throw S3Errors.IdMismatch().ToException();
        Check?.Invoke(document);
        await SetAsync(context, RequireRoom, id, document, cancellationToken).ConfigureAwait(false);
        return new S3Response(PutStatus);

        void RequireRoom(BucketRecord bucket)
        {
            bool isNew = bucket.Setting(Kind, id) is null;
            if (isNew && bucket.Settings.Count(setting => setting.Kind == Kind) >= MaxConfigurations)
                throw S3Errors.TooManyConfigurations(MaxConfigurations).ToException();
        }
    }

    public async ValueTask<S3Response> DeleteAsync(OperationContext context, CancellationToken cancellationToken)
    {
        string id = Id(context);
        await SetAsync(context, RequireThere, id, null, cancellationToken).ConfigureAwait(false);
        return S3Response.NoContent();

        void RequireThere(BucketRecord bucket)
        {
            if (bucket.Setting(Kind, id) is null) throw S3Errors.NoSuchConfiguration().ToException();
        }
    }

    public ValueTask<S3Response> ListAsync(OperationContext context, CancellationToken cancellationToken)
    {
        string after = ContinuationToken.Read(context);
        StoredSettingRecord[] rest =
        [
            .. context.Bucket!.Settings.Where(setting => setting.Kind == Kind && string.CompareOrdinal(setting.Id, after) > 0)
                .OrderBy(setting => setting.Id, StringComparer.Ordinal),
        ];
        bool isTruncated = rest.Length > PageSize;
        S3XmlWriter writer = new();
        writer.Root(ListRoot);
        foreach (StoredSettingRecord setting in rest.Take(PageSize)) SettingWriter.Element(writer, setting.Content);
        writer.Element("IsTruncated", isTruncated);
        writer.Element("ContinuationToken", context.Query("continuation-token"));
        if (isTruncated) writer.Element("NextContinuationToken", ContinuationToken.Write(rest[PageSize - 1].Id));
        writer.End(ListRoot);
        return new(S3Response.Xml(writer.ToMemory()));
    }

    private static string Id(OperationContext context)
    {
        string id = context.Query("id") ?? "";
        bool isValid = id.Length is > 0 and <= MaxIdLength && !id.AsSpan().ContainsAnyExcept(IdCharacters);
        return isValid ? id : throw S3Errors.InvalidConfigurationId().ToException();
    }

    /// <summary>Judges and sets in one step: requests at the same time see each other's settings.</summary>
    private async ValueTask SetAsync(
        OperationContext context, Action<BucketRecord> check, string id, DocumentRecord? document, CancellationToken cancellationToken)
    {
        StorageStatus status = await context.Storage.UpdateBucketAsync(
            context.BucketName, bucket =>
            {
                check(bucket);
                return bucket.WithSetting(Kind, id, document);
            },
            cancellationToken).ConfigureAwait(false);
        status.ThrowUnlessDone(context);
    }
}
