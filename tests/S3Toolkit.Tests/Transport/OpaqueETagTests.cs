using System.Net;
using Microsoft.Extensions.DependencyInjection;

namespace S3Toolkit.Tests.Transport;

/// <summary>An ETag is the server's to choose: Google's and others are no MD5.</summary>
[TestFixture]
public sealed class OpaqueETagTests
{
    private static readonly S3ProviderProfile[] Profiles =
        [S3ProviderProfiles.Aws, S3ProviderProfiles.Generic, S3ProviderProfiles.GoogleCloudStorage];

    [Test]
    public async Task Get_ETagThatIsNoMD5_IsReadAndKept(
        [ValueSource(nameof(Profiles))] S3ProviderProfile profile,
        [Values("CKih16GjycICEAE=", "plain", "0123456789abcdef", "5d41402abc4b2a76b9719d911017c592-2")] string etag)
    {
        await using var services = Provide(profile, etag);

        var reader = await services.GetRequiredService<IBucketStore>().Bucket("bucket").GetAsync("key");

        Assert.That(reader.Info.ETag, Is.EqualTo(new ETag(etag)));
        Assert.That(await reader.ReadAllTextAsync(), Is.EqualTo("hello"));
    }

    [Test]
    public async Task Put_ETagThatIsNoMD5_IsKept(
        [ValueSource(nameof(Profiles))] S3ProviderProfile profile, [Values("CKih16GjycICEAE=", "plain")] string etag)
    {
        await using var services = Provide(profile, etag);

        var written = await services.GetRequiredService<IBucketStore>().Bucket("bucket").PutAsync("key", ObjectContent.FromText("hello"));

        Assert.That(written.ETag, Is.EqualTo(new ETag(etag)));
    }

    [Test]
    public async Task Get_ETagThatIsTheMD5_IsVerifiedByIt()
    {
        // MD5 of "hello".
        await using var services = Provide(S3ProviderProfiles.Generic, "5d41402abc4b2a76b9719d911017c592");

        var reader = await services.GetRequiredService<IBucketStore>().Bucket("bucket").GetAsync("key");
        await reader.ReadAllTextAsync();

        Assert.That(reader.Verification, Is.EqualTo(ContentVerification.ETagMd5));
    }

    private static ServiceProvider Provide(S3ProviderProfile profile, string etag)
    {
        var services = new ServiceCollection();
        services.AddS3Toolkit(options =>
        {
            options.Endpoint = new Uri("https://127.0.0.1:9");
            options.Region = "us-east-1";
            (options.AccessKeyId, options.SecretAccessKey, options.Provider) = ("AK", "SK", profile);
            options.HttpMessageHandlerFactory = () => new HelloHandler(etag);
            options.Resilience.MaxAttempts = 1;
        });
        return services.BuildServiceProvider();
    }

    private sealed class HelloHandler(string etag) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.Content is not null) await request.Content.CopyToAsync(Stream.Null, cancellationToken);
            var response = new HttpResponseMessage(HttpStatusCode.OK)
            {
                Content = new ByteArrayContent(request.Method == HttpMethod.Get ? "hello"u8.ToArray() : []),
            };
            response.Headers.TryAddWithoutValidation("ETag", $"\"{etag}\"");
            return response;
        }
    }
}
