namespace S3Toolkit.Server.Storage;

/// <summary>How long a bucket keeps what is put without a retention of its own: days or years, never both.</summary>
internal sealed record DefaultRetentionRecord(RetentionMode Mode, int? Days, int? Years)
{
    public RetentionRecord From(DateTimeOffset created) =>
        new(Mode, Years is { } years ? created.AddYears(years) : created.AddDays(Days ?? 0));
}
