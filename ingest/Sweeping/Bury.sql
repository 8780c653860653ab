-- Puts what the source no longer has into the fact's stage once more, marked as deleted. Inside the sweep's transaction, before the merge.
-- Placeholders: {fact}, {stage}, {key}, {values} (all others), {stored_key} and {stored_values} (the same of f), {account}, {no_account}. The list is in sweep_listed (source_key).
-- Parameters: 1 how the source's keys begin, 2 when the list was written, 3 batch, 4 now. position is 0: it stands nowhere in the list.
insert into {stage} ({key}, {values}, deleted, source_modified_at, known_at, batch_id, position{account})
select {stored_key}, {stored_values}, true, null, $4, $3, 0{no_account}
from {fact} f left join batch b on b.batch_id = f.batch_id
where starts_with(f.source_key, $1) and not f.deleted and (b.known_at is null or b.known_at <= $2)
  and not exists (select from sweep_listed l where l.source_key = f.source_key)
