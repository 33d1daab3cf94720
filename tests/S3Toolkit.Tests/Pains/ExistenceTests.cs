using System.Runtime.ExceptionServices;
using S3Toolkit.Server;

namespace S3Toolkit.Tests.Pains;

/// <summary>Pains 20 and 21: asking whether something is there.</summary>
[TestFixture]
internal sealed class ExistenceTests
{
    // Pain 20: the SDK throws inside; nothing of it leaves, and nothing is fetched to find out.
    [Test]
    public async Task Exists_Missing_IsOneHeadAndNoExceptionOfOurs()
    {
        await using var pain = await EmbeddedPain.StartAsync();
        var thrown = new List<Exception>();
        void Keep(object? sender, FirstChanceExceptionEventArgs args)
        {
            if (args.Exception is S3ToolkitException) lock (thrown) thrown.Add(args.Exception);
        }

        AppDomain.CurrentDomain.FirstChanceException += Keep;
        try
        {
            Assert.That(await pain.Bucket.ExistsAsync("no"), Is.False);
            Assert.That(await pain.Bucket.FindAsync("no"), Is.Null);
            Assert.That(await pain.Buckets.ExistsAsync("pains-missing"), Is.False);
        }
        finally
        {
            AppDomain.CurrentDomain.FirstChanceException -= Keep;
        }

        lock (thrown) Assert.That(
            thrown.Where(
                error => error is ObjectNotFoundException { Key: "no" } or BucketNotFoundException { BucketName: "pains-missing" }),
            Is.Empty);
        Assert.That(pain.Server.Requests.Select(request => request.Method), Is.All.EqualTo("HEAD"));
        Assert.That(pain.Server.Requests, Has.Count.EqualTo(3));
    }

    [Test]
    public async Task Exists_Forbidden_IsNeitherTrueNorFalse()
    {
        await using var pain = await EmbeddedPain.StartAsync();
        using var rule = pain.Strike("HeadObject", S3Fault.Error(403, "AccessDenied"));

        Assert.That(
            async () => await pain.Bucket.ExistsAsync("k"),
            Throws.TypeOf<S3AccessDeniedException>().With.Property(nameof(S3ToolkitException.Key)).EqualTo("k"));
    }

    // Pain 21: missing, ours, somebody else's.
    [Test]
    public async Task Bucket_MissingOursOrForeign_AreThreeAnswers()
    {
        await using var pain = await EmbeddedPain.StartAsync();
        using var rule = pain.Server.Faults.Add(
            new S3FaultRule { Operation = "HeadBucket", BucketName = "foreign", Fault = S3Fault.Error(403, "AccessDenied") });

        Assert.That(await pain.Buckets.FindAsync("missing"), Is.Null);
        Assert.That(await pain.Buckets.FindAsync(EmbeddedPain.BucketName), Is.Not.Null);
        Assert.That(
            async () => await pain.Buckets.FindAsync("foreign"),
            Throws.TypeOf<S3AccessDeniedException>().With.Property(nameof(S3ToolkitException.BucketName)).EqualTo("foreign"));
    }

    [Test]
    public async Task Ensure_ForeignBucket_IsAnErrorNotASuccess()
    {
        await using var pain = await EmbeddedPain.StartAsync();
        using var rule = pain.Server.Faults.Add(
            new S3FaultRule { Operation = "CreateBucket", BucketName = "foreign", Fault = S3Fault.Error(409, "BucketAlreadyExists") });

        Assert.That(
            async () => await pain.Buckets.EnsureAsync("foreign"),
            Throws.TypeOf<S3ToolkitException>().With.Property(nameof(S3ToolkitException.ErrorCode)).EqualTo(
                S3ErrorCode.BucketAlreadyExists));
    }
}
