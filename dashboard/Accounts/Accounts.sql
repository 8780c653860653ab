-- Accounts the viewer may see, with whose they are and what is owed to them. Grain: one row per account.
-- @text, @segment, @region, @owner, @team: filters, null for all; @now; @order, @descending;
-- @skip, @take (null for all). Columns: key, name, segment, region, owner's key and name, his team's key and name, open, overdue, last
-- contact by a person (either direction), how many accounts there are in all. AccountParts puts the
-- conditions and the shared tables in.
with {current_owners},
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
    case when @order = 'last_contact' then {last_contact} end as sorted_contact
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
select f.source_key, f.name, f.segment, f.region, f.staff_key, f.staff_name, f.team_key, f.team_name, f.open, f.overdue, {last_contact} as last_contact, f.total
from page f
order by f.place
