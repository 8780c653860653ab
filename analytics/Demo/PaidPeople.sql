-- Who has a title on some day since @from, with the days he is employed. Grain: one row per person.
-- Output: staff_key, first day, the day after the last (null while he stays).
select source_key, greatest(occurred_at::date, @from), ended_at::date
from staff
where title = @title and not deleted and (ended_at is null or ended_at::date > greatest(occurred_at::date, @from))
order by source_key
