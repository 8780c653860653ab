-- When each job runs next and how its last run ended. Grain: one row per job of $1, in that order. $2: name of the schedule.
-- Times of Quartz are ticks of 100 ns; all columns but the id are null where a job was never scheduled or never ended.
select j.id, t.next_fire_time, t.trigger_state, r.outcome, r.started_at, r.error
from unnest($1::text[]) with ordinality j(id, place)
left join quartz.triggers t on t.sched_name = $2 and t.job_name = j.id
left join lateral (
  select outcome, started_at, error from job_run where job = j.id and outcome <> 'running' order by started_at desc, job_run_id desc limit 1
) r on true
order by j.place
