-- A version of a plan that has not begun can be withdrawn: it is kept as it was written, and is never in force. Only added to.
create table pay_plan_withdrawal (
  plan_id text not null,
  version integer not null,
  withdrawn_at timestamptz not null,
  withdrawn_by text not null,
  reason text not null check (reason <> ''),
  primary key (plan_id, version),
  foreign key (plan_id, version) references pay_plan
);
