-- One account as its page heads it. Grain: one row; none when there is none, or none that the viewer may see. @id, @key, @now.
-- Columns: name, segment, region, industry, country, zone, calendar, phone, currency, ended, owner's key and name, his team's key and name,
-- sponsor's key and name. The condition of AccountScope.sql is put in.
with assigned as (
  select role, staff_key, name from (
    select distinct on (o.role) o.role, o.staff_key, p.name, o.ended_at
    from account_assignment o left join staff p on p.source_key = o.staff_key
    where o.account_id = @id and not o.deleted and o.occurred_at <= @now
    order by o.role, o.occurred_at desc, o.source_key desc) newest
  where ended_at is null or ended_at > @now
)
select a.name, a.segment, a.region, a.industry, a.country, coalesce(k.time_zone, a.time_zone), k.name, a.phone, a.currency, a.closed_at,
  w.staff_key, w.name, m.team_key, t.name, s.staff_key, s.name
from account a
left join lateral (
  select c.time_zone, q.name from promised_calendars(a.account_id) c join calendar q on q.source_key = c.calendar_key
  where c.from_at <= @now and @now < c.to_at) k on true
left join assigned w on w.role = 'owner'
left join assigned s on s.role = 'sponsor'
left join lateral (
  select team_key from team_membership
  where staff_key = w.staff_key and not deleted and occurred_at <= @now and (ended_at is null or ended_at > @now)
  order by occurred_at desc, source_key desc limit 1) m on true
left join team t on t.source_key = m.team_key
where a.account_id = @id and a.source_key = @key and {in_scope}
