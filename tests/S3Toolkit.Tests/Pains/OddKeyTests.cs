using CsCheck;
using Microsoft.Extensions.DependencyInjection;
using S3Toolkit.Server;

namespace S3Toolkit.Tests.Pains;

/// <summary>Pain 30: any key, signed in the header and in the query, is the same object.</summary>
[TestFixture]
internal sealed class OddKeyTests
{
    private static readonly string[] Pieces =
    [
        " ", "+", "%", "%2F", "%25", "/", "//", "./", "../", ".", "..", "!", "(", ")", "[", "]", "*", "'", "\"", "<", ">", "&", "=", "?",
        "#", "\\", "~", "ü", "e\u0301", "日本", "\U0001F600", "\uE000", "\uFFFD", "\u0001", "\t", "\n", "\r", "\u007f",
        "a", "Z", "0", "-",
        "_",
    ];

    private static readonly Gen<string> Keys = Gen.Int[0, Pieces.Length - 1]
        .Select(static index => Pieces[index])
        .Array[1, 12]
        .Select(static pieces => string.Concat(pieces));

    [Test]
    public async Task Key_OfAnyPieces_IsOneObjectForHeaderAndQuerySignatures()
    {
        await using var server = S3Server.CreateInMemory();
        await using var services = new ServiceCollection()
            .AddS3Toolkit(options =>
            {
                options.Endpoint = server.Endpoint;
                options.AccessKeyId = server.AccessKeyId;
                options.SecretAccessKey = server.SecretAccessKey;
                options.HttpMessageHandlerFactory = server.CreateHandler;
            })
            .Services.BuildServiceProvider();
        var buckets = services.GetRequiredService<IBucketStore>();
        await buckets.CreateAsync("odd-keys");
        var bucket = buckets.Bucket("odd-keys");
        using var http = new HttpClient(server.CreateHandler());

        await Keys.SampleAsync(
            async key =>
            {
                await bucket.PutAsync(key, ObjectContent.FromText(key));
                var presigned = await bucket.PresignGetAsync(key, TimeSpan.FromMinutes(5));
                Assert.That(await http.GetStringAsync(presigned.Uri), Is.EqualTo(key));
                Assert.That(await bucket.ReadTextAsync(key), Is.EqualTo(key));
                Assert.That((await bucket.ListAsync(new ListObjectsOptions { Prefix = key }).FirstAsync()).Name, Is.EqualTo(key));
            },
            iter: 150,
            threads: 1);
    }
}
