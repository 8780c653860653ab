-- What a plan paid for a period: runs, their statements with all arithmetic, and what later knowledge, disputes and decisions add to them.
-- A locked run is never changed; a correction is a signed line of a later run that refers to it.

create table pay_run (
  run_id bigint generated always as identity primary key,
  plan_id text not null,
  -- Label of the period, its first day and the day after its last.
  period text not null,
  from_day date not null,
  to_day date not null,
  state text not null check (state in ('draft', 'review', 'locked', 'abandoned')),
  -- The moment whose knowledge it states.
  as_of timestamptz not null,
  -- Versions of the plan that were in force in the period.
  versions integer[] not null,
  -- Of what is paid, and of how many; null before it is locked.
  control_total numeric,
  control_rows integer,
  -- SHA-256 over the hashes of its statements; null before it is locked.
  hash text,
  check (to_day > from_day),
  check ((state = 'locked') = (hash is not null))
);
-- One run for a plan and period; one that was abandoned leaves the place to another.
create unique index pay_run_only_one on pay_run (plan_id, period) where state <> 'abandoned';

-- Who did what to a run, and when. Only added to.
create table pay_step (
  step_id bigint generated always as identity primary key,
  run_id bigint not null references pay_run,
  step text not null check (step in ('prepared', 'recalculated', 'released', 'sent', 'sent_back', 'reviewed', 'approved', 'abandoned')),
  at timestamptz not null,
  by_name text not null,
  -- The user and the person behind him; null for the command line and where nobody has said.
  by_user uuid,
  by_staff text,
  -- Whose statement; null for all.
  staff_key text,
  words text
);
create index pay_step_by_run on pay_step (run_id, step_id);

create table pay_statement (
  run_id bigint not null references pay_run,
  staff_key text not null,
  staff_name text not null,
  -- What the period itself comes to, rounded; negative with a cumulative plan that paid too much before.
  own numeric not null,
  -- Sum of the adjustments.
  adjusted numeric not null,
  -- Left over from the statement before: never more than zero.
  carried_in numeric not null check (carried_in <= 0),
  payable numeric not null check (payable >= 0),
  held numeric not null,
  -- Left over for the next one.
  carried_out numeric not null check (carried_out <= 0),
  -- The complete arithmetic, byte by byte as it was computed.
  document json not null,
  hash text not null,
  primary key (run_id, staff_key),
  check (own + adjusted + carried_in = payable + carried_out)
);
create index pay_statement_by_staff on pay_statement (staff_key);

create table pay_dispute (
  dispute_id bigint generated always as identity primary key,
  run_id bigint not null,
  staff_key text not null,
  -- The line; null for the statement as a whole.
  component text,
  expected text not null,
  evidence text not null,
  raised_at timestamptz not null,
  raised_name text not null,
  raised_user uuid,
  raised_staff text,
  -- Until when an answer was promised.
  answer_due_at timestamptz not null,
  answer text,
  answered_at timestamptz,
  answered_by text,
  accepted boolean,
  -- What is added to the pay by it, signed; null unless accepted.
  amount numeric,
  decision text,
  decided_at timestamptz,
  decided_by text,
  decided_user uuid,
  foreign key (run_id, staff_key) references pay_statement,
  check ((answered_at is null) = (answer is null)),
  check ((decided_at is null) = (accepted is null)),
  check ((coalesce(accepted, false)) = (amount is not null))
);
create index pay_dispute_by_statement on pay_dispute (run_id, staff_key);

-- Signed lines of a run that refer to an earlier, locked statement.
create table pay_adjustment (
  adjustment_id bigint generated always as identity primary key,
  run_id bigint not null references pay_run,
  staff_key text not null,
  kind text not null check (kind in ('restatement', 'release', 'dispute')),
  of_run_id bigint not null references pay_run,
  -- The line; null for the statement as a whole: its cap, floor, pool and rounding.
  of_component text,
  cause text not null,
  amount numeric not null,
  -- Some of the rows that made the difference.
  rows json not null,
  -- Set where a person decided it and no figure did.
  decided_by text,
  dispute_id bigint references pay_dispute,
  check (of_run_id <> run_id)
);
create index pay_adjustment_by_run on pay_adjustment (run_id, staff_key);
create index pay_adjustment_of_run on pay_adjustment (of_run_id, staff_key);

-- The one check that keeps what is locked as it is, whoever asks: once for a statement, whatever number of rows it touches.
create function refuse_locked_pay() returns trigger language plpgsql as $$
begin
  if tg_op = 'TRUNCATE' then
    raise exception 'Pay runs are never removed.' using errcode = 'restrict_violation';
  elsif tg_table_name = 'pay_run' then
    if exists (select from before_rows b where b.state in ('locked', 'abandoned')) then
      raise exception 'A pay run that is locked or abandoned is never changed.' using errcode = 'restrict_violation';
    end if;
  elsif exists (select from before_rows b join pay_run r using (run_id) where r.state in ('locked', 'abandoned')) then
    raise exception 'What belongs to a locked pay run is never changed.' using errcode = 'restrict_violation';
  end if;
  return null;
end $$;

create trigger pay_run_update after update on pay_run referencing old table as before_rows for each statement execute function refuse_locked_pay();
create trigger pay_run_delete after delete on pay_run referencing old table as before_rows for each statement execute function refuse_locked_pay();
create trigger pay_run_truncate before truncate on pay_run for each statement execute function refuse_locked_pay();
create trigger pay_statement_insert after insert on pay_statement referencing new table as before_rows for each statement execute function refuse_locked_pay();
create trigger pay_statement_update after update on pay_statement referencing old table as before_rows for each statement execute function refuse_locked_pay();
create trigger pay_statement_delete after delete on pay_statement referencing old table as before_rows for each statement execute function refuse_locked_pay();
create trigger pay_statement_truncate before truncate on pay_statement for each statement execute function refuse_locked_pay();
create trigger pay_adjustment_insert after insert on pay_adjustment referencing new table as before_rows for each statement execute function refuse_locked_pay();
create trigger pay_adjustment_update after update on pay_adjustment referencing old table as before_rows for each statement execute function refuse_locked_pay();
create trigger pay_adjustment_delete after delete on pay_adjustment referencing old table as before_rows for each statement execute function refuse_locked_pay();
create trigger pay_adjustment_truncate before truncate on pay_adjustment for each statement execute function refuse_locked_pay();
