-- check_in: once a quarter somebody from our management asks the customer how it is going.
-- Grain: one row per active account and calendar quarter. Output: the columns of obligation.
-- Inputs: dirty (account_id, since), account, company, sales_order, project, interaction, team, staff; the setting followthrough.horizon.
-- Quarters that were over before `since` are left alone.
--
-- Quarters begin and end in the company's reporting zone. An account is active in a quarter when at its beginning a project ran or an order of
-- the 24 months before stood, and the relationship did not end before the quarter did. Kept by a call of ours that was taken, or a meeting,
-- by a manager: somebody who at that time led a team or had a person reporting to them.
with business as (
  select o.account_id, o.occurred_at as from_at, least(o.occurred_at + interval '24 months', o.cancelled_at) as to_at
  from sales_order o where o.account_id in (select account_id from dirty)
  union all
  select p.account_id, p.occurred_at, coalesce(least(p.accepted_at, p.cancelled_at), 'infinity')
  from project p where p.account_id in (select account_id from dirty)
),
active as (
  -- The quarters whose beginning lies in some business. An order of 24 months before the beginning to the day still counts.
  select b.account_id, q.first_day
  from business b
  cross join company c
  cross join current_setting('followthrough.horizon') h
  cross join generate_series(date_trunc('quarter', b.from_at at time zone c.reporting_zone),
    least(b.to_at, h::timestamptz) at time zone c.reporting_zone, interval '3 months') q(first_day)
  where q.first_day at time zone c.reporting_zone >= b.from_at
  group by 1, 2
),
quarters as (
  select q.account_id, a.source_key, a.deleted, q.first_day, q.first_day at time zone c.reporting_zone as opened_at,
    (q.first_day + interval '3 months') at time zone c.reporting_zone as ends_at,
    coalesce(least(a.closed_at, case when a.deleted then coalesce(a.source_modified_at, a.known_at) end), 'infinity') as closed_at
  from active q
  join dirty d using (account_id)
  join account a using (account_id)
  cross join company c
  where (q.first_day + interval '3 months') at time zone c.reporting_zone >= d.since
),
managers as (
  select lead_key as staff_key, occurred_at as from_at, 'infinity'::timestamptz as to_at
  from team where lead_key is not null and not deleted
  union all
  select manager_key, occurred_at, coalesce(ended_at, 'infinity') from staff where manager_key is not null and not deleted
),
first_talk as (
  select distinct on (q.account_id, q.first_day) q.account_id, q.first_day, i.source_key, i.occurred_at, i.staff_key, i.channel, i.contact_key
  from quarters q
  join interaction i on i.account_id = q.account_id and i.occurred_at >= q.opened_at and i.occurred_at < q.ends_at
  where is_talk(i.direction, i.kind, i.automatic, i.bulk, i.connected, i.duration_seconds) and (i.kind = 'meeting' or i.direction = 'outbound')
    and exists (select from managers m where m.staff_key = i.staff_key and m.from_at <= i.occurred_at and i.occurred_at < m.to_at)
  order by q.account_id, q.first_day, i.occurred_at, i.source_key
),
final as (
  select q.account_id, q.source_key || to_char(q.first_day, '"/"YYYY"-Q"Q') as commitment_key, '' as party, t.contact_key, null::text as thread_key,
    null::text as project_key, null::text as channel, null::text as owner_key, q.opened_at, q.opened_at as first_contact_at, q.ends_at as due_at,
    t.occurred_at as fulfilled_at, t.source_key as fulfilled_by_key, t.staff_key as fulfilled_by_staff, t.channel as fulfilled_channel,
    0 as reminders, q.deleted as source_deleted, null::text as outcome, null::numeric as amount, null::text as currency,
    null::timestamptz as excused_at, null::text as excused_reason, null::text as excused_by, q.ends_at as over_at
  from quarters q
  left join first_talk t on t.account_id = q.account_id and t.first_day = q.first_day
  where q.ends_at <= q.closed_at and q.opened_at <= current_setting('followthrough.horizon')::timestamptz
)
select * from final
