using System.Text;
using S3Toolkit.Signing;

namespace S3Toolkit.Server.Tests.Signing;

public sealed class SigningPartsTests
{
    [Test]
    public void Derive_PublishedScope_IsThePublishedKey()
    {
        byte[] key = SigningKey.Derive(AwsExample.Secret, new CredentialScope("20151229", "us-east-1", "s3"));

        Assert.That(Convert.ToHexStringLower(key), Is.EqualTo("cbcef1ebeaefc82cce6530b9f0a9ae598846065f5c5bae0674bd5ebc4ba52d28"));
    }

    [Test]
    public void Cache_ManyScopes_StaysBounded()
    {
        var cache = new SigningKeyCache(capacity: 4);

        for (int i = 0; i < 100; i++) cache.Get("secret", new CredentialScope("20260101", "region-" + i, "s3"));

        Assert.That(cache.Count, Is.InRange(1, 4));
    }

    [Test]
    public void Cache_SameScope_DerivesOnce()
    {
        var cache = new SigningKeyCache();
        CredentialScope scope = AwsExample.Scope;

        Assert.That(cache.Get("secret", scope), Is.SameAs(cache.Get("secret", scope)));
        Assert.That(cache.Get("other", scope), Is.Not.EqualTo(cache.Get("secret", scope)));
    }

    [Test]
    public void SignHeaders_Warm_AllocatesLessThanThreeKibibytes()
    {
        RequestSigner signer = AwsExample.Signer;
        HeaderField[] headers =
        [
            new("host", AwsExample.Host), new("x-amz-date", AwsExample.AmzDate), new("x-amz-content-sha256", PayloadHash.UnsignedText),
        ];
        Sign();

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++) Sign();
        long perRequest = (GC.GetAllocatedBytesForCurrentThread() - before) / 100;

        Assert.That(perRequest, Is.LessThan(3 * 1_024));

        void Sign() => signer.SignHeaders(
            "GET", "/a/key/of/some/length.bin", "versionId=abc&partNumber=3", headers, PayloadHash.UnsignedText, AwsExample.Time);
    }

    [TestCase(0)]
    [TestCase(604_801)]
    public void Presign_LifetimeOutsideS3sLimits_Throws(int seconds) => Assert.That(
        () => AwsExample.Signer.Presign(
            "GET", "/k", "", new HeaderField[] { new("host", "h") }, AwsExample.Time, TimeSpan.FromSeconds(seconds)),
        Throws.TypeOf<ArgumentOutOfRangeException>());

    [Test]
    public void SignatureEquals_AnyDifference_IsFalse()
    {
        string signature = new('a', SigV4.SignatureLength);
        byte[] computed = Encoding.ASCII.GetBytes(signature);

        Assert.That(SigV4.SignatureEquals(computed, signature), Is.True);
        Assert.That(SigV4.SignatureEquals(computed, signature[..^1] + "b"), Is.False);
        Assert.That(SigV4.SignatureEquals(computed, signature + "a"), Is.False);
        Assert.That(SigV4.SignatureEquals(computed, signature[..^1] + "ä"), Is.False);
        Assert.That(SigV4.SignatureEquals(computed, ""), Is.False);
    }

    [Test]
    public void Parse_AuthorizationHeader_ReadsItsParts()
    {
        string? problem = AuthorizationHeader.Parse(
            "AWS4-HMAC-SHA256 Credential=AK/with/slash/20260101/eu-west-1/s3/aws4_request,SignedHeaders=Host;x-amz-date,Signature=abc",
            out SigV4Authorization? parsed);

        Assert.That(problem, Is.Null);
        Assert.That(parsed!.AccessKeyId, Is.EqualTo("AK/with/slash"));
        Assert.That(parsed.Scope, Is.EqualTo(new CredentialScope("20260101", "eu-west-1", "s3")));
        Assert.That(parsed.SignedHeaders, Is.EqualTo(new[] { "host", "x-amz-date" }));
        Assert.That(parsed.Signature, Is.EqualTo("abc"));
        Assert.That(parsed.ToString(), Does.Not.Contain("abc"));
    }

    [Test]
    public void ToString_Credential_HidesTheSecret() =>
        Assert.That(new SigningCredential("AK", "hidden", "token").ToString(), Does.Not.Contain("hidden").And.Not.Contain("token"));
}
