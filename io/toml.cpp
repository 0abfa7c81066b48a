#include "io/toml.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

#include "delian/assert.hpp"
#include "io/toml_text.hpp"

namespace delian::io::toml {
namespace {

// Below this, looking at every key is as fast as an index.
constexpr std::size_t small_table = 8;

}  // namespace

std::string_view name(Kind kind) {
  switch (kind) {
    case Kind::table:
      return "a table";
    case Kind::array:
      return "an array";
    case Kind::string:
      return "a text";
    case Kind::integer:
      return "a whole number";
    case Kind::floating:
      return "a number";
    case Kind::boolean:
      return "true or false";
    case Kind::offset_date_time:
      return "a date and time with a time zone";
    case Kind::local_date_time:
      return "a date and time";
    case Kind::local_date:
      return "a date";
    case Kind::local_time:
      return "a time of day";
    case Kind::broken:
      return "a value that cannot be read";
  }
  return {};
}

// --- the tree ------------------------------------------------------------------------------------

const Entry* Table::find(std::string_view key) const {
  if (!slots_.empty()) {
    const std::uint32_t slot = slots_[slot_of(key)];
    return slot == 0 ? nullptr : &entries_[slot - 1];
  }
  const auto found =
      std::ranges::find_if(entries_, [&](const Entry& entry) { return entry.key == key; });
  return found == entries_.end() ? nullptr : &*found;
}

Entry* Table::find(std::string_view key) {
  return const_cast<Entry*>(std::as_const(*this).find(key));
}

// Where the key stands or would stand: open addressing, at most half full.
std::size_t Table::slot_of(std::string_view key) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = std::hash<std::string_view>{}(key)&mask;
  while (slots_[slot] != 0 && entries_[slots_[slot] - 1].key != key) slot = (slot + 1) & mask;
  return slot;
}

void Table::grow() {
  slots_.assign(std::max(4 * small_table, 2 * slots_.size()), 0);
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    slots_[slot_of(entries_[i].key)] = static_cast<std::uint32_t>(i + 1);
  }
}

Entry& Table::add(Entry entry) {
  entries_.push_back(std::move(entry));
  if (entries_.size() > small_table) {
    if (slots_.size() < 2 * entries_.size()) {
      grow();
    } else {
      slots_[slot_of(entries_.back().key)] = static_cast<std::uint32_t>(entries_.size());
    }
  }
  return entries_.back();
}

Node::Node(Kind kind, Origin origin, Span span, Value value)
    : value_(std::move(value)), span_(span), kind_(kind), origin_(origin) {}

Node::Node() : Node(Kind::table, Origin::root, Span{0, 0, 1, 1, 0}, Table{}) {}

// Out of line: inlined everywhere they are slow to compile, and g++ 12 warns falsely about them.
Node::Node(const Node& other) = default;
Node::Node(Node&& other) noexcept = default;
Node& Node::operator=(const Node& other) = default;
Node& Node::operator=(Node&& other) noexcept = default;
Node::~Node() = default;

const std::string* Node::string() const {
  return kind_ == Kind::string ? std::get_if<std::string>(&value_) : nullptr;
}

const std::string* Node::date_time() const {
  return kind_ == Kind::string ? nullptr : std::get_if<std::string>(&value_);
}

std::optional<double> Node::number() const {
  if (const double* value = floating()) return *value;
  if (const std::int64_t* value = integer()) return static_cast<double>(*value);
  return std::nullopt;
}

void Node::define(Origin origin, Span span) {
  origin_ = origin;
  span_ = span;
}

bool same_value(const Node& a, const Node& b) {
  if (a.kind() != b.kind()) return false;
  if (const Table* table = a.table()) {
    const std::vector<Entry>& ours = table->entries();
    const std::vector<Entry>& theirs = b.table()->entries();
    return std::ranges::equal(ours, theirs, [](const Entry& x, const Entry& y) {
      return x.key == y.key && same_value(x.value, y.value);
    });
  }
  if (const std::vector<Node>* ours = a.array()) {
    const std::vector<Node>& theirs = *b.array();
    return std::ranges::equal(*ours, theirs, same_value);
  }
  if (const double* value = a.floating()) {
    const double other = *b.floating();
    return *value == other ? std::signbit(*value) == std::signbit(other)
                           : std::isnan(*value) && std::isnan(other);
  }
  if (const std::int64_t* value = a.integer()) return *value == *b.integer();
  if (const bool* value = a.boolean()) return *value == *b.boolean();
  if (const std::string* text = a.string()) return *text == *b.string();
  if (const std::string* text = a.date_time()) return *text == *b.date_time();
  return true;
}

// --- pointers ------------------------------------------------------------------------------------

