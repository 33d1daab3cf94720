using S3Toolkit;

namespace QuickStart;

/// <summary>Runs steps in order, says what became of each, and stops at the first that fails: each builds on those before.</summary>
internal static class Walk
{
    public static async Task<bool> RunAsync(IReadOnlyList<Step> steps, CancellationToken cancellationToken)
    {
        var held = 0;
        foreach (var step in steps)
        {
            Console.WriteLine($"{held + 1,2}. {step.Title}");
            Console.WriteLine($"    $ {step.AwsCommand}");
            Console.WriteLine($"    boto3: {step.Boto3Call}");
            try
            {
                Console.WriteLine($"    held: {await step.RunAsync(cancellationToken)}\n");
                held++;
            }
            catch (Exception problem)
                when (problem is StepFailedException or S3ToolkitException or IOException or OperationCanceledException)
            {
                Console.WriteLine($"    FAILED: {problem.Message}\n");
                break;
            }
        }

        Console.WriteLine($"{held} of {steps.Count} steps held");
        return held == steps.Count;
    }
}
