-- survey: whose project was accepted is asked how it went.
-- Grain: one row per accepted project. Output: the columns of obligation.
-- Inputs: dirty, account_zone, project, survey_invitation. Recomputes the whole account.
--
-- Opens at the acceptance, due at the end of the 7th day after it in the promised calendar's zone. Kept by the first invitation about that
-- project sent since; an ineligible one (wrong address, left the company) reached nobody and keeps nothing.
with accepted as (
  select p.account_id, p.source_key, p.manager_key, p.deleted, p.accepted_at,
    ((p.accepted_at at time zone z.zone)::date + 8)::timestamp at time zone z.zone as due_at
  from project p
  join dirty d using (account_id)
  join account_zone z using (account_id)
  where p.accepted_at is not null
),
asked as (
  select distinct on (a.account_id, a.source_key) a.account_id, a.source_key as project_key, i.source_key, i.occurred_at, i.contact_key
  from accepted a
  join survey_invitation i on i.account_id = a.account_id and a.source_key in (i.project_key, i.event_key)
    and i.occurred_at >= a.accepted_at and not i.ineligible
  order by a.account_id, a.source_key, i.occurred_at, i.source_key
),
final as (
  select a.account_id, a.source_key as commitment_key, '' as party, i.contact_key, null::text as thread_key,
    a.source_key as project_key, null::text as channel, a.manager_key as owner_key,
    a.accepted_at as opened_at, a.accepted_at as first_contact_at, a.due_at,
    i.occurred_at as fulfilled_at, i.source_key as fulfilled_by_key, null::text as fulfilled_by_staff, null::text as fulfilled_channel,
    0 as reminders, a.deleted as source_deleted, null::text as outcome, null::numeric as amount, null::text as currency
  from accepted a
  left join asked i on i.account_id = a.account_id and i.project_key = a.source_key
)
select * from final
