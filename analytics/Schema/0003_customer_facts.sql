-- Facts about who the customer is and how it is spoken with.

create table account (
  like fact_template including all,
  name text not null,
  parent_key text,
  segment text,
  region text,
  industry text,
  country text,
  time_zone text,
  calendar_key text,
  currency text,
  phone text,
  closed_at timestamptz,
  primary key (account_id, source_key)
);
call keep_history('account');

create table account_assignment (
  like fact_template including all,
  staff_key text not null,
  role text not null check (role in ('owner', 'sponsor', 'service')),
  ended_at timestamptz,
  primary key (account_id, source_key)
);
call keep_history('account_assignment');

create table contact (
  like fact_template including all,
  name text not null,
  title text,
  email text,
  phone text,
  tier text check (tier in ('executive', 'management', 'operations', 'technical')),
  preferred_channel text check (preferred_channel in ('email', 'phone', 'sms', 'chat', 'portal', 'meeting', 'letter')),
  do_not_contact boolean not null,
  left_at timestamptz,
  primary key (account_id, source_key)
);
call keep_history('contact');

create table communication_plan (
  like fact_template including all,
  tier text not null check (tier in ('executive', 'management', 'operations', 'technical')),
  interval_days integer not null,
  channel text check (channel in ('email', 'phone', 'sms', 'chat', 'portal', 'meeting', 'letter')),
  proposal_key text,
  ended_at timestamptz,
  primary key (account_id, source_key)
);
call keep_history('communication_plan');

create table communication_pause (
  like fact_template including all,
  plan_key text not null,
  contact_key text not null,
  ended_at timestamptz,
  primary key (account_id, source_key)
);
call keep_history('communication_pause');

create table interaction (
  like fact_template including all,
  channel text not null check (channel in ('email', 'phone', 'sms', 'chat', 'portal', 'meeting', 'letter')),
  direction text not null check (direction in ('inbound', 'outbound', 'internal')),
  kind text not null check (kind in ('message', 'call', 'voicemail', 'meeting', 'reaction', 'note', 'hand_off', 'reopened')),
  contact_key text,
  thread_key text,
  project_key text,
  staff_key text,
  owner_key text,
  automatic boolean not null,
  bulk boolean not null,
  to_bot boolean not null,
  connected boolean,
  duration_seconds integer,
  missed_reason text check (missed_reason in ('no_agent_answered', 'agents_busy', 'out_of_hours', 'abandoned_in_queue', 'short_abandoned', 'blocked', 'number_withheld')),
  phone_number text,
  transfers integer,
  subject text,
  primary key (account_id, source_key)
);
-- The ledger reads an account's contacts from a point in time on, and who wrote in a thread.
create index interaction_by_time on interaction (account_id, occurred_at);
create index interaction_inbound_by_thread on interaction (account_id, thread_key) where direction = 'inbound' and thread_key is not null;
create index interaction_to_bot on interaction (account_id, occurred_at) where to_bot;
call keep_history('interaction');

create table survey_invitation (
  like fact_template including all,
  contact_key text,
  project_key text,
  instrument text not null,
  occasion text not null check (occasion in ('transactional', 'relational')),
  event_key text,
  delivered_at timestamptz,
  ineligible boolean not null,
  primary key (account_id, source_key)
);
call keep_history('survey_invitation');

create table survey_response (
  like fact_template including all,
  invitation_key text,
  contact_key text,
  project_key text,
  staff_key text,
  source text not null check (source in ('own', 'third_party', 'mystery_shop', 'observation')),
  measure text not null check (measure in ('nps', 'csat', 'ces')),
  score numeric not null,
  scale_min numeric not null,
  scale_max numeric not null,
  comment text,
  occasion text check (occasion in ('transactional', 'relational')),
  primary key (account_id, source_key)
);
call keep_history('survey_response');

create table promise (
  like fact_template including all,
  content text not null,
  owner_key text not null,
  contact_key text,
  project_key text,
  due_at timestamptz not null,
  done_at timestamptz,
  renegotiated_at timestamptz,
  acknowledged_at timestamptz,
  replaced_by_key text,
  confirmed_by_key text,
  primary key (account_id, source_key)
);
call keep_history('promise');

create table disposition (
  like fact_template including all,
  commitment_kind text not null,
  subject_key text not null,
  reason text not null,
  staff_key text not null,
  primary key (account_id, source_key)
);
call keep_history('disposition');
