-- Which of a measure's rows a list shows. Follows MeasureScope.sql. Output: listed, the columns of scoped.
-- @over (null for all): whether they are finished, @lasted_from and @lasted_below: the amount, null for no end. What does not count has no length.
, listed as (
  select * from scoped s
  where (@over::boolean is null or (@over = coalesce(s.finished, false) and s.excluded is null))
    and (@lasted_from::float8 is null or s.amount::float8 >= @lasted_from)
    and (@lasted_below::float8 is null or s.amount::float8 < @lasted_below)
)
