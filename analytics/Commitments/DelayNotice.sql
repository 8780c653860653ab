-- delay_notice: a customer whose date we no longer expect to meet is told before that date.
-- Grain: one row per milestone and agreed date. Output: the columns of obligation.
-- Inputs: dirty (account_id, since), account_zone, project, milestone, milestone_baseline, milestone_forecast, interaction, and the ledger
-- itself: who was told before `since` is left alone, who is not there was not told before it.
--
-- Opens at the first internal forecast past the date then agreed: the first baseline, or the latest that the customer had acknowledged.
-- Due at the end of that date in the promised calendar's zone. Kept by our first outreach about the project since. The lead is due_at less
-- fulfilled_at (negative: told afterwards), the knowledge lag fulfilled_at less opened_at.
-- Not owed: a milestone accepted or called off by the due time, and a forecast made after either.
with versions as (
  -- A version recorded twice counts once: what was not deleted, then the later record.
  select distinct on (b.account_id, b.milestone_key, b.version) b.*, z.zone, d.since
  from milestone_baseline b
  join dirty d using (account_id)
  join account_zone z using (account_id)
  order by b.account_id, b.milestone_key, b.version, b.deleted, b.occurred_at desc, b.source_key
),
baselines as (
  -- The first is agreed when it is recorded, every other when the customer has acknowledged it.
  select *, case when version = min(version) over (partition by account_id, milestone_key) then occurred_at
      when acknowledged_at is not null then greatest(occurred_at, acknowledged_at) end as agreed_at
  from versions
),
dates as (
  select account_id, since, milestone_key, version, due_on, agreed_at, (due_on + 1)::timestamp at time zone zone as due_at,
    lead(agreed_at) over (partition by account_id, milestone_key order by agreed_at, version) as replaced_at
  from baselines
  where agreed_at is not null
),
expected as (
  select distinct on (a.account_id, a.milestone_key, a.version) a.*, f.occurred_at as opened_at,
    m.project_key, m.deleted, least(m.accepted_at, m.cancelled_at) as over_at
  from dates a
  join milestone m on m.account_id = a.account_id and m.source_key = a.milestone_key
  join milestone_forecast f on f.account_id = a.account_id and f.milestone_key = a.milestone_key and f.forecast_on > a.due_on
    and f.occurred_at >= a.agreed_at and (a.replaced_at is null or f.occurred_at < a.replaced_at)
  order by a.account_id, a.milestone_key, a.version, f.occurred_at, f.source_key
),
owed as (
  select * from expected e
  where (over_at is null or (over_at > due_at and over_at > opened_at))
    and not exists (
      select from commitment c
      where c.account_id = e.account_id and c.kind = (select 'delay_notice') and c.commitment_key = e.milestone_key || '/' || e.version and c.fixed_at < e.since)
),
told as (
  select distinct on (o.account_id, o.milestone_key, o.version) o.*, i.occurred_at as told_at, i.source_key as told_key, i.staff_key, i.channel
  from owed o
  left join interaction i on i.account_id = o.account_id and i.project_key = o.project_key and i.occurred_at >= greatest(o.opened_at, o.since)
    and is_outreach(i.direction, i.kind, i.automatic, i.bulk, i.connected, i.duration_seconds)
  order by o.account_id, o.milestone_key, o.version, i.occurred_at, i.source_key
),
final as (
  select t.account_id, t.milestone_key || '/' || t.version as commitment_key, '' as party, null::text as contact_key, null::text as thread_key,
    t.project_key, null::text as channel, p.manager_key as owner_key, t.opened_at, t.opened_at as first_contact_at, t.due_at,
    t.told_at as fulfilled_at, t.told_key as fulfilled_by_key, t.staff_key as fulfilled_by_staff, t.channel as fulfilled_channel,
    0 as reminders, t.deleted as source_deleted, null::text as outcome, null::numeric as amount, null::text as currency
  from told t
  left join project p on p.account_id = t.account_id and p.source_key = t.project_key
)
select * from final
