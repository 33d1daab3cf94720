using System.Text;
using CsCheck;
using S3Toolkit.Server.Operations.Catalog;
using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Tests.Authentication;
using S3Toolkit.Server.Tests.Support;
using S3Toolkit.Signing;

namespace S3Toolkit.Server.Tests.Fuzz;

/// <summary>
/// Requests for all operations of the catalog, with what each takes, spoiled in as many ways as there are stages: before they are signed,
/// so that the operation sees it, and after, so that the wire's parsers do.
/// </summary>
internal static class FuzzGen
{
    private static readonly Gen<S3Operation> Operation = Pick.From([.. OperationCatalog.All]);

    private static readonly Gen<string> Text = Gen.OneOf(
        Pick.From(
            "", "1", "-1", "null", "%00", "%", "%ff", "%zz", "%ED%A0%80", "%F0%9F%98%80", "a/b", "..", "+", "99999999999999999999", "url",
            "YQ%3D%3D", "%3Cscript%3E", new string('a', 1025), new string('%', 300)),
        Gen.Char['!', '~'].Array[0, 12].Select(chars => new string(chars).Replace("#", "", StringComparison.Ordinal)));

    private static readonly Gen<string> Parameter = Gen.Select(
        Pick.From(
            [
                .. OperationCatalog.Subresources.Order(StringComparer.Ordinal), "prefix", "delimiter", "max-keys", "marker", "start-after",
                "continuation-token", "encoding-type", "versionId", "partNumber", "uploadId", "key-marker", "version-id-marker",
                "max-parts",
                "upload-id-marker", "part-number-marker", "max-uploads", "max-buckets", "response-content-type", "response-expires", "id",
                "X-Amz-Algorithm", "X-Amz-Signature", "X-Amz-Expires", "AWSAccessKeyId",
            ]), Text, (name, value) => $"{name}={value}");

    private static readonly Gen<(string Name, string Value)> Header = Gen.Select(
        Pick.From(
            "range", "if-match", "if-none-match", "if-modified-since", "content-md5", "content-type", "content-encoding",
            "expect", "origin",
            "x-amz-copy-source", "x-amz-copy-source-range", "x-amz-metadata-directive", "x-amz-tagging", "x-amz-checksum-crc32",
            "x-amz-checksum-sha256", "x-amz-checksum-algorithm", "x-amz-checksum-type", "x-amz-sdk-checksum-algorithm", "x-amz-meta-a",
            "x-amz-storage-class", "x-amz-server-side-encryption", "x-amz-server-side-encryption-customer-key", "x-amz-object-attributes",
            "x-amz-acl", "x-amz-grant-read", "x-amz-object-lock-mode", "x-amz-object-lock-retain-until-date", "x-amz-security-token",
            "x-amz-expected-bucket-owner", "x-amz-decoded-content-length", "x-amz-trailer", "access-control-request-method"),
        Gen.OneOf(
            Pick.From(
                "", "*", "\"x\"", "bytes=0-0", "bytes=-5", "bytes=5-1", "bucket/k", "/bucket/k?versionId=null", "COPY", "REPLACE",
                "a=b&a=c",
                "AAAAAA==", "CRC32", "SHA256", "FULL_OBJECT", "AES256", "aws:kms", "private", "id=\"a\", uri=\"b\"", "GOVERNANCE",
                "2030-01-01T00:00:00Z", "100-continue", "http://a", "99999999999999999999", new string('x', 9_000)),
            Gen.Char[' ', '~'].Array[0, 20].Select(chars => new string(chars).Trim())));

    private static readonly Gen<string> Target = Pick.From(
        "k", "k", "k", "dir/k", "%00", "%C3", "%ED%A0%80", "..", "%2F", "\u00e9", "a//b");

    private static readonly Gen<string> Kind = Pick.From(
        "", "", "", "", "", "", PayloadHash.UnsignedText, PayloadHash.StreamingSignedText, PayloadHash.StreamingSignedText + "-TRAILER",
        "STREAMING-UNSIGNED-PAYLOAD-TRAILER", "STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD");

    private static readonly Gen<Framing> OfWire = Gen.OneOf(
        Gen.Const(Framing.Length), Gen.Const(Framing.Length), Gen.Const(Framing.Chunked), Gen.Int[0, 12].Select(index => (Framing)index));

    private static readonly Gen<(int, int, int, int)[]> Few = Mutations.Change.Array[0, 3];

    private static readonly Gen<(int, int, int, int)[]> Rarely = Gen.OneOf(
        Gen.Const(Array.Empty<(int, int, int, int)>()), Gen.Const(Array.Empty<(int, int, int, int)>()), Mutations.Change.Array[1, 2]);

