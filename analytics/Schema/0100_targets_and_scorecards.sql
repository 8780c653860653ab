-- What is aimed at: a metric's threshold, target and stretch for the company, a team or a person, from a day on. In the metric's unit as
-- people write it: shares in percent. Never changed: what is replaced or ended keeps its row, with who did it and when.
create table metric_target (
  target_id bigint generated always as identity primary key,
  metric text not null,
  -- Whose; the company's when both are null.
  team_key text,
  staff_key text,
  from_day date not null,
  -- The day after the last; null while no end is known.
  to_day date,
  threshold numeric,
  target numeric not null,
  stretch numeric,
  recorded_at timestamptz not null,
  recorded_by text not null,
  -- Since when it says nothing any more; null while it does.
  replaced_at timestamptz,
  replaced_by text,
  check (team_key is null or staff_key is null),
  check (to_day > from_day),
  check ((replaced_at is null) = (replaced_by is null))
);
create index metric_target_replaced on metric_target (target_id) where replaced_at is not null;

-- What people and teams are judged by together: weighted metrics. Versions are added, never changed; the one in force on a day is the
-- newest of those from the latest day that has come.
create table scorecard (
  scorecard_id text not null,
  version integer not null check (version > 0),
  name text not null,
  -- For whom; for everybody when both are null.
  team_key text,
  title text,
  from_day date not null,
  -- Whether it ends with this version.
  ended boolean not null,
  -- [{"metric": …, "weight": …}], in the order shown; weights add up to 100.
  lines jsonb not null,
  reason text not null,
  made_at timestamptz not null,
  made_by text not null,
  primary key (scorecard_id, version),
  check (team_key is null or title is null)
);
