using System.Security.Cryptography;

namespace S3Toolkit.Server.Tests.Model;

/// <summary>This file: multipart uploads.</summary>
internal sealed partial class ModelS3
{
    private string Create(CreateUpload step)
    {
        ModelBucket bucket = Bucket(step.Bucket);
        ModelUpload upload = new(step.Key, $"u{++_uploads}", _now, step.Tag, bucket.Newest(step.Key) is { IsMarker: false });
        bucket.Uploads.Add(upload);
        _names.AddUpload(step.Bucket, step.Key, upload.Id);
        return $"200 {upload.Id}";
    }

    private string Upload(UploadPart step)
    {
        UploadUnderWay(step.Upload).Parts[step.Number] = (Bodies.Of(step.Body), _now);
        return $"200 {Bodies.ETagOf(step.Body)}";
    }

    private string Copy(CopyPart step)
    {
        ModelUpload upload = UploadUnderWay(step.Upload);
        string? id = _names.Version(step.FromBucket, step.FromKey, step.FromVersion);
        ModelVersion from = FindSource(step.FromBucket, step.FromKey, id);
        bool isWhole = step.First < 0;
        if (!isWhole && step.First <= step.Last && step.First >= from.Body.Length) throw new ModelException(400, "InvalidRequest");
        if (!isWhole && (step.Last < step.First || step.Last >= from.Body.Length)) throw new ModelException(400, "InvalidArgument");
        byte[] body = isWhole ? from.Body : from.Body[step.First..(step.Last + 1)];
        upload.Parts[step.Number] = (body, _now);
        return Answer.Copied(Bodies.Md5(body), _now, null, SourceId(from, id));
    }

    private string List(ListParts step) => Pages(
        UploadUnderWay(step.Upload).Parts.Select(pair =>
            (Answer.Part(pair.Key, Bodies.Md5(pair.Value.Body), pair.Value.Body.Length, pair.Value.Time), "")),
        step.Page);

    private string Abort(AbortUpload step)
    {
        ModelUpload upload = UploadUnderWay(step.Upload);
        Bucket(_names.Upload(step.Upload).Bucket).Uploads.Remove(upload);
        return "204";
    }

    private string Complete(CompleteUpload step)
    {
        ModelUpload upload = UploadOf(step.Upload);
        if (upload.Completed is not null) return upload.Completed;
        int[] numbers = [.. upload.Parts.Keys];
        if (step.Choice == Choice.AllButTheFirst && numbers.Length > 1) numbers = numbers[1..];
        if (numbers.Length == 0 && step.Choice != Choice.OneThatIsNotThere) throw new ModelException(400, "MalformedXML");
        if (step.Choice == Choice.OneTwice) throw new ModelException(400, "InvalidPartOrder");
        if (step.Choice is Choice.OneThatIsNotThere or Choice.WrongETag) throw new ModelException(400, "InvalidPart");
        byte[][] parts = [.. numbers.Select(number => upload.Parts[number].Body)];
        if (parts[..^1].Any(part => part.Length < Bodies.MinPartBytes)) throw new ModelException(400, "EntityTooSmall");

        string eTag = $"{Bodies.Md5([.. parts.SelectMany(MD5.HashData)])}-{parts.Length}";
        string? id = Write(_names.Upload(step.Upload).Bucket, upload.Key, step.Guard, step.GuardBody, new ModelVersion
        {
            Body = [.. parts.SelectMany(part => part)],
            ETag = eTag,
            Time = upload.Time, // an object is as old as the start of its upload
            Tag = upload.Tag,
            Note = "upload",
            Parts = [.. parts.Select(part => part.Length)],
        }, upload);
        return upload.Completed = Answer.Written(eTag, id);
    }

    private ModelUpload UploadOf(int number)
    {
        (string bucket, string key, string id) = _names.Upload(number);
        return Bucket(bucket).Uploads.Find(upload => upload.Id == id && upload.Key == key) ?? throw new ModelException(404, "NoSuchUpload");
    }

    private ModelUpload UploadUnderWay(int number) =>
        UploadOf(number) is { Completed: null } upload ? upload : throw new ModelException(404, "NoSuchUpload");
}
