#include "io/scenario.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <memory>
#include <set>
#include <tuple>

#include "delian/bargaining.hpp"
#include "delian/model.hpp"
#include "delian/presence_study.hpp"
#include "io/presence_json.hpp"
#include "io/table_reader.hpp"
#include "io/toml.hpp"
#include "src/domain/known_evidence.hpp"
#include "src/domain/text.hpp"

namespace delian::io {
namespace {

/// Problems shown of one scenario.
constexpr std::size_t most_problems = 200;

using Words = std::span<const std::string_view>;

// --- the keys of the format
// ------------------------------------------------------------------------

constexpr std::array<std::string_view, 18> root_keys{
    "format", "marking", "interval", "evidence_files", "question",  "scale",
    "rule",   "forum",   "members",  "side_payment",   "influence", "parameters",
    "issue",  "models",  "theatre",  "outsiders",      "result",    "evidence"};
constexpr std::array<std::string_view, 12> question_keys{
    "id",      "title",     "asks",    "opens",   "closes",      "proposal",
    "horizon", "divisible", "opt_out", "sponsor", "resolves_by", "src"};
constexpr std::array<std::string_view, 4> rule_keys{"body", "kind", "reversion", "silence"};
constexpr std::array<std::string_view, 3> silence_keys{"opens", "deadline", "extensions"};
constexpr std::array<std::string_view, 4> forum_keys{"name", "kind", "without", "src"};
constexpr std::array<std::string_view, 8> member_keys{
    "position", "salience", "resolve", "src", "grievance", "influence", "note", "accept"};
constexpr std::array<std::string_view, 3> member_source_keys{"position", "salience", "resolve"};
constexpr std::array<std::string_view, 3> side_payment_keys{"to", "value", "src"};
constexpr std::array<std::string_view, 6> issue_keys{"id",       "title",     "scale",
                                                     "proposal", "reversion", "members"};
constexpr std::array<std::string_view, 3> stance_keys{"position", "salience", "src"};
constexpr std::array<std::string_view, 2> influence_keys{"from", "sum"};
constexpr std::array<std::string_view, 11> theatre_keys{
    "name",           "station", "region",   "speed", "visits", "replenished",
    "partner_oilers", "gives",   "closures", "needs", "src"};
constexpr std::array<std::string_view, 9> willingness_keys{
    "share", "cycle", "home_port", "docks", "crews", "oilers", "money", "src", "note"};
constexpr std::array<std::string_view, 2> closure_keys{"chance", "src"};
constexpr std::array<std::string_view, 5> need_keys{"carriers", "escorts", "patrols", "oilers",
                                                    "src"};
constexpr std::array<std::string_view, 5> outsider_keys{"stance", "position", "reaction", "src",
                                                        "note"};
constexpr std::array<std::string_view, 4> reaction_keys{"words", "diplomatic", "economic",
                                                        "military"};
constexpr std::array<std::string_view, 5> result_keys{"outcome", "date", "text", "src", "note"};
constexpr std::array<std::string_view, 14> evidence_keys{
    "id",       "kind",  "says",  "source", "by",          "url",        "published",
    "accessed", "valid", "grade", "status", "disputed_by", "correction", "note"};
constexpr std::array<std::string_view, 5> correction_keys{"was", "now", "noted_by", "on",
                                                          "touches"};
constexpr std::array<std::string_view, 1> evidence_file_keys{"evidence"};

constexpr std::array<std::string_view, 2> grievance_words{"principle", "bilateral"};
constexpr std::array<std::string_view, 4> stance_words{"host", "partner", "neutral", "opposed"};
constexpr std::array<std::string_view, 5> outcome_words{"as_drafted", "weakened", "late",
                                                        "bypassed", "not_adopted"};
constexpr std::array<std::string_view, 2> kind_words{"report", "judgement"};
constexpr std::array<std::string_view, 5> status_words{"live", "contested", "corrected",
                                                       "superseded", "withdrawn"};

struct Section {
  std::string_view name;
  Words keys;
};

// Where a misplaced key may belong. Only sections a reader could take for one another.
constexpr std::array sections{
    Section{"[question]", question_keys},    Section{"[rule]", rule_keys},
    Section{"[rule.silence]", silence_keys}, Section{"[[forum]]", forum_keys},
    Section{"a member's row", member_keys},  Section{"[[side_payment]]", side_payment_keys},
    Section{"[influence]", influence_keys},  Section{"[[issue]]", issue_keys},
    Section{"[theatre]", theatre_keys},      Section{"[result]", result_keys},
    Section{"[[evidence]]", evidence_keys},  Section{"[[evidence.correction]]", correction_keys}};

bool contains(Words words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// The header that comes first in a text: "[question]".
std::string first_header(const toml::Document& document) {
  for (const toml::Entry& entry : document.root().entries()) {
    if (entry.value.origin() == toml::Origin::value ||
        entry.value.origin() == toml::Origin::dotted) {
      continue;
    }
    return entry.value.array() != nullptr ? "[[" + entry.key + "]]" : '[' + entry.key + ']';
  }
  return "the first [header]";
}

// Evidence ids under a key; none where the list is broken.
std::vector<std::string> ids(const TableReader& table, std::string_view key) {
  return table.texts(key).value_or(std::vector<std::string>{});
}

Uncertain no_value() {
  return *Uncertain::parse("unknown", Support::scale, {});
}

// The pointer to another key of the same table.
std::string sibling(std::string_view pointer, std::string_view key) {
  return std::string(pointer.substr(0, pointer.rfind('.') + 1)) + std::string(key);
}

bool stays_below(std::string_view name) {
  if (name.empty() || name.front() == '/' || name.find('\\') != std::string_view::npos ||
      name.find('\0') != std::string_view::npos) {
    return false;
  }
  if (name.size() > 1 && name[1] == ':') return false;  // a drive
  while (true) {
    const std::size_t slash = name.find('/');
    const std::string_view part = name.substr(0, slash);
    if (part == ".." || part.empty()) return false;
    if (slash == std::string_view::npos) return true;
    name.remove_prefix(slash + 1);
  }
}

// --- one text after another
// ------------------------------------------------------------------------

class ScenarioReader {
 public:
  explicit ScenarioReader(const Atlas& atlas) : atlas_(atlas) {}

  ScenarioFile read(const TextFile& main, std::span<const TextFile> evidence_files);

 private:
  // A text, its tree, and its reader, which refers to the two.
  struct Source {
    Source(const TextFile& file, toml::Document tree)
        : document(std::move(tree)), reader(file, document) {}
    toml::Document document;
    DocumentReader reader;
  };
  // Where a piece of evidence stands: which text, and at which place of its [[evidence]].
  struct Origin {
    std::size_t source;
    std::size_t index;
  };

  void read_root(const TableReader& root, std::span<const TextFile> evidence_files);
  void read_question(const TableReader& root);
  std::vector<ScalePoint> read_scale(const TableReader& parent);
  void read_rule(const TableReader& root);
  void read_forums(const TableReader& root);
  void read_members(const TableReader& root);
  void read_side_payments(const TableReader& root);
  void read_influence(const TableReader& root);
  void read_issues(const TableReader& root);
  void read_models(const TableReader& root);
  void read_theatre(const TableReader& root);
  void read_outsiders(const TableReader& root);
  void read_result(const TableReader& root);
  void read_evidence(const TableReader& root, std::size_t source);
  void read_evidence_files(const TableReader& root, std::span<const TextFile> files);
  Source* open(const TextFile& file);

  void only(const TableReader& table, Words keys);
  void check_result();
  Diagnostics place(Diagnostics domain);
  bool is_misplaced(std::string_view pointer) const {
    const std::string_view key = pointer.substr(pointer.rfind('.') + 1);
    return std::find(misplaced_.begin(), misplaced_.end(), key) != misplaced_.end();
  }
  bool cited_by_result(const std::string& id) const {
    return result_ && std::find(result_->sources.begin(), result_->sources.end(), id) !=
                          result_->sources.end();
  }
  bool is_consequence(const Diagnostic& problem, const DocumentReader& reader,
                      std::string_view pointer) const;

  const Atlas& atlas_;
  ScenarioParts parts_;
  std::optional<Result> result_;
  std::vector<std::unique_ptr<Source>> sources_;  // the main text first
  std::vector<Origin> evidence_;
  Diagnostics toml_problems_;
  std::vector<std::string> misplaced_;  // keys that stand in a table where they mean nothing
  bool lost_text_ = false;              // some text could not be read at all
  bool lost_ids_ = false;               // some evidence has no id that could be read
  bool form_is_wrong_ = false;          // some key, table or list could not be read
};

ScenarioReader::Source* ScenarioReader::open(const TextFile& file) {
  toml::Parsed parsed = toml::parse(file.text, file.name);
  lost_text_ = lost_text_ || !parsed.problems.empty();
  const bool hopeless =
      std::any_of(parsed.problems.begin(), parsed.problems.end(), [](const Diagnostic& problem) {
        return problem.code == "E001" || problem.code == "E002" || problem.code == "E003";
      });
  std::move(parsed.problems.begin(), parsed.problems.end(), std::back_inserter(toml_problems_));
  sources_.push_back(std::make_unique<Source>(file, std::move(parsed.document)));
  return hopeless ? nullptr : sources_.back().get();
}

// Reports the keys a table may not have; says where a key belongs that is legal elsewhere.
void ScenarioReader::only(const TableReader& table, Words keys) {
  table.only(keys, [&](const toml::Entry& entry) {
    const bool top = contains(root_keys, entry.key);
    std::vector<std::string> homes;
    for (const Section& section : sections) {
      if (contains(section.keys, entry.key)) homes.emplace_back(section.name);
    }
    if (!top && homes.empty()) return false;
    misplaced_.push_back(entry.key);
    const bool header = table.node().origin() == toml::Origin::header;
    std::string note = header ? "In TOML a line belongs to the last [header] above it. " : "";
    if (top) {
      note += (header ? "Move it above " : "It belongs above ") +
              first_header(table.document().document()) + '.';
    } else {
      note += "It belongs in " + homes.front();
      for (std::size_t k = 1; k < homes.size(); ++k) {
        note += (k + 1 == homes.size() ? " or " : ", ") + homes[k];
      }
      note += '.';
    }
    table.document().report(
        "E008", table.pointer_to(entry.key), entry.key_span,
        '"' + entry.key + "\" is inside " + table.title() + ", where it means nothing", {},
        {std::move(note)});
    return true;
  });
}

void ScenarioReader::read_root(const TableReader& root, std::span<const TextFile> evidence_files) {
  only(root, root_keys);
  if (const auto format = root.text("format", Need::required);
      format && *format != scenario_format) {
    root.document().report("E010", "format",
                           root.document().visible_span(*root.document().document().at("format")),
                           '"' + *format + "\" is not a format this version of Delian reads",
                           "write \"" + std::string(scenario_format) + '"');
  }
  parts_.marking = root.text("marking").value_or("");
  parts_.interval = root.number("interval").value_or(0.90);
  read_question(root);
  parts_.scale = read_scale(root);
  read_rule(root);
  read_forums(root);
  read_members(root);
  read_side_payments(root);
  read_influence(root);
  if (const auto parameters = root.table("parameters", "[parameters]")) {
    for (const toml::Entry& entry : parameters->node().table()->entries()) {
      if (const auto number = parameters->number(entry.key)) parts_.parameters[entry.key] = *number;
    }
  }
  read_issues(root);
  read_models(root);
  read_theatre(root);
  read_outsiders(root);
  read_result(root);
  read_evidence(root, 0);
  read_evidence_files(root, evidence_files);
}

void ScenarioReader::read_question(const TableReader& root) {
  const auto table = root.table("question", "[question]", Need::required);
  if (!table) return;
  only(*table, question_keys);
  Question& q = parts_.question;
  q.id = table->text("id", Need::required).value_or("");
  q.title = table->text("title", Need::required).value_or("");
  q.asks = table->text("asks").value_or("");
  q.opens = table->date("opens", Need::required).value_or(Date{});
  q.closes = table->date("closes", Need::required).value_or(Date{});
  q.proposal = table->number("proposal", Need::required).value_or(0);
  q.horizon_months = table->number("horizon").value_or(q.horizon_months);
  q.divisible = table->boolean("divisible").value_or(q.divisible);
  q.opt_out = table->boolean("opt_out").value_or(q.opt_out);
  q.sponsor = table->text("sponsor").value_or("");
  q.resolves_by = ids(*table, "resolves_by");
  q.sources = ids(*table, "src");
}

/// The point of the scale that a key names, once each.
std::optional<double> read_point(const TableReader& table, const toml::Entry& entry,
                                 std::set<double>& seen) {
  double at = 0;
  const char* end = entry.key.data() + entry.key.size();
  const auto [stop, error] = std::from_chars(entry.key.data(), end, at);
  const std::string pointer = table.pointer_to(entry.key);
  if (error != std::errc{} || stop != end || !(at >= 0 && at <= 100)) {
    table.document().report(
        "E204", pointer, entry.key_span,
        '"' + entry.key + "\" is not a point of the scale, a number from 0 to 100");
    return std::nullopt;
  }
  if (!seen.insert(at).second) {
    table.document().report("E005", pointer, entry.key_span,
                            "the point " + short_number(at) + " of the scale is named twice");
    return std::nullopt;
  }
  return at;
}

std::vector<ScalePoint> ScenarioReader::read_scale(const TableReader& parent) {
  std::vector<ScalePoint> scale;
  const auto table = parent.table("scale", "[scale]");
  if (!table) return scale;
  std::set<double> seen;
  for (const toml::Entry& entry : table->node().table()->entries()) {
    if (entry.value.table() != nullptr) {
      table->document().report("E006", table->pointer_to(entry.key), entry.key_span,
                               "a point of the scale is a text in quotes",
                               "a point with decimals stands in quotes: \"12.5\" = ...");
      continue;
    }
    const auto at = read_point(*table, entry, seen);
    if (!at) continue;
    if (const auto meaning = table->text(entry.key)) scale.push_back({*at, *meaning});
  }
  return scale;
}

void ScenarioReader::read_rule(const TableReader& root) {
  const auto table = root.table("rule", "[rule]", Need::required);
  if (!table) return;
  only(*table, rule_keys);
  parts_.body = table->text("body", Need::required).value_or("");
  parts_.rule = table->text("kind").value_or("");
  parts_.reversion = table->number("reversion", Need::required).value_or(0);
  const auto silence = table->table("silence", "[rule.silence]");
  if (!silence) return;
  only(*silence, silence_keys);
  const auto opens = silence->time("opens", Need::required);
  const auto deadline = silence->time("deadline", Need::required);
  auto extensions = silence->value("extensions", Support::scale);
  if (opens && deadline) parts_.silence = Silence{*opens, *deadline, std::move(extensions)};
}

void ScenarioReader::read_forums(const TableReader& root) {
  for (const TableReader& table : root.tables("forum", "[[forum]]")) {
    only(table, forum_keys);
    Forum forum;
    forum.name = table.text("name", Need::required).value_or("");
    forum.kind = table.text("kind", Need::required).value_or("");
    forum.without = table.texts("without").value_or(std::vector<std::string>{});
    forum.sources = ids(table, "src");
    parts_.forums.push_back(std::move(forum));
  }
}

void ScenarioReader::read_members(const TableReader& root) {
  const auto table = root.table("members", "[members]", Need::required);
  if (!table) return;
  for (const toml::Entry& entry : table->node().table()->entries()) {
    const std::string& code = entry.key;
    const auto found = table->table(code, "the row of " + code);
    if (!found) {
      parts_.members.push_back(
          {code, {no_value(), {}}, {no_value(), {}}, {no_value(), {}}, {}, {}, {}, {}});
      continue;
    }
    const TableReader& row = *found;
    only(row, member_keys);
    // Numbers that are wrong or missing are held open, so that the row is not called missing too.
    const auto number = [&row](std::string_view key) {
      return Quantity{row.value(key, Support::scale, Need::required).value_or(no_value()), {}};
    };
    Member member{code, number("position"), number("salience"), number("resolve"), {}, {}, {}, {}};
    const toml::Entry* src = row.node().table()->find("src");
    if (src != nullptr && src->value.table() != nullptr) {
      if (const auto by_field = row.table("src", "src of " + code)) {
        only(*by_field, member_source_keys);
        member.position.sources = ids(*by_field, "position");
        member.salience.sources = ids(*by_field, "salience");
        member.resolve.sources = ids(*by_field, "resolve");
      }
    } else {
      member.position.sources = ids(row, "src");
      member.salience.sources = member.position.sources;
      member.resolve.sources = member.position.sources;
    }
    if (const auto grievance = row.word("grievance", grievance_words)) {
      member.grievance = static_cast<Grievance>(*grievance);
    }
    member.influence = row.number("influence");
    member.note = row.text("note").value_or("");
    member.accepted = row.texts("accept").value_or(std::vector<std::string>{});
    parts_.members.push_back(std::move(member));
  }
}

void ScenarioReader::read_side_payments(const TableReader& root) {
  for (const TableReader& table : root.tables("side_payment", "[[side_payment]]")) {
    only(table, side_payment_keys);
    SidePayment payment{
        table.text("to", Need::required).value_or(""),
        {table.value("value", Support::scale, Need::required).value_or(no_value()), {}}};
    payment.value.sources = ids(table, "src");
    parts_.side_payments.push_back(std::move(payment));
  }
}

void ScenarioReader::read_influence(const TableReader& root) {
  const auto table = root.table("influence", "[influence]");
  if (!table) return;
  only(*table, influence_keys);
  parts_.influence.from = table->text("from").value_or("equal");
  parts_.influence.sum = table->number("sum");
}

void ScenarioReader::read_issues(const TableReader& root) {
  for (const TableReader& table : root.tables("issue", "[[issue]]")) {
    only(table, issue_keys);
    FurtherIssue issue;
    issue.id = table.text("id", Need::required).value_or("");
    issue.title = table.text("title").value_or(issue.id);
    issue.scale = read_scale(table);
    issue.proposal = table.number("proposal");
    issue.reversion = table.number("reversion");
    if (const auto members = table.table("members", "[issue.members]", Need::required)) {
      for (const auto& [code, row] : members->rows()) {
        only(row, stance_keys);
        const auto number = [&stance = row](std::string_view key) {
          return stance.value(key, Support::scale, Need::required).value_or(no_value());
        };
        const std::vector<std::string> sources = ids(row, "src");
        issue.members.push_back(
            {code, {number("position"), sources}, {number("salience"), sources}});
      }
    }
    parts_.issues.push_back(std::move(issue));
  }
}

// Parameters of bargaining models: a number, or the name of a choice.
void ScenarioReader::read_models(const TableReader& root) {
  const auto table = root.table("models", "[models]");
  if (!table) return;
  for (const auto& [id, row] : table->rows()) {
    const BargainingModel* model = find_bargaining_model(id);
    if (model == nullptr) {
      std::vector<std::string_view> known;
      for (const BargainingModel* each : bargaining_models()) known.push_back(each->info.id);
      root.document().report(diagnose("E308", table->pointer_to(id),
                                      '"' + printable(id) + "\" is no bargaining model",
                                      did_you_mean(id, known)));
      continue;
    }
    for (const toml::Entry& entry : row.node().table()->entries()) {
      const auto infos = model->parameters();
      const auto info = std::find_if(infos.begin(), infos.end(), [&](const ParameterInfo& each) {
        return each.name == entry.key;
      });
      if (info == infos.end() || info->choices.empty() || entry.value.string() == nullptr) {
        if (const auto number = row.number(entry.key)) parts_.models[id][entry.key] = *number;
        continue;
      }
      const auto value = parameter_value(*info, *entry.value.string(), row.pointer_to(entry.key));
      if (value) {
        parts_.models[id][entry.key] = *value;
      } else {
        for (const Diagnostic& problem : value.error()) root.document().report(problem);
      }
    }
    const auto bound = model->bind(parts_.models[id]);
    if (bound) continue;
    for (Diagnostic problem : bound.error()) {
      const std::string& name = problem.place.pointer;  // "parameters.NAME"
      problem.place.pointer = row.pointer_to(name.substr(name.find('.') + 1));
      root.document().report(std::move(problem));
    }
  }
}

void ScenarioReader::read_theatre(const TableReader& root) {
  const auto table = root.table("theatre", "[theatre]");
  if (!table) return;
  only(*table, theatre_keys);
  Theatre theatre;
  theatre.name = table->text("name", Need::required).value_or("");
  theatre.station = table->text("station", Need::required).value_or("");
  theatre.region = table->text("region").value_or("");
  theatre.speed_kn = table->number("speed").value_or(theatre.speed_kn);
  theatre.replenished = table->boolean("replenished").value_or(theatre.replenished);
  theatre.partner_oilers = table->number("partner_oilers").value_or(theatre.partner_oilers);
  theatre.sources = ids(*table, "src");
  if (auto visits = table->value("visits", Support::positive)) {
    theatre.visit_days = Quantity{*std::move(visits), theatre.sources};
  }
  if (const auto gives = table->table("gives", "[theatre.gives]")) {
    for (const auto& [state, row] : gives->rows()) {
      only(row, willingness_keys);
      theatre.gives.push_back(
          {state,
           {row.value("share", Support::scale, Need::required).value_or(no_value()),
            ids(row, "src")},
           row.text("cycle").value_or(""),
           row.text("home_port").value_or(""),
           row.text("note").value_or(""),
           row.number("docks"),
           row.number("crews"),
           row.number("oilers"),
           row.number("money")});
    }
  }
  if (const auto closures = table->table("closures", "[theatre.closures]")) {
    for (const auto& [gate, row] : closures->rows()) {
      only(row, closure_keys);
      theatre.closures.push_back(
          {gate, row.number("chance", Need::required).value_or(0), ids(row, "src")});
    }
  }
  if (const auto needs = table->table("needs", "[theatre.needs]")) {
    std::set<double> seen;
    for (const toml::Entry& entry : needs->node().table()->entries()) {
      const auto at = read_point(*needs, entry, seen);
      const auto row = needs->table(entry.key, "the need at " + entry.key);
      if (!at || !row) continue;
      only(*row, need_keys);
      const auto count = [&](std::string_view key) { return row->number(key).value_or(0); };
      theatre.needs.push_back({*at, count("carriers"), count("escorts"), count("patrols"),
                               count("oilers"), ids(*row, "src")});
    }
  }
  parts_.theatre = std::move(theatre);
}

void ScenarioReader::read_outsiders(const TableReader& root) {
  const auto table = root.table("outsiders", "[outsiders]");
  if (!table) return;
  for (const auto& [code, row] : table->rows()) {
    only(row, outsider_keys);
    Outsider outsider;
    outsider.code = code;
    if (const auto stance = row.word("stance", stance_words, Need::required)) {
      outsider.stance = stance_words[*stance];
    }
    outsider.sources = ids(row, "src");
    if (auto position = row.value("position", Support::scale)) {
      outsider.position = Quantity{*std::move(position), outsider.sources};
    }
    if (const auto reaction = row.table("reaction", "reaction of " + code)) {
      only(*reaction, reaction_keys);
      for (const std::string_view kind : reaction_keys) {
        if (auto chance = reaction->value(kind, Support::scale)) {
          outsider.reaction.emplace(kind, *std::move(chance));
        }
      }
    }
    outsider.note = row.text("note").value_or("");
    parts_.outsiders.push_back(std::move(outsider));
  }
}

void ScenarioReader::read_result(const TableReader& root) {
  const auto table = root.table("result", "[result]");
  if (!table) return;
  only(*table, result_keys);
  const auto outcome = table->word("outcome", outcome_words, Need::required);
  const auto date = table->date("date", Need::required);
  Result result;
  if (outcome) result.outcome = *outcome_named(outcome_words[*outcome]);
  if (date) result.date = *date;
  result.text = table->number("text");
  result.sources = ids(*table, "src");
  result.note = table->text("note").value_or("");
  if (result.text && !(*result.text >= 0 && *result.text <= 100)) {
    Diagnostic problem = diagnose(
        "E204", "result.text",
        "text is " + short_number(*result.text) + "; what was agreed lies between 0 and 100");
    table->document().report(std::move(problem));
  }
  if (date && parts_.question.opens.complete() && date->latest() < parts_.question.opens) {
    table->document().report(diagnose("E303", "result.date",
                                      "the result is of " + date->text() +
                                          ", before the question opens on " +
                                          parts_.question.opens.text()));
  }
  result_ = std::move(result);
}

void ScenarioReader::read_evidence(const TableReader& root, std::size_t source) {
  std::size_t index = 0;
  const std::vector<TableReader> tables = root.tables("evidence", "[[evidence]]");
  for (const TableReader& untitled : tables) {
    Evidence e;
    e.id = untitled.text("id", Need::required).value_or("");
    const TableReader table(untitled.document(), untitled.node(), untitled.node().span(),
                            untitled.pointer(),
                            e.id.empty() ? "[[evidence]]" : "[[evidence]] \"" + e.id + '"');
    only(table, evidence_keys);
    if (const auto kind = table.word("kind", kind_words))
      e.kind = static_cast<Evidence::Kind>(*kind);
    e.says = table.text("says", Need::required).value_or("");
    e.source = table.text("source").value_or("");
    e.by = table.text("by").value_or("");
    e.url = table.text("url").value_or("");
    e.published = table.date("published");
    e.accessed = table.date("accessed");
    e.valid = table.date("valid");
    e.grade = table.text("grade").value_or("");
    if (const auto status = table.word("status", status_words)) {
      e.status = static_cast<Evidence::Status>(*status);
    }
    e.disputed_by = ids(table, "disputed_by");
    e.note = table.text("note").value_or("");
    for (const TableReader& row : table.tables("correction", "[[evidence.correction]]")) {
      only(row, correction_keys);
      Correction correction;
      correction.was = row.text("was", Need::required).value_or("");
      correction.now = row.text("now", Need::required).value_or("");
      correction.noted_by = row.text("noted_by").value_or("");
      correction.on = row.date("on");
      correction.touches = row.texts("touches").value_or(std::vector<std::string>{});
      e.corrections.push_back(std::move(correction));
    }
    lost_ids_ = lost_ids_ || e.id.empty();
    parts_.evidence.push_back(std::move(e));
    // The list may hold something that is no table, so the index is that of the pointer.
    const std::vector<toml::Node>& items = *root.node().table()->find("evidence")->value.array();
    while (&items[index] != &untitled.node()) ++index;
    evidence_.push_back({source, index});
  }
}

void ScenarioReader::read_evidence_files(const TableReader& root, std::span<const TextFile> files) {
  const auto names = root.texts("evidence_files");
  if (!names) return;
  for (std::size_t k = 0; k < names->size(); ++k) {
    const std::string& name = (*names)[k];
    const std::string pointer = toml::pointer_to("evidence_files", k);
    if (!stays_below(name)) {
      root.document().report(diagnose("E012", pointer,
                                      '"' + name + "\" leaves the folder of the scenario",
                                      "name a file beside or below it, such as evidence.toml"));
      continue;
    }
    const auto file = std::find_if(files.begin(), files.end(), [&](const TextFile& f) {
      return f.name == name || f.name.ends_with('/' + name);
    });
    if (file == files.end()) {
      root.document().report(diagnose("E011", pointer, '"' + name + "\" cannot be read"));
      lost_text_ = true;
      continue;
    }
    const bool repeated = std::any_of(sources_.begin(), sources_.end(), [&](const auto& source) {
      return &source->reader.file() == &*file;
    });
    if (repeated) continue;
    Source* source = open(*file);
    if (source == nullptr) continue;
    const TableReader evidence_root(source->reader, source->document.root_node(),
                                    source->document.root_node().span(), "",
                                    "a file that holds [[evidence]] only");
    evidence_root.only(evidence_file_keys);
    read_evidence(evidence_root, sources_.size() - 1);
  }
}

// Result stays out of the scenario, so its references are checked here.
void ScenarioReader::check_result() {
  if (!result_) return;
  DocumentReader& reader = sources_.front()->reader;
  for (std::size_t k = 0; k < result_->sources.size(); ++k) {
    const std::string& id = result_->sources[k];
    const bool known = std::any_of(parts_.evidence.begin(), parts_.evidence.end(),
                                   [&](const Evidence& e) { return e.id == id; });
    if (known || lost_text_) continue;
    reader.report(diagnose("E402", toml::pointer_to("result.src", k),
                           "result cites " + id + ", which does not exist", {},
                           {known_evidence(parts_.evidence, id)}));
  }
}

// True for what the domain only says because something before it could not be read.
bool ScenarioReader::is_consequence(const Diagnostic& problem, const DocumentReader& reader,
                                    std::string_view pointer) const {
  const std::string& code = problem.code;
  if (reader.is_broken(pointer)) return true;
  if (code == "E304") return reader.is_broken("rule.reversion");
  if (code == "E307" || code == "E306") {
    // Numbers of rows that could not be read are not in the sum.
    for (const Member& member : parts_.members) {
      if (reader.is_broken("members." + toml::write_key(member.code) + ".influence")) return true;
    }
  }
  if (code == "E405" && reader.is_broken(sibling(pointer, "disputed_by"))) return true;
  if (code == "E402" && lost_ids_) return true;
  // A list of sources may hide behind an unknown key or in what is no TOML.
  if (form_is_wrong_ && (code == "W401" || code == "W402")) return true;
  if (!lost_text_) return false;
  return code == "E103" || code == "E301" || code == "E304" || code == "E306" || code == "E307" ||
         code == "E310" || code == "E401" || code == "E402" || code == "E404" || code == "E405" ||
         problem.severity == Severity::warning;
}

// The pointer of the domain as the text has it: sources may be given by row or by number.
std::string pointer_in(const toml::Document& document, const std::string& pointer) {
  if (document.at(pointer) != nullptr || !pointer.starts_with("members.")) return pointer;
  const std::size_t src = pointer.find(".src");
  if (src == std::string::npos) return pointer;
  const std::string row = pointer.substr(0, src + 4);
  const std::string rest = pointer.substr(src + 4);
  const std::size_t index = rest.find('[');
  const std::string tail = index == std::string::npos ? "" : rest.substr(index);
  for (const std::string& candidate : {row + tail, row + ".position" + tail, row}) {
    if (document.at(candidate) != nullptr) return candidate;
  }
  return pointer;
}

// Gives each problem of the domain its place, and drops what only follows from another problem.
Diagnostics ScenarioReader::place(Diagnostics domain) {
  Diagnostics placed;
  for (Diagnostic& problem : domain) {
    std::string pointer = problem.place.pointer;
    DocumentReader* reader = &sources_.front()->reader;
    if (pointer.starts_with("evidence[")) {
      // The scenario counts evidence through all files, a pointer only within its own.
      std::size_t k = 0;
      std::from_chars(pointer.data() + 9, pointer.data() + pointer.size(), k);
      reader = &sources_[evidence_[k].source]->reader;
      pointer =
          toml::pointer_to("evidence", evidence_[k].index) + pointer.substr(pointer.find(']') + 1);
      if (problem.code == "W401" && cited_by_result(parts_.evidence[k].id)) continue;
    }
    pointer = pointer_in(reader->document(), pointer);
    const toml::Node* touched = problem.code == "E404" ? reader->document().at(pointer) : nullptr;
    if (touched != nullptr && touched->string() != nullptr &&
        sources_.front()->reader.is_broken(*touched->string())) {
      continue;
    }
    if (is_consequence(problem, *reader, pointer)) continue;
    if (lost_text_ && problem.code == "E101") problem.notes.clear();
    problem.place = reader->place_of(pointer);
    placed.push_back(std::move(problem));
  }
  return placed;
}

ScenarioFile ScenarioReader::read(const TextFile& main, std::span<const TextFile> evidence_files) {
  ScenarioFile file;
  Source* source = open(main);
  if (source == nullptr) {
    file.problems = std::move(toml_problems_);
    return file;
  }
  const toml::Node& node = source->document.root_node();
  read_root(TableReader(source->reader, node, node.span(), "", "the file"), evidence_files);
  check_result();

  file.problems = std::move(toml_problems_);
  for (const auto& each : sources_) {
    for (Diagnostic& problem : each->reader.take_problems()) {
      form_is_wrong_ = form_is_wrong_ || problem.code.starts_with("E00");
      const bool perhaps_lost = problem.code == "E007" || problem.code == "E008";
      if (lost_text_ && perhaps_lost) continue;
      if (problem.code == "E007" && is_misplaced(problem.place.pointer)) continue;
      file.problems.push_back(std::move(problem));
    }
  }
  Diagnostics domain;
  std::optional<Scenario> scenario = Scenario::make(parts_, atlas_, domain);
  if (scenario) {
    // Which parameters there are depends on the model, and that on the rule.
    const auto bound = decision_model_for(scenario->rule()).bind(scenario->parts().parameters);
    if (!bound) domain.insert(domain.end(), bound.error().begin(), bound.error().end());
    if (scenario->parts().theatre) {
      Diagnostics unknown = presence::check_theatre(*scenario, theatre_facts());
      std::move(unknown.begin(), unknown.end(), std::back_inserter(domain));
    }
  }
  for (Diagnostic& problem : place(std::move(domain))) file.problems.push_back(std::move(problem));

  const auto source_number = [&](const Diagnostic& problem) {
    std::size_t k = 0;
    while (k < sources_.size() && sources_[k]->reader.file().name != problem.place.file) ++k;
    return k;
  };
  std::vector<std::size_t> order(file.problems.size());
  for (std::size_t k = 0; k < order.size(); ++k) order[k] = k;
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    const Diagnostic& x = file.problems[a];
    const Diagnostic& y = file.problems[b];
    return std::tuple(source_number(x), x.place.line, x.place.column, a) <
           std::tuple(source_number(y), y.place.line, y.place.column, b);
  });
  // Nobody reads more; a file that is no scenario at all would fill the page a thousand times.
  const auto is_error = [&](std::size_t k) { return file.problems[k].severity == Severity::error; };
  const std::size_t shown = std::min(order.size(), most_problems);
  const auto first_error = std::find_if(order.begin(), order.end(), is_error);
  if (first_error != order.end() && first_error - order.begin() >= std::ptrdiff_t(shown)) {
    std::iter_swap(order.begin() + std::ptrdiff_t(shown) - 1, first_error);
  }
  Diagnostics sorted;
  for (std::size_t k = 0; k < shown; ++k) sorted.push_back(std::move(file.problems[order[k]]));
  if (shown < order.size()) {
    sorted.back().notes.push_back("Reading found " + std::to_string(order.size() - shown) +
                                  " more problems after this one.");
  }
  file.problems = std::move(sorted);

