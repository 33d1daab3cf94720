using S3Toolkit.Server.Encryption;
using S3Toolkit.Server.Tests.Support;

namespace S3Toolkit.Server.Tests.Encryption;

public sealed class KeyRingTests
{
    private const string Uuid = "1234abcd-12ab-34cd-56ef-1234567890ab";

    [Test]
    public void Find_DefaultAlias_IsMadeOnceAndNamedByItsKey()
    {
        KeyRing ring = new(null, []);

        KmsKey key = Find(ring, KmsKeyName.DefaultAlias)!;

        Assert.That(Find(ring, KmsKeyName.DefaultAlias), Is.SameAs(key));
        Assert.That(key.Name.Resource, Does.Match("^key/[0-9a-f-]{36}$"));
        Assert.That(Find(ring, key.Name.Resource[4..]), Is.SameAs(key));
    }

    [Test]
    public void Find_KeyWithAlias_IsTheSameByEitherName()
    {
        KeyRing ring = new(null, [new S3KmsKey("alias/app")]);
        KmsKey key = Find(ring, "alias/app")!;

        Assert.That(Find(ring, "arn:aws:kms:us-east-1:1:alias/app"), Is.SameAs(key));
        Assert.That(Find(ring, "arn:aws:kms:us-east-1:1:" + key.Name.Resource), Is.SameAs(key));
        Assert.That(Find(ring, "alias/other"), Is.Null);
    }

    [TestCase(Uuid, Uuid, true)]
    [TestCase(Uuid, "arn:aws:kms:us-east-1:1:key/" + Uuid, true)]
    [TestCase(Uuid, "arn:aws:kms:eu-west-1:1:key/" + Uuid, false)]
    [TestCase(Uuid, "arn:aws:kms:us-east-1:2:key/" + Uuid, false)]
    [TestCase("arn:aws:kms:us-east-1:1:key/" + Uuid, Uuid, true)]
    [TestCase("arn:aws:kms:eu-west-1:1:key/" + Uuid, Uuid, false)]
    [TestCase("arn:aws:kms:eu-west-1:2:key/" + Uuid, "arn:aws:kms:eu-west-1:2:key/" + Uuid, true)]
    [TestCase("alias/" + Uuid, Uuid, false)]
    [TestCase("mine", "mine", true)]
    [TestCase("mine", "alias/mine", false)]
    public void Find_NameWithOrWithoutAPlace_IsThatOfTheAsker(string id, string asked, bool expected) =>
        Assert.That(Find(new KeyRing(null, [new S3KmsKey(id)]), asked), expected ? Is.Not.Null : Is.Null);

    [Test]
    public void Open_Folder_KeepsSecretsAndKeysThatAreNoLongerAskedFor()
    {
        using TemporaryFolder folder = new();
        KeyRing first = new(folder.Path, [new S3KmsKey("mine")]);
        byte[] server = first.ServerKey, mine = Find(first, "mine")!.Secret, common = Find(first, KmsKeyName.DefaultAlias)!.Secret;

        KeyRing second = new(folder.Path, []);

        Assert.That(second.ServerKey, Is.EqualTo(server));
        Assert.That(Find(second, "mine")!.Secret, Is.EqualTo(mine));
        Assert.That(Find(second, KmsKeyName.DefaultAlias)!.Secret, Is.EqualTo(common));
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

    [Test]
    public void Take_KeyThatBothHave_KeepsTheOwnSwitchAndTakesTheSecret()
    {
        S3KmsKey own = new("shared");
        KeyRing source = new(null, [new S3KmsKey("shared"), new S3KmsKey("further")]), ring = new(null, [own]);

        ring.Take(source.Copy());

        Assert.That(Find(ring, "shared")!.Secret, Is.EqualTo(Find(source, "shared")!.Secret));
        Assert.That(Find(ring, "further")!.Secret, Is.EqualTo(Find(source, "further")!.Secret));
        own.IsEnabled = false;
        Assert.That((Find(ring, "shared")!.IsEnabled, Find(source, "shared")!.IsEnabled), Is.EqualTo((false, true)));
    }

    private static KmsKey? Find(KeyRing ring, string name) => ring.Find(KmsKeyName.Parse(name)!, "us-east-1", "1");
}
