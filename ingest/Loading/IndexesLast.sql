-- How the indexes of a fact are taken away and made again, in the order they were made. Parameters: 1 fact.
-- No row unless the fact is empty and ours to change, and nothing refers to it. Output: drop, create (statements).
select
  case when c.oid is null then format('drop index %s', i.indexrelid::regclass) else format('alter table %s drop constraint %I', i.indrelid::regclass, c.conname) end,
  case when c.oid is null then pg_get_indexdef(i.indexrelid)
    else format('alter table %s add constraint %I %s', i.indrelid::regclass, c.conname, pg_get_constraintdef(c.oid)) end
from pg_index i
join pg_class t on t.oid = i.indrelid
left join pg_constraint c on c.conindid = i.indexrelid and c.conrelid = i.indrelid
where i.indrelid = $1::regclass and pg_has_role(t.relowner, 'usage')
  and not exists (select from pg_constraint r where r.confrelid = i.indrelid)
  and not exists (select from {fact})
order by i.indexrelid