  if (!has_errors(file.problems)) {
    file.scenario = std::move(scenario);
    file.result = std::move(result_);
  }
  return file;
}

// What a user typed as TOML: as it is when it is one value of TOML already, else in quotes. A bare
// number stays a number only where a number or an uncertain value stands: a year is a text.
std::string as_toml(const toml::Node& old, std::string_view value) {
  const std::string line = "x = " + std::string(value);
  const toml::Parsed parsed = toml::parse(line);
  const auto& entries = parsed.document.root().entries();
  const bool one_value = parsed.problems.empty() && entries.size() == 1 &&
                         entries.front().key == "x" &&
                         entries.front().value.span().end() == line.size();
  if (!one_value) return toml::quote(value);
  const toml::Node& node = entries.front().value;
  if (node.number() && old.string() != nullptr &&
      !Uncertain::parse(*old.string(), Support::scale, {})) {
    return toml::quote(value);
  }
  return std::string(value);
}

}  // namespace

std::vector<std::string> evidence_file_names(std::string_view text) {
  const toml::Parsed parsed = toml::parse(text);
  std::vector<std::string> names;
  const toml::Node* node = parsed.document.at("evidence_files");
  if (node == nullptr || node->array() == nullptr) return names;
  for (const toml::Node& item : *node->array()) {
    const std::string* name = item.string();
    if (name == nullptr || !stays_below(*name)) continue;
    if (std::find(names.begin(), names.end(), *name) == names.end()) names.push_back(*name);
  }
  return names;
}

