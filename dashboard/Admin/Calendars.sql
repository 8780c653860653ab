-- Calendars with their hours and special days. Grain: one row per weekly interval and per special interval, at least one per calendar.
-- Columns: calendar's key, name and zone, which fact the row is (null for none), its key, weekday, day, name, opens, closes (minutes), valid from and to.
select c.source_key, c.name, c.time_zone, f.fact, f.source_key, f.weekday, f.day, f.name, f.opens_minute, f.closes_minute, f.valid_from, f.valid_to
from calendar c
left join lateral (
  select 'calendar_hours' as fact, h.source_key, h.weekday, null::date as day, null as name, h.opens_minute, h.closes_minute, h.valid_from, h.valid_to
  from calendar_hours h
  where h.calendar_key = c.source_key and not h.deleted
  union all
  select 'special_day', d.source_key, null, d.day, d.name, d.opens_minute, d.closes_minute, null, null
  from special_day d
  where d.calendar_key = c.source_key and not d.deleted
) f on true
where not c.deleted
order by c.name, c.source_key, f.fact, f.valid_from nulls first, f.weekday, f.day desc, f.opens_minute
