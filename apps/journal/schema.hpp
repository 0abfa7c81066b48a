#pragma once
// The tables of a journal. A change here is a new schema_version.

#include <array>
#include <string_view>

namespace delian::journal {

struct SchemaObject {
  std::string_view name;
  std::string_view sql;  ///< as SQLite keeps it: compared byte by byte
};

inline constexpr std::array tables{
    SchemaObject{"record",
                 R"(CREATE TABLE record (
  seq      INTEGER PRIMARY KEY AUTOINCREMENT,
  at       TEXT NOT NULL,
  kind     TEXT NOT NULL CHECK (kind IN ('entry', 'outcome')),
  previous TEXT NOT NULL,
  hash     TEXT NOT NULL UNIQUE
) STRICT)"},
    SchemaObject{"document",
                 R"(CREATE TABLE document (
  sha256  TEXT NOT NULL PRIMARY KEY,
  content TEXT NOT NULL
) STRICT)"},
    SchemaObject{"entry",
                 R"(CREATE TABLE entry (
  seq            INTEGER PRIMARY KEY REFERENCES record (seq),
  number         INTEGER NOT NULL UNIQUE,
  question       TEXT NOT NULL,
  title          TEXT NOT NULL,
  asks           TEXT NOT NULL,
  marking        TEXT NOT NULL,
  body           TEXT NOT NULL,
  opens          TEXT NOT NULL,
  closes         TEXT NOT NULL,
  proposal       REAL NOT NULL,
  horizon_months REAL NOT NULL,
  states_result  INTEGER NOT NULL,
  engine_version TEXT NOT NULL,
  model          TEXT NOT NULL,
  yardstick      TEXT NOT NULL,
  seed           INTEGER NOT NULL,
  draws          INTEGER NOT NULL,
  as_drafted     REAL NOT NULL,
  weakened       REAL NOT NULL,
  late           REAL NOT NULL,
  bypassed       REAL NOT NULL,
  not_adopted    REAL NOT NULL,
  scenario_hash  TEXT NOT NULL,
  answer_sha256  TEXT NOT NULL REFERENCES document (sha256)
) STRICT)"},
    SchemaObject{"entry_text",
                 R"(CREATE TABLE entry_text (
  seq      INTEGER NOT NULL REFERENCES entry (seq),
  position INTEGER NOT NULL,
  name     TEXT NOT NULL,
  sha256   TEXT NOT NULL REFERENCES document (sha256),
  PRIMARY KEY (seq, position)
) STRICT)"},
    SchemaObject{"outcome",
                 R"(CREATE TABLE outcome (
  seq        INTEGER PRIMARY KEY REFERENCES record (seq),
  entry      INTEGER NOT NULL REFERENCES entry (number),
  outcome    TEXT NOT NULL
             CHECK (outcome IN ('as_drafted', 'weakened', 'late', 'bypassed', 'not_adopted')),
  decided_on TEXT NOT NULL,
  note       TEXT NOT NULL,
  source     TEXT NOT NULL
) STRICT)"},
};

// REPLACE deletes without asking a delete trigger, so what exists is guarded at insertion too.
inline constexpr std::array guards{
    SchemaObject{"record_stays",
                 R"(CREATE TRIGGER record_stays BEFORE UPDATE ON record
BEGIN SELECT RAISE(ABORT, 'a journal only grows'); END)"},
    SchemaObject{"record_remains",
                 R"(CREATE TRIGGER record_remains BEFORE DELETE ON record
BEGIN SELECT RAISE(ABORT, 'a journal only grows'); END)"},
    SchemaObject{"record_at_the_end",
                 R"(CREATE TRIGGER record_at_the_end BEFORE INSERT ON record
WHEN NEW.seq <= (SELECT max(seq) FROM record)
  OR EXISTS (SELECT 1 FROM record WHERE hash = NEW.hash)
BEGIN SELECT RAISE(ABORT, 'a journal only grows at its end'); END)"},
    SchemaObject{"document_stays",
                 R"(CREATE TRIGGER document_stays BEFORE UPDATE ON document
BEGIN SELECT RAISE(ABORT, 'a journal only grows'); END)"},
    SchemaObject{"document_remains",
                 R"(CREATE TRIGGER document_remains BEFORE DELETE ON document
BEGIN SELECT RAISE(ABORT, 'a journal only grows'); END)"},
    SchemaObject{"document_once",
                 R"(CREATE TRIGGER document_once BEFORE INSERT ON document
WHEN EXISTS (SELECT 1 FROM document WHERE sha256 = NEW.sha256)
BEGIN SELECT RAISE(ABORT, 'a journal only grows'); END)"},
    SchemaObject{"entry_stays",
                 R"(CREATE TRIGGER entry_stays BEFORE UPDATE ON entry
BEGIN SELECT RAISE(ABORT, 'a journal only grows'); END)"},
    SchemaObject{"entry_remains",
                 R"(CREATE TRIGGER entry_remains BEFORE DELETE ON entry
BEGIN SELECT RAISE(ABORT, 'a journal only grows'); END)"},
    SchemaObject{"entry_at_the_end",
                 R"(CREATE TRIGGER entry_at_the_end BEFORE INSERT ON entry
WHEN NEW.seq <= (SELECT max(seq) FROM entry) OR NEW.number <= (SELECT max(number) FROM entry)
BEGIN SELECT RAISE(ABORT, 'a journal only grows at its end'); END)"},
    SchemaObject{"entry_text_stays",
                 R"(CREATE TRIGGER entry_text_stays BEFORE UPDATE ON entry_text
BEGIN SELECT RAISE(ABORT, 'a journal only grows'); END)"},
    SchemaObject{"entry_text_remains",
                 R"(CREATE TRIGGER entry_text_remains BEFORE DELETE ON entry_text
BEGIN SELECT RAISE(ABORT, 'a journal only grows'); END)"},
    SchemaObject{"entry_text_at_the_end",
                 R"(CREATE TRIGGER entry_text_at_the_end BEFORE INSERT ON entry_text
WHEN NEW.seq < (SELECT max(seq) FROM entry)
  OR EXISTS (SELECT 1 FROM entry_text WHERE seq = NEW.seq AND position = NEW.position)
BEGIN SELECT RAISE(ABORT, 'a journal only grows at its end'); END)"},
    SchemaObject{"outcome_stays",
                 R"(CREATE TRIGGER outcome_stays BEFORE UPDATE ON outcome
BEGIN SELECT RAISE(ABORT, 'a journal only grows'); END)"},
    SchemaObject{"outcome_remains",
                 R"(CREATE TRIGGER outcome_remains BEFORE DELETE ON outcome
BEGIN SELECT RAISE(ABORT, 'a journal only grows'); END)"},
    SchemaObject{"outcome_at_the_end",
                 R"(CREATE TRIGGER outcome_at_the_end BEFORE INSERT ON outcome
WHEN NEW.seq <= (SELECT max(seq) FROM outcome)
BEGIN SELECT RAISE(ABORT, 'a journal only grows at its end'); END)"},
};

}  // namespace delian::journal
