#include "io/table_reader.hpp"

#include <algorithm>

#include "src/domain/text.hpp"

namespace delian::io {
namespace {

bool is_date_time(const toml::Node& node) {
  return node.date_time() != nullptr;
}

Place place_at(const toml::Span& span, std::string pointer, const std::string& file) {
  return {std::move(pointer), file, span.line, span.column, span.width};
}

}  // namespace

// --- the document
// ----------------------------------------------------------------------------------

void DocumentReader::report(std::string_view code, std::string pointer, const toml::Span& span,
                            std::string message, std::string fix, std::vector<std::string> notes) {
  Diagnostic problem =
      diagnose(code, pointer, std::move(message), std::move(fix), std::move(notes));
  problem.place = place_at(span, pointer, file_.name);
  problems_.push_back(std::move(problem));
  mark_broken(std::move(pointer));
}

void DocumentReader::report(Diagnostic problem) {
  problem.place = place_of(problem.place.pointer);
  // Of "80 (60 to 70)" it is the best guess that is wrong.
  const toml::Node* node = document_.at(problem.place.pointer);
  if (problem.code == "E203" && node != nullptr && node->string() != nullptr &&
      node->string()->find('|') == std::string::npos) {
    const std::size_t best = node->string()->find_first_of(" (");
    if (best != std::string::npos && best > 0) problem.place.length = static_cast<int>(best);
  }
  mark_broken(problem.place.pointer);
  problems_.push_back(std::move(problem));
}

bool DocumentReader::is_broken(std::string_view pointer) const {
  return std::any_of(broken_.begin(), broken_.end(), [&](std::string_view broken) {
    if (!pointer.starts_with(broken)) return false;
    return pointer.size() == broken.size() || pointer[broken.size()] == '.' ||
           pointer[broken.size()] == '[';
  });
}

toml::Span DocumentReader::visible_span(const toml::Node& node) const {
  toml::Span span = node.span();
  const std::string_view written = std::string_view(file_.text).substr(span.offset, span.length);
  const bool quoted = node.string() != nullptr && written.size() > 2 &&
                      !written.starts_with("\"\"\"") && !written.starts_with("'''");
  if (quoted) {
    ++span.offset;
    span.length -= 2;
    ++span.column;
    span.width -= 2;
  }
  return span;
}

Place DocumentReader::place_of(std::string_view pointer) const {
  const toml::Found found = document_.locate(pointer);
  if (found.node == nullptr) {
    return toml::place_of(document_, pointer, file_.name);
  }
  if (found.node->table() != nullptr && found.key) {
    return place_at(*found.key, std::string(pointer), file_.name);
  }
  return place_at(visible_span(*found.node), std::string(pointer), file_.name);
}

// --- a table
// ---------------------------------------------------------------------------------------

TableReader::TableReader(DocumentReader& document, const toml::Node& node, toml::Span header,
                         std::string pointer, std::string title)
    : document_(&document),
      node_(&node),
      header_(header),
      pointer_(std::move(pointer)),
      title_(std::move(title)) {}

std::string TableReader::pointer_to(std::string_view key) const {
  return pointer_.empty() ? toml::write_key(key) : toml::pointer_to(pointer_, key);
}

const toml::Node* TableReader::find(std::string_view key) const {
  const toml::Entry* entry = node_->table()->find(key);
  return entry == nullptr ? nullptr : &entry->value;
}

// Null for what is missing and for what the TOML parser has complained about.
const toml::Node* TableReader::find(std::string_view key, Need need) const {
  const toml::Node* node = find(key);
  if (node == nullptr) {
    if (need == Need::required && !document_->is_broken(pointer_to(key))) {
      document_->report("E007", pointer_to(key), header_,
                        title_ + " needs " + toml::write_key(key) + " = ...");
    }
    return nullptr;
  }
  if (node->kind() == toml::Kind::broken) {
    document_->mark_broken(pointer_to(key));
    return nullptr;
  }
  return node;
}

void TableReader::wrong_type(std::string_view key, const toml::Node& node, std::string_view wanted,
                             std::string fix) const {
  document_->report("E006", pointer_to(key), document_->visible_span(node),
                    std::string(key) + " is " + std::string(toml::name(node.kind())) +
                        "; it must be " + std::string(wanted),
                    std::move(fix));
}

std::optional<std::string> TableReader::text(std::string_view key, Need need) const {
  const toml::Node* node = find(key, need);
  if (node == nullptr) return std::nullopt;
  if (const std::string* text = node->string()) return *text;
  wrong_type(key, *node, "a text in quotes");
  return std::nullopt;
}

std::optional<double> TableReader::number(std::string_view key, Need need) const {
  const toml::Node* node = find(key, need);
  if (node == nullptr) return std::nullopt;
  if (const std::optional<double> number = node->number()) return number;
  wrong_type(key, *node, "a number");
  return std::nullopt;
}

std::optional<bool> TableReader::boolean(std::string_view key) const {
  const toml::Node* node = find(key, Need::optional);
  if (node == nullptr) return std::nullopt;
  if (const bool* value = node->boolean()) return *value;
  wrong_type(key, *node, "true or false, without quotes");
  return std::nullopt;
}

std::optional<Date> TableReader::date(std::string_view key, Need need) const {
  const toml::Node* node = find(key, need);
  if (node == nullptr) return std::nullopt;
  std::string written;
  if (node->kind() == toml::Kind::local_date) {
    written = *node->date_time();
  } else if (const std::string* text = node->string()) {
    written = *text;
  } else if (is_date_time(*node)) {
    document_->report("E302", pointer_to(key), node->span(),
                      std::string(key) + " has a time of day; it must be a date",
                      "write it as 2023-07-12");
    return std::nullopt;
  } else if (node->integer() != nullptr) {
    const std::string number = std::to_string(*node->integer());
    document_->report("E302", pointer_to(key), node->span(),
                      std::string(key) + " is the number " + number + ", not a date",
                      "a year alone stands in quotes: \"2023\"");
    return std::nullopt;
  } else {
    wrong_type(key, *node, "a date such as 2023-07-12, or a part of one in quotes");
    return std::nullopt;
  }
  const std::optional<Date> date = Date::parse(written);
  if (!date) {
    document_->report("E302", pointer_to(key), document_->visible_span(*node),
                      '"' + written + "\" is not a date",
                      "write 2023-07-12, or \"2023-07\" or \"2023\" when the day is not known");
  }
  return date;
}

std::optional<std::string> TableReader::time(std::string_view key, Need need) const {
  const toml::Node* node = find(key, need);
  if (node == nullptr) return std::nullopt;
  if (node->kind() != toml::Kind::local_time && is_date_time(*node)) return *node->date_time();
  if (const std::string* text = node->string()) return *text;
  wrong_type(key, *node, "a date with a time, such as 2023-07-05T12:00:00Z");
  return std::nullopt;
}

std::optional<std::size_t> TableReader::word(std::string_view key,
                                             std::span<const std::string_view> words,
                                             Need need) const {
  const toml::Node* node = find(key, need);
  if (node == nullptr) return std::nullopt;
  const std::string* text = node->string();
  if (text == nullptr) {
    wrong_type(key, *node, "a word in quotes");
    return std::nullopt;
  }
  const auto found = std::find(words.begin(), words.end(), *text);
  if (found != words.end()) return static_cast<std::size_t>(found - words.begin());
  std::string allowed;
  for (std::size_t k = 0; k < words.size(); ++k) {
    allowed += (k == 0 ? "" : k + 1 == words.size() ? " or " : ", ");
    allowed += words[k];
  }
  const std::string_view near = nearest(*text, words);
  document_->report("E009", pointer_to(key), document_->visible_span(*node),
                    std::string(key) + " is \"" + *text + "\"; it must be " + allowed,
                    near.empty() ? "" : "did you mean \"" + std::string(near) + "\"?");
  return std::nullopt;
}

std::optional<Uncertain> TableReader::value(std::string_view key, Support support,
                                            Need need) const {
  const toml::Node* node = find(key, need);
  if (node == nullptr) return std::nullopt;
  const std::string pointer = pointer_to(key);
  if (const std::optional<double> number = node->number()) {
    Expected<Uncertain> exact = Uncertain::exact(*number, support, pointer);
    if (exact) return *std::move(exact);
    for (Diagnostic& problem : exact.error()) document_->report(std::move(problem));
    return std::nullopt;
  }
  const std::string* text = node->string();
  if (text == nullptr) {
    wrong_type(key, *node, "a number, or a text such as \"5 (1 to 20)\"");
    return std::nullopt;
  }
  Expected<Uncertain> parsed = Uncertain::parse(*text, support, pointer);
  if (parsed) return *std::move(parsed);
  for (Diagnostic& problem : parsed.error()) {
    document_->report(std::move(problem));
  }
  return std::nullopt;
}

std::optional<std::vector<std::string>> TableReader::texts(std::string_view key) const {
  std::vector<std::string> all;
  const toml::Node* written = find(key);
  if (written == nullptr) return all;
  const toml::Node* node = find(key, Need::optional);
  if (node == nullptr) return std::nullopt;
  const std::vector<toml::Node>* items = node->array();
  if (items == nullptr) {
    const std::string* single = node->string();
    wrong_type(key, *node, "a list of texts",
               single == nullptr ? "" : "write [\"" + *single + "\"]");
    return std::nullopt;
  }
  bool whole = true;
  for (std::size_t k = 0; k < items->size(); ++k) {
    const toml::Node& item = (*items)[k];
    if (const std::string* text = item.string()) {
      all.push_back(*text);
      continue;
    }
    whole = false;
    if (item.kind() == toml::Kind::broken) continue;
    document_->report("E006", toml::pointer_to(pointer_to(key), k), item.span(),
                      std::string(key) + " holds " + std::string(toml::name(item.kind())) +
                          "; it must hold texts in quotes");
  }
  if (whole) return all;
  document_->mark_broken(pointer_to(key));
  return std::nullopt;
}

std::optional<TableReader> TableReader::table(std::string_view key, std::string title,
                                              Need need) const {
  const toml::Entry* entry = node_->table()->find(key);
  const toml::Node* node = find(key);
  if (node == nullptr) {
    if (need == Need::required && !document_->is_broken(pointer_to(key))) {
      document_->report("E007", pointer_to(key), header_, "there is no " + title);
    }
    return std::nullopt;
  }
  if (node->kind() == toml::Kind::broken) {
    document_->mark_broken(pointer_to(key));
    return std::nullopt;
  }
  if (node->table() == nullptr) {
    wrong_type(key, *node, "a table");
    return std::nullopt;
  }
  const bool has_header = node->origin() == toml::Origin::header;
  return TableReader(*document_, *node, has_header ? node->span() : entry->key_span,
                     pointer_to(key), std::move(title));
}

std::vector<TableReader> TableReader::tables(std::string_view key, std::string_view title) const {
  std::vector<TableReader> all;
  const toml::Node* node = find(key, Need::optional);
  if (node == nullptr) return all;
  const std::vector<toml::Node>* items = node->array();
  if (items == nullptr) {
    wrong_type(key, *node, "a list of tables",
               "write the header as [[" + (pointer_.empty() ? "" : pointer_ + '.') +
                   std::string(key) + "]]");
    return all;
  }
  for (std::size_t k = 0; k < items->size(); ++k) {
    const toml::Node& item = (*items)[k];
    const std::string pointer = toml::pointer_to(pointer_to(key), k);
    if (item.table() != nullptr) {
      all.emplace_back(*document_, item, item.span(), pointer, std::string(title));
    } else if (item.kind() == toml::Kind::broken) {
      document_->mark_broken(pointer);
    } else {
      document_->report("E006", pointer, item.span(),
                        std::string(key) + " holds " + std::string(toml::name(item.kind())) +
                            "; it must hold tables");
    }
  }
  return all;
}

std::vector<std::pair<std::string, TableReader>> TableReader::rows() const {
  std::vector<std::pair<std::string, TableReader>> all;
  for (const toml::Entry& entry : node_->table()->entries()) {
    if (std::optional<TableReader> row = table(entry.key, entry.key)) {
      all.emplace_back(entry.key, *std::move(row));
    }
  }
  return all;
}

void TableReader::only(std::span<const std::string_view> keys,
                       const std::function<bool(const toml::Entry&)>& elsewhere) const {
  for (const toml::Entry& entry : node_->table()->entries()) {
    if (std::find(keys.begin(), keys.end(), entry.key) != keys.end()) continue;
    const std::string_view near = nearest(entry.key, keys);
    if (near.empty() && elsewhere && elsewhere(entry)) continue;
    // A key that is only mistyped is not missing too.
    if (!near.empty() && !has(near)) document_->mark_broken(pointer_to(near));
    std::vector<std::string> notes;
    if (near.empty()) {
      notes.push_back("Known here: " + list_of(std::vector<std::string>(keys.begin(), keys.end())) +
                      ".");
    }
    document_->report("E008", pointer_to(entry.key), entry.key_span,
                      '"' + entry.key + "\" is not a key of " + title_,
                      near.empty() ? "" : "did you mean " + std::string(near) + "?",
                      std::move(notes));
  }
}

}  // namespace delian::io
