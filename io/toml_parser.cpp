#include "io/toml_parser.hpp"

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

namespace delian::io::toml {
namespace {

constexpr std::size_t nowhere = std::string_view::npos;

// The typographic quotation marks people paste from a word processor.
constexpr std::array<std::string_view, 8> typographic_quotes{"“", "”", "„", "‟",
                                                             "‘", "’", "«", "»"};

void append_key(std::string& path, std::string_view key) {
  if (!path.empty()) path += '.';
  if (!key.empty() && std::ranges::all_of(key, is_bare)) {
    path += key;
  } else {
    path += quote(key);
  }
}

void append_index(std::string& path, std::size_t index) {
  path.append("[").append(std::to_string(index)).append("]");
}

std::string on_line(const Span& span) {
  return "on line " + std::to_string(span.line);
}

}  // namespace

Parser::Parser(std::string_view text, std::string_view file, const Limits& limits)
    : text_(text), file_(file), limits_(limits), locator_(text) {}

Parsed Parser::run() {
  pos_ = locator_.content_start();
  section_ = root_.table();
  read_statements();
  if (stopped_) {
    problems_.back().notes.push_back("Reading stopped here: there are at least " +
                                     std::to_string(problems_.size()) + " problems.");
  }
  return {Document(std::move(root_)), std::move(problems_)};
}

// --- statements ----------------------------------------------------------------------------------

void Parser::read_statements() {
  for (;;) {
    skip_space();
    if (at_end() || stopped_) return;
    const bool read =
        peek() == '[' ? read_header() : read_assignment(*section_, section_depth_, Inside::line);
    if (!read || !read_line_end()) recover();
  }
}

// key = value, at the start of a line or in braces; `depth` is that of `table`.
bool Parser::read_assignment(Table& table, int depth, Inside inside) {
  const std::size_t start = pos_;
  Key key;
  if (!read_key(key, '=')) return false;
  const Descent descent(path_);
  for (const KeyPart& part : key) append_key(path_, part.text);
  const Span& last = key.back().span;
  if (peek() == ':') {
    report_syntax(pos_, pos_ + 1, "A colon follows the key " + excerpt(key.back().text),
                  "write = between key and value");
    quiet_line_ = last.line;
  } else if (peek() != '=') {
    report_expected("= and a value after the key " + excerpt(key.back().text),
                    "write " + write_key(key.back().text) + " = ... with a value");
    return false;
  }
  ++pos_;
  skip_blanks();
  const auto parts = static_cast<int>(std::min(key.size(), std::size_t{1} << 30U));
  if (depth + parts > limits_.max_depth) {
    report_too_deep(locator_.span(start, last.end()));
    open_construct_ = true;
    return false;
  }
  Node value(Kind::broken, Origin::value, locator_.span(pos_, pos_), {});
  const bool read = read_value(value, depth + parts, inside);
  insert(table, key, std::move(value));
  return read;
}

bool Parser::read_header() {
  const std::size_t start = pos_;
  const bool is_element = peek(1) == '[';
  pos_ += is_element ? 2 : 1;
  path_.clear();
  limbo_ = Node();
  section_ = limbo_.table();
  section_depth_ = 1;
  Key key;
  if (!read_key(key, ']')) return false;
  for (const KeyPart& part : key) append_key(path_, part.text);
  const std::string whole = is_element ? "[[" + path_ + "]]" : "[" + path_ + "]";
  if (peek() == ']') {
    ++pos_;
    if (peek() == ']' && !is_element) {
      report_syntax(pos_, pos_ + 1, "One closing bracket too many", "write " + whole);
      ++pos_;
    } else if (is_element && peek() == ']') {
      ++pos_;
    } else if (is_element) {
      report_expected("]] to close [[", "write " + whole);
    }
  } else {
    report_expected(is_element ? "]] to close [[" : "] to close [", "write " + whole);
    const std::size_t next = after_blanks(pos_);
    if (next < text_.size() && text_[next] != '#' && line_break_at(next) == 0) return false;
  }
  open_section(key, is_element, locator_.span(start, pos_));
  return true;
}

bool Parser::read_line_end() {
  skip_blanks();
  if (peek() == '#') skip_comment();
  if (at_end()) return true;
  if (const std::size_t length = line_break_at(pos_)) {
    pos_ += length;
    return true;
  }
  report_trailing_text();
  return false;
}

// Goes to where reading can start again: the next line, or the next that looks like a statement.
void Parser::recover() {
  const auto to_next_line = [&] {
    const std::size_t feed = text_.find('\n', pos_);
    pos_ = feed == nowhere ? text_.size() : feed + 1;
  };
  if (!resume_at_once_) {
    to_next_line();
    while (open_construct_ && !at_end() && !looks_like_statement(pos_)) to_next_line();
  }
  resume_at_once_ = false;
  open_construct_ = false;
}

// --- keys ----------------------------------------------------------------------------------------

bool Parser::read_key(Key& key, char terminator) {
  for (;;) {
    skip_blanks();
    KeyPart part;
    if (!read_key_part(part, terminator)) return false;
    key.push_back(std::move(part));
    skip_blanks();
    if (peek() != '.') return true;
    ++pos_;
  }
}

bool Parser::read_key_part(KeyPart& part, char terminator) {
  const std::size_t start = pos_;
  if (peek() == '"' || peek() == '\'') {
    if (peek(1) == peek() && peek(2) == peek()) {
      report_syntax(pos_, pos_ + 3, "A key cannot be a text of several lines",
                    "use a single pair of quotes");
      return false;
    }
    bool is_valid = true;
    if (!read_string(part.text, is_valid)) return false;
    part.span = locator_.span(start, pos_);
    return true;
  }
  std::size_t end = start;
  while (end < text_.size() && is_bare(text_[end])) ++end;
  const std::size_t next = after_blanks(end);
  const bool ends_well = next >= text_.size() || text_[next] == '.' || text_[next] == terminator ||
                         text_[next] == '#' || (text_[next] == ':' && terminator == '=') ||
                         line_break_at(next) > 0;
  if (end == start || !ends_well) return read_odd_key_part(part, terminator);
  part.text = text_.substr(start, end - start);
  part.span = locator_.span(start, end);
  pos_ = end;
  return true;
}

// A key that should have been quoted is taken as if it were, so that its line can be read.
bool Parser::read_odd_key_part(KeyPart& part, char terminator) {
  const std::size_t start = pos_;
  const std::size_t stop = line_end(start);
  std::size_t end = start;
  while (end < stop && text_[end] != '=' && text_[end] != '#' && text_[end] != '.' &&
         text_[end] != '[' && text_[end] != ']' && text_[end] != '}' && text_[end] != ',' &&
         !is_control(text_[end])) {
    ++end;
  }
  if (end < stop && is_control(text_[end])) {
    report_control(end);
    return false;
  }
  const std::string_view line = text_.substr(start, stop - start);
  const bool is_assigned = line.substr(0, line.find('#')).find('=') != nowhere;
  if (terminator == '=' && !is_assigned) {
    const std::string_view statement = trim(line.substr(0, line.find('#')));
    report_syntax(start, start + statement.size(),
                  statement.empty() ? "Expected a key, found " + found(start)
                                    : "Expected key = value, found " + excerpt(statement),
                  "write key = value, or put # in front of a comment");
    return false;
  }
  std::string_view word = trim(text_.substr(start, end - start));
  if (word.empty()) {
    report_expected("a key", terminator == '=' ? "write a key before the ="
                                               : "write the name of a table between the brackets");
    return false;
  }
  part.span = locator_.span(start, start + word.size());
  pos_ = end;
  part.text = word;
  // What follows is the trouble then, and the caller says so.
  if (std::ranges::all_of(word, is_bare)) return true;
  if (const std::string_view mark = invisible_mark_in(word); !mark.empty()) {
    report("E004", part.span, excerpt(word) + " holds the invisible character " + excerpt(mark),
           "remove that character or type a plain space");
    return true;
  }
  bool is_typographic = false;
  for (const std::string_view mark : typographic_quotes) {
    if (word.substr(0, mark.size()) == mark) {
      word.remove_prefix(mark.size());
      is_typographic = true;
    }
    if (word.size() >= mark.size() && word.substr(word.size() - mark.size()) == mark) {
      word.remove_suffix(mark.size());
      is_typographic = true;
    }
  }
  report("E004", part.span,
         is_typographic
             ? "Typographic quotation marks around a key"
             : excerpt(word) + " cannot be a key without quotes: only A-Z, a-z, 0-9, _ and - can",
         "write " + quote(word));
  part.text = word;
  return true;
}

// --- tables --------------------------------------------------------------------------------------

void Parser::open_section(const Key& key, bool is_element, const Span& header) {
  const std::string pointer = std::exchange(path_, {});
  Table* table = root_.table();
  int depth = 0;
  const auto fail = [&] { path_ = pointer; };
  for (std::size_t i = 0; i + 1 < key.size(); ++i) {
    const KeyPart& part = key[i];
    if (++depth >= limits_.max_depth) break;
    append_key(path_, part.text);
    Entry* entry = table->find(part.text);
    if (entry == nullptr) {
      entry = &table->add(
          {part.text, part.span, Node(Kind::table, Origin::implicit, part.span, Table{})});
    }
    Node* node = &entry->value;
    if (node->origin() == Origin::value) {
      if (node->kind() != Kind::broken) {
        path_ = pointer;
        report_duplicate(part.span, *node, entry->key_span, true);
      }
      return fail();
    }
    if (std::vector<Node>* elements = node->array()) {
      append_index(path_, elements->size() - 1);
      node = &elements->back();
      ++depth;
    }
    table = node->table();
  }
  depth += is_element ? 2 : 1;
  if (depth > limits_.max_depth) {
    path_ = pointer;
    return report_too_deep(header);
  }
  append_key(path_, key.back().text);
  Table* opened = is_element ? open_element(*table, key.back(), header)
                             : open_table(*table, key.back(), header);
  if (opened == nullptr) return;
  section_ = opened;
  section_depth_ = depth;
}

Table* Parser::open_element(Table& parent, const KeyPart& key, const Span& header) {
  Entry* entry = parent.find(key.text);
  if (entry == nullptr) {
    entry = &parent.add(
        {key.text, key.span, Node(Kind::array, Origin::header, header, std::vector<Node>{})});
  }
  std::vector<Node>* elements = entry->value.array();
  if (elements == nullptr || entry->value.origin() != Origin::header) {
    report_duplicate(key.span, entry->value, entry->key_span, false);
    return nullptr;
  }
  append_index(path_, elements->size());
  elements->emplace_back(Kind::table, Origin::header, header, Table{});
  return elements->back().table();
}

Table* Parser::open_table(Table& parent, const KeyPart& key, const Span& header) {
  Entry* entry = parent.find(key.text);
  if (entry == nullptr) {
    return parent.add({key.text, key.span, Node(Kind::table, Origin::header, header, Table{})})
        .value.table();
  }
  if (entry->value.origin() != Origin::implicit) {
    report_duplicate(key.span, entry->value, entry->key_span, false);
    return nullptr;
  }
  entry->key_span = key.span;
  entry->value.define(Origin::header, header);
  return entry->value.table();
}

void Parser::insert(Table& table, const Key& key, Node value) {
  Table* inner = &table;
  for (std::size_t i = 0; i + 1 < key.size(); ++i) {
    const KeyPart& part = key[i];
    Entry* entry = inner->find(part.text);
    if (entry == nullptr) {
      entry = &inner->add(
          {part.text, part.span, Node(Kind::table, Origin::dotted, part.span, Table{})});
    } else if (entry->value.origin() == Origin::implicit) {
      entry->value.define(Origin::dotted, part.span);
    } else if (entry->value.origin() != Origin::dotted) {
      if (entry->value.kind() == Kind::broken) return;
      return report_duplicate(part.span, entry->value, entry->key_span, true);
    }
    inner = entry->value.table();
  }
  const KeyPart& last = key.back();
  if (const Entry* entry = inner->find(last.text)) {
    return report_duplicate(last.span, entry->value, entry->key_span, false);
  }
  inner->add({last.text, last.span, std::move(value)});
}

// --- looking about -------------------------------------------------------------------------------

std::size_t Parser::line_break_at(std::size_t offset) const {
  if (offset >= text_.size()) return 0;
  if (text_[offset] == '\n') return 1;
  return text_.substr(offset, 2) == "\r\n" ? 2 : 0;
}

std::size_t Parser::line_end(std::size_t offset) const {
  const std::size_t feed = text_.find('\n', offset);
  if (feed == nowhere) return text_.size();
  return feed > offset && text_[feed - 1] == '\r' ? feed - 1 : feed;
}

std::size_t Parser::after_blanks(std::size_t offset) const {
  while (offset < text_.size() && is_blank(text_[offset])) ++offset;
  return offset;
}

std::size_t Parser::after_key(std::size_t offset) const {
  for (;;) {
    offset = after_blanks(offset);
    if (offset >= text_.size()) return nowhere;
    const char quote_mark = text_[offset];
    if (quote_mark == '"' || quote_mark == '\'') {
      ++offset;
      while (offset < text_.size() && text_[offset] != quote_mark && text_[offset] != '\n') {
        offset += quote_mark == '"' && text_[offset] == '\\' ? 2 : 1;
      }
      if (offset >= text_.size() || text_[offset] != quote_mark) return nowhere;
      ++offset;
    } else {
      const std::size_t start = offset;
      while (offset < text_.size() && is_bare(text_[offset])) ++offset;
      if (offset == start) return nowhere;
    }
    offset = after_blanks(offset);
    if (offset >= text_.size() || text_[offset] != '.') return offset;
    ++offset;
  }
}

bool Parser::looks_like_assignment(std::size_t offset) const {
  const std::size_t end = after_key(offset);
  return end < text_.size() && text_[end] == '=';
}

// Strict, for it has to be told from an array in an array: a bare key that is no value.
bool Parser::looks_like_header(std::size_t offset) const {
  offset = after_blanks(offset);
  if (offset >= text_.size() || text_[offset] != '[') return false;
  const bool is_element = text_.substr(offset, 2) == "[[";
  offset = after_blanks(offset + (is_element ? 2 : 1));
  if (offset >= text_.size() || !is_letter(text_[offset])) return false;
  std::size_t end = after_key(offset);
  if (end == nowhere || text_.substr(end, is_element ? 2 : 1) != (is_element ? "]]" : "]")) {
    return false;
  }
  const std::string_view name = trim(text_.substr(offset, end - offset));
  if (name == "true" || name == "false" || name == "inf" || name == "nan") return false;
  end = after_blanks(end + (is_element ? 2 : 1));
  return end >= text_.size() || text_[end] == '#' || line_break_at(end) > 0;
}

bool Parser::looks_like_statement(std::size_t offset) const {
  return looks_like_assignment(offset) || looks_like_header(offset);
}

void Parser::skip_comment() {
  const std::size_t end = line_end(pos_);
  for (; pos_ < end; ++pos_) {
    if (!is_control(text_[pos_])) continue;
    report_control(pos_);
    pos_ = end;
    return;
  }
}

bool Parser::skip_space() {
  bool left_line = false;
  for (;;) {
    skip_blanks();
    if (peek() == '#') skip_comment();
    const std::size_t length = line_break_at(pos_);
    if (length == 0) return left_line;
    pos_ += length;
    left_line = true;
  }
}

// --- saying --------------------------------------------------------------------------------------

void Parser::report(std::string_view code, const Span& span, std::string message, std::string fix,
                    std::vector<std::string> notes) {
  if (stopped_ || span.line == quiet_line_) return;
  Diagnostic problem = diagnose(code, path_, std::move(message), std::move(fix), std::move(notes));
  problem.place.file = file_;
  problem.place.line = span.line;
  problem.place.column = span.column;
  problem.place.length = span.width;
  // In the order of the text: what an array lacks is noticed only at its end.
  const auto later =
      std::ranges::upper_bound(problems_, problem, [](const Diagnostic& a, const Diagnostic& b) {
        return std::tie(a.place.line, a.place.column) < std::tie(b.place.line, b.place.column);
      });
  problems_.insert(later, std::move(problem));
  stopped_ = problems_.size() >= limits_.max_problems;
}

void Parser::report_syntax(std::size_t from, std::size_t to, std::string message, std::string fix) {
  report("E004", locator_.span(from, to), std::move(message), std::move(fix));
}

void Parser::report_control(std::size_t offset) {
  if (text_[offset] == '\r') {
    return report_syntax(offset, offset + 1, "A carriage return without a line feed",
                         "save the file with Unix or Windows line endings");
  }
  report_syntax(offset, offset + 1,
                "The control character " + excerpt(text_.substr(offset, 1)) + " is not allowed",
                "remove it; inside quotes it can be written as an escape such as \\u0007");
}

void Parser::report_expected(std::string_view expected, std::string fix) {
  if (!at_end() && line_break_at(pos_) == 0 && is_control(peek())) return report_control(pos_);
  const bool is_mark = !at_end() && line_break_at(pos_) == 0;
  const std::size_t end = is_mark ? pos_ + code_point_length(text_.substr(pos_)) : pos_;
  report_syntax(pos_, end, "Expected " + std::string(expected) + ", found " + found(pos_),
                std::move(fix));
}

std::string Parser::found(std::size_t offset) const {
  if (offset >= text_.size()) return "the end of the file";
  if (line_break_at(offset) > 0) return "the end of the line";
  if (text_[offset] == '#') return "a comment";
  return excerpt(text_.substr(offset, code_point_length(text_.substr(offset))));
}

// `first` is what stands under the key already. An inner part is one that something was to be put
// below; otherwise the key itself was to be defined anew.
void Parser::report_duplicate(const Span& span, const Node& first, const Span& first_span,
                              bool is_inner_part) {
  const std::string part = excerpt(text_.substr(span.offset, span.length));
  const std::string where = on_line(first_span);
  if (!is_inner_part) {
    const bool is_list = first.array() != nullptr && first.origin() == Origin::header;
    return report("E005", span,
                  excerpt(path_) + " is already defined " + where + " as " +
                      std::string(is_list ? "a list of tables" : name(first.kind())),
                  is_list ? "write [[ ]] around the header of a further element"
                          : "remove one of the two, or rename this one");
  }
  if (first.table() != nullptr && first.origin() == Origin::value) {
    return report("E005", span, part + " is a table in braces " + where + ", complete as it stands",
                  "write what belongs to it inside the braces");
  }
  if (first.table() != nullptr) {
    return report("E005", span,
                  part + " has a header " + where + ", so dotted keys cannot add to it",
                  "move this line below that header and write the rest of the key");
  }
  if (first.array() != nullptr && first.origin() == Origin::header) {
    return report("E005", span, part + " is a list of tables, begun " + where,
                  "move this line below the [[header]] of the element it belongs to");
  }
  report("E005", span,
         part + " is " + std::string(name(first.kind())) + " " + where +
             ", so nothing can be put below it",
         "rename one of the two");
}

void Parser::report_too_deep(const Span& span) {
  report("E003", span,
         "Tables and arrays are nested more than " + std::to_string(limits_.max_depth) + " deep",
         "use fewer levels");
}

void Parser::report_trailing_text() {
  const std::size_t stop = line_end(pos_);
  const std::string_view line = text_.substr(pos_, stop - pos_);
  const auto control = std::ranges::find_if(line, is_control);
  if (control != line.end()) {
    return report_control(pos_ + static_cast<std::size_t>(control - line.begin()));
  }
  const std::string_view rest = trim(line.substr(0, line.find('#')));
  const std::string shown = excerpt(rest);
  std::string message = shown + " follows, where the line should end";
  std::string fix = "remove it, or put # in front of a comment";
  if (looks_like_assignment(pos_) || (rest[0] == ',' && looks_like_assignment(pos_ + 1))) {
    fix = "put every key on a line of its own, without commas between them";
  } else if (rest == "," || rest == ";" || rest[0] == text_[pos_ - 1]) {
    fix = "remove it";
  } else if (rest.find(text_[pos_ - 1]) != nowhere &&
             (text_[pos_ - 1] == '"' || text_[pos_ - 1] == '\'')) {
    message = "The text ends at the quote before " + shown;
    fix = text_[pos_ - 1] == '"' ? R"(inside double quotes write \" for a quote)"
                                 : "put the whole in double quotes";
  }
  report_syntax(pos_, pos_ + rest.size(), std::move(message), std::move(fix));
}

}  // namespace delian::io::toml
