-- Who is responsible for each obligation, as things stood when it opened: owner, team, promised calendar; and whether it was excused,
-- by a person's decision or else by the definition.
-- The same for every kind. Grain: one row per obligation. Output: the columns of commitment. Input: obligation; @kind, @version,
-- @next_business_day (whether the kind has that variant), @only_matured (whether one counts only once its due time has passed).
with accounts as materialized (
  select distinct account_id from obligation
),
owners as (
  -- One owner at a time: an assignment also ends when the next begins.
  -- The offset 0 here and below keep look-ups each account's own, whatever else there is.
  select a.account_id, o.staff_key, o.occurred_at as from_at,
    least(o.ended_at, lead(o.occurred_at) over (partition by a.account_id order by o.occurred_at, o.source_key)) as to_at
  from accounts a
  cross join lateral (select * from account_assignment where account_id = a.account_id and role = 'owner' and not deleted offset 0) o
),
memberships as (
  select staff_key, team_key, occurred_at as from_at,
    least(ended_at, lead(occurred_at) over (partition by staff_key order by occurred_at, source_key)) as to_at
  from team_membership
  where not deleted
),
excuses as (
  select distinct on (account_id, subject_key) account_id, subject_key, occurred_at, reason, staff_key
  from disposition
  where commitment_kind = @kind and not deleted and account_id in (select account_id from accounts)
    -- A recorded "nothing to offer" keeps that commitment; it excuses nothing.
    and commitment_kind <> 'next_offer'
  order by account_id, subject_key, occurred_at, source_key
),
promised as (
  select d.account_id, c.* from accounts d cross join lateral promised_calendars(d.account_id) c where @next_business_day
),
groups as (
  select a.account_id, g.segment, g.region
  from accounts a
  cross join lateral (select segment, region from account where account_id = a.account_id order by source_key limit 1) g
),
owned as (
  select o.*, coalesce(o.owner_key, w.staff_key) as owed_by
  from obligation o
  left join owners w on w.account_id = o.account_id and w.from_at <= o.opened_at and (w.to_at is null or o.opened_at < w.to_at)
),
final as (
  select o.account_id, @kind as kind, o.commitment_key, @version as definition_version, o.party, o.contact_key, o.thread_key,
    o.project_key, o.channel, o.owed_by, m.team_key, o.opened_at, o.first_contact_at, o.due_at,
    -- The same time of day on the next open day of the promised calendar.
    (b.next_open_day + (o.opened_at at time zone p.time_zone)::time) at time zone p.time_zone as due_next_business_day,
    o.fulfilled_at, o.fulfilled_by_key, o.fulfilled_by_staff, o.fulfilled_channel,
    coalesce(e.occurred_at, o.excused_at) as excused_at,
    case when e.occurred_at is null then o.excused_reason else e.reason end as excused_reason,
    case when e.occurred_at is null then o.excused_by else e.staff_key end as excused_by,
    o.reminders::integer as reminders, o.source_deleted, o.outcome, o.amount, o.currency, g.segment, g.region,
    greatest(o.opened_at, coalesce(o.fulfilled_at, o.over_at, 'infinity')) as fixed_at
  from owned o
  left join memberships m on m.staff_key = o.owed_by and m.from_at <= o.opened_at and (m.to_at is null or o.opened_at < m.to_at)
  left join excuses e on e.account_id = o.account_id and e.subject_key = o.commitment_key
  left join promised p on p.account_id = o.account_id and p.from_at <= o.opened_at and o.opened_at < p.to_at
  left join groups g on g.account_id = o.account_id
  left join business_day b on b.calendar_key = p.calendar_key and b.day = (o.opened_at at time zone p.time_zone)::date
)
select *, case
    when excused_at is not null then greatest(opened_at, excused_at)
    when fulfilled_at is not null and not @only_matured then greatest(opened_at, fulfilled_at)
    else greatest(opened_at, fulfilled_at, due_at, due_next_business_day)
  end as settles_at
from final
