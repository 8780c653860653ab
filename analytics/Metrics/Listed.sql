-- Which of the commitments a list of rows shows. Follows Scoped.sql. Output: listed, the columns of scoped.
-- @status: null for all; @over (null for all): whether they are fulfilled, @lasted_from and @lasted_below: hours from opening to
-- fulfilment, null for no end. What is excused has no length.
, listed as (
  select * from scoped s
  where (@status::text is null or s.status = @status)
    and (@over::boolean is null or (@over = s.answered and s.status <> 'excused'))
    and (@lasted_from::float8 is null or extract(epoch from s.fulfilled_at - s.opened_at)::float8 / 3600 >= @lasted_from)
    and (@lasted_below::float8 is null or extract(epoch from s.fulfilled_at - s.opened_at)::float8 / 3600 < @lasted_below)
)