    /// <summary>A request to a server whose keys are those of <see cref="SignedRequest"/>.</summary>
    public static readonly Gen<FuzzRequest> Request = Gen.Select(
        Gen.Select(Operation, Target, Kind, OfWire), Gen.Select(OneIn(3, Parameter), OneIn(2, Header), Gen.Int[0, 9]),
        Gen.Select(Few, Rarely, Rarely), static (what, with, changes) =>
        {
            (S3Operation operation, string key, string kind, Framing framing) = what;
            SignedRequest request = Start(operation, key, with.Item1, with.Item2);
            byte[] body = Mutations.Apply(BodyOf(operation, request), changes.Item1);
            (S3HttpRequest signed, byte[] payload) = Sign(request, kind, body, isAnonymous: with.Item3 == 0);
            // The frame of aws-chunked is part of what is spoiled after the signature.
            payload = Mutations.Apply(payload, kind.StartsWith("STREAMING", StringComparison.Ordinal) ? changes.Item2 : []);
            (byte[] head, byte[] wire, bool isCut) = WireWriter.Write(signed, payload, framing);
            byte[] spoiledHead = Mutations.Apply(head, changes.Item3);
            return new FuzzRequest([.. spoiledHead, .. wire], isCut || !ReferenceEquals(spoiledHead, head));
        });

    /// <summary>Mostly none: what has several faults is refused for the first.</summary>
    private static Gen<T[]> OneIn<T>(int times, Gen<T> gen) =>
        Gen.Int[1, times].SelectMany(lot => lot == 1 ? gen.Array[1, 2] : Gen.Const(Array.Empty<T>()));

    private static SignedRequest Start(S3Operation operation, string key, string[] parameters, (string Name, string Value)[] headers)
    {
        string path = operation.Scope switch
        {
            // Deletions have names of their own: all others would find nothing from then on.
            OperationScope.Object => operation.Name == "DeleteObject" ? $"/bucket/{key}-2" : $"/bucket/{key}",
            OperationScope.Bucket => operation.Has(OperationTraits.MakesBucket) || operation.Name == "DeleteBucket"
                ? "/bucket-2"
                : "/bucket",
            _ => "/",
        };
        List<string> query = [.. parameters];
        if (operation.Subresource is { } subresource) query.Insert(0, Named(subresource));
        // What tells it from its twin is a header or a parameter: as a parameter it does no harm to the one that asks for a header.
        if (operation.Discriminator is { } discriminator && !discriminator.StartsWith("x-amz-", StringComparison.Ordinal))
            query.Add(Named(discriminator));
        SignedRequest request = new()
        {
            Method = operation.Method, RawPath = path, RawQuery = string.Join('&', query), Time = TimeProvider.System.GetUtcNow(),
        };
        if (operation.Discriminator?.StartsWith("x-amz-", StringComparison.Ordinal) ?? false)
            request.Headers.Add(new(operation.Discriminator, "bucket/k"));
        foreach ((string name, string value) in headers) request.Headers.Add(new(name, value));
        return request;
    }

    private static string Named(string parameter) => parameter switch
    {
        "partNumber" or "part-number" => "partNumber=1",
        "uploadId" => "uploadId=u",
        "list-type" => "list-type=2",
        _ => parameter,
    };

    private static byte[] BodyOf(S3Operation operation, SignedRequest request)
    {
        if (operation.Name == "PostObject")
        {
            request.Headers.Add(new("content-type", "multipart/form-data; boundary=b"));
            return Encoding.UTF8.GetBytes(FuzzForm.Encode());
        }
        if (Documents.ByOperation.TryGetValue(operation.Name, out string? document)) return Encoding.UTF8.GetBytes(document);
        return operation.Has(OperationTraits.TakesBody) ? "some bytes of an object"u8.ToArray() : [];
    }

    private static string Crc32Of(byte[] body)
    {
        byte[] crc = System.IO.Hashing.Crc32.Hash(body);
        Array.Reverse(crc);
        return Convert.ToBase64String(crc);
    }

    private static (S3HttpRequest Signed, byte[] Payload) Sign(SignedRequest request, string kind, byte[] body, bool isAnonymous)
    {
        if (kind.StartsWith("STREAMING", StringComparison.Ordinal))
        {
            ChunkedBody chunked = new() { Target = request, Kind = kind, Payload = body, ChunkBytes = 8192 };
            if (kind.EndsWith("-TRAILER", StringComparison.Ordinal)) chunked.Trailers.Add(("x-amz-checksum-crc32", Crc32Of(body)));
            byte[] frame = [];
            S3HttpRequest signed = chunked.Request(wire => frame = wire);
            return (signed, frame);
        }
        request.Body = body;
        request.PayloadText = kind.Length == 0 ? null : kind;
        // DeleteObjects and others take their document only with its digest.
        if (body.Length > 0)
            request.Headers.Add(new("content-md5", Convert.ToBase64String(System.Security.Cryptography.MD5.HashData(body))));
        return (isAnonymous ? request.Anonymous() : request.SignHeaders(), body);
    }
}
