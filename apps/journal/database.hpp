#pragma once
// SQLite without its pointers. Once a call has failed, later ones do nothing, so that only the end
// of a group of calls needs a look at error().

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace delian::journal {

/// Why an SQLite call failed.
struct DatabaseError {
  enum class Kind {
    not_a_database,
    in_use,   ///< by another process, for longer than we wait
    damaged,  ///< SQLite finds its own structure broken
    other     ///< no permission, no space, no such folder, ...
  };
  Kind kind = Kind::other;
  std::string message;
};

/// One connection. The path is a file's name and nothing else.
class Database {
 public:
  enum class Create { no, yes };
  Database(const std::string& path, Create create);
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;
  Database(Database&& other) noexcept;
  Database& operator=(Database&&) = delete;
  ~Database();

  const std::optional<DatabaseError>& error() const { return error_; }
  bool read_only() const;

  /// Runs statements that give no rows.
  void run(const std::string& sql);

  /// The one number a query gives; 0 when it gives none.
  std::int64_t number(std::string_view sql);

 private:
  friend class Statement;
  friend class Transaction;
  void fail(int code);

  sqlite3* handle_ = nullptr;
  std::optional<DatabaseError> error_;
};

/// A prepared statement. Values are bound in the order of the question marks.
class Statement {
 public:
  Statement(Database& database, std::string_view sql);
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;
  ~Statement();

  Statement& bind(std::string_view value);
  Statement& bind(std::int64_t value);
  Statement& bind(double value);

  /// Is there another row?
  bool step();
  /// Runs a statement that gives no rows, and makes it ready for other values.
  void run();
  /// Makes it ready for other values.
  void reset();

  /// Columns of the row, from 0.
  std::string text(int column) const;
  std::int64_t integer(int column) const;
  double real(int column) const;
  bool null(int column) const;

 private:
  Database& database_;
  sqlite3_stmt* handle_ = nullptr;
  int bound_ = 0;
};

/// All or nothing: what is not committed by the end of its life is undone.
class Transaction {
 public:
  enum class Kind { read, write };
  Transaction(Database& database, Kind kind);
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  ~Transaction();

  /// Afterwards what was written survives a loss of power, unless error() tells otherwise.
  void commit();

 private:
  Database& database_;
  bool open_ = true;
};

}  // namespace delian::journal
