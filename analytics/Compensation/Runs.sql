-- Pay runs with what a viewer may see of them. Grain: one row per run of which he may see a statement, or that holds none and he sees all;
-- the latest period first. Parameters: @run: one, null for all; the viewer's limits as PayScope.sql has them.
-- Who sees but his own pay sees it once it is locked.
-- Columns: as PayRunRows reads a run, then: plan's name, currency, statements, payable, held, adjusted, carried forward, unreviewed.
select r.run_id, r.plan_id, r.period, r.from_day, r.to_day, r.state, r.as_of, r.versions, r.control_total, r.control_rows, r.hash,
  coalesce(p.name, r.plan_id), p.currency, count(s.staff_key), coalesce(sum(s.payable), 0), coalesce(sum(s.held), 0), coalesce(sum(s.adjusted), 0),
  coalesce(sum(s.carried_out), 0),
  count(s.staff_key) filter (where not {reviewed})
from pay_run r
cross join company c
-- Every statement of a run has them, and one document is read much faster than ten thousand.
left join lateral (select d.document->>'plan_name' as name, d.document->>'currency' as currency from pay_statement d where d.run_id = r.run_id limit 1) p on true
left join pay_statement s on s.run_id = r.run_id and {in_scope} and (r.state = 'locked' or @pay_all or s.staff_key is distinct from @pay_staff)
where (@run::bigint is null or r.run_id = @run) and (@pay_all or s.staff_key is not null) and (r.state <> 'abandoned' or @pay_all)
group by r.run_id, p.name, p.currency
order by r.from_day desc, r.plan_id, r.run_id desc
