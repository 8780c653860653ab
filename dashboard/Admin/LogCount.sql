-- How many entries a search finds. Grain: one row. Parameters as in Log.sql.
select count(*)
from access_log
where ($1 is null or who = $1) and ($2 is null or action = $2) and ($3 is null or strpos(lower(subject), lower($3)) > 0)
  and ($4 is null or at >= $4) and ($5 is null or at < $5) and ($6 is null or access_log_id <= $6)
