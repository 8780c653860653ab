-- Runs of jobs, latest first. Grain: one row per run. $1: also those that found nothing to do, $2: most rows, $3: offset.
select
  job_run_id, job, cause, started_at, finished_at, outcome, batch_cut_off, done, total, written, removed, note, error, count(*) over () as of_all
from job_run
where $1 or total > 0 or note is not null or outcome <> 'succeeded'
order by started_at desc, job_run_id desc
limit $2 offset $3
