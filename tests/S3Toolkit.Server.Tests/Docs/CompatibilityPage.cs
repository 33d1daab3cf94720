using System.Globalization;
using System.Text;
using S3Toolkit.Server.Operations.Catalog;

namespace S3Toolkit.Server.Tests.Docs;

/// <summary>docs/s3-compatibility.md from the catalog's rows and the notes: one line an operation, so that changes merge.</summary>
internal static class CompatibilityPage
{
    private const string Head =
        """
        # Compatibility with S3

        Written from the operations' own table (`src/S3Toolkit.Server/Operations/Catalog`) by a test, which fails when this page is older
        than the code: run `eng/write-docs` and review the difference. Every operation of S3 has a line. One that is not supported answers
        501 NotImplemented with its name, and never does what another operation would. Requests are shown in path style; virtual-hosted
        style works as well.

        | operation | request | supported | note |
        |---|---|---|---|

        """;

    public static string Text(IEnumerable<S3Operation> rows, IReadOnlyDictionary<string, string> notes)
    {
        StringBuilder page = new(Head.ReplaceLineEndings("\n"));
        foreach (IGrouping<string, S3Operation> row in rows.GroupBy(row => row.Name).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            string requests = string.Join(", ", row.Select(item => $"`{RequestOf(item)}`"));
            string supported = row.All(item => item.Handler is not null) ? "yes" : "no";
            string note = notes.TryGetValue(row.Key, out string? text) ? text + " " : "";
            page.Append(CultureInfo.InvariantCulture, $"| {row.Key} | {requests} | {supported} | {note}|\n");
        }
        return page.ToString();
    }

    /// <summary>Such as <c>GET /bucket/key?tagging</c>.</summary>
    private static string RequestOf(S3Operation row)
    {
        string path = row.Scope switch
        {
            OperationScope.Service => "/",
            OperationScope.Bucket => "/bucket",
            _ => "/bucket/key",
        };
        bool byHeader = row.Discriminator?.StartsWith("x-amz-", StringComparison.Ordinal) ?? false;
        List<string> query = [];
        if (row.Subresource is { } subresource) query.Add(subresource == "list-type" ? "list-type=2" : subresource);
        if (row.Discriminator is { } parameter && !byHeader) query.Add(parameter + "=...");
        string target = query.Count == 0 ? path : path + "?" + string.Join('&', query);
        return byHeader ? $"{row.Method} {target}, {row.Discriminator}" : $"{row.Method} {target}";
    }
}
