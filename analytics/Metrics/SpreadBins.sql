-- How many lengths lie between edges. Follows a query "lengths". @edges: ascending. Output: which bin (0: below the first edge), how many.
select width_bucket(length, @edges), count(*)
from lengths
where length is not null
group by 1
