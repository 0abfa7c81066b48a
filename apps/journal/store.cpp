#include "journal/store.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <map>
#include <set>
#include <system_error>
#include <utility>

#include "delian/assert.hpp"
#include "domain/text.hpp"

namespace delian::journal {
namespace {

Diagnostics refused(std::string_view code, const std::string& path, std::string message,
                    std::string fix = {}, std::vector<std::string> notes = {}) {
  Diagnostic problem = diagnose(code, "", std::move(message), std::move(fix), std::move(notes));
  problem.place.file = path;
  return {std::move(problem)};
}

Diagnostics refused(const DatabaseError& error, const std::string& path) {
  switch (error.kind) {
    case DatabaseError::Kind::not_a_database:
      return refused("E431", path, "the file is no SQLite database",
                     "name the journal with --journal, or a file that does not exist yet");
    case DatabaseError::Kind::in_use:
      return refused("E435", path, "other programs kept the journal locked for 30 s",
                     "try again, or find the program that has it open");
    case DatabaseError::Kind::damaged:
      return refused("E436", path, "the file is damaged: " + error.message,
                     "take a copy from a backup; `sqlite3 FILE .recover` saves what is left");
    case DatabaseError::Kind::other:
      break;
  }
  return refused("E434", path, "the journal cannot be opened or written: " + error.message,
                 "see whether you may write the file and its folder, and whether the disk is full");
}

/// Creates what is missing of a folder, for its owner alone as the XDG base directory specification
/// asks. Returns the reason of a failure, empty when done.
std::string create_folders(const std::filesystem::path& folder) {
  if (folder.empty()) return {};
  std::error_code error;
  if (std::filesystem::is_directory(folder, error)) return {};
  if (const std::string reason = create_folders(folder.parent_path()); !reason.empty()) {
    return reason;
  }
  // Another process may have been quicker.
  if (::mkdir(folder.c_str(), 0700) == 0 || errno == EEXIST) return {};
  return std::generic_category().message(errno);
}

/// The rows of a query that gives one text each.
std::vector<std::string> texts_of(Database& database, std::string_view sql) {
  std::vector<std::string> rows;
  Statement statement(database, sql);
  while (statement.step()) rows.push_back(statement.text(0));
  return rows;
}

bool known_table(std::string_view name) {
  return std::any_of(tables.begin(), tables.end(),
                     [name](const SchemaObject& table) { return table.name == name; });
}

}  // namespace

Diagnostics Store::failure() const {
  DELIAN_ASSERT(database_.error());
  return refused(*database_.error(), path_);
}

Expected<Store> Store::open(const std::string& given, Access access) {
  std::error_code error;
  // Absolute, so that no name means anything special to SQLite, as ":memory:" does.
  const std::filesystem::path path = std::filesystem::absolute(given, error);
  const std::filesystem::file_status status = std::filesystem::status(path, error);
  const bool missing = status.type() == std::filesystem::file_type::not_found;
  if (missing && access == Access::read) {
    return tl::unexpected(
        refused("E430", given, "there is no journal here", "`delian journal add FILE` starts one"));
  }
  if (!missing && status.type() != std::filesystem::file_type::regular) {
    const std::string why = status.type() == std::filesystem::file_type::none
                                ? error.message()
                                : std::string("it is not an ordinary file");
    return tl::unexpected(refused("E434", given, "the journal cannot be opened: " + why,
                                  "name a file with --journal"));
  }
  if (missing) {
    if (const std::string reason = create_folders(path.parent_path()); !reason.empty()) {
      return tl::unexpected(refused(
          "E434", given, "the folder of the journal cannot be created: " + printable(reason),
          "name another file with --journal"));
    }
  }
  Store store(given, Database(path.string(), access == Access::write ? Database::Create::yes
                                                                     : Database::Create::no));
  if (const Expected<Schema> schema = store.inspect(); !schema) {
    return tl::unexpected(schema.error());
  }
  if (access == Access::write && store.database_.read_only()) {
    return tl::unexpected(refused("E434", given, "the journal may be read only, not written",
                                  "see whether you may write the file and its folder"));
  }
  return store;
}

std::vector<std::string> Store::Schema::problems() const {
  std::vector<std::string> all = strange;
  for (const SchemaObject* guard : missing) {
    all.push_back("guard " + std::string(guard->name) + " is gone");
  }
  return all;
}

Expected<Store::Schema> Store::inspect() {
  Schema schema;
  const std::int64_t application = database_.number("PRAGMA application_id");
  const std::int64_t version = database_.number("PRAGMA user_version");
  std::map<std::string, std::string> found_tables;
  std::map<std::string, std::string> found_guards;
  Statement rows(database_, "SELECT type, name, tbl_name, sql FROM sqlite_schema");
  while (rows.step()) {
    const std::string type = rows.text(0);
    if (type == "table") found_tables[rows.text(1)] = rows.text(3);
    if (type == "trigger" && known_table(rows.text(2))) found_guards[rows.text(1)] = rows.text(3);
  }
  if (database_.error()) return tl::unexpected(failure());
  if (application == 0 && version == 0 && found_tables.empty()) {
    schema.empty = true;
    return schema;
  }
  if (application != application_id) {
    return tl::unexpected(refused("E432", path_, "the file is an SQLite database of something else",
                                  "name the journal with --journal, or a file that does not exist "
                                  "yet"));
  }
  if (version > schema_version) {
    return tl::unexpected(refused(
        "E433", path_,
        "the journal was written by a newer Delian: its tables have version " +
            std::to_string(version) + ", this one knows up to " + std::to_string(schema_version),
        "use the newer Delian"));
  }
  std::vector<std::string> strange;
  for (const SchemaObject& table : tables) {
    const auto found = found_tables.find(std::string(table.name));
    if (found == found_tables.end()) {
      strange.push_back("table " + std::string(table.name) + " is gone");
    } else if (found->second != table.sql) {
      strange.push_back("table " + std::string(table.name) + " is another");
    }
  }
  if (version != schema_version) strange.push_back("version " + std::to_string(version));
  if (!strange.empty()) {
    return tl::unexpected(refused("E437", path_,
                                  "the tables of the journal are not as Delian makes them",
                                  "take a copy from a backup", std::move(strange)));
  }
  for (const SchemaObject& guard : guards) {
    const auto found = found_guards.find(std::string(guard.name));
    if (found == found_guards.end()) {
      schema.missing.push_back(&guard);
      continue;
    }
    if (found->second != guard.sql) {
      schema.strange.push_back("guard " + std::string(guard.name) + " was changed");
    }
    found_guards.erase(found);
  }
  for (const auto& [name, unused] : found_guards) {
    schema.strange.push_back("trigger " + printable(name) + " is not Delian's");
  }
  return schema;
}

void Store::create(const Schema& schema) {
  if (schema.empty) {
    for (const SchemaObject& table : tables) database_.run(std::string(table.sql));
    for (const SchemaObject& guard : guards) database_.run(std::string(guard.sql));
    database_.run("PRAGMA application_id = " + std::to_string(application_id));
    database_.run("PRAGMA user_version = " + std::to_string(schema_version));
  }
  for (const SchemaObject* guard : schema.missing) database_.run(std::string(guard->sql));
}

Expected<Record> Store::add(const Entry& entry, const Clock& clock) {
  Record record;
  record.kind = "entry";
  record.content = entry;
  return append(std::move(record), clock);
}

Expected<Record> Store::resolve(const Resolution& resolution, const Clock& clock) {
  Record record;
  record.kind = "outcome";
  record.content = resolution;
  return append(std::move(record), clock);
}

Expected<Record> Store::append(Record record, const Clock& clock) {
  Transaction transaction(database_, Transaction::Kind::write);
  if (database_.error()) return tl::unexpected(failure());
  // What was there at opening may have been made or changed by another process since.
  const Expected<Schema> schema = inspect();
  if (!schema) return tl::unexpected(schema.error());
  if (!schema->strange.empty()) {
    return tl::unexpected(refused("E437", path_, "the journal holds triggers that are not Delian's",
                                  "remove them; DROP TRIGGER in the program sqlite3 does it",
                                  schema->strange));
  }
  create(*schema);

  const std::int64_t last = database_.number("SELECT max(seq) FROM record");
  // Numbers are not given twice, even when somebody has taken the last record out.
  record.sequence =
      1 + std::max(last, database_.number("SELECT seq FROM sqlite_sequence WHERE name = 'record'"));
  for (std::string& hash :
       texts_of(database_, "SELECT hash FROM record ORDER BY seq DESC LIMIT 1")) {
    record.previous = std::move(hash);
  }
  if (Entry* entry = std::get_if<Entry>(&record.content)) {
    entry->number = 1 + database_.number("SELECT max(number) FROM entry");
  }
  record.at = utc_text(clock());
  record.hash = record_hash(record);

  Statement(database_, "INSERT INTO record (seq, at, kind, previous, hash) VALUES (?, ?, ?, ?, ?)")
      .bind(record.sequence)
      .bind(record.at)
      .bind(record.kind)
      .bind(record.previous)
      .bind(record.hash)
      .run();
  if (const Entry* entry = record.entry()) {
    write_document(entry->answer);
    for (const Document& text : entry->texts) write_document(text);
    if (const std::vector<std::string> wrong = wrong_documents(*entry); !wrong.empty()) {
      return tl::unexpected(refused("E437", path_, "texts in the journal were changed by hand",
                                    "take a copy from a backup", wrong));
    }
    write_entry(record);
  } else {
    write_resolution(record);
  }
  transaction.commit();
  if (database_.error()) return tl::unexpected(failure());
  return record;
}

void Store::write_document(const Document& document) {
  DELIAN_ASSERT(document.content);
  Statement(database_,
            "INSERT INTO document (sha256, content) SELECT ?1, ?2 "
            "WHERE NOT EXISTS (SELECT 1 FROM document WHERE sha256 = ?1)")
      .bind(document.sha256)
      .bind(*document.content)
      .run();
}

std::vector<std::string> Store::wrong_documents(const Entry& entry) {
  std::vector<std::string> wrong;
  const auto compare = [&](const Document& document) {
    Statement row(database_, "SELECT content FROM document WHERE sha256 = ?");
    row.bind(document.sha256);
    if (row.step() && row.text(0) != *document.content) wrong.push_back(document.sha256);
  };
  compare(entry.answer);
  for (const Document& text : entry.texts) compare(text);
  return wrong;
}

void Store::write_entry(const Record& record) {
  const Entry& entry = *record.entry();
  Statement row(
      database_,
      "INSERT INTO entry (seq, number, question, title, asks, marking, body, opens, "
      "closes, proposal, horizon_months, states_result, engine_version, model, yardstick, "
      "seed, draws, as_drafted, weakened, late, bypassed, not_adopted, scenario_hash, "
      "answer_sha256) "
      "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  row.bind(record.sequence)
      .bind(entry.number)
      .bind(entry.question)
      .bind(entry.title)
      .bind(entry.asks)
      .bind(entry.marking)
      .bind(entry.body)
      .bind(entry.opens)
      .bind(entry.closes)
      .bind(entry.proposal)
      .bind(entry.horizon_months)
      .bind(std::int64_t{entry.states_result})
      .bind(entry.engine_version)
      .bind(entry.model)
      .bind(entry.yardstick)
      .bind(entry.seed)
      .bind(entry.draws);
  for (const double share : entry.outcomes) row.bind(share);
  row.bind(entry.scenario_hash).bind(entry.answer.sha256).run();
  Statement text(database_,
                 "INSERT INTO entry_text (seq, position, name, sha256) VALUES (?, ?, ?, ?)");
  for (std::size_t k = 0; k < entry.texts.size(); ++k) {
    text.bind(record.sequence)
        .bind(static_cast<std::int64_t>(k))
        .bind(entry.texts[k].name)
        .bind(entry.texts[k].sha256)
        .run();
  }
}

void Store::write_resolution(const Record& record) {
  const Resolution& resolution = *record.resolution();
  Statement(database_,
            "INSERT INTO outcome (seq, entry, outcome, decided_on, note, source) "
            "VALUES (?, ?, ?, ?, ?, ?)")
      .bind(record.sequence)
      .bind(resolution.entry)
      .bind(resolution.outcome)
      .bind(resolution.decided_on)
      .bind(resolution.note)
      .bind(resolution.source)
      .run();
}

Expected<Contents> Store::read(Depth depth) {
  const Transaction transaction(database_, Transaction::Kind::read);
  if (database_.error()) return tl::unexpected(failure());
  Contents contents;
  const Expected<Schema> schema = inspect();
  if (!schema) return tl::unexpected(schema.error());
  contents.problems = schema->problems();
  contents.with_documents = depth == Depth::documents;
  if (schema->empty) return contents;
  read_records(contents);
  read_texts(contents.records);
  if (depth == Depth::documents) read_documents(contents.records);
  read_leftovers(contents);
  if (database_.error()) return tl::unexpected(failure());
  return contents;
}

void Store::read_records(Contents& contents) {
  Statement row(
      database_,
      "SELECT r.seq, r.at, r.kind, r.previous, r.hash, "
      "e.seq, e.number, e.question, e.title, e.asks, e.marking, e.body, e.opens, "
      "e.closes, e.proposal, e.horizon_months, e.states_result, e.engine_version, "
      "e.model, e.yardstick, e.seed, e.draws, e.as_drafted, e.weakened, e.late, e.bypassed, "
      "e.not_adopted, e.scenario_hash, e.answer_sha256, "
      "o.seq, o.entry, o.outcome, o.decided_on, o.note, o.source "
      "FROM record r LEFT JOIN entry e ON e.seq = r.seq AND r.kind = 'entry' "
      "LEFT JOIN outcome o ON o.seq = r.seq AND r.kind = 'outcome' ORDER BY r.seq");
  while (row.step()) {
    Record record;
    record.sequence = row.integer(0);
    record.at = row.text(1);
    record.kind = row.text(2);
    record.previous = row.text(3);
    record.hash = row.text(4);
    if (!row.null(5)) {
      Entry entry;
      entry.number = row.integer(6);
      entry.question = row.text(7);
      entry.title = row.text(8);
      entry.asks = row.text(9);
      entry.marking = row.text(10);
      entry.body = row.text(11);
      entry.opens = row.text(12);
      entry.closes = row.text(13);
      entry.proposal = row.real(14);
      entry.horizon_months = row.real(15);
      entry.states_result = row.integer(16) != 0;
      entry.engine_version = row.text(17);
      entry.model = row.text(18);
      entry.yardstick = row.text(19);
      entry.seed = row.integer(20);
      entry.draws = row.integer(21);
      for (std::size_t k = 0; k < outcome_count; ++k) {
        entry.outcomes[k] = row.real(22 + static_cast<int>(k));
      }
      entry.scenario_hash = row.text(27);
      entry.answer = {"answer", row.text(28), std::nullopt};
      record.content = std::move(entry);
    } else if (!row.null(29)) {
      record.content =
          Resolution{row.integer(30), row.text(31), row.text(32), row.text(33), row.text(34)};
    }
    contents.records.push_back(std::move(record));
  }
}

void Store::read_texts(std::vector<Record>& records) {
  Statement row(database_, "SELECT seq, name, sha256 FROM entry_text ORDER BY seq, position");
  auto record = records.begin();
  while (row.step()) {
    const std::int64_t sequence = row.integer(0);
    while (record != records.end() && record->sequence < sequence) ++record;
    if (record == records.end() || record->sequence != sequence) continue;  // see read_leftovers()
    if (Entry* entry = std::get_if<Entry>(&record->content)) {
      entry->texts.push_back({row.text(1), row.text(2), std::nullopt});
    }
  }
}

void Store::read_documents(std::vector<Record>& records) {
  Statement row(database_, "SELECT content FROM document WHERE sha256 = ?");
  const auto fill = [&](Document& document) {
    row.bind(document.sha256);
    if (row.step()) document.content = row.text(0);
    row.reset();
  };
  for (Record& record : records) {
    Entry* entry = std::get_if<Entry>(&record.content);
    if (entry == nullptr) continue;
    fill(entry->answer);
    for (Document& text : entry->texts) fill(text);
  }
}

void Store::read_leftovers(Contents& contents) {
  const std::int64_t last = contents.records.empty() ? 0 : contents.records.back().sequence;
  const std::int64_t given =
      database_.number("SELECT seq FROM sqlite_sequence WHERE name = 'record'");
  if (given > last) {
    contents.problems.emplace_back(given == last + 1 ? "the last record is missing"
                                                     : "the last records are missing");
  }
  constexpr std::array<std::pair<std::string_view, std::string_view>, 3> rows{{
      {"entry",
       "SELECT 1 FROM entry WHERE seq NOT IN (SELECT seq FROM record WHERE kind = 'entry')"},
      {"outcome",
       "SELECT 1 FROM outcome WHERE seq NOT IN (SELECT seq FROM record WHERE kind = 'outcome')"},
      {"entry_text", "SELECT 1 FROM entry_text WHERE seq NOT IN (SELECT seq FROM entry)"},
  }};
  for (const auto& [table, sql] : rows) {
    if (database_.number(sql) != 0) {
      contents.problems.push_back("table " + std::string(table) + " holds rows of no record");
    }
  }
}

Expected<std::vector<std::string>> Store::integrity() {
  std::vector<std::string> found = texts_of(database_, "PRAGMA integrity_check");
  if (database_.error()) return tl::unexpected(failure());
  if (found.size() == 1 && found.front() == "ok") found.clear();
  return found;
}

}  // namespace delian::journal
