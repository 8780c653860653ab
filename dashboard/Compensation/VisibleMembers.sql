-- Memberships of pay plans that are a viewer's to see. Grain: one row per membership. @now and those of the scope's condition.
-- Columns: membership, plan.
select p.member_id, p.plan_id
from pay_member p
where p.replaced_at is null and {scope}
