-- Cohorts by how soon their customers ordered again. Follows MeasureScope.sql. @cohort: month or quarter of the first order.
-- Output: the cohort's first day, within how many months again (null: not yet), how many customers; cohorts in their order.
select date_trunc(@cohort, counted_at at time zone @zone)::date as cohort, case when finished then amount::integer end as months, count(*) as customers
from scoped
group by 1, 2
order by 1, 2
