-- Held lines a viewer may see, with what became of them. Grain: one row per run, person and component, the earliest period first. Parameters:
-- @run: of this run, null for every locked one; @staff: of this person, null for all; @plan: of this plan, null for all; @before: of periods
-- that begin before, null for all; the viewer's limits as PayScope.sql has them.
-- Columns: run, period, plan, plan's name, currency, staff, name, component, metric, why it is held, what it comes to
-- in the currency, unrounded (null: not known), first day of the plan's next period, what runs pay for it (JSON, null: none does).
with held as (
  select r.run_id, r.period, r.from_day, r.to_day, r.plan_id, min(s.document->>'plan_name') as plan_name, min(s.document->>'currency') as currency, s.staff_key, s.staff_name,
    l.line->>'component' as component, min(l.line->'input'->>'metric') as metric,
    string_agg(distinct l.line->>'why', '; ') as why,
    -- Of a pool a line has a share, which is known by the statement alone.
    case when bool_and(l.line->>'amount' is not null and s.document->>'pool' is null) then sum((l.line->>'amount')::numeric) end as amount
  from pay_run r
  join pay_statement s using (run_id)
  cross join company c
  cross join lateral json_array_elements(s.document->'segments') g(segment)
  cross join lateral json_array_elements(g.segment->'lines') l(line)
  where s.document::text like '%"state":"held"%' and l.line->>'state' = 'held'
    and (r.run_id = @run or (@run::bigint is null and r.state = 'locked'))
    and (@staff::text is null or s.staff_key = @staff) and (@plan::text is null or r.plan_id = @plan) and (@before::date is null or r.from_day < @before)
    and {in_scope} and (r.state = 'locked' or @pay_all or s.staff_key is distinct from @pay_staff)
  group by r.run_id, s.staff_key, s.staff_name, l.line->>'component'
), said as (
  select run_id, step, staff_key, by_name, words, max(at) as at from pay_step where step in ('released', 'approved') group by run_id, step, staff_key, by_name, words
), decided as (
  select a.of_run_id, a.staff_key, a.of_component, json_agg(json_build_object(
    'run', r.run_id, 'period', r.period, 'amount', a.amount, 'is_locked', r.state = 'locked', 'by', a.decided_by, 'words', case when a.decided_by is not null then a.cause end,
    -- When somebody decided it; where a figure did, when the run was locked that pays it.
    'at', to_char(case when a.decided_by is null then l.at else d.at end at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
  ) order by r.from_day, a.adjustment_id) as decisions
  from pay_adjustment a
  join pay_run r using (run_id)
  left join said d on d.run_id = a.run_id and d.step = 'released' and d.staff_key = a.staff_key and d.by_name = a.decided_by and d.words = a.cause
  left join said l on l.run_id = a.run_id and l.step = 'approved'
  -- What an open run would pay is not there for whom it pays.
  where a.kind = 'release' and r.state <> 'abandoned' and a.of_run_id in (select run_id from held)
    and (r.state = 'locked' or @pay_all or a.staff_key is distinct from @pay_staff)
  group by a.of_run_id, a.staff_key, a.of_component
)
select h.run_id, h.period, h.plan_id, h.plan_name, h.currency, h.staff_key, h.staff_name, h.component, h.metric, h.why, h.amount,
  coalesce((select max(n.to_day) from pay_run n where n.plan_id = h.plan_id and n.state = 'locked'), h.to_day), d.decisions::text
from held h
left join decided d on d.of_run_id = h.run_id and d.staff_key = h.staff_key and d.of_component = h.component
order by h.from_day, h.run_id, h.staff_name, h.staff_key, h.component
