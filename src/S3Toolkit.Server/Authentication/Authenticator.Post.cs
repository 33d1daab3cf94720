using S3Toolkit.Server.Authentication.Version2;
using S3Toolkit.Server.Pipeline;
using S3Toolkit.Signing;

namespace S3Toolkit.Server.Authentication;

/// <summary>This file: the policy of a POST form.</summary>
internal sealed partial class Authenticator
{
    // In the order in which S3 names the first one that is missing.
    private static readonly string[] RequiredPostFields =
    [
        SigV4.AlgorithmParameter, SigV4.CredentialParameter, SigV4.DateParameter, SigV4.SignatureParameter, "Policy",
    ];

    public PostPolicyGrant AuthenticatePost(S3PostForm form, string bucketName, string? expectedRegion)
    {
        if (Field(form, SigV2.KeyParameter) is not null || Field(form, SigV2.SignatureParameter) is not null)
        {
            return Grant(form, bucketName, VerifyPolicySignatureV2(form));
        }

        // A policy without a signature authorises nothing: S3 takes the form for an anonymous one.
        if (!Array.Exists(RequiredPostFields, name => name != "Policy" && Field(form, name) is not null))
        {
            return new PostPolicyGrant(S3Identity.Anonymous, null, null);
        }

        foreach (string name in RequiredPostFields)
        {
            if (string.IsNullOrEmpty(Field(form, name))) throw MissingPostField(name).ToException();
        }

        return Grant(form, bucketName, VerifyPolicySignature(form, expectedRegion, Field(form, "Policy") ?? ""));
    }

    private PostPolicyGrant Grant(S3PostForm form, string bucketName, S3Identity identity)
    {
        PostPolicy policy = PostPolicy.Parse(Field(form, "Policy") ?? "");
        return PostPolicyEvaluation.Evaluate(policy, form, bucketName, serverClock.GetUtcNow()) is { } error
            ? throw error.ToException()
            : new PostPolicyGrant(identity, policy.MinBytes, policy.MaxBytes);
    }

    private S3Identity VerifyPolicySignature(S3PostForm form, string? expectedRegion, string policyText)
    {
        if (Field(form, SigV4.AlgorithmParameter) != SigV4.Algorithm)
        {
            throw S3Errors.InvalidArgument(
                $"X-Amz-Algorithm only supports \"{SigV4.Algorithm}\"", SigV4.AlgorithmParameter, Field(form, SigV4.AlgorithmParameter))
                .ToException();
        }

        if (CredentialText.Parse(Field(form, SigV4.CredentialParameter)!, out string accessKeyId, out CredentialScope scope) is { } problem)
        {
            throw S3Errors.AuthorizationQueryParametersError("Error parsing the X-Amz-Credential parameter; " + problem).ToException();
        }

        if (expectedRegion is { } region && region != scope.Region)
        {
            throw S3Errors.AuthorizationQueryParametersError(
                $"Error parsing the X-Amz-Credential parameter; the region '{scope.Region}' is wrong; expecting '{region}'", region)
                .ToException();
        }

        S3Credential credential = FindCredential(accessKeyId, Field(form, SigV4.SecurityTokenHeader));
        string given = Field(form, SigV4.SignatureParameter)!;
        if (PolicySignature.Verify(_keys.Get(credential.SecretAccessKey, scope), policyText, given)) return credential.Identity;
        throw SignatureVerification.Mismatch(accessKeyId, given, System.Text.Encoding.UTF8.GetBytes(policyText)).ToException();
    }

    /// <summary>Field names are read without regard to case, whatever the dictionary does.</summary>
    private static string? Field(S3PostForm form, string name) => PostPolicyEvaluation.Find(form.Fields, name);

    private static S3Error MissingPostField(string name) => S3Errors.InvalidArgument(
        $"Bucket POST must contain a field named '{name}'.  If it is specified, please check the order of the fields.", name, "");
}
