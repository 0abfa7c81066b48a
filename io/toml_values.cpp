#include <algorithm>

#include "io/toml_parser.hpp"
#include "io/toml_scalar.hpp"

namespace delian::io::toml {
namespace {

constexpr std::string_view word_ends = " \t\r\n,;]}#=";

bool starts_value(char c) {
  return is_letter(c) || is_digit(c) || c == '"' || c == '\'' || c == '[' || c == '{' || c == '+' ||
         c == '-' || static_cast<unsigned char>(c) >= 0x80;
}

std::string_view typographic_quote_at(std::string_view text) {
  for (const std::string_view mark : {"“", "”", "„", "‟", "‘", "’", "«", "»"}) {
    if (text.substr(0, mark.size()) == mark) return mark;
  }
  return {};
}

// Without typographic quotation marks at both ends.
std::string_view unquoted(std::string_view text) {
  text.remove_prefix(typographic_quote_at(text).size());
  for (const std::size_t back : {std::size_t{2}, std::size_t{3}}) {
    if (text.size() >= back &&
        typographic_quote_at(text.substr(text.size() - back)).size() == back) {
      text.remove_suffix(back);
    }
  }
  return text;
}

// "1,000" or "0,5": a comma where TOML wants none.
bool is_number_with_commas(std::string_view text) {
  return text.find(',') != std::string_view::npos && text[0] != ',' && is_digit(text.back()) &&
         text.find(",,") == std::string_view::npos &&
         std::ranges::all_of(text, [](char c) { return is_digit(c) || c == ',' || c == '-'; });
}

std::string comma_fix(std::string_view number) {
  const std::size_t comma = number.find(',');
  std::string with_point(number);
  with_point[comma] = '.';
  const bool is_decimal = number.find(',', comma + 1) == std::string_view::npos;
  const bool has_thousands = number[0] != '0' && (number.size() - comma) % 4 == 0;
  std::string joined(number);
  std::erase(joined, ',');
  if (has_thousands && is_decimal) return "write " + joined + ", or " + with_point;
  return "write " + (is_decimal ? with_point : joined);
}

}  // namespace

bool Parser::read_value(Node& value, int depth, Inside inside) {
  if (depth > limits_.max_depth) {
    report_too_deep(locator_.span(pos_, std::min(pos_ + 1, text_.size())));
    open_construct_ = true;
    return false;
  }
  if (peek() == '[') return read_array(value, depth);
  if (peek() == '{') return read_inline_table(value, depth);
  if (peek() != '"' && peek() != '\'') return read_bare(value, inside);
  const std::size_t start = pos_;
  std::string text;
  bool is_valid = true;
  const bool read = read_string(text, is_valid);
  const Span span = locator_.span(start, std::max(start, pos_));
  if (read && is_valid) {
    value = Node(Kind::string, Origin::value, span, std::move(text));
  } else {
    value = Node(Kind::broken, Origin::value, span, {});
  }
  return read;
}

// --- arrays and inline tables --------------------------------------------------------------------

bool Parser::read_array(Node& value, int depth) {
  Span span = locator_.span(pos_, pos_ + 1);
  value = Node(Kind::broken, Origin::value, span, {});
  ++pos_;
  std::vector<Node> elements;
  const auto unclosed = [&](bool at_statement) {
    report("E004", span, "The array that starts here is not closed", "add ] at its end");
    resume_at_once_ = at_statement;
    return false;
  };
  for (bool is_separated = true;;) {
    const bool left_line = skip_space();
    if (stopped_) return false;
    if (at_end()) return unclosed(false);
    if (left_line && looks_like_statement(pos_)) return unclosed(true);
    if (peek() == ']') break;
    if (peek() == ',' || peek() == ';') {
      if (peek() == ';') {
        report_syntax(pos_, pos_ + 1, "A semicolon in an array", "separate values by commas");
      } else if (is_separated) {
        report_syntax(pos_, pos_ + 1, "A comma without a value before it", "remove it");
      }
      is_separated = true;
      ++pos_;
      continue;
    }
    if (!starts_value(peek()) && !is_separated) {
      report_expected(", or ] in the array", "separate values by commas and close the array by ]");
      open_construct_ = true;
      return false;
    }
    if (!is_separated) {
      report_syntax(pos_, pos_ + 1, "A comma is missing between two values of an array",
                    "write a comma before " + found(pos_));
    }
    const Descent descent(path_);
    path_.append("[").append(std::to_string(elements.size())).append("]");
    Node element(Kind::broken, Origin::value, span, {});
    if (!read_value(element, depth + 1, Inside::array)) {
      open_construct_ = !resume_at_once_;
      return false;
    }
    elements.push_back(std::move(element));
    is_separated = false;
  }
  ++pos_;
  locator_.extend(span, pos_);
  value = Node(Kind::array, Origin::value, span, std::move(elements));
  return true;
}

bool Parser::read_inline_table(Node& value, int depth) {
  Span span = locator_.span(pos_, pos_ + 1);
  value = Node(Kind::broken, Origin::value, span, {});
  ++pos_;
  Table table;
  bool told_lines = false;  // that it has to be on one line; a comma at the end is then no news
  bool is_separated = true;
  for (;;) {
    skip_blanks();
    if (stopped_) return false;
    if (!pass_line_break(span, told_lines, is_separated)) return false;
    if (peek() == '}') {
      if (is_separated && !table.entries().empty() && !told_lines) {
        report_syntax(pos_, pos_ + 1, "A comma before the closing brace", "remove the comma");
      }
      break;
    }
    if (peek() == ',') {
      if (is_separated) {
        report_syntax(pos_, pos_ + 1, "A comma without a value before it", "remove it");
      }
      is_separated = true;
      ++pos_;
      continue;
    }
    if (!is_separated) {
      if (!looks_like_assignment(pos_)) {
        report_expected(", or } in the table",
                        "separate entries by commas and close the table by }");
        open_construct_ = open_construct_ || told_lines;
        return false;
      }
      report_syntax(pos_, pos_ + 1, "A comma is missing between two entries of a table",
                    "write a comma before " + found(pos_));
    }
    if (!read_assignment(table, depth, Inside::braces)) {
      open_construct_ = !resume_at_once_ && (open_construct_ || told_lines);
      return false;
    }
    is_separated = false;
  }
  ++pos_;
  locator_.extend(span, pos_);
  value = Node(Kind::table, Origin::value, span, std::move(table));
  return true;
}

// In braces, where TOML 1.0 allows no line break. Once that is said, reading on as if it did spares
// problems that are mere consequences; yet a brace that was never closed must not eat the rest.
bool Parser::pass_line_break(const Span& brace, bool& told, bool key_may_follow) {
  const std::size_t start = pos_;
  if (!at_end() && peek() != '#' && line_break_at(pos_) == 0) return true;
  std::size_t next = pos_;
  while (next < text_.size() &&
         (is_blank(text_[next]) || text_[next] == '#' || line_break_at(next) > 0)) {
    next = text_[next] == '#' ? line_end(next) : next + 1;
    if (text_.substr(next, 1) == "\r") ++next;
  }
  const bool goes_on = next < text_.size() && (text_[next] == '}' || text_[next] == ',' ||
                                               (key_may_follow && looks_like_assignment(next)));
  if (!goes_on) {
    report("E004", brace, "The table that starts here is not closed", "add } at its end");
    pos_ = start;
    return false;
  }
  if (!told) {
    report("E004", brace, "A table in braces must stand on one line",
           "join its lines, or give it a [header]");
  }
  told = true;
  skip_space();
  return true;
}

// --- values without quotes -----------------------------------------------------------------------

// A date may go on after one space with the time.
std::size_t Parser::end_of_token(std::size_t offset) const {
  std::size_t end = std::min(text_.find_first_of(word_ends, offset), text_.size());
  const std::string_view rest = text_.substr(end);
  if (end - offset == 10 && starts_with_date(text_.substr(offset, 10)) && rest.size() > 3 &&
      rest[0] == ' ' && is_digit(rest[1]) && is_digit(rest[2]) && rest[3] == ':') {
    end = std::min(text_.find_first_of(word_ends, end + 1), text_.size());
  }
  return end;
}

// Whether the next value or key starts here, so that only a comma was forgotten before it.
bool Parser::is_followed_by_next(std::size_t offset, Inside inside) const {
  if (inside != Inside::array) return looks_like_assignment(offset);
  const char c = text_[offset];
  if (c == '"' || c == '\'' || c == '[' || c == '{') return true;
  const std::size_t end = end_of_token(offset);
  return end > offset && read_scalar(text_.substr(offset, end - offset)).has_value();
}

bool Parser::read_bare(Node& value, Inside inside) {
  const std::size_t start = pos_;
  const std::size_t end = end_of_token(start);
  if (end == start) return report_missing_value(inside);
  const std::string_view token = text_.substr(start, end - start);
  const std::size_t next = after_blanks(end);
  const char after = next < text_.size() ? text_[next] : '\n';
  const bool ends_well = next >= text_.size() || after == '#' || line_break_at(next) > 0 ||
                         (inside != Inside::line && after == ',') ||
                         (inside == Inside::array && (after == ']' || after == ';')) ||
                         (inside == Inside::braces && after == '}');
  auto scalar = read_scalar(token);
  const bool is_mark = after == ',' || after == ';' || after == ']' || after == '}';
  const bool is_mere_trailer =
      after == '\r' ||
      (inside == Inside::line && is_mark &&
       !is_number_with_commas(trim(text_.substr(start, line_end(start) - start)))) ||
      (!ends_well && is_followed_by_next(next, inside));
  if (scalar && (ends_well || is_mere_trailer)) {
    value = Node(scalar->kind, Origin::value, locator_.span(start, end), std::move(scalar->value));
    pos_ = end;
    return true;
  }
  if (!ends_well) return report_phrase(end, inside);
  if (const auto control =
          static_cast<std::size_t>(std::ranges::find_if(token, is_control) - token.begin());
      control < token.size()) {
    report_control(start + control);
  } else if (!typographic_quote_at(token).empty()) {
    return report_phrase(end, inside);
  } else {
    report_syntax(start, end, std::move(scalar.error().message), std::move(scalar.error().fix));
  }
  pos_ = end;
  return true;
}

bool Parser::report_missing_value(Inside inside) {
  const bool nothing = at_end() || peek() == '#' || line_break_at(pos_) > 0;
  if (nothing) {
    report_syntax(pos_, pos_, "Nothing follows the = sign",
                  R"(write a value; an empty text is "")");
  } else {
    report_expected("a value", R"(write a value; an empty text is "")");
  }
  if (inside == Inside::array) open_construct_ = true;
  return nothing || (inside == Inside::braces && (peek() == ',' || peek() == '}'));
}

// Words without quotes, "10 to 30" say: takes all of them, so that the message shows the whole.
bool Parser::report_phrase(std::size_t end, Inside inside) {
  const std::string_view ends = inside == Inside::line    ? "\n#"
                                : inside == Inside::array ? "\n#,;]"
                                                          : "\n#,}";
  const std::size_t start = pos_;
  end = std::min(text_.find_first_of(ends, end), text_.size());
  const std::string_view phrase = trim(text_.substr(start, end - start));
  const auto control = std::ranges::find_if(phrase, is_control);
  if (control != phrase.end()) {
    report_control(start + static_cast<std::size_t>(control - phrase.begin()));
    pos_ = end;
    return inside == Inside::line;
  }
  pos_ = start + phrase.size();
  if (const std::string_view mark = typographic_quote_at(phrase); !mark.empty()) {
    report_syntax(start, pos_,
                  "Typographic quotation mark " + excerpt(mark) + ", where TOML needs \"",
                  "write " + quote(unquoted(phrase)));
  } else if (is_number_with_commas(phrase)) {
    report_syntax(start, pos_, excerpt(phrase) + " is a number with a comma", comma_fix(phrase));
  } else if (const std::string_view unseen = invisible_mark_in(phrase); !unseen.empty()) {
    report_syntax(start, pos_,
                  excerpt(phrase) + " holds the invisible character " + excerpt(unseen),
                  "remove that character or type a plain space");
  } else {
    report_syntax(start, pos_, excerpt(phrase) + " is not a TOML value: text needs quotes",
                  "write " + quote(phrase));
  }
  return true;
}

// --- strings -------------------------------------------------------------------------------------

bool Parser::read_string(std::string& text, bool& is_valid) {
  const bool is_long = peek(1) == peek() && peek(2) == peek();
  return is_long ? read_long_string(text, is_valid) : read_one_line_string(text, is_valid);
}

bool Parser::read_one_line_string(std::string& text, bool& is_valid) {
  const std::size_t start = pos_;
  const char mark = peek();
  ++pos_;
  while (!at_end() && line_break_at(pos_) == 0) {
    const char c = peek();
    if (c == mark) {
      ++pos_;
      return true;
    }
    if (c == '\\' && mark == '"') {
      is_valid = read_escape(text) && is_valid;
      continue;
    }
    if (is_control(c)) {
      report_control(pos_);
      is_valid = false;
    } else {
      text += c;
    }
    ++pos_;
  }
  const std::string_view line = trim(text_.substr(start, pos_ - start));
  const bool meant_as_quote =
      line.size() >= 3 && !typographic_quote_at(line.substr(line.size() - 3)).empty();
  report_syntax(start, start + line.size(), "The text that starts here is not closed on its line",
                meant_as_quote ? std::string("end it with the straight mark ") + mark
                               : std::string("add ") + mark + " at its end");
  is_valid = false;
  return false;
}

bool Parser::read_long_string(std::string& text, bool& is_valid) {
  const std::size_t start = pos_;
  const char mark = peek();
  const std::string delimiter(3, mark);
  pos_ += 3;
  pos_ += line_break_at(pos_);  // one right after the opening does not belong to the text
  while (!at_end()) {
    const char c = peek();
    if (c == mark) {
      std::size_t marks = 1;
      while (marks < 5 && peek(marks) == mark) ++marks;
      pos_ += marks;
      if (marks < 3) {
        text.append(marks, mark);
        continue;
      }
      text.append(marks - 3, mark);
      return true;
    }
    if (const std::size_t length = line_break_at(pos_)) {
      text += '\n';
      pos_ += length;
    } else if (c == '\\' && mark == '"') {
      if (!skip_line_continuation()) is_valid = read_escape(text) && is_valid;
    } else {
      if (is_control(c)) {
        report_control(pos_);
        is_valid = false;
      } else {
        text += c;
      }
      ++pos_;
    }
  }
  pos_ = start;
  report_syntax(start, start + 3, "The text that starts here is not closed",
                "add " + delimiter + " at its end");
  open_construct_ = true;
  is_valid = false;
  return false;
}

// A backslash at the end of a line swallows the break and the blanks after it.
bool Parser::skip_line_continuation() {
  std::size_t next = after_blanks(pos_ + 1);
  if (line_break_at(next) == 0) return false;
  while (const std::size_t length = line_break_at(next)) next = after_blanks(next + length);
  pos_ = next;
  return true;
}

bool Parser::read_escape(std::string& text) {
  constexpr std::string_view letters = "btnfr\"\\";
  constexpr std::string_view meanings = "\b\t\n\f\r\"\\";
  const std::size_t start = pos_++;
  if (at_end() || line_break_at(pos_) > 0) return false;  // the text is not closed; that is said
  const char letter = peek();
  pos_ += code_point_length(text_.substr(pos_));
  if (const std::size_t known = letters.find(letter); known != std::string_view::npos) {
    text += meanings[known];
    return true;
  }
  if (letter != 'u' && letter != 'U') {
    report_syntax(start, pos_, excerpt(text_.substr(start, pos_ - start)) + " is not an escape",
                  R"(write \\ for a backslash, or put the text in single quotes)");
    return false;
  }
  const std::size_t count = letter == 'u' ? 4 : 8;
  std::uint32_t code_point = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const int digit = hex_digit(peek());
    if (digit < 0) {
      report_syntax(start, pos_,
                    excerpt(text_.substr(start, 2)) + " needs " + std::to_string(count) +
                        " hexadecimal digits",
                    R"(write \\ for a backslash, or put the text in single quotes)");
      return false;
    }
    code_point = 16 * code_point + static_cast<std::uint32_t>(digit);
    ++pos_;
  }
  if (code_point > 0x10FFFF || (code_point >= 0xD800 && code_point <= 0xDFFF)) {
    report_syntax(start, pos_,
                  excerpt(text_.substr(start, pos_ - start)) + " is not a Unicode character",
                  "write the character itself");
    return false;
  }
  append_utf8(text, code_point);
  return true;
}

