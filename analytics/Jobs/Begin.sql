-- Opens the record of a run and puts the older ones in order. Inputs: batch; @job, @cause, @now, @silent_since, @idle_since. Output: the run's id.
with lost as (
  update job_run set outcome = 'lost', finished_at = seen_at
  where outcome = 'running' and seen_at < @silent_since
),
forgotten as (
  delete from job_run where job = @job and started_at < @idle_since and outcome = 'succeeded' and total = 0 and note is null
)
insert into job_run (job, cause, started_at, seen_at, outcome, batch_cut_off, done, total, written, removed)
select @job, @cause, @now, @now, 'running', coalesce(max(batch_id), 0), 0, 0, 0, 0 from batch
returning job_run_id
