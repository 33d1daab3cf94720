using System.Net;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using S3Toolkit.Server.Pipeline;

namespace S3Toolkit.Server.Website;

/// <summary>An error as a web site tells it: a page for people, and the code in headers.</summary>
internal static class WebsiteErrorPage
{
    /// <param name="error">What went wrong.</param>
    /// <param name="method">The request's; a HEAD answer has no body.</param>
    /// <param name="requestId">Shown in the page.</param>
    /// <param name="ofDocument">Why there is no error document, when the site names one.</param>
    public static S3Response Of(S3Error error, string method, string requestId, S3Error? ofDocument = null)
    {
        bool hasNoBody = method == "HEAD" || error.Status == 304;
        S3Response response = new(error.Status)
        {
            ErrorCode = error.Code,
            Body = hasNoBody ? null : new BytesResponseBody(Encoding.UTF8.GetBytes(Page(error, requestId, ofDocument))),
        };
        foreach ((string name, string value) in error.Headers) response.Header(name, value);
        if (error.Status == 304) return response;
        return response.ErrorHeaders(error).Header("Content-Type", "text/html; charset=utf-8");
    }

    public static S3Response ErrorHeaders(this S3Response response, S3Error error)
    {
        response.Header("x-amz-error-code", error.Code).Header("x-amz-error-message", error.Message);
        foreach ((string name, string value) in error.Details)
        {
            // A key may hold what no header can.
            if (!value.Any(char.IsControl)) response.Header("x-amz-error-detail-" + name, value);
        }
        return response;
    }

    private static string Page(S3Error error, string requestId, S3Error? ofDocument)
    {
        string title = $"{error.Status} {ReasonPhrases.GetReasonPhrase(error.Status)}";
        StringBuilder page = new();
        page.Append("<html>\n<head><title>").Append(title).Append("</title></head>\n<body>\n<h1>").Append(title).Append("</h1>\n<ul>\n");
        Items(page, error);
        Item(page, "RequestId", requestId);
        Item(page, "HostId", "S3Toolkit.Server");
        page.Append("</ul>\n");
        if (ofDocument is not null)
        {
            page.Append("<h3>An Error Occurred While Attempting to Retrieve a Custom Error Document</h3>\n<ul>\n");
            Items(page, ofDocument);
            page.Append("</ul>\n");
        }
        return page.Append("<hr/>\n</body>\n</html>\n").ToString();
    }

    private static void Items(StringBuilder page, S3Error error)
    {
        Item(page, "Code", error.Code);
        Item(page, "Message", error.Message);
        foreach ((string name, string value) in error.Details) Item(page, name, value);
    }

    private static void Item(StringBuilder page, string name, string value) =>
        page.Append("<li>").Append(name).Append(": ").Append(WebUtility.HtmlEncode(value)).Append("</li>\n");
}
