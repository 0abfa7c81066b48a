#include "io/csv.hpp"

#include <algorithm>

namespace delian::io::csv {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
constexpr std::string_view no_break_space = "\xC2\xA0";

class Reader {
 public:
  Reader(std::string_view text, const Form& form, ProblemList& problems, int file)
      : text_(text), form_(form), problems_(problems), file_(file) {
    if (text_.starts_with(byte_order_mark)) at_ = byte_order_mark.size();
  }

  Document read() {
    while (at_ < text_.size()) {
      if (form_.comments && is_comment()) {
        comment();
      } else {
        record();
      }
    }
    return std::move(document_);
  }

 private:
  bool ended() const { return at_ == text_.size(); }
  char here() const { return text_[at_]; }
  bool at_line_end() const { return ended() || here() == '\n' || here() == '\r'; }
  bool is_blank() const { return (here() == ' ' || here() == '\t') && here() != form_.delimiter; }

  /// Goes past one byte; a column is a code point.
  void step() {
    if (here() == '\n') {
      ++line_;
      column_ = 1;
      ++at_;
      return;
    }
    ++at_;
    if (ended() || (static_cast<unsigned char>(here()) & 0xC0U) != 0x80) ++column_;
  }

  void skip_blanks() {
    while (!ended() && is_blank()) step();
  }

  Mark mark(int length = 1) const { return {file_, line_, column_, length}; }

  bool is_comment() const {
    const std::size_t first = text_.find_first_not_of(" \t", at_);
    return first != std::string_view::npos && text_[first] == '#';
  }

  void comment() {
    while (here() != '#') step();
    Field found{{}, mark()};
    step();
    const std::size_t start = at_;
    while (!at_line_end()) {
      control();
      step();
    }
    found.text = trimmed(text_.substr(start, at_ - start));
    found.mark.length = column_ - found.mark.column;
    document_.comments.push_back(std::move(found));
    line_end();
  }

  void record() {
    Record found;
    while (true) {
      found.fields.push_back(field());
      if (at_line_end()) break;
      step();  // the delimiter
    }
    found.end = mark(0);
    line_end();
    const bool empty = std::all_of(found.fields.begin(), found.fields.end(),
                                   [](const Field& f) { return f.text.empty(); });
    if (!empty) document_.records.push_back(std::move(found));
  }

  void line_end() {
    if (ended()) return;
    if (here() == '\r') {
      if (at_ + 1 == text_.size() || text_[at_ + 1] != '\n') {
        if (!told_return_) {
          problems_.add("E511", mark(), "a line ends with a carriage return alone",
                        "Save the file with the line endings of Unix or Windows.");
        }
        told_return_ = true;
        step();
        return;
      }
      step();
    }
    step();
  }

  Field field() {
    skip_blanks();
    if (form_.quote != 0 && !ended() && here() == form_.quote) return quoted();
    Field found{{}, mark(0)};
    const std::size_t start = at_;
    while (!at_line_end() && here() != form_.delimiter) {
      if (form_.quote != 0 && here() == form_.quote) {
        problems_.add("E511", mark(), "a quote stands inside a cell that does not start with one",
                      "Put the whole cell in quotes and write the quote twice.");
        skip_field();
        break;
      }
      control();
      step();
    }
    found.text = trimmed(text_.substr(start, at_ - start));
    found.mark.length = code_points(found.text);
    return found;
  }

  Field quoted() {
    Field found{{}, mark()};
    const int line = line_;
    step();
    while (true) {
      if (ended()) {
        problems_.add("E511", found.mark, "this quote is never closed",
                      "Put a quote where the cell ends; a quote inside a cell is written twice.");
        return found;
      }
      if (here() == form_.quote) {
        if (at_ + 1 < text_.size() && text_[at_ + 1] == form_.quote) {
          step();
        } else {
          break;
        }
      } else if (here() != '\n' && here() != '\r') {
        control();
      }
      found.text += here();
      step();
    }
    step();
    if (line_ == line) found.mark.length = column_ - found.mark.column;
    found.text = std::string(trimmed(found.text));
    skip_blanks();
    if (!at_line_end() && here() != form_.delimiter) {
      problems_.add("E511", mark(), "text stands behind the quote that closes the cell",
                    "A quote inside a cell is written twice.");
      skip_field();
    }
    return found;
  }

  void skip_field() {
    while (!at_line_end() && here() != form_.delimiter) step();
  }

  void control() {
    const auto byte = static_cast<unsigned char>(here());
    if ((byte >= 0x20 && byte != 0x7F) || byte == '\t') return;
    problems_.add("E511", mark(), "a control character stands here", "Take it out.");
  }

  static int code_points(std::string_view text) {
    return static_cast<int>(std::count_if(text.begin(), text.end(), [](char c) {
      return (static_cast<unsigned char>(c) & 0xC0U) != 0x80;
    }));
  }

  std::string_view text_;
  Form form_;
  ProblemList& problems_;
  int file_;
  Document document_;
  std::size_t at_ = 0;
  int line_ = 1;
  int column_ = 1;
  bool told_return_ = false;
};

}  // namespace

Document read(std::string_view text, const Form& form, ProblemList& problems, int file) {
  return Reader(text, form, problems, file).read();
}

std::string write(std::string_view field) {
  constexpr std::string_view special = ",;\t\"\r\n#";
  if (field.find_first_of(special) == std::string_view::npos) return std::string(field);
  std::string quoted = "\"";
  for (const char c : field) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

std::string_view trimmed(std::string_view text) {
  while (true) {
    if (text.starts_with(' ') || text.starts_with('\t')) {
      text.remove_prefix(1);
    } else if (text.starts_with(no_break_space)) {
      text.remove_prefix(no_break_space.size());
    } else {
      break;
    }
  }
  while (true) {
    if (text.ends_with(' ') || text.ends_with('\t')) {
      text.remove_suffix(1);
    } else if (text.ends_with(no_break_space)) {
      text.remove_suffix(no_break_space.size());
    } else {
      return text;
    }
  }
}

}  // namespace delian::io::csv
