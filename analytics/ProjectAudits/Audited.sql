-- Projects that are owed an audit of a quarter, and how far it is. The population is the ledger's own: what the kind project_audit asks for.
-- Grain: one row per project and calendar quarter, by customer and project. @from, @to: when the commitments opened, which is when their
-- quarter was over; @account, @commitment: one of them, null for all.
-- An audit is done here (audit_case) or in another system, which sent a fact of it. Of several of those the one that keeps the commitment
-- comes first, then the one signed off last.
with owed as (
  select c.*, ((c.opened_at at time zone f.reporting_zone)::date - 1) as quarter
  from commitment c
  cross join company f
  where c.kind = 'project_audit' and c.opened_at >= @from and c.opened_at < @to
    and (@account::bigint is null or c.account_id = @account) and (@commitment::text is null or c.commitment_key = @commitment)
),
cases as (
  -- The customer may have been found to be another since.
  select k.*, coalesce(m.survivor_id, k.account_id) as survivor_id
  from audit_case k
  left join account_merge m on m.account_id = k.account_id and m.undone_at is null
  where @commitment::text is null or k.commitment_key = @commitment
),
looked as (
  select case_id, count(*) as items, count(verdict) as judged, count(*) filter (where verdict = 'exception') as exceptions from audit_item group by case_id
),
found as (
  select case_id, count(*) as findings, count(*) filter (where closed_at is null) as open, count(*) filter (where severity = 'high') as high from audit_finding group by case_id
),
placed as (
  select o.*, p.name as project_name, p.manager_key, p.team_key as project_team, p.occurred_at as began_at, p.accepted_at, p.contract_type, p.contract_value,
    p.budget_cost, p.currency as project_currency, p.planned_end, coalesce(t.unit, u.unit) as unit
  from owed o
  left join project p on p.account_id = o.account_id and p.source_key = o.project_key
  left join team t on t.source_key = p.team_key and not t.deleted
  left join lateral (
    select m.unit from team_membership s join team m on m.source_key = s.team_key
    where s.staff_key = p.manager_key and not s.deleted and s.occurred_at < o.opened_at and (s.ended_at is null or o.opened_at <= s.ended_at)
    order by s.occurred_at desc, s.source_key limit 1
  ) u on true
)
select a.source_key, a.name, o.commitment_key, o.project_key, coalesce(o.project_name, o.project_key), o.manager_key, coalesce(g.name, o.manager_key),
  coalesce(t.name, o.project_team), o.unit, o.quarter, o.opened_at, o.due_at, o.fulfilled_at, o.excused_reason,
  k.case_id, k.auditor_key, coalesce(n.name, k.auditor_key), k.auditor_unit, k.assigned_at, k.assigned_by, k.seed, k.drawn_at, k.communications, k.commitments,
  k.signed_at, k.signed_by, k.rating, k.summary,
  coalesce(l.items, 0), coalesce(l.judged, 0), coalesce(l.exceptions, 0), coalesce(f.findings, 0), coalesce(f.open, 0), coalesce(f.high, 0),
  e.source_key, e.auditor_key, coalesce(s.name, e.auditor_key), e.auditor_unit, e.occurred_at, e.signed_off_at, e.rating, e.summary,
  coalesce(e.source_key = o.fulfilled_by_key, false),
  o.began_at, o.accepted_at, o.contract_type, o.contract_value, o.budget_cost, o.project_currency, o.planned_end
from placed o
join customer a on a.account_id = o.account_id
left join cases k on k.survivor_id = o.account_id and k.commitment_key = o.commitment_key
left join looked l on l.case_id = k.case_id
left join found f on f.case_id = k.case_id
left join staff g on g.source_key = o.manager_key
left join team t on t.source_key = o.project_team
left join staff n on n.source_key = k.auditor_key
left join lateral (
  select x.* from project_audit x
  where x.account_id = o.account_id and x.project_key = o.project_key and not x.deleted and not starts_with(x.source_key, @own)
    and date_trunc('quarter', x.quarter::timestamp) = date_trunc('quarter', o.quarter::timestamp)
  order by x.source_key is not distinct from o.fulfilled_by_key desc, x.signed_off_at desc nulls last, x.occurred_at desc, x.source_key
  limit 1
) e on true
left join staff s on s.source_key = e.auditor_key
order by a.name, coalesce(o.project_name, o.project_key), o.commitment_key
