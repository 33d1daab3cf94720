using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;

namespace LocalServer;

/// <summary>What went wrong, in the words of the command line.</summary>
internal static class Problems
{
    /// <summary>The message without the name of the library's parameter, which nobody typed.</summary>
    public static string MessageOf(Exception exception) => exception is ArgumentException { ParamName: { } name }
        ? exception.Message.Replace($" (Parameter '{name}')", "", StringComparison.Ordinal)
        : exception.Message;

    /// <summary>Why the server did not start, and what to do about it.</summary>
    public static string OfStart(Exception exception, Startup startup)
    {
        (int port, int? websitePort) = (startup.Server.Port, startup.Server.WebsitePort);
        if (exception.InnerException is AddressInUseException)
        {
            // The message names the address that was tried.
            bool isWebsite = websitePort > 0 && exception.Message.Contains($":{websitePort}:", StringComparison.Ordinal);
            string option = isWebsite ? "--website-port" : "--port";
            return $"{option} {(isWebsite ? websitePort : port)} is in use. Give another, or {option} 0 for a free one.";
        }
        if (exception is not SocketException) return MessageOf(exception);
        // The web sites' port is opened first.
        string tried = websitePort is > 0 and < 1024 ? $"--website-port {websitePort}" : $"--port {port}";
        return $"{tried} cannot be opened: {exception.Message}";
    }
}
