-- What the filters of the list of accounts offer a viewer: only what his accounts have. Grain: one row per choice.
-- Columns: choice ('segment', 'region', 'owner' or 'team'), key, name. @now; the condition of AccountScope.sql is put in.
with seen as (
  select a.account_id, a.segment, a.region from account a where not a.deleted and {in_scope}
),
owners as (
  select account_id, staff_key from (
    select distinct on (o.account_id) o.account_id, o.staff_key, o.ended_at
    from account_assignment o join seen using (account_id)
    where o.role = 'owner' and not o.deleted and o.occurred_at <= @now
    order by o.account_id, o.occurred_at desc, o.source_key desc) newest
  where ended_at is null or ended_at > @now
),
members as (
  select staff_key, team_key from (
    select distinct on (staff_key) staff_key, team_key, ended_at
    from team_membership
    where not deleted and occurred_at <= @now and staff_key in (select staff_key from owners)
    order by staff_key, occurred_at desc, source_key desc) newest
  where ended_at is null or ended_at > @now
),
final as (
  select distinct 'segment' as choice, segment as key, segment as name from seen where segment is not null
  union all
  select distinct 'region', region, region from seen where region is not null
  union all
  select 'owner', o.staff_key, coalesce(p.name, o.staff_key)
  from (select distinct staff_key from owners) o left join staff p on p.source_key = o.staff_key
  union all
  select 'team', m.team_key, coalesce(t.name, m.team_key)
  from (select distinct team_key from members) m left join team t on t.source_key = m.team_key
)
select choice, key, name from final order by choice, name, key
