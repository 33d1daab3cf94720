namespace S3Toolkit.Conformance;

/// <summary>Keys that break signing, URL building or XML somewhere (aws-sdk-net #2463, #3164, #965).</summary>
public static class TortureKeys
{
    /// <summary>Keys that every S3 server must take.</summary>
    public static IReadOnlyList<string> Plain { get; } =
    [
        "a b",
        " leading and trailing ",
        "plus+plus",
        "percent%",
        "percent%2F%20%25",
        "equals=and&ampersand",
        "question?mark#hash",
        "tilde~under_score-dash.dot",
        "!()[]*'",
        "\"quoted\" 'twice'",
        "<tag attr=\"1\">&amp;</tag>",
        "semi;colon:comma,at@dollar$",
        "back\\slash^caret`tick{brace}|pipe",
        "folder/",
        "a//b",
        "a///",
        "trailing.dot.",
        ".hidden",
        "..hidden",
        "...",
        "e\u0301 combining",
        "\u00e9 composed",
        "日本語/ファイル.txt",
        "עברית العربية",
        "emoji \U0001F600\U0001F468\u200D\U0001F469",
        "replacement \uFFFD",
        "private use \uE000",
        "beyond the plane \U00010000",
        "zero\u200Bwidth",
        "line\u2028separator",
        "non\u00A0breaking",
        "delete \u007f",
        "next line \u0085",
        "tab\there",
        "line\nfeed",
        "carriage\rreturn",
        new('k', 1024),
        new('\u00fc', 512),
    ];

    /// <summary>Keys that URL handling on the way folds unless everybody leaves them alone.</summary>
    public static IReadOnlyList<string> Foldable { get; } =
    [
        ".",
        "..",
        "./a",
        "../a",
        "a/../b",
        "a/./b",
        "a/..",
        "a/.",
        "/leading",
        "//two leading",
        "/",
        "a/%2e%2e/b",
    ];

    /// <summary>Keys that XML 1.0 cannot say, so that a listing must encode them.</summary>
    public static IReadOnlyList<string> NotInXml { get; } =
    [
        "control \u0001 character",
        "escape \u001b[0m",
        "unit \u001f separator",
        "noncharacter \uFFFF",
    ];
}
