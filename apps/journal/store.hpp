#pragma once
// The journal as a file: one SQLite database that many processes may use at once.
//
// Records are only ever added. Triggers keep it so against slips; the chain of hashes shows what
// somebody has changed in spite of them (review.hpp).

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "delian/diagnostic.hpp"
#include "journal/database.hpp"
#include "journal/record.hpp"
#include "journal/schema.hpp"

namespace delian::journal {

/// Version of the tables, kept in the file as user_version.
inline constexpr std::int64_t schema_version = 1;
/// "DLNj", kept in the file as application_id.
inline constexpr std::int64_t application_id = 0x444C4E6A;

/// Seconds since 1970-01-01T00:00:00Z. Asked while the journal is locked, so that the order of
/// times is the order of records.
using Clock = std::function<std::int64_t()>;

/// Everything a journal holds, in the order of the chain.
struct Contents {
  std::vector<Record> records;
  bool with_documents = false;  ///< whether texts and answers were read
  /// What no single record shows: guards that are gone, rows without a record, a missing end.
  std::vector<std::string> problems;
};

class Store {
 public:
  enum class Access {
    read,   ///< the file must exist
    write,  ///< file and folders are created when missing
  };

  /// Errors  E430 no such file; E431 no SQLite database; E432 a database of something else; E433
  ///         written by a newer Delian; E434 cannot be opened, or not written; E435 in use for more
  ///         than 30 s; E436 damaged; E437 tables are not as Delian makes them
  static Expected<Store> open(const std::string& path, Access access);

  /// Freezes a forecast. When it returns the record, that is on the disk.
  ///
  /// The journal decides number, time and place in the chain.
  /// Errors  as open(), and E437 triggers that are not Delian's; nothing is then added
  Expected<Record> add(const Entry& entry, const Clock& clock);

  /// Records how a question ended. Errors as add(); `resolution.entry` must exist.
  Expected<Record> resolve(const Resolution& resolution, const Clock& clock);

  /// One consistent state. Errors as open()
  enum class Depth {
    records,   ///< without the content of texts and answers
    documents  ///< with it
  };
  Expected<Contents> read(Depth depth);

  /// What SQLite says of the file's structure; empty when it is sound. Errors as open()
  Expected<std::vector<std::string>> integrity();

  const std::string& path() const { return path_; }

 private:
  /// What the file's schema is like, unless it is refused.
  struct Schema {
    bool empty = false;                        ///< a new file
    std::vector<const SchemaObject*> missing;  ///< guards that are gone
    std::vector<std::string> strange;          ///< triggers that are not ours
    std::vector<std::string> problems() const;
  };
  Store(std::string path, Database database)
      : path_(std::move(path)), database_(std::move(database)) {}

  Expected<Schema> inspect();
  void create(const Schema& schema);
  Expected<Record> append(Record record, const Clock& clock);
  void write_entry(const Record& record);
  void write_document(const Document& document);
  std::vector<std::string> wrong_documents(const Entry& entry);
  void write_resolution(const Record& record);
  void read_records(Contents& contents);
  void read_texts(std::vector<Record>& records);
  void read_documents(std::vector<Record>& records);
  void read_leftovers(Contents& contents);
  Diagnostics failure() const;

  std::string path_;
  Database database_;
};

}  // namespace delian::journal
