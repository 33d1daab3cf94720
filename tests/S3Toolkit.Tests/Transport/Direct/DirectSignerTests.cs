using System.Net;
using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.Signing;
using CsCheck;
using Microsoft.Extensions.Time.Testing;
using S3Toolkit.Signing;
using S3Toolkit.Tests.Stores;
using S3Toolkit.Transport;
using S3Toolkit.Transport.Direct;

namespace S3Toolkit.Tests.Transport.Direct;

/// <summary>What is signed, as whom, and by which clock; AWS's own signer is the oracle.</summary>
[TestFixture]
internal sealed class DirectSignerTests
{
    private static readonly DateTimeOffset Now = new(2026, 2, 28, 23, 59, 58, TimeSpan.Zero);

    private static readonly string[] Addresses = ["https://h:9000/b", "https://b.h", "https://[::1]:9/b"];

    private static readonly Gen<string> Text = Gen.OneOf<string>(
        Gen.OneOf(" ", "+", "%", "/", "//", "../", "ä", "\U0001F600", "&", "=", "?", "#", "~", "*"),
        Gen.Char.AlphaNumeric.Select(static c => c.ToString())).Array[1, 8].Select(string.Concat);

    [Test]
    public async Task Sign_AnyRequest_EqualsAwsSigner() =>
        await Gen.Select(Text, Text, Gen.OneOf("plain", " two  spaces ", "a,b"), Gen.Bool, Gen.OneOf(Addresses)).SampleAsync(
                async (key, prefix, value, withToken, address) =>
                {
                    var request = new DirectRequest(HttpMethod.Get, "b", key).Flag("uploads").Query("prefix", prefix)
                        .Amz("x-amz-meta-a", value).Amz("x-amz-acl", "private");
                    AWSCredentials credentials = withToken
                        ? new SessionAWSCredentials("AK", "SK", "token+/=")
                        : new BasicAWSCredentials("AK", "SK");
                    var endpoint = DirectEndpoint.Of(new Uri(address), "eu-west-1", allowUnsignedOverHttp: true);
                    var path = endpoint.PathOf(key);

                    var signed = await new DirectSigner(credentials, new FakeTimeProvider(Now)).SignAsync(
                        request, endpoint, path, new DirectPayload { Sha256 = PayloadHash.UnsignedText }, CancellationToken.None);

                    Assert.That(signed.Authorization, Is.EqualTo(ByAws(credentials, endpoint, path, request)));
                },
                iter: 200,
                threads: 1);

    [Test]
    public async Task Sign_WithAToken_SendsAndSignsIt()
    {
        var signed = await SignAsync(new DirectSigner(new SessionAWSCredentials("AK", "SK", "token"), new FakeTimeProvider(Now)));

        Assert.That(signed.Fields, Does.Contain(new HeaderField("x-amz-security-token", "token")));
        Assert.That(signed.Authorization, Does.Contain("x-amz-security-token"));
        Assert.That(signed.ToString(), Does.Not.Contain("token"));
    }

    [Test]
    public async Task Sign_Anonymous_SignsNothing()
    {
        var signed = await SignAsync(new DirectSigner(new AnonymousAWSCredentials(), new FakeTimeProvider(Now)));

        Assert.That(signed.Authorization, Is.Null);
        Assert.That(signed.Fields, Is.Empty);
    }

    [TestCase(20, "20260301T001958Z")]
    [TestCase(-20, "20260228T233958Z")]
    [TestCase(4, "20260301T000358Z")]
    public async Task LearnTime_OfAServer_DatesWhatIsSignedAfterIt(int minutes, string expected)
    {
        var signer = new DirectSigner(new BasicAWSCredentials("AK", "SK"), new FakeTimeProvider(Now));

        signer.LearnTime(Now.AddMinutes(minutes));

        Assert.That((await SignAsync(signer)).Fields, Does.Contain(new HeaderField("x-amz-date", expected)));
    }

    [TestCase(4, false)]
    [TestCase(-6, true)]
    public void IsOff_OfAServersTime_AllowsForTheWay(int minutes, bool expected)
    {
        var signer = new DirectSigner(new BasicAWSCredentials("AK", "SK"), new FakeTimeProvider(Now));

        Assert.That(signer.IsOff(Now.AddMinutes(minutes)), Is.EqualTo(expected));
        signer.LearnTime(Now.AddMinutes(minutes));
        Assert.That(signer.IsOff(Now.AddMinutes(minutes)), Is.False);
    }

    [Test]
    public async Task LearnTime_OfARightServerLater_TakesTheOffsetBack()
    {
        var signer = new DirectSigner(new BasicAWSCredentials("AK", "SK"), new FakeTimeProvider(Now));

        signer.LearnTime(Now.AddMinutes(20));
        signer.LearnTime(Now);

        Assert.That((await SignAsync(signer)).Fields, Does.Contain(new HeaderField("x-amz-date", "20260228T235958Z")));
    }

