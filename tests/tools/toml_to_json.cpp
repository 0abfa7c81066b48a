// delian_toml_json FILE...: one line of JSON per file, for comparison with other TOML readers.
// {"file": ..., "valid": ..., "value": ...}, values tagged as {"type": ..., "value": "text"}.

#include <fmt/format.h>

#include <cmath>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "io/toml.hpp"

namespace {

using nlohmann::json;
namespace toml = delian::io::toml;

std::string_view tag(toml::Kind kind) {
  switch (kind) {
    case toml::Kind::integer:
      return "integer";
    case toml::Kind::floating:
      return "float";
    case toml::Kind::boolean:
      return "bool";
    case toml::Kind::offset_date_time:
      return "datetime";
    case toml::Kind::local_date_time:
      return "datetime-local";
    case toml::Kind::local_date:
      return "date-local";
    case toml::Kind::local_time:
      return "time-local";
    default:
      return "string";
  }
}

std::string text_of(const toml::Node& node) {
  if (const auto* value = node.integer()) return fmt::format("{}", *value);
  if (const auto* value = node.boolean()) return *value ? "true" : "false";
  if (const auto* value = node.floating()) {
    if (std::isnan(*value)) return "nan";
    return fmt::format("{:.17g}", *value);
  }
  if (const auto* value = node.date_time()) return *value;
  if (const auto* value = node.string()) return *value;
  return "";
}

json to_json(const toml::Node& node) {
  if (const toml::Table* table = node.table()) {
    json object = json::object();
    for (const toml::Entry& entry : table->entries()) object[entry.key] = to_json(entry.value);
    return object;
  }
  if (const auto* elements = node.array()) {
    json array = json::array();
    for (const toml::Node& element : *elements) array.push_back(to_json(element));
    return array;
  }
  return {{"type", tag(node.kind())}, {"value", text_of(node)}};
}

}  // namespace

// NOLINTNEXTLINE(bugprone-exception-escape): a tool of the tests; an exception may end it.
int main(int argc, char** argv) {
  for (int i = 1; i < argc; ++i) {
    std::ifstream stream(argv[i], std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(stream), {}};
    const toml::Parsed parsed = toml::parse(text);
    json line{{"file", argv[i]}, {"valid", parsed.problems.empty()}};
    if (parsed.problems.empty()) line["value"] = to_json(parsed.document.root_node());
    fmt::print("{}\n", line.dump());
  }
  return 0;
}
