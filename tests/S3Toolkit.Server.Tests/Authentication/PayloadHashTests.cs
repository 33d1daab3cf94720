using S3Toolkit.Server.Pipeline;
using S3Toolkit.Signing;

namespace S3Toolkit.Server.Tests.Authentication;

public sealed class PayloadHashTests
{
    [Test]
    public async Task ReadAsync_BodyDiffersFromItsHash_IsRefusedBeforeTheEnd([Values] bool knowsLength)
    {
        var request = new SignedRequest { Body = [1, 2, 3], PayloadText = SignedRequest.Sha256Of([1, 2, 4]) };
        S3HttpRequest signed = request.SignHeaders();
        if (!knowsLength) signed = new S3HttpRequest
        {
            Method = signed.Method, RawPath = signed.RawPath, RawQuery = signed.RawQuery, Headers = signed.Headers, Body = signed.Body,
        };
        AuthenticatedRequest authenticated = await SignedRequest.Server().AuthenticateAsync(signed, default);

        S3Error error = await Refusal.OfAsync(() => authenticated.Body.CopyToAsync(Stream.Null));

        Assert.That((error.Code, error.Status), Is.EqualTo(("XAmzContentSHA256Mismatch", 400)));
        Assert.That(error.Detail("ClientComputedContentSHA256"), Is.EqualTo(request.PayloadText));
        Assert.That(error.Detail("S3ComputedContentSHA256"), Is.EqualTo(SignedRequest.Sha256Of([1, 2, 3])));
    }

    [Test]
    public async Task AuthenticateAsync_HashOfABodyThatIsNotThere_IsRefusedAtOnce()
    {
        var request = new SignedRequest { Method = "GET", PayloadText = SignedRequest.Sha256Of([1]) };

        Assert.That((await Refusal.OfAsync(SignedRequest.Server(), request.SignHeaders())).Code, Is.EqualTo("XAmzContentSHA256Mismatch"));
    }

    [TestCase("UNSIGNED")]
    [TestCase("")]
    [TestCase("zz3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    public async Task AuthenticateAsync_UnknownPayloadHash_IsInvalid(string text)
    {
        S3Error error = await Refusal.OfAsync(SignedRequest.Server(), new SignedRequest { PayloadText = text }.SignHeaders());

        Assert.That((error.Code, error.Status, error.Detail("ArgumentValue")), Is.EqualTo(("InvalidArgument", 400, text)));
        Assert.That(error.Message, Does.Contain("or a valid sha256 value"));
    }

    [Test]
    public async Task AuthenticateAsync_UnsignedPayload_IsNotHashed()
    {
        var request = new SignedRequest { Body = [1, 2], PayloadText = PayloadHash.UnsignedText };

        AuthenticatedRequest result = await SignedRequest.Server().AuthenticateAsync(request.SignHeaders(), default);

        Assert.That(await HeaderSignatureTests.ReadAsync(result.Body), Is.EqualTo(new byte[] { 1, 2 }));
    }

    [Test]
    public async Task AuthenticateAsync_AnonymousWithSignedChunks_IsDenied()
    {
        var request = new SignedRequest();
        request.Unsigned.Add(new("x-amz-content-sha256", PayloadHash.StreamingSignedText));

        Assert.That((await Refusal.OfAsync(SignedRequest.Server(), request.Anonymous())).Code, Is.EqualTo("AccessDenied"));
    }

    [TestCase(PayloadHash.UnsignedText, false, false, false)]
    [TestCase(PayloadHash.EmptySha256, false, false, false)]
    [TestCase(PayloadHash.StreamingUnsignedTrailerText, true, false, true)]
    [TestCase(PayloadHash.StreamingSignedText, true, true, false)]
    [TestCase(PayloadHash.StreamingSignedTrailerText, true, true, true)]
    public void TryParse_KnownText_TellsItsKind(string text, bool isStreaming, bool hasSignedChunks, bool hasTrailer)
    {
        Assert.That(PayloadHash.TryParse(text, out PayloadHash hash), Is.True);
        Assert.That(
            (hash.IsStreaming, hash.HasSignedChunks, hash.HasTrailer, hash.Text),
            Is.EqualTo((isStreaming, hasSignedChunks, hasTrailer, text)));
    }
}
