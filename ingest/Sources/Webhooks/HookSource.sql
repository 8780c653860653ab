-- A system whose webhooks are taken. Grain: one row, or none. $1: its name, $2: now; the previous secret is null once it is no longer good.
select name, mapping, scheme, address, secret, case when previous_until > $2 then previous_secret end as previous_secret, created_at, rotated_at
from hook_source
where name = $1
