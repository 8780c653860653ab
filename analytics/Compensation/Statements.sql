-- Statements a viewer may see. Grain: one row per statement, by name within a run, the latest period first. Parameters: @run and @staff: null
-- for all; the viewer's limits as PayScope.sql has them. Who sees but his own pay sees it once it is locked.
-- Columns: run, staff, name, own, adjusted, carried in, payable, held, carried out, hash, document (null unless @documents), what the
-- statement before paid (null for none), whether it was reviewed, state of the run, plan, period, plan's name, currency.
select r.run_id, s.staff_key, s.staff_name, s.own, s.adjusted, s.carried_in, s.payable, s.held, s.carried_out, s.hash,
  case when @documents then s.document::text end,
  (select b.payable from pay_run p join pay_statement b on b.run_id = p.run_id and b.staff_key = s.staff_key
   where p.plan_id = r.plan_id and p.state = 'locked' and p.from_day < r.from_day order by p.from_day desc limit 1),
  {reviewed},
  r.state, r.plan_id, r.period, p.name, p.currency
from pay_run r
-- The same in every statement of a run.
cross join lateral (select d.document->>'plan_name' as name, d.document->>'currency' as currency from pay_statement d where d.run_id = r.run_id limit 1) p
join pay_statement s using (run_id)
cross join company c
where (@run::bigint is null or r.run_id = @run) and (@staff::text is null or s.staff_key = @staff)
  and {in_scope} and (r.state = 'locked' or @pay_all or s.staff_key is distinct from @pay_staff) and (r.state <> 'abandoned' or @pay_all)
order by r.from_day desc, r.run_id desc, s.staff_name, s.staff_key
