#include "io/case_list.hpp"

#include <array>
#include <map>

#include "io/table_reader.hpp"
#include "io/toml.hpp"

namespace delian::io {
namespace {

constexpr std::array<std::string_view, 4> list_keys{"format", "title", "body", "case"};
constexpr std::array<std::string_view, 5> case_keys{"number", "id", "file", "code", "group"};

ListedCase read_case(const TableReader& table) {
  table.only(case_keys);
  ListedCase one;
  one.file = table.text("file", Need::required).value_or("");
  one.id = table.text("id").value_or("");
  one.group = table.text("group").value_or("");
  table.number("number");
  std::array<std::string_view, outcome_count> letters;
  for (std::size_t k = 0; k < outcome_count; ++k)
    letters[k] = outcome_letter(static_cast<Outcome>(k));
  if (const auto letter = table.word("code", letters)) one.outcome = static_cast<Outcome>(*letter);
  const auto place = [&](std::string_view key) {
    return table.document().place_of(table.pointer_to(key));
  };
  one.file_place = place("file");
  one.id_place = place("id");
  one.code_place = place("code");
  return one;
}

}  // namespace

CaseListFile parse_case_list(const TextFile& file) {
  toml::Parsed parsed = toml::parse(file.text, file.name);
  if (!parsed.problems.empty()) return {std::nullopt, std::move(parsed.problems)};
  DocumentReader document(file, parsed.document);
  const toml::Node& node = parsed.document.root_node();
  const TableReader root(document, node, node.span(), "", "the list");
  root.only(list_keys);
  if (const auto format = root.text("format", Need::required);
      format && *format != case_list_format) {
    document.report("E010", "format", document.visible_span(*parsed.document.at("format")),
                    '"' + *format + "\" is not a list of cases this version of Delian reads",
                    "write \"" + std::string(case_list_format) + '"');
  }
  CaseList list;
  list.title = root.text("title").value_or("");
  root.text("body");
  std::map<std::string, int> line_of;
  for (const TableReader& table : root.tables("case", "[[case]]")) {
    ListedCase one = read_case(table);
    const auto [first, fresh] = line_of.emplace(one.file, one.file_place.line);
    if (!fresh && !one.file.empty()) {
      document.report(
          diagnose("E550", table.pointer_to("file"),
                   '"' + one.file + "\" is listed before, in line " + std::to_string(first->second),
                   "a case counts once: take one of the two out"));
    }
    list.cases.push_back(std::move(one));
  }
  CaseListFile result{std::nullopt, document.take_problems()};
  if (list.cases.empty() && !has_errors(result.problems)) {
    result.problems.push_back(diagnose("E550", "case", "the list holds no [[case]]",
                                       "add one for each file, with at least `file`"));
    result.problems.back().place.file = file.name;
  }
  if (!has_errors(result.problems)) result.list = std::move(list);
  return result;
}

std::string format_of(std::string_view text) {
  const toml::Parsed parsed = toml::parse(text);
  const toml::Node* node = parsed.document.at("format");
  return node != nullptr && node->string() != nullptr ? *node->string() : std::string();
}

}  // namespace delian::io
