using System.Collections;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace S3Toolkit.Server.Storage.Disk.Metadata;

/// <summary>Records as JSON, without what has a column of its own (key, parts, bytes) and without what is empty.</summary>
internal static class RecordJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        // Names, not numbers: a value may be put between others.
        Converters = { new JsonStringEnumConverter() },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { Trim } },
    };

    public static byte[] Write<T>(T record) => JsonSerializer.SerializeToUtf8Bytes(record, Options);

    public static T Read<T>(byte[] json) => JsonSerializer.Deserialize<T>(json, Options)
        ?? throw new StorageDamagedException("The server's metadata database holds an empty record.");

    private static void Trim(JsonTypeInfo type)
    {
        bool hasKeyColumn = type.Type == typeof(ObjectRecord) || type.Type == typeof(UploadRecord);
        for (int i = type.Properties.Count - 1; i >= 0; i--)
        {
            JsonPropertyInfo property = type.Properties[i];
            property.IsRequired = false; // a record written before the property was there is no damage
            bool isElsewhere = property.PropertyType == typeof(IObjectBody)
                || (hasKeyColumn && property.Name is nameof(ObjectRecord.Key) or nameof(ObjectRecord.Parts));
            if (isElsewhere) type.Properties.RemoveAt(i);
            else if (property.PropertyType.IsAssignableTo(typeof(IEnumerable)) && property.PropertyType != typeof(string))
                property.ShouldSerialize = static (_, value) => value is IEnumerable items && items.GetEnumerator().MoveNext();
        }
    }
}
