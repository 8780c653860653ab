-- Lays every calendar out as absolute open intervals and business days, from 2000 to @until.
-- Grain: open_interval one row an interval, business_day one row a calendar and date. Inputs: calendar, calendar_hours, special_day.
delete from open_interval;
delete from business_day;

with days as (
  select c.source_key as calendar_key, c.time_zone, d::date as day
  from calendar c cross join generate_series(date '2000-01-01', @until::date, interval '1 day') d
  where not c.deleted
),
special as (
  select calendar_key, day, opens_minute, closes_minute from special_day where not deleted
),
hours as (
  select d.calendar_key, d.time_zone, d.day, s.opens_minute, s.closes_minute
  from days d join special s using (calendar_key, day)
  where s.opens_minute is not null
  union all
  select d.calendar_key, d.time_zone, d.day, h.opens_minute, h.closes_minute
  from days d
  join calendar_hours h on h.calendar_key = d.calendar_key and h.weekday = extract(isodow from d.day)
    and (h.valid_from is null or h.valid_from <= d.day) and (h.valid_to is null or d.day < h.valid_to) and not h.deleted
  where not exists (select from special s where s.calendar_key = d.calendar_key and s.day = d.day)
),
instants as (
  -- A local minute that daylight saving skips begins when the clock has jumped.
  select calendar_key, day,
    (day + make_interval(mins => opens_minute)) at time zone time_zone as opens_at,
    (day + make_interval(mins => closes_minute)) at time zone time_zone as closes_at
  from hours
)
insert into open_interval (calendar_key, day, opens_at, closes_at, open_seconds_before)
select calendar_key, day, opens_at, closes_at,
  coalesce(sum(extract(epoch from closes_at - opens_at)) over (
    partition by calendar_key order by opens_at rows between unbounded preceding and 1 preceding), 0)::bigint
from instants
where closes_at > opens_at;

with open_days as (
  select calendar_key, day, lag(day, 1, date '1999-12-31') over (partition by calendar_key order by day) as day_before
  from (select distinct calendar_key, day from open_interval) d
)
insert into business_day (calendar_key, day, is_open, next_open_day)
select calendar_key, d::date, d::date = day_before, day
from open_days cross join generate_series(day_before, day - 1, interval '1 day') d;
