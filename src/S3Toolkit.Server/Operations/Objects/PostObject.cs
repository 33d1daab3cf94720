using Microsoft.AspNetCore.WebUtilities;
using S3Toolkit.Server.Access;
using S3Toolkit.Server.Encryption;
using S3Toolkit.Server.Lifecycle;
using S3Toolkit.Server.Notifications;
using S3Toolkit.Server.Operations.Input;
using S3Toolkit.Server.Operations.Locking;
using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Replication;
using S3Toolkit.Server.Storage;
using S3Toolkit.Server.Wire;

namespace S3Toolkit.Server.Operations.Objects;

/// <summary>A browser's upload: a form whose fields carry the headers and whose policy carries the signature.</summary>
internal static class PostObject
{
    public static async ValueTask<S3Response> InvokeAsync(OperationContext context, CancellationToken cancellationToken)
    {
        (S3PostForm form, MultipartSection file) = await PostFormReader.ReadAsync(context, cancellationToken).ConfigureAwait(false);
        PostPolicyGrant grant = context.Server.Authenticator.AuthenticatePost(
            form, context.BucketName, context.Options.StrictRegions ? context.Bucket?.Region : null);
        context.Caller = grant.Identity;
        ObjectKeys.Check(form.Key);

        S3HeaderCollection headers = [];
        foreach ((string name, string value) in form.Fields) headers.Add(name, value);
        AccessCheck.RequirePayer(context, context.Bucket!, headers);
        AccessStage.DemandPost(context, form.Key, headers);
        UnsupportedHeaders.CheckObject(headers);
        ReplicaHeaders.RefuseForm(context, headers);
        NewObjectAccess access = NewObjectAccess.Read(context, headers, "acl");
        ObjectRecord record = new()
        {
            Key = form.Key,
            LastModified = context.Now,
            OwnerId = access.OwnerId,
            Acl = access.Acl,
            Properties = PropertiesReader.Read(headers, context),
            Tags = Tags(context, form),
            Lock = ObjectLockHeaders.Read(headers, context).OrDefault(context.Bucket!, context.Now),
        };
        // No form is a replica: its signature covers none of the headers that would say so.
        record = record with { Replication = ReplicationRules.StatusOf(context.Bucket!, record) };
        ObjectRecord written = await StoreAsync(context, grant, file, headers, record, cancellationToken).ConfigureAwait(false);
        context.Report(EventNames.Post, written);
        return Answer(context, form, written).Encryption(written.Properties.Encryption, headers, isWrite: true);
    }

    private static async ValueTask<ObjectRecord> StoreAsync(
        OperationContext context, PostPolicyGrant grant, MultipartSection file, S3HeaderCollection headers, ObjectRecord record,
        CancellationToken cancellationToken)
    {
        long maxBytes = Math.Min(grant.MaxBytes ?? long.MaxValue, context.Options.MaxBodyBytes);
        using BodyDigest digest = BodyDigest.OfObject(headers, [], record.Properties.Encryption);
        using BodyCipher? cipher = DataKeys.ForWrite(record.Properties.Encryption, headers, context);
        StagedBody staged = await context.Storage.StageAsync(null, cancellationToken).ConfigureAwait(false);
        await using (staged.ConfigureAwait(false))
        {
            await BodyReader.CopyAsync(file.Body, staged, digest, maxBytes, cipher, cancellationToken).ConfigureAwait(false);
            if (staged.Length < grant.MinBytes) throw S3Errors.EntityTooSmall(staged.Length, grant.MinBytes.Value).ToException();
            // What the payload's hash covers goes on to the end of the form.
            await UnusedBody.DrainAsync(context.Authenticated.Body, context.Options.MaxFormFieldBytes, cancellationToken)
                .ConfigureAwait(false);
            record = record with { ETag = digest.Verify(), Checksum = digest.ToRecord(), WrittenAt = context.ExactNow };
            return (await context.Storage
                .PutAsync(context.BucketName, record, staged, Conditions.ReadWrite(headers), cancellationToken).ConfigureAwait(false))
                .ValueOrThrow(context);
        }
    }

    private static S3Response Answer(OperationContext context, S3PostForm form, ObjectRecord written)
    {
        string origin = context.Server.Endpoint().GetLeftPart(UriPartial.Authority);
        string location = $"{origin}/{context.BucketName}/{Uri.EscapeDataString(written.Key)}";
        if (Redirect(form) is { } redirect)
        {
            char separator = redirect.Query.Length > 0 ? '&' : '?';
            string query = $"bucket={Uri.EscapeDataString(context.BucketName)}&key={Uri.EscapeDataString(written.Key)}"
                + $"&etag={Uri.EscapeDataString($"\"{written.ETag}\"")}";
            string target = redirect.GetLeftPart(UriPartial.Query) + separator + query + redirect.Fragment;
            return Facts(new S3Response(303), context, written).Header("Location", target);
        }
        if (form.Fields.GetValueOrDefault("success_action_status") != "201")
        {
            int status = form.Fields.GetValueOrDefault("success_action_status") == "200" ? 200 : 204;
            return Facts(new S3Response(status), context, written).Header("Location", location);
        }
        S3XmlWriter writer = new();
        writer.Start("PostResponse");
        writer.Element("Location", location);
        writer.Element("Bucket", context.BucketName);
        writer.Element("Key", written.Key);
        writer.Element("ETag", $"\"{written.ETag}\"");
        writer.End("PostResponse");
        return Facts(S3Response.Xml(writer.ToMemory(), 201), context, written).Header("Location", location);
    }

    private static S3Response Facts(S3Response response, OperationContext context, ObjectRecord written) => response
        .Header("ETag", $"\"{written.ETag}\"")
        .WrittenVersion(written.VersionId)
        .Expiration(written, context)
        .Checksum(written.Checksum);

    private static Uri? Redirect(S3PostForm form)
    {
        string? text = form.Fields.GetValueOrDefault("success_action_redirect") ?? form.Fields.GetValueOrDefault("redirect");
        // A redirect that is none is ignored, as on S3.
        return Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) && uri.Scheme is "http" or "https" ? uri : null;
    }

    private static IReadOnlyList<TagRecord> Tags(OperationContext context, S3PostForm form)
    {
        if (!form.Fields.TryGetValue("tagging", out string? xml)) return [];
        S3XmlNode? document = S3XmlNode.TryParse(
            System.Text.Encoding.UTF8.GetBytes(xml), context.Options.MaxXmlElements, context.Options.MaxXmlDepth);
        return TagReader.FromXml(document?.Child("TagSet"), TagReader.MaxObjectTags);
    }
}
