-- Audits of projects as they are done here: who audits which project of which quarter, what was drawn for a closer look, what was found, and
-- what became of it. What is signed off becomes a fact, which keeps the commitment; here stands how it came about.

-- Grain: one row per project and calendar quarter that somebody was assigned to.
create table audit_case (
  case_id bigint generated always as identity primary key,
  -- Under which the project was then; the customer may have been found to be another since.
  account_id bigint not null,
  -- With the account, the commitment it keeps.
  commitment_key text not null,
  project_key text not null,
  -- Last day of the calendar quarter.
  quarter date not null,
  -- The person who audits it, and the unit he was of when he was assigned or signed.
  auditor_key text not null,
  auditor_unit text not null,
  assigned_at timestamptz not null,
  assigned_by text not null,
  -- What the sample was drawn by, when, and from how many. Drawn once and kept.
  seed text not null,
  drawn_at timestamptz not null,
  communications integer not null,
  commitments integer not null,
  signed_at timestamptz,
  signed_by text,
  rating text check (rating in ('sound', 'minor findings', 'major findings')),
  summary text,
  check ((signed_at is null) = (signed_by is null) and (signed_at is null) = (rating is null) and (signed_at is null) = (summary is null))
);
create unique index audit_case_of_commitment on audit_case (account_id, commitment_key);
create index audit_case_by_quarter on audit_case (quarter);

-- What was drawn for a closer look, and what was seen.
create table audit_item (
  item_id bigint generated always as identity primary key,
  case_id bigint not null references audit_case,
  sort text not null check (sort in ('communication', 'commitment')),
  -- In the order of the draw, from 1.
  place integer not null,
  -- Kind of the commitment; null for a communication.
  kind text,
  item_key text not null,
  at timestamptz not null,
  -- Null until somebody has looked at it.
  verdict text check (verdict in ('ok', 'exception')),
  words text,
  judged_at timestamptz,
  judged_by text,
  unique (case_id, sort, place),
  check ((kind is null) = (sort = 'communication')),
  check ((verdict is null) = (judged_at is null) and (verdict is null) = (judged_by is null)),
  check (verdict is distinct from 'exception' or words is not null)
);

-- What has to be put right, by whom and by when. The date is also a promise among the facts, owed by the owner.
create table audit_finding (
  finding_id bigint generated always as identity primary key,
  case_id bigint not null references audit_case,
  -- What showed it; null for the project as a whole.
  item_id bigint references audit_item,
  severity text not null check (severity in ('low', 'medium', 'high')),
  words text not null,
  owner_key text not null,
  due_on date not null,
  -- The last second of that day in the company's zone.
  due_at timestamptz not null,
  raised_at timestamptz not null,
  raised_by text not null,
  -- What the owner says was done; null again when it was sent back.
  answer text,
  answered_at timestamptz,
  answered_by text,
  -- What the auditor saw when he closed it.
  closing text,
  closed_at timestamptz,
  closed_by text,
  check ((answer is null) = (answered_at is null) and (answer is null) = (answered_by is null)),
  check ((closing is null) = (closed_at is null) and (closing is null) = (closed_by is null))
);
create index audit_finding_by_case on audit_finding (case_id);
create index audit_finding_by_owner on audit_finding (owner_key, due_at);

-- Who did what, in order. Only added to.
create table audit_step (
  step_id bigint generated always as identity primary key,
  case_id bigint not null references audit_case,
  -- Null for what is about the audit as a whole.
  finding_id bigint references audit_finding,
  step text not null check (step in ('assigned', 'signed_off', 'reopened', 'raised', 'answered', 'sent_back', 'closed')),
  at timestamptz not null,
  by_name text not null,
  words text not null
);
create index audit_step_by_case on audit_step (case_id, step_id);
