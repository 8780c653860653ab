-- Accounts the viewer may see, with whose they are and what is owed to them. Grain: one row per account.
-- @text, @segment, @region, @owner, @team: filters, null for all; @now; @order, @descending;
-- @skip, @take (null for all). Columns: key, name, segment, region, owner's key and name, his team's key and name, open, overdue, last
-- contact by a person (either direction), how many accounts there are in all. The conditions of AccountScope.sql and Owing.sql are put in.
with owners as (
  select account_id, staff_key from (
    select distinct on (account_id) account_id, staff_key, ended_at
    from account_assignment
    where role = 'owner' and not deleted and occurred_at <= @now
    order by account_id, occurred_at desc, source_key desc) newest
  where ended_at is null or ended_at > @now
),
members as (
  select staff_key, team_key from (
    select distinct on (staff_key) staff_key, team_key, ended_at
    from team_membership
    where not deleted and occurred_at <= @now
    order by staff_key, occurred_at desc, source_key desc) newest
  where ended_at is null or ended_at > @now
),
fitting as (
  select a.account_id, a.source_key, a.name, a.segment, a.region, o.staff_key, p.name as staff_name, m.team_key, t.name as team_name
  from account a
  left join owners o on o.account_id = a.account_id
  left join staff p on p.source_key = o.staff_key
  left join members m on m.staff_key = o.staff_key
  left join team t on t.source_key = m.team_key
  where not a.deleted and {in_scope}
    and (@text::text is null or strpos(lower(a.name), lower(@text)) > 0 or lower(a.source_key) = lower(@text))
    and (@segment::text is null or a.segment = @segment)
    and (@region::text is null or a.region = @region)
    and (@owner::text is null or o.staff_key = @owner)
    and (@team::text is null or m.team_key = @team)
),
owed as (
  select c.account_id, count(*) as open, count(*) filter (where c.due_at < @now) as overdue
  from commitment c
  where {owing}
  group by c.account_id
),
counted as (
  select f.*, coalesce(w.open, 0) as open, coalesce(w.overdue, 0) as overdue, count(*) over () as total,
    -- Looked up for all only where it orders them.
    case when @order = 'last_contact' then (
      select i.occurred_at from interaction i
      where i.account_id = f.account_id and i.occurred_at <= @now and not i.deleted and i.direction <> 'internal' and not i.automatic and not i.bulk
      order by i.occurred_at desc limit 1) end as sorted_contact
  from fitting f
  left join owed w using (account_id)
),
page as (
  select *, row_number() over (order by
    case when not @descending then case @order when 'segment' then segment when 'region' then region when 'owner' then staff_name when 'name' then name end end,
    case when @descending then case @order when 'segment' then segment when 'region' then region when 'owner' then staff_name when 'name' then name end end desc nulls last,
    case when not @descending then case @order when 'open' then open when 'overdue' then overdue end end,
    case when @descending then case @order when 'open' then open when 'overdue' then overdue end end desc nulls last,
    case when not @descending then sorted_contact end nulls first,
    case when @descending then sorted_contact end desc nulls last,
    name, source_key) as place
  from counted
  order by place
  offset @skip limit @take
)
select p.source_key, p.name, p.segment, p.region, p.staff_key, p.staff_name, p.team_key, p.team_name, p.open, p.overdue, l.occurred_at, p.total
from page p
left join lateral (
  select i.occurred_at from interaction i
  where i.account_id = p.account_id and i.occurred_at <= @now and not i.deleted and i.direction <> 'internal' and not i.automatic and not i.bulk
  order by i.occurred_at desc limit 1) l on true
order by p.place
