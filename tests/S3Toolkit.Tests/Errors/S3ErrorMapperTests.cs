using System.Net;
using S3Toolkit.Transport;

namespace S3Toolkit.Tests.Errors;

[TestFixture]
public sealed class S3ErrorMapperTests
{
    private static readonly S3Call Call = new("GetObject", "bucket", "a/key");

    [TestCase("NoSuchKey", 404, typeof(ObjectNotFoundException))]
    [TestCase("NoSuchVersion", 404, typeof(ObjectNotFoundException))]
    [TestCase("NotFound", 404, typeof(ObjectNotFoundException))]
    [TestCase("NoSuchBucket", 404, typeof(BucketNotFoundException))]
    [TestCase("NoSuchUpload", 404, typeof(S3ToolkitException))]
    [TestCase("AccessDenied", 403, typeof(S3AccessDeniedException))]
    [TestCase("SignatureDoesNotMatch", 403, typeof(S3AccessDeniedException))]
    [TestCase("InvalidAccessKeyId", 403, typeof(S3AccessDeniedException))]
    [TestCase("RequestTimeTooSkewed", 403, typeof(S3ToolkitException))]
    [TestCase("PreconditionFailed", 412, typeof(PreconditionFailedException))]
    [TestCase("ConditionalRequestConflict", 409, typeof(S3ToolkitException))]
    [TestCase("BadDigest", 400, typeof(ContentCorruptedException))]
    [TestCase("SlowDown", 503, typeof(S3ToolkitException))]
    [TestCase("InventedTomorrow", 418, typeof(S3ToolkitException))]
    public void ToException_EachAnswer_HasItsType(string code, int status, Type expected)
    {
        var error = new S3Error(code, "the server's words") { StatusCode = (HttpStatusCode)status, RequestId = "REQ" };

        var exception = S3ErrorMapper.ToException(Call, error, attempts: 3);

        Assert.That(exception, Is.TypeOf(expected));
        Assert.That(exception.ErrorCode.Value, Is.EqualTo(code));
        Assert.That(exception.StatusCode, Is.EqualTo((HttpStatusCode)status));
        Assert.That(exception.Attempts, Is.EqualTo(3));
        Assert.That(exception.BucketName, Is.EqualTo("bucket"));
        Assert.That(exception.Key, Is.EqualTo("a/key"));
        Assert.That(exception.RequestId, Is.EqualTo("REQ"));
        Assert.That(exception.Message, Does.Contain("s3://bucket/a/key").And.Contain("the server's words").And.Contain("REQ"));
    }

    [Test]
    public void ToException_MissingWithoutAKey_IsTheBucket() => Assert.That(
        S3ErrorMapper.ToException(
            new S3Call("HeadBucket", "bucket"), new S3Error(S3ErrorCode.NotFound, "404") { StatusCode = HttpStatusCode.NotFound }, 1),
        Is.TypeOf<BucketNotFoundException>());

    [Test]
    public void ToException_OwnExceptionInsideWhatHttpClientThrew_IsTheOneThatShows()
    {
        var own = new S3ToolkitException("the file shrank", S3ErrorCode.SourceChanged);
        var error = new S3Error(S3ErrorCode.ConnectionFailed, "error while copying") { Cause = new HttpRequestException("copy", own) };

        var exception = S3ErrorMapper.ToException(Call, error, 1);

        Assert.That(exception.Message, Does.StartWith("the file shrank"));
        Assert.That(exception.ErrorCode, Is.EqualTo(S3ErrorCode.SourceChanged));
        Assert.That(exception.IsTransient, Is.False);
        Assert.That(exception.Key, Is.EqualTo("a/key"));
    }

    [Test]
    public void ToException_OneFailureOfSeveralCalls_IsAnExceptionForEach()
    {
        var shared = new S3ToolkitException("nothing was found", S3ErrorCode.NoCredentials);

        var first = S3ErrorMapper.ToException(Call, new S3Error(shared.ErrorCode, "") { Cause = shared }, 1);
        var second = S3ErrorMapper.ToException(
            new S3Call("PutObject", "other", "k2"), new S3Error(shared.ErrorCode, "") { Cause = shared }, 1);

        Assert.That((first.Key, second.Key), Is.EqualTo(("a/key", "k2")));
        Assert.That(shared.Key, Is.Null);
    }

    [TestCase("InternalError", 500, true, false)]
    [TestCase("ServiceUnavailable", 503, true, false)]
    [TestCase("SlowDown", 503, true, true)]
    [TestCase("Anything", 429, true, true)]
    [TestCase("Anything", 502, true, false)]
    [TestCase("Anything", 504, true, false)]
    [TestCase("RequestTimeout", 400, true, false)]
    [TestCase("ConditionalRequestConflict", 409, true, false)]
    [TestCase("NotImplemented", 501, false, false)]
    [TestCase("PreconditionFailed", 412, false, false)]
    [TestCase("NoSuchKey", 404, false, false)]
    [TestCase("AccessDenied", 403, false, false)]
    [TestCase("NotAnS3Endpoint", 503, false, false)]
    [TestCase("CircuitOpen", 0, true, false)]
    [TestCase("TooManyOpenCalls", 0, true, false)]
    [TestCase("TotalTimeout", 0, true, false)]
    public void Classifier_EachAnswer_IsTransientOrNot(string code, int status, bool transient, bool throttling)
    {
        var error = new S3Error(code, "") { StatusCode = (HttpStatusCode)status };

        Assert.That(S3ErrorClassifier.IsTransient(error), Is.EqualTo(transient));
        Assert.That(S3ErrorClassifier.IsThrottling(error), Is.EqualTo(throttling));
    }
}