    [Test]
    public async Task ExpiredToken_OfKeysThatRefresh_IsSentAgainWithNewOnes()
    {
        var credentials = new CountedCredentials();
        using var server = new ScriptedServer(static sent => sent.Headers["Authorization"].Contains("=AK1/", StringComparison.Ordinal)
            ? ScriptedServer.Error(HttpStatusCode.BadRequest, "ExpiredToken")
            : new HttpResponseMessage(HttpStatusCode.NoContent));

        var replies = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => DeleteAsync(credentials, server)).ToArray());

        Assert.That(replies.Select(static reply => reply.Error), Is.All.Null);
        Assert.That(server.Requests.Last().Headers["Authorization"], Does.Contain("=AK2/"));
    }

    [Test]
    public async Task ExpiredToken_OfManyRequests_FetchesOnce()
    {
        var credentials = new CountedCredentials();
        var signer = new DirectSigner(credentials, new FakeTimeProvider(Now));
        var first = await SignAsync(signer);
        var second = await SignAsync(signer);

        Assert.That(signer.TryRenew(first), Is.True);
        await SignAsync(signer);
        Assert.That(signer.TryRenew(second), Is.True);
        var last = await SignAsync(signer);

        Assert.That(credentials.Fetched, Is.EqualTo(2));
        Assert.That(last.AccessKeyId, Is.EqualTo("AK2"));
    }

    [Test]
    public async Task ExpiredToken_OfKeysThatAreFixed_IsTheCallersToMend()
    {
        using var server = new ScriptedServer(static _ => ScriptedServer.Error(HttpStatusCode.BadRequest, "ExpiredToken"));

        var reply = await DeleteAsync(new SessionAWSCredentials("AK", "SK", "old"), server);

        Assert.That(reply.Error!.Code.Value, Is.EqualTo("ExpiredToken"));
        Assert.That(server.Requests, Has.Count.EqualTo(1));
    }

    // The clock of these keys stands still, and the server says each time that they are too old: no loop.
    [Test]
    public async Task ExpiredToken_OfTheNewKeysToo_EndsAfterTwo()
    {
        using var server = new ScriptedServer(static _ => ScriptedServer.Error(HttpStatusCode.BadRequest, "ExpiredToken"));

        var reply = await DeleteAsync(new CountedCredentials(), server);

        Assert.That(reply.Error!.Code.Value, Is.EqualTo("ExpiredToken"));
        Assert.That(server.Requests, Has.Count.EqualTo(2));
    }

    private static async Task<SignedHeaders> SignAsync(DirectSigner signer)
    {
        var endpoint = DirectEndpoint.Of(new Uri("https://b.h"), "eu-west-1", allowUnsignedOverHttp: false);
        return await signer.SignAsync(
            new DirectRequest(HttpMethod.Get, "b", "k"), endpoint, "/k", new DirectPayload { Sha256 = PayloadHash.UnsignedText }, default);
    }

    private static async Task<S3Reply<DeleteResult>> DeleteAsync(AWSCredentials credentials, HttpMessageHandler handler)
    {
        using var wire = SdkClientFactory.Create(
            new ClientSettings
            {
                Endpoint = new Uri("https://s3.example.com"),
                PublicEndpoint = null,
                Region = "us-east-1",
                Credentials = credentials,
                Profile = S3ProviderProfiles.Aws,
                AddressingStyle = S3AddressingStyle.Auto,
            },
            new Undisposed(handler));
        using var attempt = new S3Attempt(1, TimeSpan.FromMinutes(1), TimeProvider.System, CancellationToken.None);
        return await wire.Transport.DeleteObjectAsync("bucket", "k", new DeleteObjectOptions(), attempt);
    }

    private static string ByAws(AWSCredentials credentials, DirectEndpoint endpoint, string path, DirectRequest request)
    {
        var options = new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true };
        Assert.That(Uri.TryCreate($"{endpoint.Origin}{path}?{request.RawQuery}", options, out var uri), Is.True);
        var theirs = new AWSSigningRequest { HttpMethod = HttpMethod.Get, RequestUri = uri };
        foreach (var field in request.Signed) theirs.Headers[field.Name] = field.Value;
        return AWSSigV4Signer.Sign(theirs, new AWSSigV4Parameters
        {
            Credentials = credentials,
            Region = RegionEndpoint.EUWest1,
            Service = "s3",
            SignPayload = false,
            SignedAt = Now.UtcDateTime,
        }).Headers["Authorization"];
    }

    private sealed class CountedCredentials : RefreshingAWSCredentials
    {
        public int Fetched { get; private set; }

        protected override CredentialsRefreshState GenerateNewCredentials() =>
            new(new ImmutableCredentials($"AK{++Fetched}", "SK", "token"), DateTime.UtcNow.AddHours(1));

        protected override Task<CredentialsRefreshState> GenerateNewCredentialsAsync() => Task.FromResult(GenerateNewCredentials());
    }

    private sealed class Undisposed(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        // The test disposes the handler itself.
        protected override void Dispose(bool disposing) => base.Dispose(disposing: false);
    }
}
