using System.Globalization;
using S3Toolkit.Server.Access;
using S3Toolkit.Server.Operations.Configurations;
using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Storage;
using S3Toolkit.Server.Wire;

namespace S3Toolkit.Server.Operations.Locking;

/// <summary>Whether a bucket locks objects, and what it sets for those that bring no retention of their own.</summary>
internal sealed record ObjectLockConfiguration(DefaultRetentionRecord? DefaultRetention)
{
    /// <summary>S3: 100 years, in either unit.</summary>
    private const int MaxDays = 36_500, MaxYears = 100;

    public static readonly BucketConfiguration<ObjectLockConfiguration> Kind = new()
    {
        Root = "ObjectLockConfiguration",
        NeedsDigest = true,
        Read = static (document, _) => Read(document),
        Write = Write,
        Of = static bucket => bucket.ObjectLock ? new ObjectLockConfiguration(bucket.DefaultRetention) : null,
        With = static (bucket, value) => With(bucket, value!),
        CheckAsync = static (value, context, cancellationToken) => AccessStage.DemandByBodyAsync(
            context, "s3:PutBucketObjectLockConfiguration", FactsOf(value, context.Now), cancellationToken),
        Missing = S3Errors.ObjectLockConfigurationNotFound,
    };

    /// <summary>Locks protect versions; and what was promised once cannot be taken back, so there is no way to switch them off.</summary>
    private static BucketRecord With(BucketRecord bucket, ObjectLockConfiguration value)
    {
        if (!bucket.ObjectLock && bucket.Versioning != BucketVersioning.Enabled)
        {
            throw S3Errors.InvalidBucketState("Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration")
                .ToException();
        }
        return bucket with { ObjectLock = true, DefaultRetention = value.DefaultRetention };
    }

    /// <summary>As policies ask for it: the retention of an object that were put now.</summary>
    private static BodyFacts FactsOf(ObjectLockConfiguration value, DateTimeOffset now) =>
        new() { Lock = new ObjectLockRecord(value.DefaultRetention?.From(now)) };

    private static ObjectLockConfiguration Read(S3XmlNode document)
    {
        if (document.TextOf("ObjectLockEnabled") != "Enabled") throw S3Errors.MalformedXml().ToException();
        if (document.Child("Rule") is not { } rule) return new ObjectLockConfiguration(DefaultRetention: null);
        S3XmlNode retention = rule.Child("DefaultRetention") ?? throw S3Errors.MalformedXml().ToException();
        RetentionMode mode = LockText.TryParseMode(retention.TextOf("Mode")) ?? throw S3Errors.MalformedXml().ToException();
        int? days = Period(retention.TextOf("Days"), MaxDays);
        int? years = Period(retention.TextOf("Years"), MaxYears);
        if (days is null == years is null) throw S3Errors.MalformedXml().ToException();
        return new ObjectLockConfiguration(new DefaultRetentionRecord(mode, days, years));
    }

    private static int? Period(string? text, int max)
    {
        if (text is null) return null;
        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int period))
            throw S3Errors.MalformedXml().ToException();
        if (period <= 0) throw S3Errors.InvalidRetentionPeriod("Default retention period must be a positive integer value.").ToException();
        if (period > max)
        {
            throw S3Errors.InvalidRetentionPeriod(
                $"Default retention period is too large, the maximum is {MaxDays} days or {MaxYears} years.").ToException();
        }
        return period;
    }

    private static void Write(S3XmlWriter writer, ObjectLockConfiguration value)
    {
        writer.Element("ObjectLockEnabled", "Enabled");
        if (value.DefaultRetention is not { } retention) return;
        writer.Start("Rule");
        writer.Start("DefaultRetention");
        writer.Element("Mode", LockText.Of(retention.Mode));
        if (retention.Days is { } days) writer.Element("Days", days);
        if (retention.Years is { } years) writer.Element("Years", years);
        writer.End("DefaultRetention");
        writer.End("Rule");
    }
}
