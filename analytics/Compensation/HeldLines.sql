-- Held lines a viewer may see, with what became of them. Grain: one row per run, person and component, the earliest period first. Parameters:
-- @run: of this run, null for every locked one; @plan: of this plan, null for all; @before: of periods that begin before, null for all;
-- the viewer's limits as PayScope.sql has them.
-- Columns: run, period, plan, plan's name, currency, staff, name, component, metric, why it is held, what it comes to
-- in the currency, unrounded (null: not known), the locked run that paid it, with its period and amount, and the same of an open run (null: none).
with held as (
  select r.run_id, r.period, r.from_day, r.plan_id, min(s.document->>'plan_name') as plan_name, min(s.document->>'currency') as currency, s.staff_key, s.staff_name,
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
    and (@plan::text is null or r.plan_id = @plan) and (@before::date is null or r.from_day < @before)
    and {in_scope} and (r.state = 'locked' or @pay_all or s.staff_key is distinct from @pay_staff)
  group by r.run_id, s.staff_key, s.staff_name, l.line->>'component'
), decided as (
  select a.of_run_id, a.staff_key, a.of_component, r.run_id, r.period, r.state, a.amount
  from pay_adjustment a join pay_run r using (run_id)
  where a.kind = 'release' and r.state <> 'abandoned'
)
select h.run_id, h.period, h.plan_id, h.plan_name, h.currency, h.staff_key, h.staff_name, h.component, h.metric, h.why, h.amount,
  p.run_id, p.period, p.amount, o.run_id, o.period, o.amount
from held h
left join lateral (
  select max(d.run_id) as run_id, max(d.period) as period, sum(d.amount) as amount from decided d
  where d.of_run_id = h.run_id and d.staff_key = h.staff_key and d.of_component = h.component and d.state = 'locked') p on true
left join lateral (
  select max(d.run_id) as run_id, max(d.period) as period, sum(d.amount) as amount from decided d
  where d.of_run_id = h.run_id and d.staff_key = h.staff_key and d.of_component = h.component and d.state <> 'locked') o on true
order by h.from_day, h.run_id, h.staff_name, h.staff_key, h.component
