using GenericHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

// The content root is the folder of appsettings.json, wherever the program is started from.
var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { Args = args, ContentRootPath = AppContext.BaseDirectory });

// Options come from the section S3Toolkit:Stores:archive and are checked when the host starts.
var archive = builder.Services.AddS3Toolkit("archive");
if (builder.Configuration.GetValue<bool>("UseEmbeddedServer")) archive.UseEmbeddedServer();

builder.Services.AddSingleton(TimeProvider.System);
builder.Services.AddOptions<ReportOptions>().BindConfiguration("Reports");
builder.Services.AddHostedService<ReportWorker>();

await builder.Build().RunAsync();
