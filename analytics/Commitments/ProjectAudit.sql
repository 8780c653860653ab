-- project_audit: after each quarter somebody of another unit audits every project that ran in it.
-- Grain: one row per project and calendar quarter. Output: the columns of obligation.
-- Inputs: dirty, account, company, project, project_audit, team, team_membership; the setting followthrough.horizon. Recomputes the whole account.
--
-- Quarters begin and end in the company's reporting zone. A project is owed one for each quarter in which it ran, service agreements too,
-- unless the relationship with the customer ended before the quarter did. Opens when the quarter is over, due at the end of the 30th day after its last.
-- Kept by the first audit of that project and quarter signed off since then by a person of another unit than the project's. The project's
-- unit is its team's, else its manager's at the end of the quarter; the auditor's is that of the team at the sign-off, else as recorded.
-- Outcome: own_unit when only the project's own unit, or nobody of a known unit, signed off.
with running as (
  select p.account_id, p.source_key, p.manager_key, p.team_key, p.deleted, p.occurred_at as from_at, c.reporting_zone as zone,
    least(p.accepted_at, p.cancelled_at) as over_at,
    -- A record deleted in the source asks for nothing from then on; what was owed before stays.
    coalesce(least(a.closed_at, case when p.deleted then coalesce(p.source_modified_at, p.known_at) end), 'infinity') as closed_at
  from project p
  join dirty d using (account_id)
  join account a using (account_id)
  cross join company c
),
quarters as (
  select r.*, q.first_day, (q.first_day + interval '3 months') at time zone r.zone as opened_at,
    (q.first_day + interval '3 months 30 days') at time zone r.zone - interval '1 microsecond' as due_at
  from running r
  cross join current_setting('followthrough.horizon') h
  cross join generate_series(date_trunc('quarter', r.from_at at time zone r.zone),
    least(r.over_at, h::timestamptz) at time zone r.zone, interval '3 months') q(first_day)
  where coalesce(r.over_at > r.from_at and q.first_day at time zone r.zone < r.over_at, true)
),
owed as (
  select q.*, coalesce(t.unit, u.unit) as unit
  from quarters q
  left join team t on t.source_key = q.team_key and not t.deleted
  left join lateral (
    select m.unit from team_membership s join team m on m.source_key = s.team_key
    where s.staff_key = q.manager_key and not s.deleted and s.occurred_at < q.opened_at and (s.ended_at is null or q.opened_at <= s.ended_at)
    order by s.occurred_at desc, s.source_key limit 1
  ) u on true
  where q.opened_at <= least(q.closed_at, current_setting('followthrough.horizon')::timestamptz)
),
sign_offs as (
  select a.account_id, a.project_key, date_trunc('quarter', a.quarter::timestamp) as first_day, a.source_key, a.auditor_key, a.signed_off_at,
    coalesce(u.unit, a.auditor_unit) as unit
  from project_audit a
  join dirty d using (account_id)
  left join lateral (
    select m.unit from team_membership s join team m on m.source_key = s.team_key
    where s.staff_key = a.auditor_key and not s.deleted and s.occurred_at <= a.signed_off_at and (s.ended_at is null or a.signed_off_at < s.ended_at)
    order by s.occurred_at desc, s.source_key limit 1
  ) u on true
  where a.signed_off_at is not null
),
audited as (
  select distinct on (o.account_id, o.source_key, o.first_day) o.*, s.source_key as audit_key, s.signed_off_at, s.auditor_key,
    coalesce(s.unit <> o.unit, s.unit is not null) as independent
  from owed o
  left join sign_offs s on s.account_id = o.account_id and s.project_key = o.source_key and s.first_day = o.first_day and s.signed_off_at >= o.opened_at
  order by o.account_id, o.source_key, o.first_day, independent desc, s.signed_off_at, s.source_key
),
final as (
  select account_id, source_key || to_char(first_day, '"/"YYYY"-Q"Q') as commitment_key, '' as party, null::text as contact_key,
    null::text as thread_key, source_key as project_key, null::text as channel, manager_key as owner_key,
    opened_at, opened_at as first_contact_at, due_at,
    case when independent then signed_off_at end as fulfilled_at, case when independent then audit_key end as fulfilled_by_key,
    case when independent then auditor_key end as fulfilled_by_staff, null::text as fulfilled_channel,
    0 as reminders, deleted as source_deleted, case when audit_key is not null and not independent then 'own_unit' end as outcome,
    null::numeric as amount, null::text as currency
  from audited
)
select * from final
