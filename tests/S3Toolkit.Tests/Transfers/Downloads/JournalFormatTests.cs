using S3Toolkit.Transfers.Downloads;

namespace S3Toolkit.Tests.Transfers.Downloads;

[TestFixture]
internal sealed class JournalFormatTests
{
    private static readonly JournalHeader Header = new(
        "bucket", "ключ/a b", "", "/tmp/out.bin", ".x.s3part", "etag", "v1", 1000,
        new DownloadPlan(0, 1000, 100, 100, CoversObject: true));

    private static readonly (int Index, PartValue Value)[] Parts =
        [(3, new(ChecksumFunction.Crc64Nvme, ulong.MaxValue)), (0, new(null, 0)), (9, new(ChecksumFunction.Crc32C, 5))];

    private static readonly byte[] Journal =
        [.. JournalFormat.Begin(Header), .. Parts.SelectMany(static part => JournalFormat.Part(part.Index, part.Value))];

    [Test]
    public void Read_WholeJournal_IsWhatWasWritten()
    {
        var (header, parts, whole) = JournalFormat.Read(Journal);

        Assert.That(header, Is.EqualTo(Header));
        Assert.That(parts, Is.EquivalentTo(Parts.ToDictionary(static part => part.Index, static part => part.Value)));
        Assert.That(whole, Is.EqualTo(Journal.Length));
    }

    [Test]
    public void Read_JournalTornAnywhere_IsWhatIsWholeBefore()
    {
        var headBytes = JournalFormat.Begin(Header).Length;
        var partBytes = JournalFormat.Part(0, default).Length;
        for (var length = 0; length < Journal.Length; length++)
        {
            var (header, parts, whole) = JournalFormat.Read(Journal.AsSpan(0, length));

            Assert.That(JournalFormat.IsJournal(Journal.AsSpan(0, length)), Is.True);
            Assert.That(header, length < headBytes ? Is.Null : Is.EqualTo(Header));
            Assert.That(parts, Has.Count.EqualTo(length < headBytes ? 0 : (length - headBytes) / partBytes));
            Assert.That(whole, Is.EqualTo(length < headBytes ? 0 : headBytes + parts.Count * partBytes));
        }
    }

    [Test]
    public void Read_AnyByteDamaged_InventsNothing()
    {
        for (var at = 0; at < Journal.Length; at++)
        {
            var damaged = Journal.ToArray();
            damaged[at] ^= 0x20;
            var (header, parts, _) = JournalFormat.Read(damaged);

            Assert.That(header, Is.Null.Or.EqualTo(Header), $"byte {at}");
            Assert.That(parts, Is.SubsetOf(Parts.ToDictionary(static part => part.Index, static part => part.Value)), $"byte {at}");
            Assert.That(parts, Has.Count.LessThan(Parts.Length), $"byte {at}");
        }
    }

    [Test]
    public void Read_NameThatLeavesTheFolder_IsNoHeader([Values("../.x.s3part", "/etc/.x.s3part", "passwd", "")] string name) =>
        Assert.That(JournalFormat.Read(JournalFormat.Begin(Header with { TemporaryName = name })).Header, Is.Null);

    [Test]
    public void IsJournal_SomethingElse_IsNot() => Assert.That(JournalFormat.IsJournal("my thesis"u8), Is.False);
}
