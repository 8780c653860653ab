-- Objections to statements. Grain: one row per dispute whose statement the viewer may see, the newest first. @dispute: one, null for all;
-- @run and @staff: of one statement, null for all; the viewer's limits as PayScope.sql has them.
-- Columns: dispute, run, plan, period, currency, staff, name, component, expected, evidence, raised at, by, user, person, due, answer, at, by,
-- accepted, amount, decision, at, by, the run that pays it, its period, its state, first day of the plan's next period, metric of the line.
select d.dispute_id, d.run_id, r.plan_id, r.period, s.document->>'currency', d.staff_key, s.staff_name, d.component, d.expected, d.evidence,
  d.raised_at, d.raised_name, d.raised_user, d.raised_staff, d.answer_due_at, d.answer, d.answered_at, d.answered_by,
  d.accepted, d.amount, d.decision, d.decided_at, d.decided_by,
  p.run_id, p.period, p.state,
  (select max(n.to_day) from pay_run n where n.plan_id = r.plan_id and n.state = 'locked'),
  jsonb_path_query_first(s.document::jsonb, '$.segments[*].lines[*] ? (@.component == $line).input.metric', jsonb_build_object('line', d.component)) #>> '{}'
from pay_dispute d
join pay_run r using (run_id)
join pay_statement s using (run_id, staff_key)
cross join company c
left join lateral (
  select p.run_id, p.period, p.state from pay_adjustment a join pay_run p using (run_id) where a.dispute_id = d.dispute_id and p.state <> 'abandoned' limit 1) p on true
where (@dispute::bigint is null or d.dispute_id = @dispute)
  and (@run::bigint is null or d.run_id = @run) and (@staff::text is null or d.staff_key = @staff)
  and {in_scope}
order by d.raised_at desc, d.dispute_id desc
