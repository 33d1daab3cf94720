using System.Net;
using System.Net.Sockets;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;
using Amazon.S3;
using Moq;
using S3Toolkit.Transport;

namespace S3Toolkit.Tests.Transport;

[TestFixture]
public sealed class SdkErrorsTests
{
    [Test]
    public void FromException_ServerError_KeepsCodeStatusAndRequestId()
    {
        var error = SdkErrors.FromException(new AmazonS3Exception("gone", ErrorType.Sender, "NoSuchKey", "R1", HttpStatusCode.NotFound));

        Assert.That((error.Code, error.StatusCode, error.RequestId, error.Message), Is.EqualTo(
            (S3ErrorCode.NoSuchKey, (HttpStatusCode?)HttpStatusCode.NotFound, "R1", "gone")));
    }

    [TestCase(HttpStatusCode.NotFound, "NotFound")]
    [TestCase(HttpStatusCode.Forbidden, "AccessDenied")]
    [TestCase(HttpStatusCode.PreconditionFailed, "PreconditionFailed")]
    [TestCase(HttpStatusCode.ServiceUnavailable, "ServiceUnavailable")]
    public void FromException_AnswerWithoutABody_GetsItsCodeFromTheStatus(HttpStatusCode status, string code) => Assert.That(
        SdkErrors.FromException(new AmazonS3Exception("", ErrorType.Unknown, null, "R1", status)).Code.Value, Is.EqualTo(code));

    private static IEnumerable<Exception> BrokenConnections()
    {
        yield return new HttpRequestException("refused", new SocketException(111));
        yield return new IOException("reset");
        yield return new AmazonClientException("wrapped", new HttpRequestException("reset"));
        yield return new AmazonServiceException("wrapped", new HttpRequestException("reset"));
        yield return new AmazonS3Exception("wrapped", new IOException("reset"));
    }

    [TestCaseSource(nameof(BrokenConnections))]
    public void FromException_BrokenConnection_IsTransient(Exception exception)
    {
        var error = SdkErrors.FromException(exception);

        Assert.That(error.Code, Is.EqualTo(S3ErrorCode.ConnectionFailed));
        Assert.That(S3ErrorClassifier.IsTransient(error), Is.True);
    }

    [Test]
    public void FromException_TlsFailure_SaysWhyAndIsNotTransient()
    {
        var tls = new HttpRequestException(
            "The SSL connection could not be established, see inner exception.",
            new System.Security.Authentication.AuthenticationException("The remote certificate is invalid"));

        var error = SdkErrors.FromException(new AmazonServiceException("wrapped", tls));

        Assert.That(error.Code, Is.EqualTo(S3ErrorCode.TlsFailed));
        Assert.That(error.Message, Is.EqualTo("The remote certificate is invalid"));
        Assert.That(S3ErrorClassifier.IsTransient(error), Is.False);
    }

    [Test]
    public void FromException_NotXml_IsNoS3Endpoint()
    {
        var error = SdkErrors.FromException(
            new AmazonUnmarshallingException("R1", "", new System.Xml.XmlException("Data at the root level is invalid")));

        Assert.That(error.Code, Is.EqualTo(S3ErrorCode.NotAnS3Endpoint));
        Assert.That(S3ErrorClassifier.IsTransient(error), Is.False);
    }

    [TestCase(HttpStatusCode.BadGateway, true)]
    [TestCase(HttpStatusCode.ServiceUnavailable, true)]
    [TestCase(HttpStatusCode.GatewayTimeout, true)]
    [TestCase(HttpStatusCode.OK, false)]
    [TestCase(HttpStatusCode.NotFound, false)]
    public void FromException_WebPage_IsAServerThatIsDownOrNoS3(HttpStatusCode status, bool transient)
    {
        var response = new Mock<IWebResponseData>();
        response.Setup(r => r.ContentType).Returns("text/html; charset=utf-8");
        var page = new AmazonS3Exception("page", new HttpErrorResponseException(response.Object), ErrorType.Unknown, null, "R1", status);

        var error = SdkErrors.FromException(page);

        Assert.That(S3ErrorClassifier.IsTransient(error), Is.EqualTo(transient));
        Assert.That(error.StatusCode, Is.EqualTo(status));
        Assert.That(error.Code == S3ErrorCode.NotAnS3Endpoint, Is.EqualTo(!transient));
    }

    [TestCase("1500", null, 1.5)]
    [TestCase(null, "7", 7)]
    [TestCase("250", "7", 0.25)]
    public void RetryAfter_EitherHeader_IsRead(string? milliseconds, string? seconds, double expected) =>
        Assert.That(WireErrors.RetryAfter(milliseconds, seconds), Is.EqualTo(TimeSpan.FromSeconds(expected)));

    [TestCase(null, null)]
    [TestCase("", "")]
    [TestCase("-1", "soon")]
    [TestCase("NaN", "1e300")]
    public void RetryAfter_Nonsense_IsNothing(string? milliseconds, string? seconds) =>
        Assert.That(WireErrors.RetryAfter(milliseconds, seconds), Is.Null);
}
