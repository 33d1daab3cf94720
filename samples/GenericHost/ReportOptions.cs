namespace GenericHost;

/// <summary>The section <c>Reports</c>.</summary>
internal sealed class ReportOptions
{
    public string BucketName { get; set; } = "reports";

    public int Count { get; set; } = 3;
}
