-- What people said they did about what they owe. The facts say what happened; this says who said so, when, and whether it was taken back.
create table recorded_outcome (
  outcome_id uuid primary key,
  account_id bigint not null,
  -- The commitment it is about; it may have been settled otherwise since.
  kind text not null,
  commitment_key text not null,
  outcome text not null check (outcome in ('called', 'mailed', 'excused', 'nothing_to_offer')),
  -- Why it was excused; null for the rest.
  reason text,
  -- The fact it became, under the same account, and its record as it was written.
  fact text not null,
  fact_key text not null,
  record text not null,
  batch_id bigint not null,
  staff_key text not null,
  recorded_by text not null,
  recorded_at timestamptz not null,
  undone_at timestamptz,
  undone_batch_id bigint,
  check ((undone_at is null) = (undone_batch_id is null))
);
create index recorded_outcome_by_commitment on recorded_outcome (account_id, kind, commitment_key);
create index recorded_outcome_latest on recorded_outcome (recorded_by, recorded_at desc);

-- What somebody owes, whatever it is.
create index commitment_owed_by on commitment (owed_by, due_at) where fulfilled_at is null and excused_at is null and outcome is null;
