namespace S3Toolkit.Server.Faults;

/// <summary>Thrown through the body's writer to the place that can reset the connection.</summary>
internal sealed class FaultResetException() : Exception("A fault resets the connection.");
