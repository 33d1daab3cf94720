namespace QuickStart;

/// <summary>A step did not do what it should; the message names what differed.</summary>
internal sealed class StepFailedException(string message) : Exception(message);
