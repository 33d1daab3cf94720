using System.Collections.Frozen;

namespace S3Toolkit.Server.Access.Policies;

/// <summary>A condition key of S3.</summary>
/// <param name="Actions">The actions whose requests can hold it; null = all.</param>
/// <param name="Values">What a question holds of it; the second argument is the tag that the key's end names.</param>
internal sealed record ConditionKey(FrozenSet<string>? Actions, Func<QuestionValues, string, IReadOnlyList<string>?> Values)
{
    /// <summary>S3 takes the key, and no request to this server can have it.</summary>
    public bool IsAbsent { get; private init; }

    public static ConditionKey One(FrozenSet<string>? actions, Func<QuestionValues, string?> value) =>
        new(actions, (question, _) => QuestionValues.One(value(question)));

    /// <summary>The header of that name, or the field of a form.</summary>
    public static ConditionKey Header(FrozenSet<string>? actions, string name) => One(actions, question => question.Header(name));

    /// <summary>Of what this server has not: access points, and questions about a bucket that is not there yet.</summary>
    public static ConditionKey Absent(FrozenSet<string>? actions) => new(actions, static (_, _) => null) { IsAbsent = true };
}
