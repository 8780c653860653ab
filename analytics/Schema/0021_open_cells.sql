-- The cells of the roll-ups also hold the open commitments, as of the instant until which the ledger has settled. A figure then reads the
-- cells and the few commitments that opened or fell due since.
alter table rollup add pending bigint not null default 0;
alter table rollup alter pending drop default;
drop index rollup_empty;
create index rollup_empty on rollup (kind) where kept = 0 and missed = 0 and pending = 0;

-- What is open changes by its own dates; of the rest only few have not settled.
drop index commitment_by_settling;
create index commitment_by_settling on commitment (kind, settles_at) where fulfilled_at is not null or excused_at is not null;
create index commitment_open_next_business_day on commitment (kind, due_next_business_day)
  where fulfilled_at is null and excused_at is null and due_next_business_day is not null;

-- The cells are counted again by the next refresh; until then every figure is judged by the clock.
delete from rollup;
delete from rollup_excused;
delete from rollup_hours;
update ledger_state set settled_until = '-infinity';
