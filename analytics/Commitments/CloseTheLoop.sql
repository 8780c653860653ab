-- close_the_loop: a customer who told us that we disappoint hears from a person of ours.
-- Grain: one row per detractor's answer. Output: the columns of obligation.
-- Inputs: dirty (account_id, since), survey_invitation, survey_response, interaction, and the ledger itself: whom we reached before `since` is
-- left alone, who is not there was not reached before it.
--
-- Opens at an answer of 0 to 6 on the recommendation question (NPS, asked on its own scale of 0 to 10), given to us or to a third party by
-- a person we know; due after 48 hours of elapsed time. Kept by our first outreach to that person since, on any channel.
with detractors as (
  select r.account_id, r.source_key, coalesce(r.contact_key, v.contact_key) as contact_key, r.project_key, r.staff_key, r.occurred_at, r.deleted, d.since
  from dirty d
  join survey_response r using (account_id)
  left join survey_invitation v on v.account_id = r.account_id and v.source_key = r.invitation_key
  where r.measure = 'nps' and r.scale_min = 0 and r.scale_max = 10 and r.score <= 6
    and r.source in ('own', 'third_party') and coalesce(r.contact_key, v.contact_key) is not null
    and not exists (
      select from commitment c
      where c.account_id = r.account_id and c.kind = (select 'close_the_loop') and c.commitment_key = r.source_key and c.fixed_at < d.since)
),
reached as (
  select distinct on (d.account_id, d.source_key) d.account_id, d.source_key as response_key, i.source_key, i.occurred_at, i.staff_key, i.channel
  from detractors d
  join interaction i on i.account_id = d.account_id and i.contact_key = d.contact_key and i.occurred_at >= greatest(d.occurred_at, d.since)
    and is_outreach(i.direction, i.kind, i.automatic, i.bulk, i.connected, i.duration_seconds)
  order by d.account_id, d.source_key, i.occurred_at, i.source_key
),
final as (
  select d.account_id, d.source_key as commitment_key, d.contact_key as party, d.contact_key, null::text as thread_key, d.project_key,
    null::text as channel, d.staff_key as owner_key,
    d.occurred_at as opened_at, d.occurred_at as first_contact_at, d.occurred_at + interval '48 hours' as due_at,
    r.occurred_at as fulfilled_at, r.source_key as fulfilled_by_key, r.staff_key as fulfilled_by_staff, r.channel as fulfilled_channel,
    0 as reminders, d.deleted as source_deleted, null::text as outcome, null::numeric as amount, null::text as currency
  from detractors d
  left join reached r on r.account_id = d.account_id and r.response_key = d.source_key
)
select * from final
