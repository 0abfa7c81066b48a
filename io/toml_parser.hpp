#pragma once
// The grammar. Each read_ function starts at its first character and returns false when the
// statement cannot be followed any further; the problem is then reported already.

#include "io/toml.hpp"
#include "io/toml_text.hpp"

namespace delian::io::toml {

class Parser {
 public:
  Parser(std::string_view text, std::string_view file, const Limits& limits);
  Parsed run();

 private:
  struct KeyPart {
    std::string text;
    Span span;
  };
  using Key = std::vector<KeyPart>;

  /// What a value stands in, which decides where it ends.
  enum class Inside { line, array, braces };

  /// Puts the path back to what it was.
  class Descent {
   public:
    explicit Descent(std::string& path) : path_(path), size_(path.size()) {}
    ~Descent() { path_.resize(size_); }
    Descent(const Descent&) = delete;
    Descent& operator=(const Descent&) = delete;

   private:
    std::string& path_;
    std::size_t size_;
  };

  // --- statements, keys and tables: toml_parser.cpp
  void read_statements();
  bool read_header();
  bool read_assignment(Table& table, int depth, Inside inside);
  bool read_key(Key& key, char terminator);
  bool read_key_part(KeyPart& part, char terminator);
  bool read_odd_key_part(KeyPart& part, char terminator);
  void open_section(const Key& key, bool is_element, const Span& header);
  Table* open_element(Table& parent, const KeyPart& key, const Span& header);
  Table* open_table(Table& parent, const KeyPart& key, const Span& header);
  void insert(Table& table, const Key& key, Node value);
  bool read_line_end();
  void recover();

  // --- values: toml_values.cpp
  bool read_value(Node& value, int depth, Inside inside);
  bool read_array(Node& value, int depth);
  bool read_inline_table(Node& value, int depth);
  bool pass_line_break(const Span& brace, bool& told, bool key_may_follow);
  bool read_bare(Node& value, Inside inside);
  std::size_t end_of_token(std::size_t offset) const;
  bool is_followed_by_next(std::size_t offset, Inside inside) const;
  bool report_missing_value(Inside inside);
  bool report_phrase(std::size_t end, Inside inside);
  bool read_string(std::string& text, bool& is_valid);
  bool read_one_line_string(std::string& text, bool& is_valid);
  bool read_long_string(std::string& text, bool& is_valid);
  bool read_escape(std::string& text);
  bool skip_line_continuation();

  // --- looking about
  char peek(std::size_t ahead = 0) const {  // NUL past the end; a NUL in the text is no TOML either
    return pos_ + ahead < text_.size() ? text_[pos_ + ahead] : '\0';
  }
  bool at_end() const { return pos_ >= text_.size(); }
  std::size_t line_break_at(std::size_t offset) const;  // its length; 0 when there is none
  std::size_t line_end(std::size_t offset) const;       // before the line break
  std::size_t after_blanks(std::size_t offset) const;
  std::size_t after_key(std::size_t offset) const;  // npos when none starts there
  bool looks_like_assignment(std::size_t offset) const;
  bool looks_like_header(std::size_t offset) const;
  bool looks_like_statement(std::size_t offset) const;
  void skip_blanks() { pos_ = after_blanks(pos_); }
  void skip_comment();
  bool skip_space();  // blanks, line breaks, comments; whether a line was left

  // --- saying
  void report(std::string_view code, const Span& span, std::string message, std::string fix,
              std::vector<std::string> notes = {});
  void report_syntax(std::size_t from, std::size_t to, std::string message, std::string fix);
  void report_control(std::size_t offset);
  void report_expected(std::string_view expected, std::string fix);
  void report_duplicate(const Span& span, const Node& first, const Span& first_span,
                        bool is_inner_part);
  void report_too_deep(const Span& span);
  void report_trailing_text();
  std::string found(std::size_t offset) const;

  std::string_view text_;
  std::string_view file_;
  Limits limits_;
  Locator locator_;
  std::size_t pos_ = 0;

  Node root_;
  Node limbo_;  // takes the keys below a header that could not be opened
  Table* section_ = nullptr;
  int section_depth_ = 0;
  std::string path_;  // pointer to where we are

  Diagnostics problems_;
  bool stopped_ = false;
  int quiet_line_ = 0;           // its problems are consequences of one that is reported
  bool open_construct_ = false;  // the next line may still be inside what could not be read
  bool resume_at_once_ = false;  // a new statement starts at pos_
};

}  // namespace delian::io::toml
