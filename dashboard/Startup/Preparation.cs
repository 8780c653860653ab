namespace Followthrough.Dashboard.Startup;

/// <summary>How far the first start is. Written by one task, read by the page that shows it.</summary>
public sealed class Preparation
{
    private volatile PreparationStep _step = new("Starting", null);
    private volatile string? _failure;
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What is being done.</summary>
    public PreparationStep Step => _step;

    /// <summary>What went wrong, with what to do; null while all is well.</summary>
    public string? Failure => _failure;

    /// <summary>True when the pages can be served.</summary>
    public bool IsDone => _done.Task.IsCompleted;

    /// <summary>Ends when the pages can be served.</summary>
    public Task WhenDone => _done.Task;

    internal void Report(string what, double? share) => _step = new PreparationStep(what, share);

    internal void Fail(string why) => _failure = why;

    internal void Finish() => _done.TrySetResult();
}

/// <summary>A step of the first start.</summary>
/// <param name="What">In words.</param>
/// <param name="Share">Finished part, 0 to 1; null when it cannot be told.</param>
public sealed record PreparationStep(string What, double? Share);
