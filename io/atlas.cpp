#include "io/atlas.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "delian/assert.hpp"
#include "delian/rule.hpp"
#include "io/embedded.hpp"
#include "io/table_reader.hpp"
#include "src/domain/text.hpp"

namespace delian::io {
namespace {

constexpr std::array<std::string_view, 8> body_keys{
    "id", "name", "aliases", "source", "rules", "members_source", "members", "weights"};
constexpr std::array<std::string_view, 2> name_keys{"en", "fr"};
constexpr std::array<std::string_view, 5> membership_keys{"code", "joined", "left", "source",
                                                          "elected"};
constexpr std::array<std::string_view, 4> rule_keys{"preset", "from", "until", "source"};
constexpr std::array<std::string_view, 8> weights_keys{"id",   "title", "unit", "source",
                                                       "from", "until", "note", "value"};
constexpr std::array<std::string_view, 1> countries_keys{"countries"};
constexpr std::array<std::string_view, 4> country_keys{"code", "en", "fr", "aliases"};

void refuse(const TableReader& table, std::string_view code, std::string_view key,
            std::string message, std::string fix = {}) {
  table.document().report(
      diagnose(code, table.pointer_to(key), std::move(message), std::move(fix)));
}

void check_period(const TableReader& table, std::string_view end_key, const Date& from,
                  const std::optional<Date>& until) {
  if (until && until->latest() < from.earliest()) {
    refuse(table, "E303", end_key,
           "the period ends on " + until->text() + ", before it begins on " + from.text());
  }
}

void read_members(const TableReader& root, Body& body) {
  const std::string source = root.text("members_source").value_or("");
  for (const TableReader& table : root.tables("members", "a membership")) {
    table.only(membership_keys);
    Membership m;
    m.code = table.text("code", Need::required).value_or("");
    m.joined = table.date("joined", Need::required).value_or(Date{1, 1, 1});
    m.left = table.date("left");
    m.source = table.text("source").value_or(source);
    m.elected = table.boolean("elected").value_or(false);
    check_period(table, "left", m.joined, m.left);
    for (const Membership& other : body.memberships) {
      if (other.code != m.code) continue;
      const bool after = other.left && *other.left <= m.joined;
      const bool before = m.left && *m.left <= other.joined;
      if (!after && !before) {
        refuse(table, "E102", "code", "two memberships of " + m.code + " overlap");
      }
    }
    body.memberships.push_back(std::move(m));
  }
}

void read_rules(const TableReader& root, Body& body) {
  for (const TableReader& table : root.tables("rules", "a rule")) {
    table.only(rule_keys);
    RulePeriod period;
    period.preset = table.text("preset", Need::required).value_or("");
    period.from = table.date("from", Need::required).value_or(Date{1, 1, 1});
    period.until = table.date("until");
    period.source = table.text("source").value_or("");
    check_period(table, "until", period.from, period.until);
    std::vector<std::string_view> known;
    for (const RulePresetInfo& info : rule_presets()) known.push_back(info.id);
    const bool minus_k = period.preset.starts_with("consensus-minus-");
    if (table.has("preset") && !minus_k &&
        std::find(known.begin(), known.end(), period.preset) == known.end()) {
      refuse(table, "E301", "preset", "there is no rule \"" + period.preset + '"',
             did_you_mean(period.preset, known));
    }
    body.rules.push_back(std::move(period));
  }
}

void read_weights(const TableReader& root, Body& body) {
  for (const TableReader& table : root.tables("weights", "[[weights]]")) {
    table.only(weights_keys);
    WeightSeries series;
    series.id = table.text("id", Need::required).value_or("");
    if (body.find_weights(series.id) != nullptr) {
      refuse(table, "E401", "id", "two weight series are called " + series.id);
    }
    series.title = table.text("title", Need::required).value_or("");
    series.unit = table.text("unit").value_or("");
    series.source = table.text("source").value_or("");
    series.from = table.date("from", Need::required).value_or(Date{1, 1, 1});
    series.until = table.date("until");
    series.note = table.text("note").value_or("");
    check_period(table, "until", series.from, series.until);
    if (const auto values = table.table("value", "value", Need::required)) {
      for (const toml::Entry& entry : values->node().table()->entries()) {
        const auto number = values->number(entry.key);
        if (!number) continue;
        if (!(std::isfinite(*number) && *number >= 0)) {
          refuse(*values, "E204", entry.key,
                 "the weight of " + entry.key + " is " + short_number(*number) +
                     "; it must be 0 or more");
        }
        series.value[entry.key] = *number;
      }
    }
    body.weights.push_back(std::move(series));
  }
}

// Parses a file and hands its root to `read`; gives what that returns, or every problem.
template <class Read>
auto read_file(const TextFile& file, std::string title, Read read)
    -> Expected<decltype(read(std::declval<const TableReader&>()))> {
  const toml::Parsed parsed = toml::parse(file.text, file.name);
  if (!parsed.problems.empty()) return tl::unexpected(parsed.problems);
  DocumentReader document(file, parsed.document);
  const toml::Node& node = parsed.document.root_node();
  auto value = read(TableReader(document, node, node.span(), "", std::move(title)));
  Diagnostics problems = document.take_problems();
  if (has_errors(problems)) return tl::unexpected(std::move(problems));
  return value;
}

Atlas read_atlas() {
  // The texts are compiled in and tested, so an error here is a bug.
  Atlas all;
  for (const EmbeddedText& text : embedded_bodies()) {
    Expected<Body> body = parse_body({std::string(text.name) + ".toml", std::string(text.text)});
    DELIAN_ASSERT(body.has_value());
    all.bodies.push_back(*std::move(body));
  }
  for (const EmbeddedText& text : embedded_countries()) {
    Expected<std::vector<Country>> countries =
        parse_countries({std::string(text.name) + ".toml", std::string(text.text)});
    DELIAN_ASSERT(countries.has_value());
    all.countries = *std::move(countries);
  }
  return all;
}

}  // namespace

const Atlas& atlas() {
  static const Atlas all = read_atlas();
  return all;
}

Expected<Body> parse_body(const TextFile& file) {
  return read_file(file, "a body", [](const TableReader& root) {
    root.only(body_keys);
    Body body;
    body.id = root.text("id", Need::required).value_or("");
    if (const auto name = root.table("name", "name", Need::required)) {
      name->only(name_keys);
      body.name.en = name->text("en", Need::required).value_or("");
      body.name.fr = name->text("fr", Need::required).value_or("");
    }
    body.aliases = root.texts("aliases").value_or(std::vector<std::string>{});
    body.source = root.text("source").value_or("");
    read_rules(root, body);
    read_members(root, body);
    read_weights(root, body);
    if (!root.has("members")) refuse(root, "E007", "members", "a body needs members");
    return body;
  });
}

Expected<std::vector<Country>> parse_countries(const TextFile& file) {
  return read_file(file, "the list of countries", [](const TableReader& root) {
    root.only(countries_keys);
    std::vector<Country> all;
    for (const TableReader& table : root.tables("countries", "a country")) {
      table.only(country_keys);
      Country country;
      country.code = table.text("code", Need::required).value_or("");
      country.name.en = table.text("en", Need::required).value_or("");
      country.name.fr = table.text("fr", Need::required).value_or("");
      country.aliases = table.texts("aliases").value_or(std::vector<std::string>{});
      all.push_back(std::move(country));
    }
    return all;
  });
}

}  // namespace delian::io
