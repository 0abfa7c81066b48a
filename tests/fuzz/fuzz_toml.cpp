// The TOML reader on any bytes: nothing crashes, every place lies in the text, and a value replaced
// by its own text restores the file.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "delian/assert.hpp"
#include "io/toml.hpp"

namespace {

namespace toml = delian::io::toml;

void check_span(std::string_view text, const toml::Span& span) {
  DELIAN_ASSERT(span.offset <= text.size() && span.length <= text.size() - span.offset);
  DELIAN_ASSERT(span.line >= 1 && span.column >= 1 && span.width >= 0);
  DELIAN_ASSERT(static_cast<std::size_t>(span.width) <= span.length);
}

void check_node(std::string_view text, const toml::Document& document, const toml::Node& node,
                const std::string& pointer, bool is_whole) {
  check_span(text, node.span());
  DELIAN_ASSERT(document.at(pointer) == &node);
  if (node.origin() == toml::Origin::value) {
    const std::string source(text.substr(node.span().offset, node.span().length));
    DELIAN_ASSERT(toml::apply(text, {toml::replace_value(node, source)}) == text);
    // The span is the whole value and nothing but the value.
    if (is_whole) {
      const toml::Parsed alone = toml::parse("k = " + source);
      DELIAN_ASSERT(alone.problems.empty());
      DELIAN_ASSERT(toml::same_value(*alone.document.at("k"), node));
    }
  }
  if (is_whole) DELIAN_ASSERT(node.kind() != toml::Kind::broken);
  if (const toml::Table* table = node.table()) {
    for (const toml::Entry& entry : table->entries()) {
      check_span(text, entry.key_span);
      DELIAN_ASSERT(table->find(entry.key) == &entry);
      check_node(text, document, entry.value, toml::pointer_to(pointer, entry.key), is_whole);
    }
  }
  if (const auto* elements = node.array()) {
    for (std::size_t i = 0; i < elements->size(); ++i) {
      check_node(text, document, (*elements)[i], toml::pointer_to(pointer, i), is_whole);
    }
  }
}

void write_value(std::string& text, const toml::Node& node);

void write_table(std::string& text, const toml::Table& table) {
  const char* separator = "";
  text += '{';
  for (const toml::Entry& entry : table.entries()) {
    text.append(separator).append(toml::write_key(entry.key)).append(" = ");
    write_value(text, entry.value);
    separator = ", ";
  }
  text += '}';
}

// Texts are written anew, everything else as it stood.
void write_value(std::string& text, const toml::Node& node) {
  if (const toml::Table* table = node.table()) return write_table(text, *table);
  if (const auto* elements = node.array()) {
    text += '[';
    for (const toml::Node& element : *elements) {
      write_value(text, element);
      text += ',';
    }
    text += ']';
    return;
  }
  if (const std::string* string = node.string()) text += toml::quote(*string);
  if (const std::string* moment = node.date_time()) text += *moment;
  if (const std::int64_t* number = node.integer()) text += std::to_string(*number);
  if (const bool* truth = node.boolean()) text += *truth ? "true" : "false";
  if (node.floating() != nullptr) text += "0.5";
}

}  // namespace

// The name is libFuzzer's. NOLINTNEXTLINE(readability-identifier-naming)
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const toml::Parsed parsed = toml::parse(text, "fuzz.toml");
  const bool is_whole = parsed.problems.empty();
  std::string messages;
  for (const delian::Diagnostic& problem : parsed.problems) {
    DELIAN_ASSERT(problem.code >= "E001" && problem.code <= "E005");
    DELIAN_ASSERT(problem.place.line >= 1 && problem.place.column >= 1);
    DELIAN_ASSERT(!problem.message.empty() && !problem.fix.empty());
    messages += problem.message + problem.fix;
  }
  // Messages quote the text; they have to be fit to print.
  DELIAN_ASSERT(toml::parse("m = " + toml::quote(messages)).problems.empty());
  check_node(text, parsed.document, parsed.document.root_node(), "", is_whole);

  const toml::Parsed again = toml::parse(text, "fuzz.toml");
  DELIAN_ASSERT(toml::same_value(again.document.root_node(), parsed.document.root_node()));
  DELIAN_ASSERT(again.problems.size() == parsed.problems.size());
  if (is_whole) {
    std::string written = "k = ";
    write_table(written, parsed.document.root());
    DELIAN_ASSERT(toml::parse(written, "", {.max_bytes = std::size_t{1} << 30U, .max_depth = 64})
                      .problems.empty());
  }
  return 0;
}
