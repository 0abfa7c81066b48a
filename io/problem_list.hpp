#pragma once
// Problems of a text, with an end: a spreadsheet can be wrong in every cell.

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "delian/diagnostic.hpp"

namespace delian::io {

/// A stretch of one line of one of the files that are read together.
struct Mark {
  int file = 0;
  int line = 0;    ///< 1-based; 0 when the whole file is meant
  int column = 0;  ///< 1-based, in code points
  int length = 0;  ///< code points
};

/// Collects problems in any order and gives them back in the order of the text.
class ProblemList {
 public:
  static constexpr std::size_t most_told = 100;

  void add(std::string_view code, const Mark& mark, std::string message, std::string fix = {},
           std::vector<std::string> notes = {});
  bool has_errors() const { return errors_ > 0; }

  /// In the order of the text; files are named by `names`. What passes most_told is only counted.
  Diagnostics take(std::span<const std::string_view> names);

 private:
  struct Entry {
    Mark mark;
    Diagnostic problem;
  };
  std::vector<Entry> entries_;
  std::size_t errors_ = 0;
  std::size_t untold_ = 0;
};

}  // namespace delian::io
