namespace S3Toolkit.Server.Faults;

/// <summary>What a request is to the rules: attempts at the same thing are equal.</summary>
internal readonly record struct FaultSubject(string Operation, string BucketName, string Key, int? PartNumber);
