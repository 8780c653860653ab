-- How far lengths reach. Follows a query "lengths" (length: null while not over). Output: one row: how many are not over, the shortest
-- and the longest of nearly all that are over (one in fifty may lie beyond either end); null when none is.
select count(*) filter (where length is null), percentile_cont(0.02) within group (order by length), percentile_cont(0.98) within group (order by length)
from lengths
