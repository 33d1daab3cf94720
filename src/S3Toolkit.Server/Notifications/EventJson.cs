using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using S3Toolkit.Server.Wire;

namespace S3Toolkit.Server.Notifications;

/// <summary>The message that AWS sends.</summary>
internal static class EventJson
{
    /// <summary>AWS's newest: one version for all events.</summary>
    private const string Version = "2.5";

    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(S3ObjectEvent item, string configurationId)
    {
        ArrayBufferWriter<byte> output = new(1024);
        using (Utf8JsonWriter json = new(output, Plain))
        {
            json.WriteStartObject();
            json.WriteStartArray("Records");
            json.WriteStartObject();
            json.WriteString("eventVersion", Version);
            json.WriteString("eventSource", "aws:s3");
            json.WriteString("awsRegion", item.Region);
            json.WriteString("eventTime", WireTime.ToIso8601(item.Time));
            json.WriteString("eventName", item.EventName);
            Nested(json, "userIdentity", ("principalId", item.PrincipalId));
            Nested(json, "requestParameters", ("sourceIPAddress", item.SourceAddress));
            Nested(json, "responseElements", ("x-amz-request-id", item.RequestId ?? item.Sequencer), ("x-amz-id-2", "S3Toolkit.Server"));
            Subject(json, item, configurationId);
            if (item.StorageClass is { } storageClass) Transition(json, storageClass);
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    /// <summary>The message for a destination that has just been configured: of another form than all others, as on AWS.</summary>
    public static string WriteTest(string bucketName, DateTimeOffset time, string requestId)
    {
        ArrayBufferWriter<byte> output = new(256);
        using (Utf8JsonWriter json = new(output, Plain))
        {
            Nested(
                json, ("Service", "Amazon S3"), ("Event", EventNames.Test), ("Time", WireTime.ToIso8601(time)), ("Bucket", bucketName),
                ("RequestId", requestId), ("HostId", "S3Toolkit.Server"));
        }
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private static void Subject(Utf8JsonWriter json, S3ObjectEvent item, string configurationId)
    {
        json.WriteStartObject("s3");
        json.WriteString("s3SchemaVersion", "1.0");
        json.WriteString("configurationId", configurationId);
        json.WriteStartObject("bucket");
        json.WriteString("name", item.BucketName);
        Nested(json, "ownerIdentity", ("principalId", item.OwnerId));
        json.WriteString("arn", "arn:aws:s3:::" + item.BucketName);
        json.WriteEndObject();
        json.WriteStartObject("object");
        json.WriteString("key", EncodeKey(item.Key));
        if (item.SizeBytes is { } size) json.WriteNumber("size", size);
        if (item.ETag is { } eTag) json.WriteString("eTag", eTag);
        if (item.VersionId is { } versionId) json.WriteString("versionId", versionId);
        json.WriteString("sequencer", item.Sequencer);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Transition(Utf8JsonWriter json, string storageClass)
    {
        json.WriteStartObject("lifecycleEventData");
        Nested(json, "transitionEventData", ("destinationStorageClass", storageClass));
        json.WriteEndObject();
    }

    private static void Nested(Utf8JsonWriter json, string name, params ReadOnlySpan<(string Name, string Value)> values)
    {
        json.WritePropertyName(name);
        Nested(json, values);
    }

    private static void Nested(Utf8JsonWriter json, params ReadOnlySpan<(string Name, string Value)> values)
    {
        json.WriteStartObject();
        foreach ((string key, string value) in values) json.WriteString(key, value);
        json.WriteEndObject();
    }

    /// <summary>As forms encode: AWS keeps slashes and writes a space as plus.</summary>
    private static string EncodeKey(string key) =>
        Uri.EscapeDataString(key).Replace("%2F", "/", StringComparison.Ordinal).Replace("%20", "+", StringComparison.Ordinal);
}
