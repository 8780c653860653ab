-- resolve_issue: an issue is resolved for good, the sooner the more urgent it is.
-- Grain: one row per issue. Output: the columns of obligation. Inputs: dirty (account_id), issue, issue_state. Always the whole account.
--
-- Opens when raised; due after the hours of its priority, elapsed, however long it waited for the customer. Fulfilled by the first
-- entry into a resolved or closed state that survives seven days: any other state entered within them undoes it, one entered later is
-- a new matter. Until the seven days are over a resolution is provisional. Outcome 'reopened' when an earlier one had been undone.
with deadlines (priority, hours) as (
  values ('urgent', 8), ('high', 24), ('normal', 120), ('low', 240)
),
states as (
  select s.account_id, s.issue_key, s.source_key, s.occurred_at, s.staff_key, s.state in ('resolved', 'closed') as done,
    -- Of states entered at one instant the resolution is the last.
    min(s.occurred_at) filter (where s.state not in ('resolved', 'closed')) over (
      partition by s.account_id, s.issue_key order by s.occurred_at, s.state in ('resolved', 'closed'), s.source_key
      rows between 1 following and unbounded following) as back_at
  from dirty d join issue_state s using (account_id)
),
resolutions as (
  select *, back_at is null or back_at > occurred_at + interval '168 hours' as survives
  from states
  where done
),
undone as (
  select account_id, issue_key, min(occurred_at) as first_at from resolutions where not survives group by account_id, issue_key
),
resolved as (
  select distinct on (account_id, issue_key) account_id, issue_key, source_key, occurred_at, staff_key
  from resolutions
  where survives
  order by account_id, issue_key, occurred_at, source_key
),
final as (
  select i.account_id, i.source_key as commitment_key, coalesce(i.contact_key, i.thread_key, '') as party, i.contact_key, i.thread_key, i.project_key,
    i.channel, i.owner_key, i.occurred_at as opened_at, i.occurred_at as first_contact_at, i.occurred_at + make_interval(hours => l.hours) as due_at,
    r.occurred_at as fulfilled_at, r.source_key as fulfilled_by_key, r.staff_key as fulfilled_by_staff, null::text as fulfilled_channel,
    0 as reminders, i.deleted as source_deleted, case when u.first_at < r.occurred_at then 'reopened' end as outcome,
    null::numeric as amount, null::text as currency
  from dirty d
  join issue i using (account_id)
  join deadlines l using (priority)
  left join resolved r on r.account_id = i.account_id and r.issue_key = i.source_key
  left join undone u on u.account_id = i.account_id and u.issue_key = i.source_key
)
select * from final
