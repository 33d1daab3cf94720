using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;

namespace S3Toolkit.Server.Tests.Support;

/// <summary>
/// A server with two users and with access control lists on: <see cref="ServerFixture.Client"/> is the first user's, who owns the bucket.
/// </summary>
public abstract class TwoUserFixture(ServerMode mode) : ServerFixture(mode)
{
    protected static readonly S3User Ann = new()
    {
        AccessKeyId = "AKIDANN", SecretAccessKey = "secret-of-ann", Id = new string('a', 64), DisplayName = "ann",
        Email = "ann@example.com", AccountId = "111111111111",
    };

    protected static readonly S3User Bob = new()
    {
        AccessKeyId = "AKIDBOB", SecretAccessKey = "secret-of-bob", Id = new string('b', 64), DisplayName = "bob",
        Email = "bob@example.com", AccountId = "222222222222",
    };

    protected AmazonS3Client BobsClient { get; private set; } = null!;

    protected AmazonS3Client NobodysClient { get; private set; } = null!;

    [SetUp]
    public void CreateFurtherClients()
    {
        BobsClient = CreateClient(new BasicAWSCredentials(Bob.AccessKeyId, Bob.SecretAccessKey));
        NobodysClient = CreateClient(new AnonymousAWSCredentials());
    }

    [TearDown]
    public void DisposeFurtherClients()
    {
        BobsClient.Dispose();
        NobodysClient.Dispose();
    }

    protected override void Configure(S3ServerOptions options)
    {
        options.Users.Add(Ann);
        options.Users.Add(Bob);
        options.DefaultObjectOwnership = S3ObjectOwnership.ObjectWriter;
    }

    protected static async Task<string> CodeOf(Func<Task> call) => (await ErrorOf(call)).ErrorCode;

    /// <summary>What an answer without a body tells: HEAD has no code.</summary>
    protected static async Task<int> StatusOf(Func<Task> call) => (int)(await ErrorOf(call)).StatusCode;

    protected static async Task<string> ReadAsync(IAmazonS3 client, string key, string? versionId = null)
    {
        using GetObjectResponse response = await client.GetObjectAsync(Bucket, key, versionId);
        using StreamReader reader = new(response.ResponseStream);
        return await reader.ReadToEndAsync();
    }

    protected static Task<PutObjectResponse> PutAsync(IAmazonS3 client, string key, S3CannedACL? acl = null, string bucket = Bucket) =>
        client.PutObjectAsync(new PutObjectRequest { BucketName = bucket, Key = key, ContentBody = key, CannedACL = acl });

    protected Task OpenBucketAsync(S3CannedACL acl) =>
        Client.PutBucketAclAsync(new PutBucketAclRequest { BucketName = Bucket, ACL = acl });

    protected Task SetOwnershipAsync(ObjectOwnership ownership) =>
        Client.PutBucketOwnershipControlsAsync(new PutBucketOwnershipControlsRequest
        {
            BucketName = Bucket,
            OwnershipControls = new OwnershipControls { Rules = [new OwnershipControlsRule { ObjectOwnership = ownership }] },
        });
}
