-- Readers who asked for mail, what they asked to be told, what has to be sent and what was.
--
-- Instants are microseconds since 1970-01-01 UTC, days are days since 1970-01-01.

-- A random key of this database, behind every link in a mail. A restored copy keeps old links alive.
create table secrets (
    name text primary key,
    key  blob not null
) without rowid;

create table subscribers (
    id        integer primary key autoincrement, -- never used again: a link of a reader who left is nobody’s
    address   text not null unique,   -- as normalised
    confirmed integer,                -- null until the owner said yes
    asked     integer not null,       -- when a confirmation was last asked for
    generation integer not null default 1, -- links of an earlier one are void
    digest    integer not null default 1,  -- whether the daily mail is wanted
    weekdays  integer not null default 31, -- bit 0 is Monday
    hour      integer not null default 7,  -- of the local day
    zone      text not null default 'UTC',
    plain     integer not null default 0,  -- text alone
    pairs     text not null default '',    -- ids as a-vs-b, separated by spaces
    metrics   text not null default '',    -- ids, separated by spaces
    budget    integer not null default 5   -- alerts a week
);

-- Addresses nothing is sent to: a hash alone, so that a forgotten reader stays forgotten and unbothered.
create table suppressed (
    hash   blob primary key,
    reason text not null,             -- 'bounced' or 'complained'
    since  integer not null
) without rowid;

-- What is to be sent. One row a message, told apart by its key: whoever queues twice queues once.
create table outbox (
    id         integer primary key,
    key        text not null unique,  -- 'digest 2025-12-31 7', 'confirm 7 1767168000'
    subscriber integer references subscribers (id) on delete cascade,
    address    text not null,
    kind       text not null,         -- 'digest', 'alert', 'confirm' or 'webhook'
    content    text not null,         -- what the message is made of: the day of a digest, a firing, a link
    -- claimed: a process prepares it; sending: its last byte may be on the way; unconfirmed: that process died before the
    -- answer came, so that sending again might send twice; dead: given up; dropped: no longer wanted
    state      text not null default 'waiting'
               check (state in ('waiting', 'claimed', 'sending', 'sent', 'unconfirmed', 'dead', 'dropped')),
    due        integer not null,      -- not before
    tries      integer not null default 0,
    holder     text,
    until      integer,               -- of the claim
    sent       integer,
    trouble    text                   -- of the last try
);
create index outbox_due on outbox (state, due);
create index outbox_of on outbox (subscriber);

create table rules (
    id         integer primary key,
    subscriber integer references subscribers (id) on delete cascade,
    text       text not null,         -- in the language of rules
    channel    text not null default 'mail',  -- 'mail', 'feed' or 'webhook'
    target     text not null default '',      -- address of the webhook
    made       integer not null,
    -- where the rule stands
    armed      integer not null,
    held       integer not null,
    quiet      integer,
    seen       integer,
    word       text,
    unique (subscriber, text, channel, target)
);

-- Every time a rule fired, for ever as long as the rule is there; nothing is changed afterwards.
create table firings (
    id      integer primary key,
    rule    integer not null references rules (id) on delete cascade,
    day     integer not null,
    reading text not null,
    made    integer not null,
    outcome text not null,            -- 'queued' or 'over budget'
    unique (rule, day)
);
create trigger firings_stay before update on firings
begin
    select raise(abort, 'the ledger of alerts is append-only');
end;

-- Digests as they were first made: the same page for ever.
create table digests (
    day     integer primary key,
    made    integer not null,
    content text not null
) without rowid;
create trigger digests_stay before update on digests
begin
    select raise(abort, 'digests of past days are append-only');
end;
create trigger digests_are_kept before delete on digests
begin
    select raise(abort, 'digests of past days are append-only');
end;
