#include "journal/database.hpp"

#include <sqlite3.h>

#include <utility>

namespace delian::journal {
namespace {

/// How long to wait for other processes. They hold the file for milliseconds at a time.
constexpr int patience_milliseconds = 30'000;

DatabaseError::Kind kind_of(int code) {
  switch (code & 0xFF) {
    case SQLITE_NOTADB:
      return DatabaseError::Kind::not_a_database;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return DatabaseError::Kind::in_use;
    case SQLITE_CORRUPT:
      return DatabaseError::Kind::damaged;
    default:
      return DatabaseError::Kind::other;
  }
}

}  // namespace

Database::Database(const std::string& path, Create create) {
  const int flags = SQLITE_OPEN_READWRITE | (create == Create::yes ? SQLITE_OPEN_CREATE : 0) |
                    SQLITE_OPEN_EXRESCODE;
  if (const int code = sqlite3_open_v2(path.c_str(), &handle_, flags, nullptr); code != SQLITE_OK) {
    fail(code);
    return;
  }
  sqlite3_busy_timeout(handle_, patience_milliseconds);
  // The file may come from anyone: nothing in it may run functions or reach into SQLite's own
  // tables.
  sqlite3_db_config(handle_, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(handle_, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  // EXTRA: after a commit the folder is written too, so that a loss of power cannot bring back the
  // rollback journal and with it the time before.
  run("PRAGMA synchronous = EXTRA; PRAGMA foreign_keys = ON; PRAGMA cell_size_check = ON");
}

Database::Database(Database&& other) noexcept
    : handle_(std::exchange(other.handle_, nullptr)), error_(std::move(other.error_)) {}

Database::~Database() {
  sqlite3_close_v2(handle_);
}

bool Database::read_only() const {
  return sqlite3_db_readonly(handle_, "main") != 0;
}

void Database::fail(int code) {
  if (error_) return;
  const char* message = handle_ == nullptr ? sqlite3_errstr(code) : sqlite3_errmsg(handle_);
  error_ = DatabaseError{kind_of(code), message == nullptr ? "" : message};
}

void Database::run(const std::string& sql) {
  if (error_) return;
  const int code = sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) fail(code);
}

std::int64_t Database::number(std::string_view sql) {
  Statement statement(*this, sql);
  return statement.step() ? statement.integer(0) : 0;
}

Statement::Statement(Database& database, std::string_view sql) : database_(database) {
  if (database.error_) return;
  const int code = sqlite3_prepare_v2(database.handle_, sql.data(), static_cast<int>(sql.size()),
                                      &handle_, nullptr);
  if (code != SQLITE_OK) database.fail(code);
}

Statement::~Statement() {
  sqlite3_finalize(handle_);
}

Statement& Statement::bind(std::string_view value) {
  if (database_.error_) return *this;
  const int code =
      sqlite3_bind_text64(handle_, ++bound_, value.data() == nullptr ? "" : value.data(),
                          value.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
  if (code != SQLITE_OK) database_.fail(code);
  return *this;
}

Statement& Statement::bind(std::int64_t value) {
  if (database_.error_) return *this;
  if (const int code = sqlite3_bind_int64(handle_, ++bound_, value); code != SQLITE_OK) {
    database_.fail(code);
  }
  return *this;
}

Statement& Statement::bind(double value) {
  if (database_.error_) return *this;
  if (const int code = sqlite3_bind_double(handle_, ++bound_, value); code != SQLITE_OK) {
    database_.fail(code);
  }
  return *this;
}

bool Statement::step() {
  if (database_.error_) return false;
  const int code = sqlite3_step(handle_);
  if (code != SQLITE_ROW && code != SQLITE_DONE) database_.fail(code);
  return code == SQLITE_ROW;
}

void Statement::run() {
  while (step()) {
  }
  reset();
}

void Statement::reset() {
  if (handle_ != nullptr) sqlite3_reset(handle_);
  bound_ = 0;
}

std::string Statement::text(int column) const {
  const auto* data = reinterpret_cast<const char*>(sqlite3_column_text(handle_, column));
  const int bytes = sqlite3_column_bytes(handle_, column);
  return data == nullptr ? std::string() : std::string(data, static_cast<std::size_t>(bytes));
}

std::int64_t Statement::integer(int column) const {
  return sqlite3_column_int64(handle_, column);
}

double Statement::real(int column) const {
  return sqlite3_column_double(handle_, column);
}

bool Statement::null(int column) const {
  return sqlite3_column_type(handle_, column) == SQLITE_NULL;
}

Transaction::Transaction(Database& database, Kind kind) : database_(database) {
  // Immediate: a writer takes its place in the queue before it reads what it builds on.
  database.run(kind == Kind::write ? "BEGIN IMMEDIATE" : "BEGIN");
}

Transaction::~Transaction() {
  // After a failure SQLite may have rolled back by itself; then this does nothing.
  if (open_) sqlite3_exec(database_.handle_, "ROLLBACK", nullptr, nullptr, nullptr);
}

void Transaction::commit() {
  database_.run("COMMIT");
  open_ = database_.error_.has_value();
}

}  // namespace delian::journal
