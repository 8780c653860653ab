-- The rows of a measure by group, and what each group is called. Follows a query "scoped". @by: null for one group over all; @zone: the reporting zone.
, grouped as (
  select s.*, case @by::text
      when 'team' then s.team_key
      when 'staff' then s.staff_key
      when 'account' then s.account
      when 'region' then s.region
      when 'segment' then s.segment
      when 'channel' then s.channel
      when 'month' then to_char(s.counted_at at time zone @zone, 'YYYY-MM')
    end as group_key
  from scoped s
),
reasons as (
  select group_key, jsonb_object_agg(excluded, n) as reasons
  from (select group_key, excluded, count(*) as n from grouped where excluded is not null group by 1, 2) r
  group by group_key
),
names as (
  select k.group_key,
    case @by::text
      when 'team' then (select t.name from team t where t.source_key = k.group_key)
      when 'staff' then (select p.name from staff p where p.source_key = k.group_key)
      when 'account' then (select a.name from customer a where a.source_key = k.group_key)
      else k.group_key
    end as group_name,
    coalesce(r.reasons, '{}'::jsonb)::text as reasons
  from (select distinct group_key from grouped) k
  -- As arrays: their nulls are equal, and unlike with “is not distinct from” ten thousand groups are matched by hashing.
  left join reasons r on array[r.group_key] = array[k.group_key]
)