ScenarioFile parse_scenario(const TextFile& main, std::span<const TextFile> evidence_files,
                            const Atlas& atlas) {
  return ScenarioReader(atlas).read(main, evidence_files);
}

Expected<std::string> set_value(const TextFile& file, std::string_view pointer,
                                std::string_view value) {
  toml::Parsed parsed = toml::parse(file.text, file.name);
  if (!parsed.problems.empty()) return tl::unexpected(std::move(parsed.problems));
  const DocumentReader reader(file, parsed.document);
  const auto refuse = [&](std::string_view code, std::string message) {
    Diagnostic problem = diagnose(code, std::string(pointer), std::move(message));
    problem.place = reader.place_of(pointer);
    return tl::unexpected(Diagnostics{std::move(problem)});
  };
  const toml::Node* node = parsed.document.at(pointer);
  if (node == nullptr) {
    return refuse("E007", "there is nothing at " + std::string(pointer) + " to change");
  }
  if (node->origin() != toml::Origin::value || node->table() != nullptr) {
    return refuse("E006", std::string(pointer) + " is " + std::string(toml::name(node->kind())) +
                              "; only single values can be set");
  }
  std::string edited = toml::apply(file.text, {toml::replace_value(*node, as_toml(*node, value))});
  if (!toml::parse(edited).problems.empty()) {
    return refuse("E006", '"' + std::string(value) + "\" cannot be a value");
  }
  return edited;
}

}  // namespace delian::io
