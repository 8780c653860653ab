-- Who is paid by plans, as it stands now. Grain: one row per membership. $1: the plan's id, null for all; $2: a person, null for all;
-- $3: one membership, null for all.
-- Columns: member, plan, staff key, name (the key where none is known), from, to, incentive, recorded at, by.
select m.member_id, m.plan_id, m.staff_key, coalesce(s.name, m.staff_key), m.from_day, m.to_day, m.incentive, m.recorded_at, m.recorded_by
from pay_member m
left join staff s on s.source_key = m.staff_key and not s.deleted
where m.replaced_at is null and ($1::text is null or m.plan_id = $1) and ($2::text is null or m.staff_key = $2) and ($3::bigint is null or m.member_id = $3)
order by m.plan_id, 4, m.staff_key, m.from_day
