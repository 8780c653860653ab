-- The access log, latest first. Grain: one row per entry. $1: who, exactly; $2: action; $3: part of the subject; $4, $5: from, before; null for any;
-- $6: the last entry that counts, null for any; $7: most rows, null for all; $8: offset.
select at, who, action, subject, before, after
from access_log
where ($1 is null or who = $1) and ($2 is null or action = $2) and ($3 is null or strpos(lower(subject), lower($3)) > 0)
  and ($4 is null or at >= $4) and ($5 is null or at < $5) and ($6 is null or access_log_id <= $6)
order by at desc, access_log_id desc
limit $7 offset $8
