namespace QuickStart;

/// <summary>One step of the walk.</summary>
/// <param name="Title">What it does.</param>
/// <param name="AwsCommand">The command of the AWS CLI that it stands for.</param>
/// <param name="Boto3Call">The call of boto3 that it stands for.</param>
/// <param name="RunAsync">Does it; returns what held, or throws a <see cref="StepFailedException"/>.</param>
internal sealed record Step(string Title, string AwsCommand, string Boto3Call, Func<CancellationToken, Task<string>> RunAsync);
