using System.Net;
using System.Text.Json;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using S3Toolkit.Server.Tests.Support;

namespace S3Toolkit.Server.Tests.Notifications;

public sealed class WebhookTests
{
    private const string Bucket = "test-bucket";

    [Test]
    public async Task Webhook_GetsWhatTheBucketAsksFor_AndIsTriedAgain()
    {
        using Receiver receiver = new(failures: 2);
        await using S3Server server = S3Server.CreateInMemory(new S3ServerOptions { NotificationWebhook = receiver.Address });
        using AmazonS3Client client = ClientOf(server);
        await client.PutBucketAsync(Bucket);
        await client.PutBucketNotificationAsync(new PutBucketNotificationRequest
        {
            BucketName = Bucket, SkipDestinationValidation = true,
            TopicConfigurations =
            [
                new TopicConfiguration
                {
                    Id = "mine", Topic = "arn:aws:sns:us-east-1:123456789012:t", Events = [new EventType("s3:ObjectCreated:*")],
                    Filter = new Filter { S3KeyFilter = new S3KeyFilter { FilterRules = [new FilterRule("prefix", "a/")] } },
                },
            ],
        });

        await PutAsync(client, "b/other");
        await PutAsync(client, "a/1");
        await client.DeleteObjectAsync(Bucket, "a/1");
        await PutAsync(client, "a/2");

        string[] bodies = [.. await receiver.ReceiveAsync(4)];
        Assert.That(bodies.Select(KeyOf), Is.EqualTo(new[] { "a/1", "a/1", "a/1", "a/2" }), "two failures of the first, then in order");
        Assert.That(bodies[0], Does.Contain("\"configurationId\":\"mine\""));
    }

    [Test]
    public async Task PutNotification_TopicsAndQueues_GetATestEach()
    {
        using Receiver receiver = new(failures: 0);
        await using S3Server server = S3Server.CreateInMemory(new S3ServerOptions { NotificationWebhook = receiver.Address });
        using AmazonS3Client client = ClientOf(server);
        await client.PutBucketAsync(Bucket);
        const string topic = "arn:aws:sns:us-east-1:123456789012:t";

        await client.PutBucketNotificationAsync(new PutBucketNotificationRequest
        {
            BucketName = Bucket,
            TopicConfigurations =
            [
                new TopicConfiguration { Id = "1", Topic = topic, Events = [new EventType("s3:ObjectCreated:Put")] },
                new TopicConfiguration { Id = "2", Topic = topic, Events = [new EventType("s3:ObjectRemoved:*")] },
            ],
            QueueConfigurations =
            [
                new QueueConfiguration
                {
                    Id = "3", Queue = "arn:aws:sqs:us-east-1:123456789012:q", Events = [new EventType("s3:ObjectTagging:*")],
                },
            ],
            LambdaFunctionConfigurations =
            [
                new LambdaFunctionConfiguration
                {
                    Id = "4", FunctionArn = "arn:aws:lambda:us-east-1:123456789012:function:f",
                    Events = [new EventType("s3:ObjectAcl:Put")],
                },
            ],
        });
        await PutAsync(client, "k");

        List<string> bodies = await receiver.ReceiveAsync(3);
        using JsonDocument test = JsonDocument.Parse(bodies[0]);
        Assert.That(test.RootElement.EnumerateObject().Select(item => item.Name),
            Is.EqualTo(new[] { "Service", "Event", "Time", "Bucket", "RequestId", "HostId" }));
        Assert.That(test.RootElement.GetProperty("Event").GetString(), Is.EqualTo("s3:TestEvent"));
        Assert.That(test.RootElement.GetProperty("Bucket").GetString(), Is.EqualTo(Bucket));
        Assert.That(bodies[1], Is.EqualTo(bodies[0]), "the queue's");
        Assert.That(KeyOf(bodies[2]), Is.EqualTo("k"), "functions get none");
    }

    [Test]
    public async Task Webhook_ThatIsDown_CostsTheRequestsNothing()
    {
        await using S3Server server = S3Server.CreateInMemory(
            new S3ServerOptions { NotificationWebhook = new Uri("http://127.0.0.1:1/nobody") });
        using AmazonS3Client client = ClientOf(server);
        await client.PutBucketAsync(Bucket);
        await client.PutBucketNotificationAsync(new PutBucketNotificationRequest
        {
            BucketName = Bucket, EventBridgeConfiguration = new EventBridgeConfiguration(),
        });

        await PutAsync(client, "k");

        Assert.That((await client.GetObjectMetadataAsync(Bucket, "k")).ContentLength, Is.EqualTo(1));
    }

    [TestCase("relative/path")]
    [TestCase("ftp://127.0.0.1/")]
    public void Options_UrlThatIsNone_IsRefused(string url) => Assert.That(
        () => S3Server.CreateInMemory(new S3ServerOptions { NotificationWebhook = new Uri(url, UriKind.RelativeOrAbsolute) }),
        Throws.ArgumentException);

    private static string? KeyOf(string body)
    {
        using JsonDocument json = JsonDocument.Parse(body);
        return json.RootElement.GetProperty("Records")[0].GetProperty("s3").GetProperty("object").GetProperty("key").GetString();
    }

    private static Task PutAsync(AmazonS3Client client, string key) =>
        client.PutObjectAsync(new PutObjectRequest { BucketName = Bucket, Key = key, ContentBody = "x" });

    private static AmazonS3Client ClientOf(S3Server server) => new(
        new BasicAWSCredentials(server.AccessKeyId, server.SecretAccessKey),
        new AmazonS3Config
        {
            ServiceURL = server.Endpoint.AbsoluteUri, ForcePathStyle = true, AuthenticationRegion = server.Region, MaxErrorRetry = 0,
            HttpClientFactory = new SdkHttpClientFactory(server),
        });

    /// <summary>Takes posts on a free port; the first ones it refuses.</summary>
    private sealed class Receiver : IDisposable
    {
        private readonly HttpListener _listener = new();
        private int _failures;

        public Receiver(int failures)
        {
            _failures = failures;
            Address = Listen();
        }

        public Uri Address { get; }

        public async Task<List<string>> ReceiveAsync(int count)
        {
            List<string> bodies = [];
            while (bodies.Count < count)
            {
                HttpListenerContext context = await _listener.GetContextAsync();
                using StreamReader reader = new(context.Request.InputStream);
                bodies.Add(await reader.ReadToEndAsync());
                context.Response.StatusCode = _failures-- > 0 ? 503 : 200;
                context.Response.Close();
            }
            return bodies;
        }

        public void Dispose() => _listener.Close();

        // HttpListener cannot choose a free port by itself.
        private Uri Listen()
        {
            using System.Net.Sockets.TcpListener probe = new(IPAddress.Loopback, 0);
            probe.Start();
            int port = ((IPEndPoint)probe.LocalEndpoint).Port;
            probe.Stop();
            string prefix = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/hook/");
            _listener.Prefixes.Add(prefix);
            _listener.Start();
            return new Uri(prefix);
        }
    }
}
