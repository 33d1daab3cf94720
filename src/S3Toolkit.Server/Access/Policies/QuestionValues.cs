using System.Globalization;
using System.Text;
using S3Toolkit.Server.Operations.Input;
using S3Toolkit.Server.Storage;
using S3Toolkit.Server.Wire;

namespace S3Toolkit.Server.Access.Policies;

/// <summary>What condition keys and variables hold for a question. Nothing is worked out before a policy asks for it.</summary>
internal sealed class QuestionValues(AccessQuestion question)
{
    /// <summary>Ten tags with their keys and values, and room for a mistake that is told as one.</summary>
    private const int MaxTagElements = 200, MaxTagDepth = 8;

    private readonly RequestFacts _request = question.Request;

    /// <summary>The values of a key, as <see cref="PolicyValues"/> has them.</summary>
    public IReadOnlyList<string>? Find(string key)
    {
        int slash = key.IndexOf('/', StringComparison.Ordinal);
        if (slash >= 0) return One(TagOf(key[..slash].ToUpperInvariant(), key[(slash + 1)..]));
        return key.ToUpperInvariant() switch
        {
            "AWS:TAGKEYS" or "S3:REQUESTOBJECTTAGKEYS" => RequestTags() is { Count: > 0 } tags ? [.. tags.Select(tag => tag.Key)] : null,
            string name when name.StartsWith("S3:X-AMZ-", StringComparison.Ordinal) => One(Header(name["S3:".Length..])),
            string name when name.StartsWith("S3:", StringComparison.Ordinal) => One(OfS3(name["S3:".Length..])),
            string name when name.StartsWith("AWS:", StringComparison.Ordinal) => One(OfAws(name["AWS:".Length..])),
            _ => null,
        };
    }

    private string? OfAws(string name) => name switch
    {
        "SOURCEIP" => (_request.RemoteAddress.IsIPv4MappedToIPv6 ? _request.RemoteAddress.MapToIPv4() : _request.RemoteAddress).ToString(),
        "SECURETRANSPORT" => _request.IsHttps ? "true" : "false",
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

    private string? OfS3(string name) => name switch
    {
        "PREFIX" => _request.Query["prefix"],
        "DELIMITER" => _request.Query["delimiter"],
        "MAX-KEYS" => _request.Query["max-keys"],
        "VERSIONID" => question.VersionId,
        "IF-MATCH" => _request.Headers["if-match"],
        "IF-NONE-MATCH" => _request.Headers["if-none-match"],
        "SIGNATUREVERSION" => _request.Signature?.Version,
        "AUTHTYPE" => _request.Signature?.AuthType,
        "SIGNATUREAGE" => _request.Signature?.Time is { } time ? Milliseconds(_request.Now - time) : null,
        "TLSVERSION" => _request.TlsVersion,
        "RESOURCEACCOUNT" => NullIfEmpty(question.BucketAccountId),
        "OBJECT-LOCK-MODE" => _request.Headers["x-amz-object-lock-mode"],
        "OBJECT-LOCK-RETAIN-UNTIL-DATE" => _request.Headers["x-amz-object-lock-retain-until-date"],
        "OBJECT-LOCK-LEGAL-HOLD" => _request.Headers["x-amz-object-lock-legal-hold"],
        "OBJECT-LOCK-REMAINING-RETENTION-DAYS" => RemainingDays(),
        _ => null,
    };

    /// <summary>A header, or what stands for it: a form calls the list "acl", and parts are encrypted as their upload was.</summary>
    private string? Header(string name)
    {
        if (_request.Headers[name] is { } given) return given;
        if (_request.IsForm && name == "X-AMZ-ACL") return _request.Headers["acl"];
        EncryptionRecord? encryption = question.Upload?.Properties.Encryption;
        if (encryption is not { IsCustomerKey: false }) return null;
        return name switch
        {
            "X-AMZ-SERVER-SIDE-ENCRYPTION" => encryption.Algorithm,
            "X-AMZ-SERVER-SIDE-ENCRYPTION-AWS-KMS-KEY-ID" => encryption.KmsKeyId,
            _ => null,
        };
    }

    private string? TagOf(string kind, string name) => kind switch
    {
        // AWS takes the condition for these actions and never looks at the tags.
        "S3:EXISTINGOBJECTTAG" when question.Action is "s3:GetObjectAttributes" or "s3:GetObjectVersionAttributes" => null,
        "S3:EXISTINGOBJECTTAG" => ValueOf(question.Object?.Tags, name),
        "S3:REQUESTOBJECTTAG" or "AWS:REQUESTTAG" => ValueOf(RequestTags(), name),
        _ => null,
    };

    private IReadOnlyList<TagRecord>? RequestTags()
    {
        if (question.RequestTags is { } tags) return tags;
        if (!_request.IsForm) return TagReader.FromHeader(_request.Headers["x-amz-tagging"]);
        if (_request.Headers["tagging"] is not { } xml) return null;
        S3XmlNode? document = S3XmlNode.TryParse(Encoding.UTF8.GetBytes(xml), MaxTagElements, MaxTagDepth);
        return TagReader.FromXml(document?.Child("TagSet"), TagReader.MaxObjectTags);
    }

    private string? RemainingDays() => WireTime.TryParse(_request.Headers["x-amz-object-lock-retain-until-date"]) is { } until
        ? Math.Ceiling((until - _request.Now).TotalDays).ToString(CultureInfo.InvariantCulture)
        : null;

    private static string? ValueOf(IReadOnlyList<TagRecord>? tags, string name)
    {
        foreach (TagRecord tag in tags ?? [])
        {
            if (tag.Key == name) return tag.Value;
        }
        return null;
    }

    private static string Milliseconds(TimeSpan time) => ((long)time.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;

    private static IReadOnlyList<string>? One(string? value) => value is null ? null : [value];
}
