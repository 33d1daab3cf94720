using CsCheck;
using S3Toolkit.Server.Faults;

namespace S3Toolkit.Server.Tests.Faults;

/// <summary>The same seed gives the same faults whatever the order in which requests come.</summary>
public sealed class FaultOrderTests
{
    private static readonly S3FaultRule[] Rules =
    [
        new() { Fault = S3Fault.InternalError(), Probability = 0.3 },
        new() { Fault = S3Fault.InternalError(), Probability = 0.3 },
        new() { Fault = S3Fault.SlowDown(), Operation = "PutObject", Key = "a*", Probability = 0.5, FromAttempt = 2 },
        new() { Fault = S3Fault.ResetAfterCommit(), PartNumber = 2, ToAttempt = 2 },
    ];

    private static readonly string[] Operations = ["PutObject", "GetObject", "UploadPart"];

    private static readonly string[] Keys = ["a", "a/b", "c"];

    private static readonly Gen<FaultSubject> Subjects =
        from operation in Gen.Int[0, 2]
        from key in Gen.Int[0, 2]
        from part in Gen.Int[0, 2]
        select new FaultSubject(Operations[operation], "bucket", Keys[key], part == 0 ? null : part);

    [Test]
    public void Match_SameSeedAnyOrder_StrikesTheSameAttempts()
    {
        Gen.Select(Gen.Long, Subjects.Array[0, 60]).SelectMany(
            drawn => Gen.Shuffle(drawn.Item2).Select(shuffled => (Seed: drawn.Item1, Requests: drawn.Item2, Shuffled: shuffled)))
            .Sample(drawn => Strikes(drawn.Seed, drawn.Requests).SequenceEqual(Strikes(drawn.Seed, drawn.Shuffled)), iter: 200);
    }

    [Test]
    public void Match_ConcurrentRequests_StrikeTheSameAttempts()
    {
        FaultSubject[] requests = [.. Enumerable.Range(0, 2000).Select(i => new FaultSubject("GetObject", "b", $"k{i % 50}", null))];
        S3FaultPlan plan = Plan(seed: 5);
        int struck = 0;

        Parallel.ForEach(requests, request => Interlocked.Add(ref struck, plan.Match(request).All.Count));

        Assert.That(struck, Is.EqualTo(Strikes(5, requests).Count));
    }

    [Test]
    public void Match_OtherSeed_StrikesOthers()
    {
        FaultSubject[] requests = [.. Enumerable.Range(0, 200).Select(i => new FaultSubject("GetObject", "b", $"k{i}", null))];

        string[] outcomes = [.. Enumerable.Range(0, 20).Select(seed => string.Join('\n', Strikes(seed, requests)))];

        Assert.That(outcomes.Distinct().Count(), Is.EqualTo(20));
    }

    [TestCase(0.01)]
    [TestCase(0.5)]
    [TestCase(0.9)]
    public void Match_ManyRequests_StrikesAsOftenAsTheProbabilitySays(double probability)
    {
        S3FaultPlan plan = new(seed: 1);
        S3FaultHandle handle = plan.Add(new S3FaultRule { Fault = S3Fault.InternalError(), Probability = probability });

        for (int i = 0; i < 20_000; i++) plan.Match(new FaultSubject("GetObject", "b", $"k{i / 4}", null));

        double deviation = Math.Sqrt(20_000 * probability * (1 - probability));
        Assert.That(handle.StrikeCount, Is.EqualTo(20_000 * probability).Within(5 * deviation));
    }

    [Test]
    public void Match_TwoRulesThatReadTheSame_DrawTheirOwnLots()
    {
        FaultSubject[] requests = [.. Enumerable.Range(0, 100).Select(i => new FaultSubject("GetObject", "b", $"k{i}", null))];

        int[] counts = [.. requests.Select(request => Plan(3).Match(request).All.Count)];

        Assert.That(counts, Does.Contain(1), "one of the twins alone");
    }

    [Test]
    public void Match_ParsedPlan_StrikesTheSame()
    {
        FaultSubject[] requests = [.. Enumerable.Range(0, 200).Select(i => new FaultSubject("PutObject", "b", $"a{i % 20}", null))];
        S3FaultPlan plan = Plan(11);
        S3FaultPlan parsed = S3FaultPlan.Parse(Plan(11).ToString());

        Assert.That(Strikes(parsed, requests), Is.EqualTo(Strikes(plan, requests)));
    }

    [TestCase(1, 1, "101")]
    [TestCase(2, 3, "011")]
    public void Match_Attempts_AreCountedForEachKeyAlone(int from, int to, string expectedOfKeyThenOther)
    {
        S3FaultPlan plan = new();
        plan.Add(new S3FaultRule { Fault = S3Fault.InternalError(), FromAttempt = from, ToAttempt = to });
        FaultSubject key = new("GetObject", "b", "k", null);
        FaultSubject other = key with { Key = "other" };

        // The key's first and second attempt, then the first of another key, or the key's third.
        string struck = string.Concat(
            new[] { key, key, from == 1 ? other : key }.Select(subject => plan.Match(subject).All.Count));

        Assert.That(struck, Is.EqualTo(expectedOfKeyThenOther));
    }

    private static List<string> Strikes(long seed, FaultSubject[] requests) => Strikes(Plan(seed), requests);

    /// <summary>Each attempt and what befell it, sorted: who was struck, and not when.</summary>
    private static List<string> Strikes(S3FaultPlan plan, FaultSubject[] requests)
    {
        Dictionary<FaultSubject, int> attempts = [];
        List<string> found = [];
        foreach (FaultSubject request in requests)
        {
            int attempt = attempts[request] = attempts.GetValueOrDefault(request) + 1;
            foreach (S3Fault fault in plan.Match(request).All) found.Add($"{request} {attempt} {fault}");
        }
        found.Sort(StringComparer.Ordinal);
        return found;
    }

    private static S3FaultPlan Plan(long seed)
    {
        S3FaultPlan plan = new(seed);
        foreach (S3FaultRule rule in Rules) plan.Add(rule);
        return plan;
    }
}
