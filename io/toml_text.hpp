#pragma once
// Bytes, code points and lines, below the grammar of TOML.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "io/toml.hpp"

namespace delian::io::toml {

/// Offset of the first byte that is not UTF-8.
std::optional<std::size_t> first_not_utf8(std::string_view text);

/// Bytes of the code point that starts `text`, which must be UTF-8 and not empty.
std::size_t code_point_length(std::string_view text);

int count_code_points(std::string_view text);

/// `code_point` must be a Unicode scalar value.
void append_utf8(std::string& text, std::uint32_t code_point);

/// For a message: in backticks, cut when long, invisible characters spelled out.
std::string excerpt(std::string_view text);

/// The first character that cannot be seen yet is no plain space: no-break space, byte order mark
/// and their like. Empty when there is none.
std::string_view invisible_mark_in(std::string_view text);

/// Never allowed as it stands: control characters but tab, line feed and a carriage return before a
/// line feed are for the caller to tell.
inline bool is_control(char c) {
  return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7F;
}
inline bool is_blank(char c) {
  return c == ' ' || c == '\t';
}
inline bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
inline bool is_letter(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}
inline bool is_bare(char c) {
  return is_letter(c) || is_digit(c) || c == '_' || c == '-';
}
inline int hex_digit(char c) {  // -1 when it is none
  if (is_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::string_view trim(std::string_view text);

/// Lines and columns of offsets. Fast for offsets that grow, as a parser's do.
class Locator {
 public:
  explicit Locator(std::string_view text);

  std::size_t content_start() const { return content_start_; }  ///< after a byte order mark
  Span span(std::size_t offset, std::size_t end);
  void extend(Span& span,
              std::size_t end) const;  ///< keeps the start, without looking for it again

 private:
  void move_to(std::size_t offset);
  std::size_t line_end(std::size_t line) const;

  std::string_view text_;
  std::size_t content_start_ = 0;
  std::vector<std::size_t> starts_;
  std::size_t line_ = 0;    // of the last question, from 0
  std::size_t offset_ = 0;  // the last question
  int column_ = 1;
};

}  // namespace delian::io::toml
