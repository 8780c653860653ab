-- cadence: the customer hears from us as often as the communication plan promised, each stakeholder tier in its own rhythm.
-- Grain: one row per plan and slot. Output: the columns of obligation.
-- Inputs: dirty (account_id, since), account, account_zone, communication_plan, communication_pause, contact, interaction; the setting followthrough.horizon.
-- Slots that were over before `since` are left alone.
--
-- Slots follow each other from the plan's first day, each interval_days long, from midnight to midnight in the promised calendar's zone; the
-- first begins with the plan itself. A plan lasts until its end, the next plan of the same tier, or the end of the relationship.
-- Kept by our outreach to a contact of that tier inside the slot, on whatever channel: the planned one is a preference.
-- Not owed, unless kept before it came to that: a slot the plan does not outlast, and one whose beginning or end lies in a pause.
with plans as (
  select p.account_id, p.source_key, p.tier, p.interval_days, p.channel, p.deleted, z.zone, d.since, p.occurred_at as from_at,
    (p.occurred_at at time zone z.zone)::date as from_day,
    coalesce(least(p.ended_at, a.closed_at, case when p.deleted then coalesce(p.source_modified_at, p.known_at) end,
      lead(p.occurred_at) over (partition by p.account_id, p.tier, p.deleted order by p.occurred_at, p.source_key)), 'infinity') as to_at
  from communication_plan p
  join dirty d using (account_id)
  join account a using (account_id)
  join account_zone z using (account_id)
  where p.interval_days > 0
),
slots as (
  select p.*, n.slot, p.from_day + n.slot * p.interval_days as day,
    case n.slot when 0 then p.from_at else (p.from_day + n.slot * p.interval_days)::timestamp at time zone p.zone end as opened_at,
    (p.from_day + (n.slot + 1) * p.interval_days)::timestamp at time zone p.zone as ends_at
  from plans p
  cross join current_setting('followthrough.horizon') h
  cross join generate_series(0, ((least(p.to_at, h::timestamptz) at time zone p.zone)::date - p.from_day) / p.interval_days) n(slot)
),
begun as (
  select * from slots where ends_at >= since and opened_at < to_at and opened_at <= current_setting('followthrough.horizon')::timestamptz
),
outreach as (
  select distinct on (p.account_id, p.source_key, slot) p.account_id, p.source_key as plan_key,
    ((i.occurred_at at time zone p.zone)::date - p.from_day) / p.interval_days as slot,
    i.source_key, i.occurred_at, i.staff_key, i.channel
  from plans p
  join interaction i on i.account_id = p.account_id and i.occurred_at >= p.from_at and i.occurred_at < p.to_at
    and i.occurred_at >= p.since - make_interval(days => p.interval_days + 1)
    and is_outreach(i.direction, i.kind, i.automatic, i.bulk, i.connected, i.duration_seconds)
  join contact c on c.account_id = i.account_id and c.source_key = i.contact_key and c.tier = p.tier
    and (c.left_at is null or i.occurred_at < c.left_at)
  order by p.account_id, p.source_key, slot, i.occurred_at, i.source_key
),
silenced as (
  select s.account_id, s.source_key, s.slot, min(p.occurred_at) as from_at
  from begun s
  join communication_pause p on p.account_id = s.account_id and p.plan_key = s.source_key and not p.deleted
  where (p.occurred_at <= s.opened_at and s.opened_at < coalesce(p.ended_at, 'infinity'))
    or (p.occurred_at < s.ends_at and s.ends_at <= coalesce(p.ended_at, 'infinity'))
  group by 1, 2, 3
),
judged as (
  select s.*, o.occurred_at as reached_at, o.source_key as reached_key, o.staff_key as reached_by, o.channel as reached_on,
    least(q.from_at, case when s.to_at < s.ends_at then s.to_at end) as cut_at
  from begun s
  left join outreach o on o.account_id = s.account_id and o.plan_key = s.source_key and o.slot = s.slot
  left join silenced q on q.account_id = s.account_id and q.source_key = s.source_key and q.slot = s.slot
),
final as (
  select account_id, source_key || to_char(day, '"/"YYYY-MM-DD') as commitment_key, '' as party, null::text as contact_key,
    null::text as thread_key, null::text as project_key, channel, null::text as owner_key,
    opened_at, opened_at as first_contact_at, ends_at as due_at,
    reached_at as fulfilled_at, reached_key as fulfilled_by_key, reached_by as fulfilled_by_staff, reached_on as fulfilled_channel,
    0 as reminders, deleted as source_deleted, null::text as outcome, null::numeric as amount, null::text as currency,
    null::timestamptz as excused_at, null::text as excused_reason, null::text as excused_by, ends_at as over_at
  from judged
  where cut_at is null or reached_at < cut_at
)
select * from final
