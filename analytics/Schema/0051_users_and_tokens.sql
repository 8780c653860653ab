-- Tokens that read for a user, addresses by which another sign-in knows a user, and a log that is searched.

-- A token of a program is known by its name; one that reads belongs to a user, sees what he sees, and is known by its name beside his.
alter table api_token drop constraint api_token_pkey;
alter table api_token drop constraint api_token_scope_check;
alter table api_token
  add column api_token_id bigint generated always as identity primary key,
  -- For whom it reads; null for a program that sends.
  add column user_id uuid references app_user on delete cascade,
  add constraint api_token_scope_check check (scope in ('ingest', 'read') and (scope = 'read') = (user_id is not null));
create unique index api_token_by_name on api_token (name) where user_id is null;
create unique index api_token_of_user on api_token (user_id, name) where user_id is not null;

-- Whoever signs in elsewhere comes in as the one user with his address.
drop index app_user_by_email;
create unique index app_user_by_email on app_user (normalized_email);

create index access_log_by_action on access_log (action, at desc);
