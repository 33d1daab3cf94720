using System.Collections;
using S3Toolkit.Server.Storage.Disk.Bodies;

namespace S3Toolkit.Server.Storage.Disk.Metadata;

/// <summary>
/// The body and the parts of an object of many, read when somebody asks for them: most requests want neither, or a small range. What is
/// read is the body that was found or nothing: its row may be another object's by then, but the name of its first file never is.
/// </summary>
internal sealed class LateContent : IObjectBody
{
    private readonly ReadPool _readers;
    private readonly BodyFiles _files;
    private readonly FreedBodies _freed;
    private readonly BodyPlacement.InManyFiles _placement;
    private readonly string _owner;

    /// <param name="readers">Where it is looked up.</param>
    /// <param name="files">Where its files are.</param>
    /// <param name="freed">Where it is when it is no longer in the database.</param>
    /// <param name="placement">Which one it is.</param>
    /// <param name="owner">Bucket and key, for messages.</param>
    public LateContent(ReadPool readers, BodyFiles files, FreedBodies freed, BodyPlacement.InManyFiles placement, string owner)
    {
        (_readers, _files, _freed, _placement, _owner) = (readers, files, freed, placement, owner);
        Parts = new LateParts(this);
    }

    public long Length => _placement.Length;

    public IReadOnlyList<PartRecord> Parts { get; }

    public ValueTask<Stream> OpenAsync(long offset, long length, CancellationToken cancellationToken)
    {
        FileRange range = _readers.Read(session => BodyTable.FindRange(session, _placement, offset, length))
            ?? FileRange.Of(Freed().Files, offset, length);
        return new(FileBodyStream.Open(_files, range, _owner));
    }

    private IReadOnlyList<PartRecord> ReadParts()
    {
        bool isThere = false;
        IReadOnlyList<PartRecord> parts = _readers.Read(session =>
        {
            isThere = BodyTable.IsThere(session, _placement);
            return isThere ? ObjectTable.Parts(session, _placement.ObjectId) : [];
        });
        if (isThere) return parts;
        return Freed().Parts is { } json ? RecordJson.Read<IReadOnlyList<PartRecord>>(json) : [];
    }

    /// <summary>After the database: what is in neither was freed long ago.</summary>
    private FreedBody Freed() => _freed.Find(_placement.FirstFile) ?? throw new StorageDamagedException(
        $"'{_owner}' was deleted or replaced before its bytes were read.");

    private sealed class LateParts(LateContent content) : IReadOnlyList<PartRecord>
    {
        private readonly Lazy<IReadOnlyList<PartRecord>> _items = new(content.ReadParts, LazyThreadSafetyMode.PublicationOnly);

        public int Count => _items.Value.Count;

        public PartRecord this[int index] => _items.Value[index];

        public IEnumerator<PartRecord> GetEnumerator() => _items.Value.GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
