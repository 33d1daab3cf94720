using System.Globalization;
using System.Text;
using S3Toolkit.Server.Operations.Input;
using S3Toolkit.Server.Operations.Locking;
using S3Toolkit.Server.Storage;
using S3Toolkit.Server.Wire;

namespace S3Toolkit.Server.Access.Policies;

/// <summary>What condition keys and variables hold for a question. Nothing is worked out before a policy asks for it.</summary>
internal sealed class QuestionValues(AccessQuestion question)
{
    /// <summary>Ten tags with their keys and values, and room for a mistake that is told as one.</summary>
    private const int MaxTagElements = 200, MaxTagDepth = 8;

    private const string RequestTag = "AWS:REQUESTTAG/";

    private readonly RequestFacts _request = question.Request;

    /// <summary>The values of a key, as <see cref="PolicyValues"/> has them.</summary>
    public IReadOnlyList<string>? Find(string key)
    {
        if (ConditionKeys.Find(key, out string tag) is { } known) return known.Values(this, tag);
        string name = key.ToUpperInvariant();
        if (name == "AWS:TAGKEYS") return TagKeys();
        if (name.StartsWith(RequestTag, StringComparison.Ordinal)) return One(TagOfRequest(key[RequestTag.Length..]));
        return name.StartsWith("AWS:", StringComparison.Ordinal) ? One(OfAws(name["AWS:".Length..])) : null;
    }

    public static IReadOnlyList<string>? One(string? value) => value is null ? null : [value];

    public IReadOnlyList<string>? TagKeys() => RequestTags() is { Count: > 0 } tags ? [.. tags.Select(static tag => tag.Key)] : null;

    public string? TagOfRequest(string name) => ValueOf(RequestTags(), name);

    /// <summary>AWS takes the condition for the attributes too, and never looks at the tags there.</summary>
    public string? TagOfObject(string name) =>
        question.Action is "s3:GetObjectAttributes" or "s3:GetObjectVersionAttributes" ? null : ValueOf(question.Object?.Tags, name);

    public string? Query(string name) => _request.Query[name];

    public string? VersionId => question.VersionId;

    public string? CreatesObject => question.CreatesObject is { } creates ? Flag(creates) : null;

    public string? SignatureVersion => _request.Signature?.Version;

    public string? AuthType => _request.Signature?.AuthType;

    public string? SignatureAge => _request.SignatureAge is { } age
        ? ((long)age.TotalMilliseconds).ToString(CultureInfo.InvariantCulture)
        : null;

    public string? TlsVersion => _request.TlsVersion;

    public string? ResourceAccount => NullIfEmpty(question.BucketAccountId);

    public string? Ownership => question.Body is { } body ? body.Ownership : Header("x-amz-object-ownership");

    public string? LockMode => question.Body is { } body
        ? body.Lock?.Retention is { } retention ? LockText.Of(retention.Mode) : null
        : Header("x-amz-object-lock-mode");

    public string? RetainUntil => question.Body is { } body
        ? body.Lock?.Retention is { } retention ? WireTime.ToIso8601(retention.RetainUntil) : null
        : Header("x-amz-object-lock-retain-until-date");

    public string? LegalHold => question.Body is { } body
        ? body.Lock?.LegalHold is { } isOn ? LockText.OfHold(isOn) : null
        : Header("x-amz-object-lock-legal-hold");

    public string? RemainingDays => WireTime.TryParse(RetainUntil) is { } until
        ? Math.Ceiling((until - _request.Now).TotalDays).ToString(CultureInfo.InvariantCulture)
        : null;

    /// <summary>A header of S3, or what stands for it: a form calls the list "acl", and parts are encrypted as their upload was.</summary>
    public string? Header(string name)
    {
        if (_request.OfS3[name] is { } given) return given;
        if (_request.Fields is { } fields && name == "x-amz-acl") return fields["acl"];
        EncryptionRecord? encryption = question.Upload?.Properties.Encryption;
        if (encryption is not { IsCustomerKey: false }) return null;
        return name switch
        {
            "x-amz-server-side-encryption" => encryption.Algorithm,
            "x-amz-server-side-encryption-aws-kms-key-id" => encryption.KmsKeyId,
            _ => null,
        };
    }

    private string? OfAws(string name) => name switch
    {
        "SOURCEIP" => (_request.RemoteAddress.IsIPv4MappedToIPv6 ? _request.RemoteAddress.MapToIPv4() : _request.RemoteAddress).ToString(),
        "SECURETRANSPORT" => Flag(_request.IsHttps),
        "CURRENTTIME" => WireTime.ToIso8601(_request.Now),
        "EPOCHTIME" => _request.Now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
        "REFERER" => _request.Headers["referer"],
        "USERAGENT" => _request.Headers["user-agent"],
        "PRINCIPALTYPE" => question.Caller.IsAnonymous ? "Anonymous" : "User",
        "USERID" => question.Caller.IsAnonymous ? "anonymous" : question.Caller.CanonicalId,
        "REQUESTEDREGION" => question.Bucket.Region,
        "RESOURCEACCOUNT" => NullIfEmpty(question.BucketAccountId),
        "PRINCIPALISAWSSERVICE" or "VIAAWSSERVICE" => "false",
        _ when question.Caller.IsAnonymous => null,
        "PRINCIPALARN" => PrincipalNames.UserArn(question.Caller),
        "PRINCIPALACCOUNT" => NullIfEmpty(question.Caller.AccountId),
        "USERNAME" => question.Caller.UserName,
        _ => null,
    };

    private IReadOnlyList<TagRecord>? RequestTags()
    {
        if (question.Body is { } body) return body.Tags;
        if (_request.Fields is not { } fields) return TagReader.FromHeader(_request.Headers["x-amz-tagging"]);
        if (fields["tagging"] is not { } xml) return null;
        S3XmlNode? document = S3XmlNode.TryParse(Encoding.UTF8.GetBytes(xml), MaxTagElements, MaxTagDepth);
        return TagReader.FromXml(document?.Child("TagSet"), TagReader.MaxObjectTags);
    }

    private static string? ValueOf(IReadOnlyList<TagRecord>? tags, string name)
    {
        foreach (TagRecord tag in tags ?? [])
        {
            if (tag.Key == name) return tag.Value;
        }
        return null;
    }

    private static string Flag(bool value) => value ? "true" : "false";

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}
