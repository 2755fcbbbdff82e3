-- The store of a job, version 1. docs/scanning.md explains the columns that people read.
CREATE TABLE job (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE runs (
    id INTEGER PRIMARY KEY,
    started_at TEXT NOT NULL,
    ended_at TEXT,          -- NULL where a run was killed
    pages INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE pages (
    id INTEGER PRIMARY KEY,
    input TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    host TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'waiting',
    code TEXT,
    message TEXT,
    passing INTEGER NOT NULL DEFAULT 0,
    tries INTEGER NOT NULL DEFAULT 0,
    deaths INTEGER NOT NULL DEFAULT 0,
    due REAL NOT NULL DEFAULT 0,
    url TEXT,
    title TEXT,
    language TEXT,
    author TEXT,
    published TEXT,
    fetched_at TEXT,
    audited_at TEXT,
    text_sha256 TEXT,
    words INTEGER,
    on_topic INTEGER,
    copy_of INTEGER REFERENCES pages (id),
    likeness REAL,
    judged_by TEXT
);
CREATE INDEX pages_by_state ON pages (state, host, id);
CREATE INDEX pages_by_text ON pages (text_sha256) WHERE text_sha256 IS NOT NULL AND copy_of IS NULL;
CREATE INDEX pages_by_original ON pages (copy_of) WHERE copy_of IS NOT NULL;

-- What a reader sees of a page and what was made of it, as compressed JSON: enough to audit again without fetching.
CREATE TABLE texts (
    page INTEGER PRIMARY KEY REFERENCES pages (id),
    article BLOB NOT NULL,
    signature BLOB,
    examination BLOB
);

-- The bands of the MinHash signatures of originals: pages that share one may be copies.
CREATE TABLE bands (
    band BLOB NOT NULL,
    page INTEGER NOT NULL REFERENCES pages (id),
    PRIMARY KEY (band, page)
) WITHOUT ROWID;
CREATE INDEX bands_by_page ON bands (page);

CREATE TABLE claims (
    page INTEGER NOT NULL REFERENCES pages (id),
    number INTEGER NOT NULL,
    claim TEXT NOT NULL,
    block INTEGER NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    quote TEXT NOT NULL,
    topic TEXT NOT NULL,
    sense TEXT NOT NULL,
    stance TEXT NOT NULL,
    strength INTEGER NOT NULL,
    verdict TEXT NOT NULL,
    confidence REAL NOT NULL,
    because TEXT NOT NULL,
    "references" TEXT NOT NULL,
    suggestion TEXT,
    PRIMARY KEY (page, number)
) WITHOUT ROWID;

CREATE TABLE findings (
    page INTEGER NOT NULL REFERENCES pages (id),
    number INTEGER NOT NULL,
    rule TEXT NOT NULL,
    severity TEXT NOT NULL,
    message TEXT NOT NULL,
    block INTEGER,
    start INTEGER,
    "end" INTEGER,
    quote TEXT NOT NULL,
    claim TEXT,
    suggestion TEXT,
    fingerprint TEXT NOT NULL,
    PRIMARY KEY (page, number)
) WITHOUT ROWID;

PRAGMA user_version = 1;
