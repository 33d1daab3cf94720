namespace S3Toolkit.Tests.Transport.Credentials;

/// <summary>What AWS's services answer.</summary>
internal static class FakeAnswers
{
    public const string SessionToken = "TOKEN-FROM-THE-FAKE";

    public static FakeAnswer Sts(string action, string accessKeyId) => new(
        200,
        $"""
        <{action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><{action}Result><Credentials>
        <AccessKeyId>{accessKeyId}</AccessKeyId><SecretAccessKey>SECRET-FROM-THE-FAKE</SecretAccessKey>
        <SessionToken>{SessionToken}</SessionToken><Expiration>{CredentialWorld.InAnHourText}</Expiration>
        </Credentials></{action}Result><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></{action}Response>
        """,
        "text/xml");

    public static FakeAnswer StsError(string code) => new(
        403,
        $"<ErrorResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><Error><Type>Sender</Type><Code>{code}</Code>"
        + "<Message>User SENTINEL is not authorized</Message></Error><RequestId>1</RequestId></ErrorResponse>",
        "text/xml");

    public static FakeAnswer Keys(string accessKeyId) => new(
        200,
        $$"""
        {"Code":"Success","AccessKeyId":"{{accessKeyId}}","SecretAccessKey":"SECRET-FROM-THE-FAKE","Token":"{{SessionToken}}",
        "Expiration":"{{CredentialWorld.InAnHourText}}"}
        """);

    public static FakeAnswer SsoKeys(string accessKeyId) => new(
        200,
        $$$"""
        {"roleCredentials":{"accessKeyId":"{{{accessKeyId}}}","secretAccessKey":"SECRET-FROM-THE-FAKE","sessionToken":"{{{SessionToken}}}",
        "expiration":{{{CredentialWorld.InAnHour.ToUnixTimeMilliseconds()}}}}}
        """);
}
