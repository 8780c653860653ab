-- A token with which a program signs quarters for its user, beside reading what he sees. One that only reads changes nothing.
alter table api_token drop constraint api_token_scope_check;
alter table api_token add constraint api_token_scope_check
  check (scope in ('ingest', 'read', 'sign') and (scope in ('read', 'sign')) = (user_id is not null));
