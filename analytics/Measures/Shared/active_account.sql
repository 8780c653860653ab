-- The customers we have at the end of the period, or at the time of asking if that comes first. Grain: an account that was opened before then
-- and not closed by then. Buyers nobody named are no customers; in a period that has not begun there are none yet.
select a.account_id, a.source_key, a.name, s.at, s.at - interval '1 microsecond' as counted_at
from account a
cross join (select least(@to, @as_of) as at) s
where not a.deleted and not a.anonymous and a.occurred_at < s.at and (a.closed_at is null or a.closed_at >= s.at) and @from <= @as_of
