-- Kaplan-Meier quantiles by group: amount is a duration, censored where not finished. Follows MeasureScope.sql.
, durations as (
  select group_key, amount::float8 as duration, count(*) filter (where finished) as ended, count(*) as leaving
  from grouped
  where excluded is null
  group by 1, 2
),
at_risk as (
  select *, sum(leaving) over (partition by group_key order by duration desc) as remaining from durations
),
survival as (
  -- The product of the shares that go on; a step that leaves none ends it at zero.
  select group_key, duration, ended, case
      when bool_or(ended = remaining) over upto then 0
      else exp(sum(case when ended = remaining then 0 else ln((remaining - ended) / remaining::float8) end) over upto)
    end as going_on
  from at_risk
  window upto as (partition by group_key order by duration)
),
quantiles as (
  select group_key,
    min(duration) filter (where ended > 0 and going_on <= 0.5 + 1e-9) as median,
    min(duration) filter (where ended > 0 and going_on <= 0.1 + 1e-9) as p90
  from survival
  group by group_key
),
finished as (
  select group_key, count(*) as n, count(*) filter (where not finished) as unfinished,
    percentile_cont(0.5) within group (order by amount::float8) filter (where finished) as finished_median
  from grouped
  where excluded is null
  group by group_key
)
select k.group_key, k.group_name, k.reasons, coalesce(f.n, 0) as n, q.median, q.p90, f.finished_median, coalesce(f.unfinished, 0) as unfinished
from names k
left join finished f on array[f.group_key] = array[k.group_key]
left join quantiles q on array[q.group_key] = array[k.group_key]
order by case when @by::text = 'month' then k.group_key end, coalesce(f.n, 0) desc, k.group_key
