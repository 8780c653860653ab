-- Accounts whose name or key holds the text. Grain: one row per account. $1: text, $2: most rows.
-- Columns: key, name, region, how many there are in all.
select source_key, name, region, count(*) over () as total
from account
where not deleted and (strpos(lower(name), lower($1)) > 0 or lower(source_key) = lower($1))
order by strpos(lower(name), lower($1)) <> 1, name, source_key
limit $2
