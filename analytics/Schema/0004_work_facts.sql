-- Facts about what was sold and done.

create table deal (
  like fact_template including all,
  name text not null,
  stage text,
  owner_key text,
  contact_key text,
  amount numeric,
  currency text,
  expected_close_on date,
  won_at timestamptz,
  lost_at timestamptz,
  lost_reason text,
  primary key (account_id, source_key)
);
call keep_history('deal');

create table deal_forecast (
  like fact_template including all,
  deal_key text not null,
  amount numeric not null,
  currency text not null,
  close_on date,
  probability numeric,
  primary key (account_id, source_key)
);
call keep_history('deal_forecast');

create table proposal_request (
  like fact_template including all,
  contact_key text,
  deal_key text,
  owner_key text,
  interaction_key text,
  promised_on date,
  no_bid_at timestamptz,
  withdrawn_at timestamptz,
  primary key (account_id, source_key)
);
call keep_history('proposal_request');

create table proposal (
  like fact_template including all,
  request_key text,
  deal_key text,
  revision integer not null,
  complete boolean not null,
  amount numeric,
  currency text,
  sent_by_key text,
  primary key (account_id, source_key)
);
call keep_history('proposal');

create table project (
  like fact_template including all,
  name text not null,
  team_key text,
  manager_key text,
  contract_type text not null check (contract_type in ('time_and_material', 'fixed_price', 'milestone', 'retainer', 'completion')),
  contract_value numeric,
  budget_cost numeric,
  currency text,
  planned_end date,
  accepted_at timestamptz,
  cancelled_at timestamptz,
  primary key (account_id, source_key)
);
call keep_history('project');

create table milestone (
  like fact_template including all,
  project_key text not null,
  name text not null,
  accepted_at timestamptz,
  cancelled_at timestamptz,
  cancelled_by text check (cancelled_by in ('ours', 'customer', 'third_party')),
  delay_cause text check (delay_cause in ('ours', 'customer', 'third_party')),
  cause_evidence_key text,
  primary key (account_id, source_key)
);
call keep_history('milestone');

create table milestone_baseline (
  like fact_template including all,
  milestone_key text not null,
  version integer not null,
  due_on date not null,
  reason text,
  approved_by_key text,
  acknowledged_at timestamptz,
  primary key (account_id, source_key)
);
call keep_history('milestone_baseline');

create table milestone_forecast (
  like fact_template including all,
  milestone_key text not null,
  forecast_on date not null,
  staff_key text,
  primary key (account_id, source_key)
);
call keep_history('milestone_forecast');

create table status_report (
  like fact_template including all,
  project_key text not null,
  week_ending date not null,
  schedule_version text,
  on_time text,
  delay text,
  concern text,
  staff_key text,
  primary key (account_id, source_key)
);
call keep_history('status_report');

create table issue (
  like fact_template including all,
  title text not null,
  priority text not null check (priority in ('low', 'normal', 'high', 'urgent')),
  channel text check (channel in ('email', 'phone', 'sms', 'chat', 'portal', 'meeting', 'letter')),
  contact_key text,
  project_key text,
  thread_key text,
  owner_key text,
  chargeable_to_us boolean,
  primary key (account_id, source_key)
);
call keep_history('issue');

create table issue_state (
  like fact_template including all,
  issue_key text not null,
  state text not null check (state in ('new', 'open', 'pending_customer', 'on_hold', 'resolved', 'closed', 'reopened')),
  staff_key text,
  interaction_key text,
  primary key (account_id, source_key)
);
call keep_history('issue_state');
