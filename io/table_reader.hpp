#pragma once
// Typed reading of TOML tables. Every accessor reports what is wrong with its key, in place, and
// gives nothing then; reading goes on, so that one pass finds all problems.

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "delian/date.hpp"
#include "delian/diagnostic.hpp"
#include "delian/uncertain.hpp"
#include "io/text_file.hpp"
#include "io/toml.hpp"

namespace delian::io {

/// One text with its tree, and the problems found in it so far.
class DocumentReader {
 public:
  DocumentReader(const TextFile& file, const toml::Document& document)
      : file_(file), document_(document) {}

  void report(std::string_view code, std::string pointer, const toml::Span& span,
              std::string message, std::string fix = {}, std::vector<std::string> notes = {});
  /// A problem whose pointer leads to its place.
  void report(Diagnostic problem);

  /// Takes note that nothing can be said about a place and what is below it.
  void mark_broken(std::string pointer) { broken_.push_back(std::move(pointer)); }
  /// True for a place where a problem was reported, and for everything below one.
  bool is_broken(std::string_view pointer) const;

  /// Where a pointer leads: the text inside the quotes of a string, else the value; the key of a
  /// table; the nearest table when there is no such place. `pointer` is kept.
  Place place_of(std::string_view pointer) const;
  /// The text inside the quotes of a string, else the value.
  toml::Span visible_span(const toml::Node& node) const;

  const TextFile& file() const { return file_; }
  const toml::Document& document() const { return document_; }
  Diagnostics take_problems() { return std::move(problems_); }

 private:
  const TextFile& file_;
  const toml::Document& document_;
  Diagnostics problems_;
  std::vector<std::string> broken_;
};

enum class Need { optional, required };

/// One table of a document.
class TableReader {
 public:
  /// @param title  what messages call the table: "[question]", "the row of FR"
  /// @param header  where to report what is missing
  TableReader(DocumentReader& document, const toml::Node& node, toml::Span header,
              std::string pointer, std::string title);

  bool has(std::string_view key) const { return find(key) != nullptr; }
  const std::string& pointer() const { return pointer_; }
  const std::string& title() const { return title_; }
  const toml::Node& node() const { return *node_; }
  DocumentReader& document() const { return *document_; }
  std::string pointer_to(std::string_view key) const;

  std::optional<std::string> text(std::string_view key, Need need = Need::optional) const;
  std::optional<double> number(std::string_view key, Need need = Need::optional) const;
  std::optional<bool> boolean(std::string_view key) const;
  /// A local date, or a part of a date in quotes.
  std::optional<Date> date(std::string_view key, Need need = Need::optional) const;
  /// A date and time as written.
  std::optional<std::string> time(std::string_view key, Need need = Need::optional) const;
  /// The index of one of the allowed words.
  std::optional<std::size_t> word(std::string_view key, std::span<const std::string_view> words,
                                  Need need = Need::optional) const;
  std::optional<Uncertain> value(std::string_view key, Support support,
                                 Need need = Need::optional) const;
  /// Empty when the key is missing; nothing when something is wrong with it.
  std::optional<std::vector<std::string>> texts(std::string_view key) const;
  std::optional<TableReader> table(std::string_view key, std::string title,
                                   Need need = Need::optional) const;
  std::vector<TableReader> tables(std::string_view key, std::string_view title) const;
  /// Every entry that is a table; others are reported.
  std::vector<std::pair<std::string, TableReader>> rows() const;

  /// Reports every other key; call it before the keys are read. A required key that was mistyped is
  /// then not reported as missing too. `elsewhere` may answer for a key by itself and then returns
  /// true.
  void only(std::span<const std::string_view> keys,
            const std::function<bool(const toml::Entry&)>& elsewhere = {}) const;

 private:
  const toml::Node* find(std::string_view key) const;
  const toml::Node* find(std::string_view key, Need need) const;
  void wrong_type(std::string_view key, const toml::Node& node, std::string_view wanted,
                  std::string fix = {}) const;

  DocumentReader* document_;
  const toml::Node* node_;
  toml::Span header_;
  std::string pointer_;
  std::string title_;
};

}  // namespace delian::io
