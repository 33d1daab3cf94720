namespace S3Toolkit.Server.Tests.Model;

/// <summary>This file: objects and their versions.</summary>
internal sealed partial class ModelS3
{
    private string Put(PutObject step)
    {
        string? id = Write(step.Bucket, step.Key, step.Guard, step.GuardBody, new ModelVersion
        {
            Body = Bodies.Of(step.Body), ETag = Bodies.ETagOf(step.Body), Time = _now, Tag = step.Tag, Note = $"put {step.Body}",
        });
        return Answer.Written(Bodies.ETagOf(step.Body), id);
    }

    private string? Write(
        string bucketName, string key, Guard guard, int guardBody, ModelVersion version, ModelUpload? upload = null)
    {
        ModelBucket bucket = Bucket(bucketName);
        Check(guard, guardBody, bucket.Newest(key), upload);
        return Add(bucketName, key, version);
    }

    private string? Add(string bucketName, string key, ModelVersion version)
    {
        ModelBucket bucket = Bucket(bucketName);
        version.Written = _now;
        version.Id = bucket.IsVersioned == true ? $"v{++_versions}" : "null";
        bucket.Add(key, version);
        _names.AddVersion(bucketName, key, version.Id);
        return version.Id == "null" ? null : version.Id; // a write tells of the version that it made only
    }

    private static void Check(Guard guard, int guardBody, ModelVersion? newest, ModelUpload? upload = null)
    {
        bool exists = newest is { IsMarker: false };
        if (guard == Guard.IfAbsent && exists) throw new ModelException(412, "PreconditionFailed");
        if ((guard is Guard.IfAny or Guard.IfBody) && !exists) throw new ModelException(404, "NoSuchKey");
        if (guard == Guard.IfBody && newest!.ETag != Bodies.ETagOf(guardBody)) throw new ModelException(412, "PreconditionFailed");
        // The key changed while the upload was under way.
        bool isConflict = (guard == Guard.IfAbsent && upload is { HadObject: true })
            || (guard is Guard.IfAny or Guard.IfBody && newest!.Written > upload?.Time);
        if (isConflict) throw new ModelException(409, "ConditionalRequestConflict");
    }

    private static string? Shown(ModelBucket bucket, string? id) => bucket.IsVersioned is null ? null : id;

    private string Read(ReadObject step)
    {
        ModelVersion version = Find(step.Bucket, step.Key, step.Version);
        bool isBody = version.ETag == Bodies.ETagOf(step.GuardBody);
        if (step.Guard == Guard.IfBody && !isBody) throw new ModelException(412, "PreconditionFailed");
        if (step.Guard == Guard.UnlessBody && isBody) throw new ModelException(304, "NotModified");
        return Slice(step.Range, version.Body.Length) is { } range
            ? Show(step.Bucket, version, 206, range.From, range.To - range.From + 1, hasBytes: !step.IsHead)
            : Show(step.Bucket, version, 200, 0, version.Body.Length, hasBytes: !step.IsHead);
    }

    private string Read(ReadPart step)
    {
        ModelVersion version = Find(step.Bucket, step.Key, 0);
        int[] parts = version.Parts.Length == 0 ? [version.Body.Length] : version.Parts;
        if (step.Number > parts.Length) throw new ModelException(416, "InvalidPartNumber");
        int length = parts[step.Number - 1];
        string shown = Show(step.Bucket, version, length > 0 ? 206 : 200, parts[..(step.Number - 1)].Sum(), length, hasBytes: true);
        return $"{shown} parts={version.Parts.Length}";
    }

    private string Show(string bucket, ModelVersion version, int status, int from, int length, bool hasBytes) => Answer.Read(
        status, version.ETag, length, status == 206 ? $"bytes {from}-{from + length - 1}/{version.Body.Length}" : null,
        Shown(Bucket(bucket), version.Id), version.Time, version.Note, version.Tag == 0 ? 0 : 1,
        hasBytes ? version.Body[from..(from + length)] : null);

    private ModelVersion Find(string bucketName, string key, int number, bool namesMarkers = false)
    {
        string? id = VersionOf(bucketName, key, number);
        ModelVersion version = Bucket(bucketName).Find(key, id)
            ?? throw new ModelException(404, id is null ? "NoSuchKey" : "NoSuchVersion");
        if (!version.IsMarker) return version;
        throw id is null && !namesMarkers ? new ModelException(404, "NoSuchKey") : new ModelException(405, "MethodNotAllowed");
    }

    /// <summary>A bucket that never had versioning gave no ids, so any is none of its own.</summary>
    private string? VersionOf(string bucketName, string key, int number)
    {
        string? id = _names.Version(bucketName, key, number);
        return IsForeign(Bucket(bucketName), id) ? throw new ModelException(400, "InvalidArgument") : id;
    }

