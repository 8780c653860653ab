-- deliver and deliver_current: a milestone is accepted by the date agreed for it.
-- Grain: one row per milestone that has a first baseline. Output: the columns of obligation. Inputs: dirty (account_id), milestone,
-- milestone_baseline, project; account, calendar and company for the zone of the deadline; @kind. Always the whole account.
--
-- Opens when the first date was agreed; due at the end of that day, in the zone of the promised calendar, else of the company.
-- deliver is held to the first date (B0) for ever. deliver_current is held to the date that stands: a later version moves it only with
-- a reason, an approver and the customer's acknowledgement, all before the date it moves has passed; so a new date after the fact
-- cures nothing, and neither does one that builds on a version that did not count.
-- Fulfilled when accepted. Cancelled by the customer before due is excluded; cancelled later or by others stays owed.
with recursive zones as (
  select distinct on (a.account_id) a.account_id, coalesce(k.time_zone, c.reporting_zone) as time_zone
  from dirty d join account a using (account_id) cross join company c
  left join calendar k on k.source_key = a.calendar_key and not k.deleted
  order by a.account_id, a.source_key
),
baselines as (
  select b.account_id, b.milestone_key, b.version, b.occurred_at,
    (b.due_on + 1)::timestamp at time zone z.time_zone - interval '1 microsecond' as due_at,
    -- When all that it takes was there; null for a version that moves nothing.
    case when b.version > 0 and trim(b.reason) <> '' and b.approved_by_key is not null and b.acknowledged_at is not null
      then greatest(b.occurred_at, b.acknowledged_at) end as agreed_at,
    row_number() over (partition by b.account_id, b.milestone_key order by b.version, b.occurred_at, b.source_key) as step
  from milestone_baseline b join zones z using (account_id)
),
dates as (
  -- The date that stands after each version.
  select account_id, milestone_key, step, occurred_at as opened_at, due_at
  from baselines
  where step = 1 and version = 0
  union all
  select d.account_id, d.milestone_key, b.step, d.opened_at,
    case when b.agreed_at <= d.due_at then b.due_at else d.due_at end
  from dates d
  join baselines b on b.account_id = d.account_id and b.milestone_key = d.milestone_key and b.step = d.step + 1
  where @kind = 'deliver_current'
),
standing as (
  select distinct on (account_id, milestone_key) account_id, milestone_key, opened_at, due_at
  from dates
  order by account_id, milestone_key, step desc
),
milestones as (
  select m.*, s.opened_at, s.due_at, p.manager_key,
    m.cancelled_by = 'customer' and m.cancelled_at <= s.due_at and coalesce(m.accepted_at > m.cancelled_at, true) as called_off
  from standing s
  join milestone m on m.account_id = s.account_id and m.source_key = s.milestone_key
  left join project p on p.account_id = m.account_id and p.source_key = m.project_key
),
final as (
  select account_id, source_key as commitment_key, '' as party, null::text as contact_key, null::text as thread_key, project_key,
    null::text as channel, manager_key as owner_key, opened_at, opened_at as first_contact_at, due_at,
    accepted_at as fulfilled_at, null::text as fulfilled_by_key, null::text as fulfilled_by_staff, null::text as fulfilled_channel,
    0 as reminders, deleted as source_deleted,
    case when accepted_at is null and cancelled_at is not null then 'cancelled' end as outcome,
    null::numeric as amount, null::text as currency,
    case when called_off then cancelled_at end as excused_at,
    case when called_off then 'cancelled by the customer' end as excused_reason, null::text as excused_by
  from milestones
)
select * from final
