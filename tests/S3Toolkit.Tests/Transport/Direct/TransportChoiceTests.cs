using Moq;
using S3Toolkit.Transport;

namespace S3Toolkit.Tests.Transport.Direct;

/// <summary>Which transport carries a call.</summary>
[TestFixture]
internal sealed class TransportChoiceTests
{
    private readonly Mock<IS3Transport> _direct = new();
    private readonly Mock<IS3Transport> _sdk = new();

    [SetUp]
    public void SetUp()
    {
        _direct.Invocations.Clear();
        _sdk.Invocations.Clear();
    }

    [TestCase("bucket", false)]
    [TestCase("my.bucket", false)]
    [TestCase("point-abc-s3alias", false)]
    [TestCase("arn-of-the-covenant", false)]
    [TestCase("arn:aws:s3:us-west-2:123456789012:accesspoint/p", true)]
    [TestCase("arn:aws:s3::123456789012:accesspoint/m.mrap", true)]
    [TestCase("dir--usw2-az1--x-s3", true)]
    [TestCase("point--usw2-az1--xa-s3", true)]
    [TestCase("outpost--op-s3", true)]
    [TestCase("lambda--ol-s3", true)]
    [TestCase("m.mrap", true)]
    public void NeedsSdk_AnyName_AsItsRequestsDiffer(string bucketName, bool expected) =>
        Assert.That(TransportChoice.NeedsSdk(bucketName), Is.EqualTo(expected));

    [Test]
    public async Task EachCall_OfAPlainBucket_GoesDirect([ValueSource(nameof(Operations))] string operation)
    {
        await Calls(null)[operation](new TransportChoice(_direct.Object, _sdk.Object), "bucket");

        Assert.That(_direct.Invocations.Single().Method.Name, Is.EqualTo(operation));
        Assert.That(_sdk.Invocations, Is.Empty);
    }

    [Test]
    public async Task EachCall_OfADirectoryBucket_GoesThroughTheSdk([ValueSource(nameof(Operations))] string operation)
    {
        await Calls(null)[operation](new TransportChoice(_direct.Object, _sdk.Object), "dir--usw2-az1--x-s3");

        Assert.That(_sdk.Invocations.Single().Method.Name, Is.EqualTo(operation));
        Assert.That(_direct.Invocations, Is.Empty);
    }

    [Test]
    public async Task EachCall_WithACustomizer_GoesThroughTheSdk([ValueSource(nameof(Operations))] string operation)
    {
        await Calls(static _ => { })[operation](new TransportChoice(_direct.Object, _sdk.Object), "bucket");

        Assert.That(_sdk.Invocations.Single().Method.Name, Is.EqualTo(operation));
        Assert.That(_direct.Invocations, Is.Empty);
    }

    [Test]
    public async Task Copy_FromADirectoryBucket_GoesThroughTheSdk()
    {
        var source = new ObjectAddress("dir--usw2-az1--x-s3", "k");
        var choice = new TransportChoice(_direct.Object, _sdk.Object);

        await choice.CopyObjectAsync(source, "bucket", "k", new CopyObjectOptions(), null!);
        await choice.CopyPartAsync(new MultipartAddress("bucket", "k", "u"), 1, source, null, new CopyObjectOptions(), null!);

        Assert.That(_sdk.Invocations, Has.Count.EqualTo(2));
        Assert.That(_direct.Invocations, Is.Empty);
    }

    private static IEnumerable<string> Operations => Calls(null).Keys;

    private static Dictionary<string, Func<IS3Transport, string, Task>> Calls(Action<object>? customize)
    {
        var put = new PutObjectOptions { SdkRequestCustomizer = customize };
        var delete = new DeleteObjectOptions { SdkRequestCustomizer = customize };
        var copy = new CopyObjectOptions { SdkRequestCustomizer = customize };
        return new(StringComparer.Ordinal)
        {
            ["PutObjectAsync"] = async (to, b) => await to.PutObjectAsync(b, "k", null!, put, null!),
            ["GetObjectAsync"] = async (to, b) =>
                await to.GetObjectAsync(b, "k", new GetObjectOptions { SdkRequestCustomizer = customize }, null!),
            ["HeadObjectAsync"] = async (to, b) =>
                await to.HeadObjectAsync(b, "k", new FindObjectOptions { SdkRequestCustomizer = customize }, null!),
            ["DeleteObjectAsync"] = async (to, b) => await to.DeleteObjectAsync(b, "k", delete, null!),
            ["DeleteObjectsAsync"] = async (to, b) =>
                await to.DeleteObjectsAsync(b, [], new DeleteManyOptions { SdkRequestCustomizer = customize }, null!),
            ["CopyObjectAsync"] = async (to, b) => await to.CopyObjectAsync(new ObjectAddress("s", "k"), b, "k", copy, null!),
            ["ListObjectsAsync"] = async (to, b) =>
                await to.ListObjectsAsync(b, new ListObjectsOptions { SdkRequestCustomizer = customize }, null, null!),
            ["ListVersionsAsync"] = async (to, b) =>
                await to.ListVersionsAsync(b, new ListVersionsOptions { SdkRequestCustomizer = customize }, null, null!),
            ["CreateMultipartAsync"] = async (to, b) => await to.CreateMultipartAsync(b, "k", put, null!),
            ["UploadPartAsync"] = async (to, b) => await to.UploadPartAsync(Upload(b), 1, null!, put, null!),
            ["CopyPartAsync"] = async (to, b) => await to.CopyPartAsync(Upload(b), 1, new ObjectAddress("s", "k"), null, copy, null!),
            ["ListPartsAsync"] = async (to, b) => await to.ListPartsAsync(Upload(b), delete, null, null!),
            ["CompleteMultipartAsync"] = async (to, b) => await to.CompleteMultipartAsync(Upload(b), [], put, null!),
            ["AbortMultipartAsync"] = async (to, b) => await to.AbortMultipartAsync(Upload(b), delete, null!),
        };
    }

    private static MultipartAddress Upload(string bucketName) => new(bucketName, "k", "u");
}
