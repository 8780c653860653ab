-- survey: whose project was accepted is asked how it went; and who has a survey calendar is asked as often as it says.
-- Grain: one row per accepted project and one per schedule and slot. Output: the columns of obligation.
-- Inputs: dirty, account, account_zone, project, survey_schedule, survey_invitation; the setting followthrough.horizon.
-- Recomputes the whole account.
--
-- After a project: opens at the acceptance, due at the end of the 7th day after it in the promised calendar's zone. Kept by the first
-- invitation about that project sent since.
-- By the calendar: slots follow each other from the schedule's first day, each interval_days long, from midnight to midnight; the first
-- begins with the schedule itself. Due at the end of the 7th day after the slot's first, in any case with the slot. Kept by the first invitation
-- in the slot with that instrument, to that contact where one is named. A slot that the schedule does not outlast until it is due, because the
-- schedule or the relationship ended, is owed only where it was kept before.
-- An ineligible invitation (wrong address, left the company) reached nobody and keeps nothing.
with accepted as (
  select p.account_id, p.source_key, p.manager_key, p.deleted, p.accepted_at,
    ((p.accepted_at at time zone z.zone)::date + 8)::timestamp at time zone z.zone as due_at
  from project p
  join dirty d using (account_id)
  join account_zone z using (account_id)
  where p.accepted_at is not null
),
after_projects as (
  select distinct on (a.account_id, a.source_key) a.*, i.source_key as invitation_key, i.occurred_at as asked_at, i.contact_key
  from accepted a
  left join survey_invitation i on i.account_id = a.account_id and a.source_key in (i.project_key, i.event_key)
    and i.occurred_at >= a.accepted_at and not i.ineligible
  order by a.account_id, a.source_key, i.occurred_at, i.source_key
),
schedules as (
  select s.account_id, s.source_key, s.instrument, s.contact_key, s.interval_days, s.deleted, z.zone, s.occurred_at as from_at,
    (s.occurred_at at time zone z.zone)::date as from_day,
    -- A record deleted in the source asks for nothing from then on; what was owed before stays.
    coalesce(least(s.ended_at, a.closed_at, case when s.deleted then coalesce(s.source_modified_at, s.known_at) end), 'infinity') as to_at
  from survey_schedule s
  join dirty d using (account_id)
  join account a using (account_id)
  join account_zone z using (account_id)
  where s.interval_days > 0
),
slots as (
  select s.*, s.from_day + n.slot * s.interval_days as day,
    case n.slot when 0 then s.from_at else (s.from_day + n.slot * s.interval_days)::timestamp at time zone s.zone end as opened_at,
    (s.from_day + n.slot * s.interval_days + least(8, s.interval_days))::timestamp at time zone s.zone as due_at,
    (s.from_day + (n.slot + 1) * s.interval_days)::timestamp at time zone s.zone as ends_at
  from schedules s
  cross join current_setting('followthrough.horizon') h
  cross join generate_series(0, ((least(s.to_at, h::timestamptz) at time zone s.zone)::date - s.from_day) / s.interval_days) n(slot)
),
by_calendar as (
  select distinct on (s.account_id, s.source_key, s.day) s.*, i.source_key as invitation_key, i.occurred_at as asked_at,
    coalesce(i.contact_key, s.contact_key) as asked_contact
  from slots s
  left join survey_invitation i on i.account_id = s.account_id and i.instrument = s.instrument and not i.ineligible
    and i.occurred_at >= s.opened_at and i.occurred_at < s.ends_at and (s.contact_key is null or i.contact_key = s.contact_key)
  where s.opened_at < s.to_at and s.opened_at <= current_setting('followthrough.horizon')::timestamptz
  order by s.account_id, s.source_key, s.day, i.occurred_at, i.source_key
),
owed as (
  select account_id, source_key as commitment_key, contact_key, source_key as project_key, manager_key, accepted_at as opened_at, due_at,
    asked_at, invitation_key, deleted
  from after_projects
  union all
  select account_id, source_key || to_char(day, '"/"YYYY-MM-DD'), asked_contact, null, null, opened_at, due_at, asked_at, invitation_key, deleted
  from by_calendar
  where due_at <= to_at or asked_at < to_at
),
final as (
  select account_id, commitment_key, '' as party, contact_key, null::text as thread_key, project_key, null::text as channel,
    manager_key as owner_key, opened_at, opened_at as first_contact_at, due_at,
    asked_at as fulfilled_at, invitation_key as fulfilled_by_key, null::text as fulfilled_by_staff, null::text as fulfilled_channel,
    0 as reminders, deleted as source_deleted, null::text as outcome, null::numeric as amount, null::text as currency
  from owed
)
select * from final
