using S3Toolkit.Server.Pipeline;

namespace S3Toolkit.Server.Tests.Authentication;

/// <summary>Reads the error with which something was refused.</summary>
internal static class Refusal
{
    public static S3Error Of(Action action) => Assert.Throws<S3ErrorException>(() => action())!.Error;

    public static async Task<S3Error> OfAsync(Func<Task> action)
    {
        try
        {
            await action();
        }
        catch (S3ErrorException exception)
        {
            return exception.Error;
        }

        Assert.Fail("Nothing was refused.");
        throw new InvalidOperationException();
    }

    public static Task<S3Error> OfAsync(S3Toolkit.Server.Authentication.Authenticator server, S3HttpRequest request) =>
        OfAsync(async () => await server.AuthenticateAsync(request, CancellationToken.None));

    public static string? Detail(this S3Error error, string element) => error.Details.FirstOrDefault(d => d.Key == element).Value;
}
