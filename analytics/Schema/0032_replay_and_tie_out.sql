-- Rejected records are corrected and tried again; what is stored is held against what the source says it has.

-- edit: a JSON object of the fields that somebody corrected by hand, an empty text for one to be left out; null while it is as it came.
-- tried_at: the last time it was tried again. replayed_in: the batch in which it went in after all; null when it was settled otherwise.
alter table quarantine
  add column edit text,
  add column edited_by text,
  add column edited_at timestamptz,
  add column tried_at timestamptz,
  add column replayed_in bigint;
create index quarantine_by_id on quarantine (quarantine_id);
create index quarantine_by_batch on quarantine (batch_id);
create index quarantine_open_reason on quarantine (reason) where resolved_at is null;

-- The batch whose rejected records this one took in; null for one that read something new. The file is the same.
alter table batch add column replay_of bigint;

-- A mapping as it was when something was loaded with it, so that a rejected record can be read again.
create table mapping_text (
  mapping_hash text primary key,
  mapping text not null,
  text text not null
);

-- What a source says it has of a fact in a period, counted by the source at stated_at. currency is empty where all count together.
create table tie_out (
  tie_out_id bigint generated always as identity primary key,
  source text not null,
  fact text not null,
  period text not null,
  currency text not null,
  -- Days [starts, ends), which begin in the company's zone.
  starts date not null,
  ends date not null,
  rows bigint not null check (rows >= 0),
  amount numeric,
  stated_at timestamptz not null,
  file text not null,
  sha256 text not null,
  unique (source, fact, period, currency),
  check (starts < ends)
);

-- The single records behind a total, where the source gave them.
create table tie_out_record (
  tie_out_id bigint not null references tie_out on delete cascade,
  source_key text not null,
  amount numeric,
  primary key (tie_out_id, source_key)
);
