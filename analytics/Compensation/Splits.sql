-- Who shares accounts' volumes, as it stands now. Grain: one row per share. $1: the account's key, null for all.
-- Columns: account, its name (the key where none is known), from, to, staff key, his name, share, overlay.
select c.account_key, coalesce(a.name, c.account_key), c.from_day, c.to_day, c.staff_key, coalesce(s.name, c.staff_key), c.share, c.overlay
from credit_split c
left join account a on a.source_key = c.account_key and not a.deleted
left join staff s on s.source_key = c.staff_key and not s.deleted
where c.replaced_at is null and ($1::text is null or c.account_key = $1)
order by 2, 1, c.from_day, c.overlay, 6, 5
