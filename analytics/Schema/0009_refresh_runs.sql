-- Every refresh that found something to do, or failed: what it read up to, what it did, how long it took.
create table refresh_run (
  refresh_run_id bigint generated always as identity primary key,
  started_at timestamptz not null,
  finished_at timestamptz not null,
  -- The newest batch whose facts it could see.
  batch_cut_off bigint not null,
  accounts bigint not null,
  written bigint not null,
  removed bigint not null,
  -- Null when it succeeded.
  error text
);
