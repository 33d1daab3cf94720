using S3Toolkit.Server.Encryption;
using S3Toolkit.Server.Tests.Support;

namespace S3Toolkit.Server.Tests.Encryption;

public sealed class KeyRingTests
{
    private static readonly KmsKeyName Default = new(KmsKeyName.DefaultAlias, "us-east-1", "1");

    [Test]
    public void Find_DefaultAlias_IsMadeOnceAndNamedByItsKey()
    {
        KeyRing ring = new(null, []);

        KmsKey key = ring.Find(Default)!;

        Assert.That(ring.Find(Default), Is.SameAs(key));
        Assert.That(key.Name.Resource, Does.Match("^key/[0-9a-f-]{36}$"));
        Assert.That(ring.Find(key.Name), Is.SameAs(key));
    }

    [Test]
    public void Find_KeyWithAlias_IsTheSameByEitherName()
    {
        KeyRing ring = new(null, [new S3KmsKey("alias/app")]);
        KmsKey key = ring.Find(KmsKeyName.Parse("alias/app")!)!;

        Assert.That(ring.Find(KmsKeyName.Parse("arn:aws:kms:us-east-1:1:alias/app")!), Is.SameAs(key));
        Assert.That(ring.Find(KmsKeyName.Parse("arn:aws:kms:us-east-1:1:" + key.Name.Resource)!), Is.SameAs(key));
        Assert.That(ring.Find(KmsKeyName.Parse("alias/other")!), Is.Null);
    }

    [Test]
    public void Open_Folder_KeepsSecretsAndKeysThatAreNoLongerAskedFor()
    {
        using TemporaryFolder folder = new();
        KeyRing first = new(folder.Path, [new S3KmsKey("mine")]);
        byte[] server = first.ServerKey, mine = first.Find(new KmsKeyName("mine"))!.Secret, common = first.Find(Default)!.Secret;

        KeyRing second = new(folder.Path, []);

        Assert.That(second.ServerKey, Is.EqualTo(server));
        Assert.That(second.Find(new KmsKeyName("mine"))!.Secret, Is.EqualTo(mine));
        Assert.That(second.Find(Default)!.Secret, Is.EqualTo(common));
        Assert.That(new[] { server, mine, common }.Select(Convert.ToHexString), Is.Unique);
    }

    [Test]
    public void Open_Folder_ShowsItsSecretsToTheOwnerAlone()
    {
        using TemporaryFolder folder = new();

        _ = new KeyRing(folder.Path, [new S3KmsKey("mine")]);

        string file = Directory.GetFiles(folder.Path).Single();
        Assert.That(Path.GetFileName(file), Is.EqualTo("keys.json"));
        if (!OperatingSystem.IsWindows())
            Assert.That(File.GetUnixFileMode(file), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Test]
    public void Open_FolderWithNothingAsked_WritesNothing()
    {
        using TemporaryFolder folder = new();

        _ = new KeyRing(folder.Path, []);

        Assert.That(Directory.GetFiles(folder.Path), Is.Empty);
    }

    [Test]
    public void Start_DamagedKeys_IsRefusedAndGivesTheFolderBack()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(Path.Combine(folder.Path, "keys.json"), "{");
        S3ServerOptions options = new() { DataDirectory = folder.Path };

        Assert.That(() => S3Server.CreateInMemory(options), Throws.InstanceOf<IOException>().With.Message.Contains("keys.json"));

        File.Delete(Path.Combine(folder.Path, "keys.json"));
        Assert.That(() => S3Server.CreateInMemory(options).Dispose(), Throws.Nothing);
    }
}
