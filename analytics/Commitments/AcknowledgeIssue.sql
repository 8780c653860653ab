-- acknowledge_issue: who raises an issue hears from a person of ours, the sooner the more urgent it is.
-- Grain: one row per issue. Output: the columns of obligation. Inputs: dirty (account_id, since), issue, interaction, and the
-- ledger itself: what was acknowledged before `since` is left alone, what is not there had no answer before it.
--
-- Opens when raised; due after the hours of its priority, elapsed. Fulfilled by our first answer, as the respond rule knows it (a
-- message, voicemail or meeting, or a call connected for half a minute; no machine, no mailing), at or after the opening, to the
-- issue's contact on any channel or in its thread. An issue that names neither is answered by a contact that names neither.
-- A change of state alone reaches nobody.
with deadlines (priority, hours) as (
  values ('urgent', 1), ('high', 4), ('normal', 24), ('low', 48)
),
at_stake as (
  select i.*, d.since
  from dirty d join issue i using (account_id)
  where not exists (
    select from commitment c
    where c.account_id = i.account_id and c.kind = (select 'acknowledge_issue') and c.commitment_key = i.source_key and c.fixed_at < d.since)
),
answers as (
  select i.account_id, i.source_key, i.occurred_at, i.contact_key, i.thread_key, i.staff_key, i.channel
  from interaction i
  where not i.automatic and not i.bulk
    and ((i.direction = 'outbound' and i.kind in ('message', 'voicemail'))
      or (i.direction = 'outbound' and i.kind = 'call' and i.connected and i.duration_seconds >= 30)
      or (i.direction <> 'internal' and i.kind = 'meeting'))
),
first_answers as (
  select distinct on (i.account_id, i.source_key) i.account_id, i.source_key as issue_key, a.source_key, a.occurred_at, a.staff_key, a.channel
  from at_stake i
  join answers a on a.account_id = i.account_id and a.occurred_at >= greatest(i.occurred_at, i.since)
    and (a.thread_key = i.thread_key or a.contact_key = i.contact_key
      or (coalesce(a.thread_key, a.contact_key) is null and coalesce(i.thread_key, i.contact_key) is null))
  order by i.account_id, i.source_key, a.occurred_at, a.source_key
),
final as (
  select i.account_id, i.source_key as commitment_key, coalesce(i.contact_key, i.thread_key, '') as party, i.contact_key, i.thread_key, i.project_key,
    i.channel, i.owner_key, i.occurred_at as opened_at, i.occurred_at as first_contact_at, i.occurred_at + make_interval(hours => l.hours) as due_at,
    a.occurred_at as fulfilled_at, a.source_key as fulfilled_by_key, a.staff_key as fulfilled_by_staff, a.channel as fulfilled_channel,
    0 as reminders, i.deleted as source_deleted, null::text as outcome, null::numeric as amount, null::text as currency
  from at_stake i
  join deadlines l using (priority)
  left join first_answers a on a.account_id = i.account_id and a.issue_key = i.source_key
)
select * from final