namespace {

struct Step {
  std::string key;
  std::optional<std::size_t> index;  // set for "[3]"
};

// Takes the next step off a pointer. Lenient: what is not quoted runs to the next dot or bracket.
std::optional<Step> take_step(std::string_view& pointer) {
  Step step;
  if (pointer[0] == '[') {
    const std::size_t close = pointer.find(']');
    if (close == std::string_view::npos || close == 1 || close > 18) return std::nullopt;
    std::size_t index = 0;
    for (const char c : pointer.substr(1, close - 1)) {
      if (!is_digit(c)) return std::nullopt;
      index = 10 * index + static_cast<std::size_t>(c - '0');
    }
    step.index = index;
    pointer.remove_prefix(close + 1);
    return step;
  }
  if (pointer[0] == '.') pointer.remove_prefix(1);
  if (!pointer.empty() && pointer[0] == '"') {
    std::size_t close = 1;
    while (close < pointer.size() && pointer[close] != '"') close += pointer[close] == '\\' ? 2 : 1;
    if (close >= pointer.size()) return std::nullopt;
    // The pointer's quoting is TOML's own, so TOML reads it.
    const Parsed key = parse("k = " + std::string(pointer.substr(0, close + 1)));
    const Entry* entry = key.document.root().find("k");
    if (!key.problems.empty() || entry == nullptr) return std::nullopt;
    step.key = *entry->value.string();
    pointer.remove_prefix(close + 1);
    return step;
  }
  const std::size_t end = std::min(pointer.find_first_of(".["), pointer.size());
  step.key = pointer.substr(0, end);
  pointer.remove_prefix(end);
  return step;
}

}  // namespace

Found Document::locate(std::string_view pointer) const {
  Found found;
  found.node = found.nearest = &root_;
  while (!pointer.empty()) {
    const std::optional<Step> step = take_step(pointer);
    const Node* next = nullptr;
    std::optional<Span> key;
    if (step && step->index) {
      const std::vector<Node>* array = found.node->array();
      if (array != nullptr && *step->index < array->size()) next = &(*array)[*step->index];
    } else if (step && found.node->table() != nullptr) {
      const Entry* entry = found.node->table()->find(step->key);
      if (entry != nullptr) {
        next = &entry->value;
        key = entry->key_span;
      }
    }
    if (next == nullptr) return {nullptr, std::nullopt, found.nearest, found.nearest_pointer};
    found.node = next;
    found.key = key;
    if (next->table() != nullptr || next->array() != nullptr) {
      found.nearest = next;
      found.nearest_pointer = step->index ? pointer_to(found.nearest_pointer, *step->index)
                                          : pointer_to(found.nearest_pointer, step->key);
    }
  }
  return found;
}

Place place_of(const Document& document, std::string_view pointer, std::string_view file,
               Part part) {
  const Found found = document.locate(pointer);
  Span span = found.node == nullptr ? found.nearest->span() : found.node->span();
  if (found.node != nullptr && part == Part::key && found.key) span = *found.key;
  return {std::string(pointer), std::string(file), span.line, span.column, span.width};
}

std::string write_key(std::string_view key) {
  const bool bare = !key.empty() && std::ranges::all_of(key, is_bare);
  return bare ? std::string(key) : quote(key);
}

std::string pointer_to(std::string_view parent, std::string_view key) {
  std::string pointer(parent);
  if (!parent.empty()) pointer += '.';
  return pointer += write_key(key);
}

std::string pointer_to(std::string_view parent, std::size_t index) {
  return std::string(parent).append("[").append(std::to_string(index)).append("]");
}

// --- writing -------------------------------------------------------------------------------------

std::string quote(std::string_view text) {
  constexpr std::string_view hex = "0123456789ABCDEF";
  std::string quoted = "\"";
  while (!text.empty()) {
    const std::size_t length = code_point_length(text);
    const char c = text[0];
    if (c == '"' || c == '\\') {
      quoted.append(1, '\\').append(1, c);
    } else if (c == '\n') {
      quoted += "\\n";
    } else if (c == '\r') {
      quoted += "\\r";
    } else if (c == '\t') {
      quoted += "\\t";
    } else if (is_control(c)) {
      const auto byte = static_cast<unsigned char>(c);
      quoted.append("\\u00").append(1, hex[byte >> 4U]).append(1, hex[byte & 0xFU]);
    } else if (first_not_utf8(text.substr(0, length))) {
      quoted += "\xEF\xBF\xBD";
    } else {
      quoted += text.substr(0, length);
    }
    text.remove_prefix(length);
  }
  return quoted += '"';
}

Edit replace_value(const Node& value, std::string new_toml) {
  DELIAN_ASSERT(value.origin() == Origin::value);
  return {value.span().offset, value.span().length, std::move(new_toml)};
}

std::string apply(std::string_view text, const std::vector<Edit>& edits) {
  // Stable by hand: std::stable_sort draws a deprecation warning from clang on libstdc++ 12.
  std::vector<const Edit*> ordered;
  for (const Edit& edit : edits) {
    const auto later = std::ranges::upper_bound(ordered, edit.offset, {}, &Edit::offset);
    ordered.insert(later, &edit);
  }
  std::string result;
  std::size_t done = 0;
  for (const Edit* edit : ordered) {
    DELIAN_ASSERT(edit->offset >= done && edit->offset <= text.size() &&
                  edit->length <= text.size() - edit->offset);
    result.append(text.substr(done, edit->offset - done)).append(edit->replacement);
    done = edit->offset + edit->length;
  }
  return result.append(text.substr(done));
}

}  // namespace delian::io::toml
