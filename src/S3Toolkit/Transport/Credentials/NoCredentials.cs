using System.Globalization;
using System.Text;

namespace S3Toolkit.Transport.Credentials;

/// <summary>Tells what was tried, in the order tried, and what to do.</summary>
internal static class NoCredentials
{
    private const string Advice =
        "Set AccessKeyId and SecretAccessKey in the options or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment, "
        + "run 'aws configure' or 'aws sso login', or give this machine a role; for a public bucket set Anonymous.";

    /// <param name="attempts">What was tried; with a cause, the last one is what failed.</param>
    /// <param name="cause">Why a source that is set up gave nothing; null when none is set up.</param>
    public static S3ToolkitException Create(IReadOnlyList<ChainAttempt> attempts, Exception? cause)
    {
        var text = new StringBuilder(cause is null
            ? "No AWS credentials were found."
            : $"The AWS credentials cannot be used: {attempts[^1].Source}: {attempts[^1].Outcome}.");
        text.Append(" Tried, in this order:");
        for (int i = 0; i < attempts.Count; i++)
            text.Append(CultureInfo.InvariantCulture, $"\n  {i + 1}. {attempts[i].Source}: {attempts[i].Outcome}");
        text.Append('\n').Append(
            cause is null ? Advice : $"Correct or remove what {attempts[^1].Source} refers to; sources after it are not asked.");
        return new S3ToolkitException(text.ToString(), S3ErrorCode.NoCredentials, cause);
    }

    /// <summary>Credentials that were found before can no longer be renewed.</summary>
    public static S3ToolkitException Refresh(ChainAttempt failure, Exception cause) =>
        new($"The AWS credentials from {failure.Source} cannot be renewed: {failure.Outcome}.", S3ErrorCode.NoCredentials, cause);
}
