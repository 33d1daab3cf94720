using Microsoft.Extensions.DependencyInjection;
using S3Toolkit;

var services = new ServiceCollection();
services.AddS3Toolkit().UseEmbeddedServer();
await using var provider = services.BuildServiceProvider();

var buckets = provider.GetRequiredService<IBucketStore>();
await buckets.CreateAsync("packages");
await buckets.Bucket("packages").Upload("hello.txt").FromTextAsync("hello from the packages");
Console.WriteLine(await buckets.Bucket("packages").ReadTextAsync("hello.txt"));
