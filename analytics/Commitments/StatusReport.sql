-- status_report: each week of a running project the customer gets a written status.
-- Grain: one row per project and ISO week. Output: the columns of obligation.
-- Inputs: dirty, account, account_zone, project, status_report; the setting followthrough.horizon. Recomputes the whole account.
--
-- A week opens on its Monday (the first when the project starts) and is due on Friday at 17:00 in the promised calendar's zone. It is owed
-- when the project still runs at that moment; service agreements (retainers) have no schedule to report against and owe none.
-- Kept by a report on that week, whichever of its days the report names as the last, that fills on-time, delay, concern and schedule version.
-- Outcome: late when the complete report came after the cut-off, incomplete when only unfilled ones came, null when nothing or all was right.
with running as (
  select p.account_id, p.source_key, p.manager_key, p.deleted, z.zone, p.occurred_at as from_at,
    -- A record deleted in the source asks for nothing from then on; what was owed before stays.
    coalesce(least(p.accepted_at, p.cancelled_at, a.closed_at, case when p.deleted then coalesce(p.source_modified_at, p.known_at) end),
      'infinity') as to_at
  from project p
  join dirty d using (account_id)
  join account a using (account_id)
  join account_zone z using (account_id)
  where p.contract_type <> 'retainer'
),
weeks as (
  select r.*, w.monday::date as monday,
    greatest(w.monday at time zone r.zone, r.from_at) as opened_at,
    (w.monday::date + 4 + time '17:00') at time zone r.zone as due_at
  from running r
  cross join current_setting('followthrough.horizon') h
  cross join generate_series(date_trunc('week', r.from_at at time zone r.zone), least(r.to_at, h::timestamptz) at time zone r.zone, interval '7 days') w(monday)
),
owed as (
  select * from weeks
  where opened_at < due_at and due_at < to_at and opened_at <= current_setting('followthrough.horizon')::timestamptz
),
reports as (
  select s.account_id, s.project_key, date_trunc('week', s.week_ending)::date as monday, s.source_key, s.occurred_at, s.staff_key,
    num_nonnulls(s.on_time, s.delay, s.concern, s.schedule_version) = 4 as complete
  from status_report s
  where s.account_id in (select account_id from dirty)
),
answered as (
  -- The first complete report, else the first of the others.
  select distinct on (o.account_id, o.source_key, o.monday) o.*, r.source_key as report_key, r.occurred_at as sent_at, r.staff_key, r.complete
  from owed o
  left join reports r on r.account_id = o.account_id and r.project_key = o.source_key and r.monday = o.monday and r.occurred_at >= o.opened_at
  order by o.account_id, o.source_key, o.monday, r.complete desc, r.occurred_at, r.source_key
),
final as (
  select account_id, source_key || to_char(monday, '"/"IYYY"-W"IW') as commitment_key, '' as party, null::text as contact_key,
    null::text as thread_key, source_key as project_key, null::text as channel, manager_key as owner_key,
    opened_at, opened_at as first_contact_at, due_at,
    case when complete then sent_at end as fulfilled_at, case when complete then report_key end as fulfilled_by_key,
    case when complete then staff_key end as fulfilled_by_staff, null::text as fulfilled_channel,
    0 as reminders, deleted as source_deleted,
    case when not complete then 'incomplete' when sent_at > due_at then 'late' end as outcome, null::numeric as amount, null::text as currency
  from answered
)
select * from final
