-- The churn model: what it predicts, which models there are, which one serves, what was predicted, and who was treated because of it.

-- What counts as churn. A version is never changed; another definition is another version.
create table churn_label (
  label_version integer generated always as identity primary key,
  -- no_order: no order in (cut + gap, cut + gap + horizon]; not_renewed: a contract that ends in there is not renewed within its grace.
  kind text not null check (kind in ('no_order', 'not_renewed')),
  gap_days integer not null check (gap_days >= 0),
  -- Of segments without a horizon of their own.
  horizon_days integer not null check (horizon_days > 0),
  -- {"key": 240, …}, in days.
  horizon_of_segment jsonb not null,
  -- Eligible is who ordered within so many months before the cut.
  lookback_months integer not null check (lookback_months > 0),
  grace_days integer not null check (grace_days >= 0),
  created_at timestamptz not null,
  unique (kind, gap_days, horizon_days, horizon_of_segment, lookback_months, grace_days)
);

-- One training: all its models saw the same rows.
create table churn_training (
  training_id bigint generated always as identity primary key,
  -- 'accounts' for the company's own customers, else the name of the labelled table.
  subject text not null,
  -- Nothing learned later than this was used; null for a labelled table.
  data_cut_off timestamptz,
  -- Both null for a labelled table, which has labels and features of its own.
  label_version integer references churn_label,
  feature_version integer,
  -- SHA-256 of the labelled table's bytes; null for the company's own customers.
  source_sha256 text,
  rows bigint not null,
  customers bigint not null,
  churned bigint not null,
  -- {"called during the label's time": 12, …}: rows left out, by reason.
  excluded jsonb not null,
  started_at timestamptz not null,
  finished_at timestamptz not null,
  -- In words why the recency list is shipped or XGBoost is missing; null when there is nothing to say.
  note text
);
create index churn_training_by_subject on churn_training (subject, training_id);

-- A trained model, whole: with its training it can be made again, byte by byte.
create table churn_model (
  model_id bigint generated always as identity primary key,
  training_id bigint not null references churn_training,
  kind text not null check (kind in ('recency', 'logistic', 'xgboost')),
  -- The columns with their categories, in the order the model reads them, and the SHA-256 of that text.
  feature_schema text not null,
  feature_schema_sha256 text not null,
  parameters jsonb not null,
  seed integer not null,
  -- Name and version of what fitted it.
  library text not null,
  artefact bytea not null,
  artefact_sha256 text not null,
  -- What it was found to be worth; ModelFigures describes it.
  figures jsonb not null,
  created_at timestamptz not null
);
create index churn_model_by_training on churn_model (training_id);

-- Who decided that a model serves: the newest row of a subject names its champion. Trainings make challengers only, except the very first.
create table churn_approval (
  approval_id bigint generated always as identity primary key,
  subject text not null,
  model_id bigint not null references churn_model,
  replaced_model_id bigint references churn_model,
  -- Null for the first model of a subject, which nobody needed to approve as it replaced none.
  approved_by text,
  reason text not null,
  approved_at timestamptz not null
);
create index churn_approval_by_subject on churn_approval (subject, approval_id);

-- One scoring of all eligible accounts by one model: a snapshot that never changes.
create table churn_scoring (
  scoring_id bigint generated always as identity primary key,
  model_id bigint not null references churn_model,
  -- The facts it saw are those known then.
  as_of timestamptz not null,
  -- model: by calibrated probability; recency: by days since the last order, since the model does not surely beat that.
  basis text not null check (basis in ('model', 'recency')),
  basis_reason text not null,
  accounts bigint not null,
  -- Revenue of the next twelve months of those who stay, for each unit of the last years' yearly average.
  revenue_factor numeric not null,
  -- {"feature": psi, …} against the rows the model was trained on, and the highest of them.
  drift jsonb not null,
  largest_drift double precision not null,
  scored_at timestamptz not null
);
create index churn_scoring_by_time on churn_scoring (as_of);

-- What one scoring says of one account.
create table churn_score (
  account_id bigint not null,
  scoring_id bigint not null,
  -- Calibrated, of leaving as the model's label defines it.
  probability double precision not null check (probability between 0 and 1),
  -- By the scoring's basis, 1 is the likeliest to leave; equal ones share the mean of their ranks.
  risk_rank double precision not null,
  -- Since the last scoring at least six and a half days older; null for accounts it did not have.
  change_since_week double precision,
  -- Net revenue expected of the next twelve months if it stays, and that times the probability; null where several currencies cannot be added.
  expected_revenue numeric,
  at_stake numeric,
  currency text,
  -- The strongest first; AccountRisk describes them.
  reasons jsonb not null,
  primary key (account_id, scoring_id)
);
create index churn_score_by_scoring on churn_score (scoring_id, account_id);

-- Who was called, or otherwise treated, because of a score: their labels say no longer what would have come by itself.
create table churn_treatment (
  account_id bigint not null,
  treated_at timestamptz not null,
  -- What was done, for example 'called'.
  treatment text not null,
  -- Where it came from, for example the call list's row.
  treatment_key text not null,
  primary key (account_id, treatment_key)
);
