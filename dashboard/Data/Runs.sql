-- Runs of jobs, latest first. Grain: one row per run. $1: also those that found nothing to do, $2: most rows, $3: offset,
-- $4: the action in the log by which somebody starts a job; asked_by is who did, and the first run after that is his.
with listed as (
  select *, count(*) over () as of_all
  from job_run
  where $1 or total > 0 or note is not null or outcome <> 'succeeded'
  order by started_at desc, job_run_id desc
  limit $2 offset $3
)
select
  r.job_run_id, r.job, r.cause, r.started_at, r.finished_at, r.outcome, r.batch_cut_off, r.done, r.total, r.written, r.removed, r.note, r.error,
  r.of_all, asked.who as asked_by
from listed r
left join lateral (
  select l.who from access_log l
  where l.at > r.started_at - interval '1 hour' and l.at <= r.started_at and l.action = $4 and l.subject = r.job
    and not exists (select from job_run o where o.job = r.job and o.started_at >= l.at and o.started_at < r.started_at)
  order by l.at desc
  limit 1
) asked on r.cause = 'schedule'
order by r.started_at desc, r.job_run_id desc
