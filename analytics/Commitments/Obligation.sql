-- The working tables of one refresh. dirty is what the rule at hand has to look at, of all contacts or of some; obligation is what a rule says is owed; derived is the same with who is responsible.
create temporary table dirty (account_id bigint primary key, since timestamptz not null, contacts text[]) on commit drop;
create temporary table obligation (
  account_id bigint not null,
  commitment_key text not null,
  party text not null,
  contact_key text,
  thread_key text,
  project_key text,
  channel text,
  -- The person the source names as responsible; null falls to the account's owner.
  owner_key text,
  opened_at timestamptz not null,
  first_contact_at timestamptz not null,
  due_at timestamptz not null,
  fulfilled_at timestamptz,
  fulfilled_by_key text,
  fulfilled_by_staff text,
  fulfilled_channel text,
  reminders bigint not null,
  source_deleted boolean not null,
  outcome text,
  amount numeric,
  currency text,
  -- What the definition itself takes out of the rate, with its reason; rules that excuse nothing leave these out.
  excused_at timestamptz,
  excused_reason text,
  excused_by text,
  -- When it ended without being fulfilled, so that nothing later changes it; rules of which all can still be fulfilled leave this out.
  over_at timestamptz
) on commit drop;
