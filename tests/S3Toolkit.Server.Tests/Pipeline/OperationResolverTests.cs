using CsCheck;
using S3Toolkit.Server.Operations.Catalog;
using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Tests.Support;

namespace S3Toolkit.Server.Tests.Pipeline;

public sealed class OperationResolverTests
{
    [TestCase("GET", "", "", "", ExpectedResult = "ListBuckets")]
    [TestCase("POST", "", "", "", ExpectedResult = "MethodNotAllowed")]
    [TestCase("PUT", "b", "", "", ExpectedResult = "CreateBucket")]
    [TestCase("PUT", "b", "", "x-id=CreateBucket", ExpectedResult = "CreateBucket")]
    [TestCase("HEAD", "b", "", "", ExpectedResult = "HeadBucket")]
    [TestCase("DELETE", "b", "", "", ExpectedResult = "DeleteBucket")]
    [TestCase("GET", "b", "", "location", ExpectedResult = "GetBucketLocation")]
    [TestCase("GET", "b", "", "versioning=", ExpectedResult = "GetBucketVersioning")]
    [TestCase("PUT", "b", "", "versioning", ExpectedResult = "PutBucketVersioning")]
    [TestCase("GET", "b", "", "tagging", ExpectedResult = "GetBucketTagging")]
    [TestCase("PUT", "b", "", "tagging", ExpectedResult = "PutBucketTagging")]
    [TestCase("DELETE", "b", "", "tagging", ExpectedResult = "DeleteBucketTagging")]
    [TestCase("GET", "b", "", "prefix=a&delimiter=%2F", ExpectedResult = "ListObjects")]
    [TestCase("GET", "b", "", "list-type=2&prefix=a", ExpectedResult = "ListObjectsV2")]
    [TestCase("GET", "b", "", "versions&prefix=a", ExpectedResult = "ListObjectVersions")]
    [TestCase("GET", "b", "", "uploads", ExpectedResult = "ListMultipartUploads")]
    [TestCase("POST", "b", "", "delete", ExpectedResult = "DeleteObjects")]
    [TestCase("POST", "b", "", "", ExpectedResult = "PostObject")]
    [TestCase("GET", "b", "k", "", ExpectedResult = "GetObject")]
    [TestCase("GET", "b", "k", "versionId=1&response-content-type=a", ExpectedResult = "GetObject")]
    [TestCase("GET", "b", "k", "partNumber=2", ExpectedResult = "GetObject")]
    [TestCase("GET", "b", "k", "attributes", ExpectedResult = "GetObjectAttributes")]
    [TestCase("GET", "b", "k", "tagging&versionId=1", ExpectedResult = "GetObjectTagging")]
    [TestCase("GET", "b", "k", "uploadId=1", ExpectedResult = "ListParts")]
    [TestCase("HEAD", "b", "k", "", ExpectedResult = "HeadObject")]
    [TestCase("PUT", "b", "k", "", ExpectedResult = "PutObject")]
    [TestCase("PUT", "b", "k", "tagging", ExpectedResult = "PutObjectTagging")]
    [TestCase("PUT", "b", "k", "partNumber=1&uploadId=u", ExpectedResult = "UploadPart")]
    [TestCase("POST", "b", "k", "uploads", ExpectedResult = "CreateMultipartUpload")]
    [TestCase("POST", "b", "k", "uploadId=u", ExpectedResult = "CompleteMultipartUpload")]
    [TestCase("POST", "b", "k", "", ExpectedResult = "MethodNotAllowed")]
    [TestCase("DELETE", "b", "k", "", ExpectedResult = "DeleteObject")]
    [TestCase("DELETE", "b", "k", "uploadId=u", ExpectedResult = "AbortMultipartUpload")]
    [TestCase("DELETE", "b", "k", "tagging", ExpectedResult = "DeleteObjectTagging")]
    [TestCase("PATCH", "b", "k", "", ExpectedResult = "MethodNotAllowed")]
    public string Resolve_PlainRequest_NamesTheOperation(string method, string bucket, string key, string query) =>
        Resolve(method, bucket, key, query).Name;

    [TestCase("", ExpectedResult = "CopyObject")]
    [TestCase("partNumber=1&uploadId=u", ExpectedResult = "UploadPartCopy")]
    public string Resolve_CopySourceHeader_IsACopy(string query)
    {
        S3HeaderCollection headers = [];
        headers.Add("X-Amz-Copy-Source", "/b/k");

        return OperationResolver.Resolve("PUT", new("b", "k", false), S3QueryCollection.Parse(query), headers).Name;
    }

    [TestCase("GET", "b", "", "acl", "GetBucketAcl")]
    [TestCase("PUT", "b", "", "policy", "PutBucketPolicy")]
    [TestCase("DELETE", "b", "", "lifecycle", "DeleteBucketLifecycle")]
    [TestCase("GET", "b", "", "object-lock", "GetObjectLockConfiguration")]
    [TestCase("GET", "b", "", "inventory", "ListBucketInventoryConfigurations")]
    [TestCase("GET", "b", "", "id=1&inventory", "GetBucketInventoryConfiguration")]
    [TestCase("OPTIONS", "b", "k", "acl", "CorsPreflight")]
    [TestCase("PUT", "b", "k", "acl", "PutObjectAcl")]
    [TestCase("GET", "b", "k", "torrent", "GetObjectTorrent")]
    [TestCase("POST", "b", "k", "restore", "RestoreObject")]
    public void Resolve_Subresource_NamesItsOperation(string method, string bucket, string key, string query, string name)
    {
        Assert.That(Resolve(method, bucket, key, query).Name, Is.EqualTo(name));
    }

    [TestCase("DELETE", "b", "k", "acl")]
    [TestCase("DELETE", "b", "k", "uploads")]
    [TestCase("DELETE", "b", "k", "policy")]
    [TestCase("DELETE", "b", "", "versioning")]
    [TestCase("DELETE", "b", "", "acl")]
    [TestCase("PUT", "b", "k", "attributes")]
    [TestCase("PUT", "b", "", "versions")]
    [TestCase("POST", "b", "", "uploads")]
    public void Resolve_SubresourceWithoutSuchAMethod_IsNotAllowed(string method, string bucket, string key, string query) =>
        Assert.That(Resolve(method, bucket, key, query), Is.EqualTo(S3Operation.MethodNotAllowed));

    [Test]
    public void Resolve_AnyMethodAndSubresource_NeverRunsWhatThePlainRequestRuns() =>
        Gen.Select(
            Pick.From("GET", "HEAD", "PUT", "POST", "DELETE", "PATCH"), Pick.From([.. OperationCatalog.Subresources]), Pick.From("", "k"),
            Pick.From("", "=", "=x", "=1&prefix=a")).Sample((method, name, key, rest) =>
        {
            bool isAParameterToo = name == "list-type" || (name == "partNumber" && key.Length > 0 && method is "GET" or "HEAD");
            S3Operation plain = Resolve(method, "b", key, "");
            S3Operation resolved = Resolve(method, "b", key, name + rest);
            return resolved == S3Operation.MethodNotAllowed || resolved != plain || isAParameterToo;
        }, iter: 3000);

    private static S3Operation Resolve(string method, string bucket, string key, string query) =>
        OperationResolver.Resolve(method, new S3Target(bucket, key, false), S3QueryCollection.Parse(query), []);
}
