namespace S3Toolkit.Conformance;

public abstract class EncryptionBehaviours(Func<Task<IStoreUnderTest>> open) : StoreBehaviours(open)
{
    internal const string KmsKeyId = "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";

    private static readonly CustomerKeyEncryption Key = ServerEncryption.CustomerKey(TestContent.Bytes(32).Span);
    private static readonly CustomerKeyEncryption WrongKey = ServerEncryption.CustomerKey(TestContent.OtherBytes(32).Span);

    [Test]
    public async Task S3Managed_IsNamed()
    {
        await Bucket.Upload("managed").WithEncryption(ServerEncryption.S3Managed).FromMemoryAsync(TestContent.Bytes(10));

        Assert.That((await Bucket.FindAsync("managed"))!.EncryptionName, Is.EqualTo("AES256"));
        TestContent.AssertSame(await Bucket.ReadBytesAsync("managed"), TestContent.Bytes(10).Span);
    }

    [Test]
    public async Task Kms_IsNamedWithItsKey()
    {
        Need(Store.Capabilities.AnyKmsKey, "key of this name");
        await Bucket.Upload("kms")
            .WithEncryption(ServerEncryption.Kms(KmsKeyId, useBucketKey: true)).FromMemoryAsync(TestContent.Bytes(10));

        var info = (await Bucket.FindAsync("kms"))!;

        Assert.That(info.EncryptionName, Is.EqualTo("aws:kms"));
        Assert.That(info.EncryptionKeyId, Is.EqualTo(KmsKeyId));
    }

    [Test]
    public async Task CustomerKey_IsNeededToRead([Values(10, 11_000_000)] int size)
    {
        Need(Store.Capabilities.CustomerKeys, "https, which customer keys need");
        var key = $"customer/{size}";
        await Bucket.Upload(key)
            .WithEncryption(Key)
            .WithTransfers(new TransferOptions { MultipartThresholdBytes = TransferOptions.MinPartSizeBytes })
            .FromMemoryAsync(TestContent.Bytes(size));

        TestContent.AssertSame(await Bucket.Download(key).WithCustomerKey(Key).ToArrayAsync(), TestContent.Bytes(size).Span);
        Assert.That(await Bucket.FindAsync(key, new FindObjectOptions { CustomerKey = Key }), Is.Not.Null);
        Assert.That(async () => await Bucket.Download(key).ToArrayAsync(), Throws.InstanceOf<S3ToolkitException>());
        Assert.That(
            async () => await Bucket.Download(key).WithCustomerKey(WrongKey).ToArrayAsync(),
            Throws.TypeOf<S3AccessDeniedException>());
    }

    [Test]
    public async Task CustomerKey_OfTheSource_LetsItBeCopied()
    {
        Need(Store.Capabilities.CustomerKeys, "https, which customer keys need");
        await Bucket.Upload("locked").WithEncryption(Key).FromMemoryAsync(TestContent.Bytes(10));

        await Bucket.CopyAsync(
            new ObjectAddress(Bucket.BucketName, "locked"), "unlocked", new CopyObjectOptions { SourceCustomerKey = Key });

        TestContent.AssertSame(await Bucket.ReadBytesAsync("unlocked"), TestContent.Bytes(10).Span);
    }

    [Test]
    public void CustomerKey_OfAnotherLength_IsTheCallersMistake() =>
        Assert.That(() => ServerEncryption.CustomerKey(new byte[16]), Throws.ArgumentException.With.Message.Contains("32"));
}
