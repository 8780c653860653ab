-- Versions of pay plans. Grain: one row per version. $1: the plan's id, null for all.
-- Columns: plan, version, document, hash, first day, made at, by, reason.
select plan_id, version, document, hash, from_day, made_at, made_by, reason
from pay_plan
where $1::text is null or plan_id = $1
order by plan_id, version desc
