-- What other systems send by themselves: who may, under which key a delivery is known, and what it was answered.

-- A system whose webhooks are taken at /hooks/<name>.
create table hook_source (
  name text primary key check (name ~ '^[a-z0-9][a-z0-9-]{0,39}$'),
  -- A shipped mapping, or a system that stands for all its mappings.
  mapping text not null,
  scheme text not null check (scheme in ('generic', 'stripe', 'hubspot', 'typeform', 'xero', 'zendesk')),
  -- The address as the sender calls it, for schemes that sign it too; null for the others.
  address text,
  -- Encrypted with the key ring; never in clear.
  secret text not null,
  -- The secret before the last rotation, which is good until then.
  previous_secret text,
  previous_until timestamptz,
  created_at timestamptz not null,
  rotated_at timestamptz,
  check ((previous_secret is null) = (previous_until is null))
);

-- A delivery that is in. The same again is given the same answer; another body under its key is refused.
create table delivery (
  -- hook:<name of the source> or api:<name of the token>, as in batch.source.
  sender text not null,
  -- The sender's own id of the event, else the fingerprint.
  key text not null,
  -- SHA-256 of the body without what changes from one attempt to the next.
  fingerprint text not null,
  -- The batch whose facts it brought; an earlier one where the same bytes had come under another key.
  batch_id bigint not null,
  answer text not null,
  received_at timestamptz not null,
  primary key (sender, key)
);
create index delivery_latest on delivery (sender, received_at desc);
create index batch_by_sender on batch (source, batch_id) where source <> 'file';

-- A right to send facts, carried by a program. The token itself is known to that program alone.
create table api_token (
  name text primary key check (name ~ '^[a-z0-9][a-z0-9-]{0,39}$'),
  -- SHA-256 of the token, hexadecimal.
  token_hash text not null,
  scope text not null check (scope in ('ingest')),
  created_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  -- To the minute; null before the first use.
  used_at timestamptz
);
create unique index api_token_by_hash on api_token (token_hash);