    private static bool IsForeign(ModelBucket bucket, string? id) => id is not (null or "null") && bucket.IsVersioned is null;

    /// <summary>Null = a range that S3 ignores.</summary>
    private static (int From, int To)? Slice(string? range, int length)
    {
        if (range is null) return null;
        string[] ends = range["bytes=".Length..].Split('-');
        int? first = ends[0].Length == 0 ? null : int.Parse(ends[0]);
        int? last = ends[1].Length == 0 ? null : int.Parse(ends[1]);
        if (last < first) return null;
        int from = first ?? Math.Max(0, length - last!.Value);
        int to = first is null || last is null ? length - 1 : Math.Min(last.Value, length - 1);
        return from <= to ? (from, to) : throw new ModelException(416, "InvalidRange");
    }

    private string Delete(DeleteObject step)
    {
        string? id = VersionOf(step.Bucket, step.Key, step.Version);
        (bool isMarker, string? shown) = Delete(step.Bucket, step.Key, id, step.Guard, step.GuardBody);
        return Answer.Deleted(isMarker, Shown(Bucket(step.Bucket), shown));
    }

    private (bool IsMarker, string? Id) Delete(string bucketName, string key, string? id, Guard guard, int guardBody)
    {
        ModelBucket bucket = Bucket(bucketName);
        Check(guard, guardBody, bucket.Newest(key));
        if (id is not null)
        {
            bool isMarker = bucket.Find(key, id)?.IsMarker ?? false;
            bucket.Remove(key, id);
            return (isMarker, id);
        }
        if (bucket.IsVersioned is null)
        {
            bucket.Keys.Remove(key);
            return (false, null);
        }
        ModelVersion marker = new() { IsMarker = true, Time = _now };
        Add(bucketName, key, marker);
        return (true, marker.Id);
    }

    private string Delete(DeleteMany step)
    {
        List<string> deleted = [], errors = [];
        Bucket(step.Bucket);
        // Names are given to the whole request at once, before the first of its keys is deleted.
        string? firstId = _names.Version(step.Bucket, step.FirstKey, step.FirstVersion);
        One(step.FirstKey, firstId, Guard.None);
        One(step.Key, null, step.Guard);
        return Answer.DeletedMany(deleted, errors);

        void One(string key, string? id, Guard guard)
        {
            try
            {
                if (IsForeign(Bucket(step.Bucket), id)) throw new ModelException(404, "NoSuchVersion");
                (bool isMarker, string? shown) = Delete(step.Bucket, key, id, guard, step.GuardBody);
                deleted.Add(Answer.DeletedOne(key, id, isMarker, isMarker ? shown : null));
            }
            catch (ModelException exception)
            {
                errors.Add($"{key} {exception.Message}");
            }
        }
    }

    private string Copy(CopyObject step)
    {
        Bucket(step.Bucket);
        string? id = _names.Version(step.FromBucket, step.FromKey, step.FromVersion);
        bool isSelf = step.FromBucket == step.Bucket && step.FromKey == step.Key && id is null;
        ModelVersion from = FindSource(step.FromBucket, step.FromKey, id);
        if (isSelf && !step.Replaces) throw new ModelException(400, "InvalidRequest");
        string eTag = Bodies.Md5(from.Body);
        string? written = Write(step.Bucket, step.Key, step.Guard, 0, new ModelVersion
        {
            Body = from.Body, ETag = eTag, Time = _now, Tag = from.Tag, Note = step.Replaces ? "copy" : from.Note,
        });
        return Answer.Copied(eTag, _now, Shown(Bucket(step.Bucket), written ?? "null"), SourceId(from, id));
    }

    private ModelVersion FindSource(string bucketName, string key, string? id)
    {
        ModelVersion from = Bucket(bucketName).Find(key, id) ?? throw new ModelException(404, id is null ? "NoSuchKey" : "NoSuchVersion");
        if (!from.IsMarker) return from;
        throw id is null ? new ModelException(404, "NoSuchKey") : new ModelException(400, "InvalidRequest");
    }

    private static string? SourceId(ModelVersion from, string? asked) => asked is null && from.Id == "null" ? null : from.Id;

    private string Tags(string bucket, string key, int number, int status, Action<ModelVersion>? change, bool shows)
    {
        ModelVersion version = Find(bucket, key, number, namesMarkers: true);
        change?.Invoke(version);
        return Answer.Tags(status, shows ? version.Tag : 0, Shown(Bucket(bucket), version.Id));
    }
}
