#pragma once
// Tables as text, RFC 4180: records of fields, each with its place. What breaks the form is
// reported, never guessed at.

#include <string>
#include <string_view>
#include <vector>

#include "io/problem_list.hpp"

namespace delian::io::csv {

/// One field of a record, without its quotes and without blanks around it.
struct Field {
  std::string text;
  Mark mark;
};

struct Record {
  std::vector<Field> fields;  ///< never empty
  Mark end;                   ///< where the record ends
};

/// How a table is written.
struct Form {
  char delimiter = ',';
  char quote = '"';       ///< 0: quotes mean nothing
  bool comments = false;  ///< a line whose first mark is # is no record
};

struct Document {
  std::vector<Record> records;  ///< those with at least one field that is not empty
  std::vector<Field> comments;  ///< what follows the #
};

/// Reads a whole text, which must be UTF-8. Fields may hold line breaks where they are quoted.
///
/// Errors  E511: a quote that is never closed, text beside a closing quote, a quote inside a field
///         that does not start with one, control characters, a carriage return alone.
Document read(std::string_view text, const Form& form, ProblemList& problems, int file = 0);

/// The field as read() gives it back: quoted where it must be.
std::string write(std::string_view field);

/// Without blanks (space, tab, no-break space) at both ends.
std::string_view trimmed(std::string_view text);

}  // namespace delian::io::csv
