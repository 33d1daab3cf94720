using System.Text.Encodings.Web;
using System.Text.Json;

namespace S3Toolkit.Server.Authentication;

/// <summary>The operators of a POST policy.</summary>
internal enum PostPolicyOperator
{
    Eq,
    StartsWith,
}

/// <summary>A condition on one form field.</summary>
/// <param name="Operator">How it compares.</param>
/// <param name="Field">The field's name as the policy has it; without its <c>$</c> when it had one.</param>
/// <param name="HasDollar">A name without <c>$</c> matches no field.</param>
/// <param name="Value">What the field must equal or start with.</param>
internal sealed record PostPolicyCondition(PostPolicyOperator Operator, string Field, bool HasDollar, string Value)
{
    public bool IsMetBy(string? actual)
    {
        if (actual is null || !HasDollar) return false;
        if (Operator == PostPolicyOperator.Eq) return actual == Value;
        // A list of content types meets a prefix only when each of them does.
        return Field.Equals("Content-Type", StringComparison.OrdinalIgnoreCase) && actual.Contains(',')
            ? Array.TrueForAll(actual.Split(','), type => type.Trim().StartsWith(Value, StringComparison.Ordinal))
            : actual.StartsWith(Value, StringComparison.Ordinal);
    }

    /// <summary>The condition as S3 prints it in an error.</summary>
    public override string ToString()
    {
        string name = Operator == PostPolicyOperator.Eq ? "eq" : "starts-with";
        return $"[\"{name}\", {Quote((HasDollar ? "$" : "") + Field)}, {Quote(Value)}]";
    }

    internal static string Quote(string text) =>
        "\"" + JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping) + "\"";
}