// --- the whole text ------------------------------------------------------------------------------

namespace {

Parsed refuse(std::string_view code, std::string_view file, const Span& span, std::string message,
              std::string fix, std::vector<std::string> notes = {}) {
  Diagnostic problem = diagnose(code, {}, std::move(message), std::move(fix), std::move(notes));
  problem.place.file = file;
  problem.place.line = span.line;
  problem.place.column = span.column;
  problem.place.length = span.width;
  return {Document(), {std::move(problem)}};
}

Parsed refuse_encoding(std::string_view text, std::string_view file, std::size_t offset) {
  const std::string_view start = text.substr(0, 2);
  if (start == "\xFF\xFE" || start == "\xFE\xFF") {
    return refuse("E001", file, {0, 2, 1, 1, 1}, "The file is UTF-16, not UTF-8",
                  "save it as UTF-8");
  }
  constexpr std::string_view hex = "0123456789ABCDEF";
  const auto byte = static_cast<unsigned char>(text[offset]);
  std::vector<std::string> notes;
  if (byte >= 0xA0) {
    std::string letter;
    append_utf8(letter, byte);
    notes.push_back("In Windows-1252 and ISO 8859-1 this byte is " + letter + ".");
  }
  Span span = Locator(text).span(offset, offset);
  span.width = 1;
  return refuse("E001", file, span,
                std::string("Byte 0x") + hex[byte >> 4U] + hex[byte & 0xFU] + " at offset " +
                    std::to_string(offset) + " is not UTF-8",
                "save the file as UTF-8", std::move(notes));
}

}  // namespace

Parsed parse(std::string_view text, std::string_view file, const Limits& limits) {
  if (text.size() > limits.max_bytes) {
    return refuse("E002", file, {},
                  "The file has " + std::to_string(text.size()) + " bytes; the limit is " +
                      std::to_string(limits.max_bytes),
                  "split it, or move long texts to files of their own");
  }
  if (const auto offset = first_not_utf8(text)) return refuse_encoding(text, file, *offset);
  return Parser(text, file, limits).run();
}

}  // namespace delian::io::toml
