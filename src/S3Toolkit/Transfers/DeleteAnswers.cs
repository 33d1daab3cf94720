namespace S3Toolkit.Transfers;

/// <summary>Puts the answers of a bulk delete to the objects that were asked for: a pure function.</summary>
internal static class DeleteAnswers
{
    private static readonly DeleteFailure Unmentioned = new(
        S3ErrorCode.InternalError, "The server's answer does not mention this key.", IsTransient: true);

    /// <summary>One result for each object, in their order, whatever order or number the server answered in.</summary>
    public static DeleteResult[] Match(IReadOnlyList<ObjectIdentifier> asked, IReadOnlyList<DeleteResult> answered)
    {
        var exact = new Dictionary<(string, string?), DeleteResult>();
        var byKey = new Dictionary<string, DeleteResult>(StringComparer.Ordinal);
        foreach (var answer in answered)
        {
            exact[(answer.Key, answer.VersionId)] = answer;
            byKey[answer.Key] = answer;
        }

        var results = new DeleteResult[asked.Count];
        for (var i = 0; i < results.Length; i++)
        {
            var (key, version, _) = asked[i];
            results[i] = exact.GetValueOrDefault((key, version))
                ?? (version is null ? byKey.GetValueOrDefault(key) : null)
                ?? Failed(asked[i], Unmentioned);
        }

        return results;
    }

    public static DeleteResult Failed(ObjectIdentifier asked, DeleteFailure failure) =>
        new(asked.Key ?? "") { VersionId = asked.VersionId, Failure = failure };

    public static DeleteFailure ToFailure(S3ToolkitException error) => new(error.ErrorCode, error.Message, error.IsTransient);
}
