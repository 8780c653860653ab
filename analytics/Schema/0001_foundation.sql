-- What every fact has in common: its times, its provenance, its history, and the batches it came in.

-- A batch is one file or one range of a stream, loaded in one transaction. read = added + changed + unchanged + rejected.
create table batch (
  batch_id bigint generated always as identity primary key,
  source text not null,
  mapping text not null,
  mapping_hash text not null,
  name text not null,
  sha256 text not null,
  bytes bigint not null,
  -- Records of the source; one record can become several facts, or none.
  records bigint not null,
  read bigint not null,
  added bigint not null,
  changed bigint not null,
  unchanged bigint not null,
  rejected bigint not null,
  -- True when known_at was taken from the source's own stamps because the batch brings in history.
  backfill boolean not null,
  known_at timestamptz not null,
  committed_at timestamptz not null default clock_timestamp(),
  check (read = added + changed + unchanged + rejected)
);
create index batch_by_content on batch (sha256, mapping, mapping_hash);

-- A record that could not become a fact, whole, with the reason. account_id is 0 when the record names no account.
create table quarantine (
  account_id bigint not null,
  quarantine_id bigint generated always as identity,
  batch_id bigint not null,
  position bigint not null,
  fact text not null,
  -- The fact's own key, where the record gave a sound one: when that fact gets in after all, the record is settled.
  source_key text,
  -- Which rule of the mapping it failed in, counted from 0.
  rule integer not null,
  field text,
  reason text not null,
  message text not null,
  -- The source record as a JSON object of its fields; very long ones are shortened here and whole in the kept file.
  record text not null,
  -- Set when the record waits for an account that is not there yet; it goes in by itself when the account arrives.
  waiting_for_account text,
  -- The waiting row as a JSON object of the fact's columns; null when the record does not wait.
  mapped text,
  rejected_at timestamptz not null,
  resolved_at timestamptz,
  primary key (account_id, quarantine_id)
);
create index quarantine_open on quarantine (waiting_for_account) where resolved_at is null;
create index quarantine_open_key on quarantine (fact, source_key) where resolved_at is null;

-- Accounts whose ledger no longer matches their facts, from the earliest instant that changed.
create table dirty_account (
  account_id bigint primary key,
  since timestamptz not null
);

create table fact_template (
  account_id bigint not null,
  source_key text not null,
  occurred_at timestamptz not null,
  source_modified_at timestamptz,
  known_at timestamptz not null,
  deleted boolean not null default false,
  batch_id bigint not null,
  position bigint not null
);

create table reference_template (
  source_key text not null,
  occurred_at timestamptz not null,
  source_modified_at timestamptz,
  known_at timestamptz not null,
  deleted boolean not null default false,
  batch_id bigint not null,
  position bigint not null
);

-- With this schema first in the search path and followthrough.known_as_of set, any statement over facts reads what was known then.
create schema as_known;

-- Gives a fact its history table and its as-known view. The loader's merge moves replaced versions there: [known_at, known_to).
create procedure keep_history(fact text) language plpgsql as $$
declare
  columns text := (select string_agg(quote_ident(attname), ', ' order by attnum)
                   from pg_attribute where attrelid = fact::regclass and attnum > 0 and not attisdropped);
  key text := (select string_agg(quote_ident(a.attname), ', ' order by array_position(i.indkey::int2[], a.attnum))
               from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any (i.indkey)
               where i.indrelid = fact::regclass and i.indisprimary);
begin
  execute format('create table %I (like %I, known_to timestamptz not null)', fact || '_history', fact);
  execute format('create index %I on %I (%s, known_to)', fact || '_history_key', fact || '_history', key);
  execute format($view$
    create view as_known.%1$I as
    select %2$s from public.%1$I
    where known_at <= current_setting('followthrough.known_as_of')::timestamptz
    union all
    select %2$s from public.%3$I
    where known_at <= current_setting('followthrough.known_as_of')::timestamptz
      and known_to > current_setting('followthrough.known_as_of')::timestamptz
    $view$, fact, columns, fact || '_history');
end $$;
