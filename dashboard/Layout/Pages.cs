namespace Followthrough.Dashboard.Layout;

/// <summary>The pages behind the sign-in: an address that cannot be understood is answered in words and not guessed at.</summary>
internal static class Pages
{
    internal static RouteGroupBuilder MapPages(this IEndpointRouteBuilder app) =>
        app.MapGroup("").AddEndpointFilter((context, next) =>
            context.Arguments.OfType<PageFrame>().FirstOrDefault() is { Problems.Count: > 0 } frame
                ? ValueTask.FromResult<object?>(Screen.Of<BadAddressPage>(frame, StatusCodes.Status400BadRequest))
                : next(context));
}
