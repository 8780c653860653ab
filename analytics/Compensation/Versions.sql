-- Versions of pay plans. Grain: one row per version. $1: the plan's id, null for all.
-- Columns: plan, version, document, hash, first day, made at, by, reason, withdrawn at, by, reason (null: it stands).
select p.plan_id, p.version, p.document, p.hash, p.from_day, p.made_at, p.made_by, p.reason, w.withdrawn_at, w.withdrawn_by, w.reason
from pay_plan p
left join pay_plan_withdrawal w using (plan_id, version)
where $1::text is null or p.plan_id = $1
order by p.plan_id, p.version desc
