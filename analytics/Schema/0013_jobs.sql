-- Work that runs by itself: the record of every run, and the schedule that all processes share.

-- One run of a job: what it could see, how far it is, how it ended.
create table job_run (
  job_run_id bigint generated always as identity primary key,
  -- Id of the job in the catalogue of jobs.
  job text not null,
  cause text not null check (cause in ('schedule', 'facts')),
  started_at timestamptz not null,
  -- Last sign of life; one that stays away for long was killed.
  seen_at timestamptz not null,
  -- Null while it runs.
  finished_at timestamptz,
  outcome text not null check (outcome in ('running', 'succeeded', 'failed', 'interrupted', 'lost')),
  -- The newest batch whose facts it could see.
  batch_cut_off bigint not null,
  -- Progress in the job's own unit (accounts, cells); 0 of 0 when there was nothing to do.
  done bigint not null,
  total bigint not null,
  -- Rows written and removed.
  written bigint not null,
  removed bigint not null,
  -- What it found, in a sentence; null when there is nothing to say.
  note text,
  -- Null unless it failed.
  error text,
  check ((finished_at is null) = (outcome = 'running'))
);
create index job_run_by_job on job_run (job, started_at);
create index job_run_running on job_run (job) where outcome = 'running';

insert into job_run (job, cause, started_at, seen_at, finished_at, outcome, batch_cut_off, done, total, written, removed, error)
select 'ledger_refresh', 'facts', started_at, finished_at, finished_at, case when error is null then 'succeeded' else 'failed' end,
  batch_cut_off, accounts, accounts, written, removed, error
from refresh_run
order by refresh_run_id;
drop table refresh_run;

-- The schedule, as Quartz keeps it: its names and types; times are ticks of 100 ns since year 1, UTC.
create schema quartz;

create table quartz.job_details (
  sched_name text not null,
  job_name text not null,
  job_group text not null,
  description text,
  job_class_name text not null,
  is_durable boolean not null,
  is_nonconcurrent boolean not null,
  is_update_data boolean not null,
  requests_recovery boolean not null,
  job_data bytea,
  primary key (sched_name, job_name, job_group)
);
create index job_details_by_group on quartz.job_details (sched_name, job_group, job_name);

create table quartz.triggers (
  sched_name text not null,
  trigger_name text not null,
  trigger_group text not null,
  job_name text not null,
  job_group text not null,
  description text,
  next_fire_time bigint,
  prev_fire_time bigint,
  priority integer,
  trigger_state text not null,
  trigger_type text not null,
  start_time bigint not null,
  end_time bigint,
  calendar_name text,
  misfire_instr smallint,
  misfire_orig_fire_time bigint,
  execution_group varchar(200),
  preferred_node varchar(200),
  preferred_node_auto boolean not null default false,
  retry_policy varchar(250),
  retry_attempt integer,
  continues_trigger_name text,
  continues_trigger_group text,
  continuation_condition integer,
  overlap_policy integer,
  pause_reason varchar(250),
  paused_by varchar(200),
  paused_at bigint,
  misfire_threshold bigint,
  fixed_delay boolean,
  job_data bytea,
  primary key (sched_name, trigger_name, trigger_group),
  foreign key (sched_name, job_name, job_group) references quartz.job_details
);
create index triggers_of_job on quartz.triggers (sched_name, job_name, job_group);
create index triggers_due on quartz.triggers (sched_name, trigger_state, next_fire_time, priority desc, misfire_instr);

create table quartz.simple_triggers (
  sched_name text not null,
  trigger_name text not null,
  trigger_group text not null,
  repeat_count bigint not null,
  repeat_interval bigint not null,
  times_triggered bigint not null,
  primary key (sched_name, trigger_name, trigger_group),
  foreign key (sched_name, trigger_name, trigger_group) references quartz.triggers on delete cascade
);

create table quartz.cron_triggers (
  sched_name text not null,
  trigger_name text not null,
  trigger_group text not null,
  cron_expression text not null,
  time_zone_id text,
  primary key (sched_name, trigger_name, trigger_group),
  foreign key (sched_name, trigger_name, trigger_group) references quartz.triggers on delete cascade
);

create table quartz.simprop_triggers (
  sched_name text not null,
  trigger_name text not null,
  trigger_group text not null,
  str_prop_1 text,
  str_prop_2 text,
  str_prop_3 text,
  int_prop_1 integer,
  int_prop_2 integer,
  long_prop_1 bigint,
  long_prop_2 bigint,
  dec_prop_1 numeric,
  dec_prop_2 numeric,
  bool_prop_1 boolean,
  bool_prop_2 boolean,
  time_zone_id text,
  primary key (sched_name, trigger_name, trigger_group),
  foreign key (sched_name, trigger_name, trigger_group) references quartz.triggers on delete cascade
);

create table quartz.blob_triggers (
  sched_name text not null,
  trigger_name text not null,
  trigger_group text not null,
  blob_data bytea,
  primary key (sched_name, trigger_name, trigger_group),
  foreign key (sched_name, trigger_name, trigger_group) references quartz.triggers on delete cascade
);

create table quartz.calendars (
  sched_name text not null,
  calendar_name text not null,
  calendar bytea not null,
  primary key (sched_name, calendar_name)
);

create table quartz.paused_trigger_grps (
  sched_name text not null,
  trigger_group text not null,
  pause_reason varchar(250),
  paused_by varchar(200),
  paused_at bigint,
  primary key (sched_name, trigger_group)
);

create table quartz.paused_job_grps (
  sched_name text not null,
  job_group text not null,
  pause_reason varchar(250),
  paused_by varchar(200),
  paused_at bigint,
  primary key (sched_name, job_group)
);

-- What is running right now, on which process.
create table quartz.fired_triggers (
  sched_name text not null,
  entry_id text not null,
  trigger_name text not null,
  trigger_group text not null,
  instance_name text not null,
  fired_time bigint not null,
  sched_time bigint not null,
  priority integer not null,
  state text not null,
  job_name text,
  job_group text,
  is_nonconcurrent boolean not null,
  requests_recovery boolean,
  execution_group varchar(200),
  progress integer,
  progress_message varchar(250),
  interrupt_requested_time bigint,
  primary key (sched_name, entry_id)
);
create index fired_triggers_of_process on quartz.fired_triggers (sched_name, instance_name, requests_recovery);
create index fired_triggers_of_job on quartz.fired_triggers (sched_name, job_name, job_group);
create index fired_triggers_of_trigger on quartz.fired_triggers (sched_name, trigger_name, trigger_group);

-- The processes that share the schedule and when each was last heard of.
create table quartz.scheduler_state (
  sched_name text not null,
  instance_name text not null,
  last_checkin_time bigint not null,
  checkin_interval bigint not null,
  quartz_version varchar(20),
  primary key (sched_name, instance_name)
);

create table quartz.locks (
  sched_name text not null,
  lock_name text not null,
  primary key (sched_name, lock_name)
);
