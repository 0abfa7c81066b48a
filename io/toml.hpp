#pragma once
// TOML 1.0 with the place of every key and value, all problems at once, and edits that leave every
// other byte alone.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "delian/diagnostic.hpp"

namespace delian::io::toml {

/// A stretch of the source text.
struct Span {
  std::size_t offset = 0;  ///< in bytes from the start of the text, a byte order mark included
  std::size_t length = 0;  ///< in bytes
  int line = 0;            ///< 1-based
  int column = 0;          ///< 1-based, in code points; a byte order mark does not count
  int width = 0;           ///< code points on the first line of the span

  std::size_t end() const { return offset + length; }
  friend bool operator==(const Span&, const Span&) = default;
};

enum class Kind {
  table,
  array,
  string,
  integer,
  floating,
  boolean,
  offset_date_time,
  local_date_time,
  local_date,
  local_time,
  broken  ///< something stands here, and a problem has been reported about it
};

std::string_view name(Kind kind);  ///< for messages: "a table", "a date"

/// How a node came to be; only a `value` has a text of its own that can be replaced.
enum class Origin {
  value,     ///< written after `key =` or in an array; inline tables too
  header,    ///< [table], an element of [[table]], or the array of such elements
  implicit,  ///< a table that only its sub-tables' headers mention
  dotted,    ///< a table that only dotted keys mention
  root
};

class Node;
struct Entry;

/// Keys in the order of the text.
class Table {
 public:
  const std::vector<Entry>& entries() const { return entries_; }
  const Entry* find(std::string_view key) const;  ///< null when there is none
  Entry* find(std::string_view key);
  Entry& add(Entry entry);  ///< the key must be new

 private:
  std::size_t slot_of(std::string_view key) const;
  void grow();

  std::vector<Entry> entries_;
  std::vector<std::uint32_t> slots_;  // hash index, 1 + place in entries_; empty for small tables
};

/// A value or a table. Accessors give null for another kind, so a reader asks for what it wants:
/// `if (const std::string* text = node.string())`.
class Node {
 public:
  using Value = std::variant<std::monostate, Table, std::vector<Node>, std::string, std::int64_t,
                             double, bool>;

  Node(Kind kind, Origin origin, Span span, Value value);
  Node();  ///< an empty root table
  Node(const Node& other);
  Node(Node&& other) noexcept;
  Node& operator=(const Node& other);
  Node& operator=(Node&& other) noexcept;
  ~Node();

  Kind kind() const { return kind_; }
  Origin origin() const { return origin_; }
  /// Of the value; of the header for a table with one; of the key for tables merely mentioned.
  const Span& span() const { return span_; }

  const Table* table() const { return std::get_if<Table>(&value_); }
  Table* table() { return std::get_if<Table>(&value_); }
  const std::vector<Node>* array() const { return std::get_if<std::vector<Node>>(&value_); }
  std::vector<Node>* array() { return std::get_if<std::vector<Node>>(&value_); }
  const std::string* string() const;     ///< decoded; line endings are "\n"
  const std::string* date_time() const;  ///< as written, valid in the calendar; any of four kinds
  const std::int64_t* integer() const { return std::get_if<std::int64_t>(&value_); }
  const double* floating() const { return std::get_if<double>(&value_); }
  const bool* boolean() const { return std::get_if<bool>(&value_); }
  std::optional<double> number() const;  ///< an integer or a float

  /// For the reader: a table first mentioned and then defined.
  void define(Origin origin, Span span);

 private:
  Value value_;
  Span span_;
  Kind kind_;
  Origin origin_;
};

struct Entry {
  std::string key;
  Span key_span;  ///< quotes included; the last part of a dotted key
  Node value;
};

/// Equal kinds and values, wherever and however they are written; NaN equals NaN.
bool same_value(const Node& a, const Node& b);

struct Found {
  const Node* node = nullptr;     ///< null when the pointer leads nowhere
  std::optional<Span> key;        ///< of the last key; array elements have none
  const Node* nearest = nullptr;  ///< deepest existing table or array on the way, never null
  std::string nearest_pointer;    ///< its pointer; empty for the root
};

class Document {
 public:
  Document() = default;
  explicit Document(Node root) : root_(std::move(root)) {}

  const Table& root() const { return *root_.table(); }
  const Node& root_node() const { return root_; }

  /// Pointers are written as keys are: `members.FR.position`, `evidence[2].id` (from 0),
  /// `members."Côte d'Ivoire"`.
  Found locate(std::string_view pointer) const;
  const Node* at(std::string_view pointer) const { return locate(pointer).node; }

 private:
  Node root_;
};

struct Limits {
  std::size_t max_bytes = std::size_t{4} << 20U;
  int max_depth = 32;
  std::size_t max_problems = 100;  ///< reading stops there
};

/// What could be read, and everything that is wrong: E001 to E005. The document is the whole text
/// exactly when there are no problems.
struct Parsed {
  Document document;
  Diagnostics problems;
};

Parsed parse(std::string_view text, std::string_view file = {}, const Limits& limits = {});

enum class Part { key, value };

/// The place to show for a pointer: its value or key; for what is missing, the header of the
/// nearest table above it. `pointer` is kept as given.
Place place_of(const Document& document, std::string_view pointer, std::string_view file = {},
               Part part = Part::value);

/// `parent.key`, the key quoted where it must be.
std::string pointer_to(std::string_view parent, std::string_view key);
/// `parent[index]`.
std::string pointer_to(std::string_view parent, std::size_t index);

/// Any text as a basic string; bytes that are not UTF-8 become U+FFFD.
std::string quote(std::string_view text);
/// A key as it is written: bare where possible, else quoted.
std::string write_key(std::string_view key);

/// One replacement in a text; a length of 0 inserts.
struct Edit {
  std::size_t offset = 0;
  std::size_t length = 0;
  std::string replacement;
};

/// Puts `new_toml` where a node of origin `value` stands.
Edit replace_value(const Node& value, std::string new_toml);

/// All edits at once; offsets are those of `text`. Edits must lie in the text and not overlap.
std::string apply(std::string_view text, const std::vector<Edit>& edits);

}  // namespace delian::io::toml
