-- What is stored of one fact, by source, month and currency. Placeholders: {fact}, {stored} (where it is), {amount}, {currency} (a fact may have neither).
-- $1: zone in which months begin. rows and amount leave the deleted out; known_at does not, for a deletion is news too.
select '{fact}' as fact, split_part(f.source_key, ':', 1) as source, date_trunc('month', f.occurred_at at time zone $1)::date as month, {currency} as currency,
  count(*) filter (where not f.deleted) as rows, sum({amount}) filter (where not f.deleted) as amount, max(b.known_at) as known_at
from {stored} f left join batch b using (batch_id)
group by 2, 3, 4
