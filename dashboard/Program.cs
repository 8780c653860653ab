using Followthrough.Analytics.Jobs;
using Followthrough.Dashboard.Access;
using Followthrough.Dashboard.Api;
using Followthrough.Dashboard.Compensation;
using Followthrough.Dashboard.Data;
using Followthrough.Dashboard.Exports;
using Followthrough.Dashboard.Hooks;
using Followthrough.Dashboard.Layout;
using Followthrough.Dashboard.Mine;
using Followthrough.Dashboard.Startup;

if (DashboardOptions.AsksForHelp(args))
{
    Console.WriteLine(DashboardOptions.Usage);
    return 0;
}
var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, WebRootPath = Path.Combine(AppContext.BaseDirectory, "wwwroot") });
if (await Opening.TryAsync(builder.Configuration) is not var (options, store)) return 1;
await using var open = store;

builder.WebHost.UseUrls(options.Address);
builder.Logging.AddQuietConsole();
builder.Services.AddSingleton(options);
builder.Services.AddSingleton(store.DataSource);
builder.Services.AddSingleton(store.Folder);
builder.Services.AddSingleton(TimeProvider.System);
builder.Services.AddSingleton(Console.Out);
builder.Services.AddFigures();
builder.Services.AddSingleton<OutcomeDesk>();
builder.Services.AddSingleton<PdfPrinter>();
builder.Services.AddSingleton<Preparation>();
builder.Services.AddJobs();
builder.Services.AddHostedService<FirstStart>();
builder.Services.AddHostedService<KeepFresh>();
builder.Services.AddAccess(builder.Configuration);
builder.Services.AddData();
builder.Services.AddPayPlans();
builder.Services.AddPages();
builder.Services.AddApi();

var app = builder.Build();
app.UseSecurityHeaders();
app.UseResponseCompression();
app.UseErrorPages();
app.UsePageFiles();
app.UsePreparing(app.Services.GetRequiredService<Preparation>());
app.UseRouting();
app.UseAccess();

app.MapHealth();
HookEndpoint.Map(app);
FactsEndpoint.Map(app);
app.MapApi();
app.MapPreparing();
app.MapSignIn();
app.MapPages().MapScreens();

await app.GreetWhenStartedAsync();
return await app.ServeAsync(options);

