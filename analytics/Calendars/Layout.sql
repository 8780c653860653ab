-- Lays every calendar out as absolute open intervals and business days, from 2000 to @until.
-- Grain: open_interval one row an interval, business_day one row a calendar and date. Inputs: calendar, calendar_hours, special_day.
-- A calendar is open whenever the clock on its wall shows a time within its hours: a minute that daylight saving skips is not there,
-- one that it repeats counts twice.
delete from open_interval;
delete from business_day;

-- A table of its own, counted before the next statement is planned: a guess too low there costs minutes.
create temporary table calendar_day (
  calendar_key text, day date, weekday integer, is_special boolean, utc_offset interval, from_at timestamp, to_at timestamp);

with midnights as (
  -- In UTC and without a zone, so that the session's own zone plays no part.
  select time_zone, at, at at time zone 'UTC' at time zone time_zone - at as utc_offset
  from (select distinct time_zone from calendar where not deleted) z
  cross join generate_series(timestamp '1999-12-30', @until::date + 3, interval '1 day') at
),
steps as (
  select *, lag(at) over zone as at_before, lag(utc_offset) over zone as offset_before
  from midnights
  window zone as (partition by time_zone order by at)
),
changes as materialized (
  -- The minute in which the offset changed; the first row is where the layout begins.
  select time_zone, utc_offset, case
      when at_before is null then at
      else (select min(m) from generate_series(at_before, at, interval '1 minute') m
        where m at time zone 'UTC' at time zone time_zone - m = utc_offset)
    end as from_at
  from steps
  where utc_offset is distinct from offset_before
),
spans as (
  -- Stretches in which a zone keeps one offset.
  select *, lead(from_at, 1, @until::date + interval '2 days') over (partition by time_zone order by from_at) as to_at
  from changes
)
insert into calendar_day
-- A day belongs to each span that it, or the night after it, touches.
select c.source_key, d::date, extract(isodow from d),
  exists (select from special_day s where s.calendar_key = c.source_key and s.day = d::date and not s.deleted), s.utc_offset, s.from_at, s.to_at
from calendar c join spans s using (time_zone)
cross join generate_series(date_trunc('day', s.from_at + s.utc_offset) - interval '1 day', s.to_at + s.utc_offset, interval '1 day') d
where not c.deleted and d between date '2000-01-01' and @until::date;
analyze calendar_day;

with hours as (
  select d.*, s.opens_minute, s.closes_minute
  from calendar_day d join special_day s using (calendar_key, day)
  where s.opens_minute is not null and s.closes_minute is not null and not s.deleted
  union all
  select d.*, h.opens_minute, h.closes_minute
  from calendar_day d join calendar_hours h using (calendar_key, weekday)
  where not d.is_special and (h.valid_from is null or h.valid_from <= d.day) and (h.valid_to is null or d.day < h.valid_to) and not h.deleted
),
pieces as (
  select calendar_key, day,
    greatest(day + make_interval(mins => opens_minute) - utc_offset, from_at) at time zone 'UTC' as opens_at,
    least(day + make_interval(mins => closes_minute + case when closes_minute <= opens_minute then 1440 else 0 end) - utc_offset, to_at)
      at time zone 'UTC' as closes_at
  from hours
),
apart as (
  -- Where hours overlap, the time belongs to the interval that began first and counts once.
  select calendar_key, day, closes_at, greatest(opens_at, max(closes_at) over (
    partition by calendar_key order by opens_at, closes_at rows between unbounded preceding and 1 preceding)) as opens_at
  from pieces
  where opens_at < closes_at
)
insert into open_interval (calendar_key, day, opens_at, closes_at, open_seconds_before)
select calendar_key, day, opens_at, closes_at,
  coalesce(sum(extract(epoch from closes_at - opens_at)::integer) over (
    partition by calendar_key order by opens_at rows between unbounded preceding and 1 preceding), 0)
from apart
where opens_at < closes_at;

with open_days as (
  select calendar_key, day, lag(day, 1, date '1999-12-31') over (partition by calendar_key order by day) as day_before
  from (select distinct calendar_key, day from open_interval) d
)
insert into business_day (calendar_key, day, is_open, next_open_day)
select calendar_key, d::date, d::date = day_before, day
from open_days cross join generate_series(day_before, day - 1, interval '1 day') d;

drop table calendar_day;
analyze open_interval;
analyze business_day;
