-- Facts about orders, invoices and payments.

create table sales_order (
  like fact_template including all,
  number text,
  contact_key text,
  project_key text,
  deal_key text,
  revenue_class text check (revenue_class in ('new_customer', 'repeat', 'add_on', 'renewal', 'rework')),
  amount numeric not null,
  currency text not null,
  cancelled_at timestamptz,
  primary key (account_id, source_key)
);
call keep_history('sales_order');

create table billing_event (
  like fact_template including all,
  project_key text not null,
  trigger text not null check (trigger in ('acceptance', 'completion', 'period_end', 'period_start', 'deposit')),
  amount numeric not null,
  currency text not null,
  primary key (account_id, source_key)
);
call keep_history('billing_event');

create table invoice (
  like fact_template including all,
  number text not null,
  project_key text,
  sent_at timestamptz,
  due_on date,
  amount numeric not null,
  tax numeric,
  currency text not null,
  voided_at timestamptz,
  primary key (account_id, source_key)
);
call keep_history('invoice');

create table invoice_line (
  like fact_template including all,
  invoice_key text not null,
  billing_event_key text,
  order_key text,
  revenue_class text check (revenue_class in ('new_customer', 'repeat', 'add_on', 'renewal', 'rework')),
  description text,
  amount numeric not null,
  currency text not null,
  pass_through boolean not null,
  primary key (account_id, source_key)
);
call keep_history('invoice_line');

create table payment (
  like fact_template including all,
  invoice_key text,
  amount numeric not null,
  currency text not null,
  primary key (account_id, source_key)
);
call keep_history('payment');

create table credit_note (
  like fact_template including all,
  invoice_key text,
  amount numeric not null,
  currency text not null,
  reason text,
  primary key (account_id, source_key)
);
call keep_history('credit_note');
