-- Spreads the store over the workers: what belongs to one account lies together on one of them, what everybody reads is on all, and what
-- is about the installation itself stays on the coordinator. Run it after the schema was applied, and again after each new version: what
-- is in its place already is left alone.

-- Moving one table after the other keeps the transaction to one connection a worker.
set citus.multi_shard_modify_mode to 'sequential';

do $$
declare
  shared text[] := array[
    'staff', 'team', 'team_membership', 'calendar', 'calendar_hours', 'special_day', 'fx_rate',
    'open_interval', 'business_day', 'company', 'rollup', 'rollup_excused', 'rollup_hours'];
  -- Queues, taken from with skip locked, which works on one node only; what compares accounts with each other; what people did; editions, which are written once a quarter and guarded by triggers; templates hold no rows.
  kept text[] := array['dirty_account', 'match_due', 'account_key', 'account_match', 'account_merge', 'recorded_outcome', 'audit_case', 'fact_template',
    'edition_account', 'edition_commitment', 'edition_measure'];
  name text;
begin
  for name in
    select c.relname from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and regexp_replace(c.relname, '_history$', '') = any (shared)
      and not exists (select from pg_dist_partition d where d.logicalrel = c.oid)
    order by 1
  loop
    perform create_reference_table(name::regclass);
  end loop;

  for name in
    select c.relname from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attname = 'account_id' and not a.attisdropped
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname <> all (kept)
      and not exists (select from pg_dist_partition d where d.logicalrel = c.oid)
    -- The others lie where the accounts lie.
    order by c.relname <> 'account', c.relname
  loop
    perform create_distributed_table(name::regclass, 'account_id', colocate_with => case name when 'account' then 'none' else 'account' end);
  end loop;
end $$;
