namespace S3Toolkit.Server.Notifications;

/// <summary>What is posted to the webhook.</summary>
/// <param name="EventName">What it tells of, for the log.</param>
/// <param name="BucketName">Of which bucket, for the log.</param>
/// <param name="Write">Makes the document, when it is its turn.</param>
internal readonly record struct WebhookMessage(string EventName, string BucketName, Func<string> Write);
