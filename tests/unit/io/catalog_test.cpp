#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "io/atlas.hpp"
#include "io/scenario.hpp"
#include "io/toml.hpp"
#include "support/bundled.hpp"

// The case files of catalog/nato-consensus: listed once, without a warning, coded by the rule of
// docs/coding-rule.md, with the outcomes of the list.

namespace delian {
namespace {

const std::filesystem::path folder = DELIAN_SOURCE_DIR "/catalog/nato-consensus";

struct Case {
  std::int64_t number = 0;
  std::string id;
  std::string file;
  std::string code;
  std::string group;
  io::ScenarioFile read;
};

std::vector<Case> read_list() {
  const io::toml::Parsed list = io::toml::parse(testing::file_text(folder / "cases.toml"));
  EXPECT_TRUE(list.problems.empty());
  std::vector<Case> cases;
  const io::toml::Node* rows = list.document.at("case");
  if (rows == nullptr || rows->array() == nullptr) return cases;
  for (std::size_t k = 0; k < rows->array()->size(); ++k) {
    const auto at = [&](std::string_view key) {
      return list.document.at("case[" + std::to_string(k) + "]." + std::string(key));
    };
    const auto text = [&](std::string_view key) {
      const io::toml::Node* node = at(key);
      return node != nullptr && node->string() != nullptr ? *node->string() : std::string();
    };
    Case row;
    if (const io::toml::Node* number = at("number"); number != nullptr && number->integer()) {
      row.number = *number->integer();
    }
    row.id = text("id");
    row.file = text("file");
    row.code = text("code");
    row.group = text("group");
    const std::filesystem::path path = folder / row.file;
    const io::TextFile main{path.string(), testing::file_text(path.string())};
    std::vector<io::TextFile> evidence;
    for (const std::string& name : io::evidence_file_names(main.text)) {
      const std::string beside = (path.parent_path() / name).string();
      evidence.push_back({beside, testing::file_text(beside)});
    }
    row.read = io::parse_scenario(main, evidence, io::atlas());
    cases.push_back(std::move(row));
  }
  return cases;
}

const std::vector<Case>& cases() {
  static const std::vector<Case> all = read_list();
  return all;
}

std::string code_at_twelve_months(const Question& question, const Result& result) {
  Date end = question.opens;
  ++end.year;
  if (result.date > end) return "X";
  switch (result.outcome) {
    case Outcome::as_drafted:
      return "A";
    case Outcome::weakened:
      return "W";
    case Outcome::late:
      return "L";
    case Outcome::bypassed:
      return "B";
    case Outcome::not_adopted:
      return "X";
  }
  return {};
}

// Sections 3 and 4 of docs/coding-rule.md. A row without levels has one salience and one resolve.
struct Level {
  std::string_view salience;
  std::string_view refusal;
  std::string_view doubt;
};
constexpr std::array<Level, 4> levels{{{"15 to 45", "35", "25"},
                                       {"30 to 60", "50", "35"},
                                       {"45 to 75", "70", "50"},
                                       {"60 to 90", "90", "70"}}};

/// Position, salience and resolve, as one text.
std::string row_text(std::string_view position, std::string_view salience,
                     std::string_view resolve) {
  std::string text(position);
  text += " / ";
  text += salience;
  text += " / ";
  text += resolve;
  return text;
}

std::set<std::string> rows_of_the_rule() {
  std::set<std::string> rows{row_text("60 (30 to 85)", "5 to 25", "15"),    // N
                             row_text("65 (45 to 85)", "10 to 35", "15"),   // G
                             row_text("65 (45 to 85)", "15 to 45", "10")};  // R
  for (std::size_t level = 1; level <= levels.size(); ++level) {
    const Level& at = levels[level - 1];
    if (level > 1) {
      rows.insert(row_text("80 (65 to 92)", at.salience, "10"));  // D
      rows.insert(row_text("70 (55 to 85)", at.salience, "10"));  // S
    }
    rows.insert(row_text(level > 1 ? "45 (20 to 65)" : "45 (20 to 70)", at.salience, at.doubt));
    rows.insert(row_text(level > 1 ? "20 (5 to 40)" : "30 (8 to 60)", at.salience, at.refusal));
    rows.insert(row_text(level > 1 ? "5 (1 to 20)" : "15 (2 to 50)", at.salience, at.refusal));
  }
  return rows;
}

/// One story of a value, written alone.
std::string story(const Uncertain& value, std::size_t branch) {
  const Spread& spread = value.branches()[std::min(branch, value.branches().size() - 1)].spread;
  const auto number = [](double x) { return Uncertain::exact(x, Support::scale, "")->text(); };
  switch (spread.kind) {
    case Spread::Kind::exact:
      return number(spread.low);
    case Spread::Kind::range:
      return number(spread.low) + " to " + number(spread.high);
    case Spread::Kind::best_and_range:
      return number(spread.best) + " (" + number(spread.low) + " to " + number(spread.high) + ")";
    case Spread::Kind::unknown:
      return "unknown";
  }
  return {};
}

/// What a row says that is not in the rule; empty when it is one of its rows, or two offices of one
/// member (section 5): 75 % to 25 %, salience by the higher level.
std::string fault_of(const Member& member) {
  static const std::set<std::string> rows = rows_of_the_rule();
  const std::size_t stories = member.position.value.branches().size();
  if (member.resolve.value.branches().size() != stories) return "stories of resolve";
  if (member.salience.value.branches().size() != 1) return "stories of salience";
  if (stories == 1) {
    const std::string row =
        row_text(story(member.position.value, 0), story(member.salience.value, 0),
                 story(member.resolve.value, 0));
    return rows.contains(row) ? "" : row;
  }
  if (stories != 2) return "more than two offices";
  bool salience_fits = false;
  for (std::size_t k = 0; k < 2; ++k) {
    const double share = k == 0 ? 0.75 : 0.25;
    if (member.position.value.branches()[k].probability != share ||
        member.resolve.value.branches()[k].probability != share) {
      return "shares of two offices";
    }
    const auto fits = [&](std::string_view salience) {
      return rows.contains(
          row_text(story(member.position.value, k), salience, story(member.resolve.value, k)));
    };
    const bool known = fits("5 to 25") || fits("10 to 35") ||
                       std::any_of(levels.begin(), levels.end(),
                                   [&](const Level& level) { return fits(level.salience); });
    if (!known) return "story " + std::to_string(k) + " is no row";
    salience_fits = salience_fits || fits(story(member.salience.value, 0));
  }
  return salience_fits ? "" : "salience of neither office";
}

bool refuses_at_level_four(const Member& member) {
  const std::vector<Branch>& branches = member.resolve.value.branches();
  const auto likeliest = std::max_element(
      branches.begin(), branches.end(),
      [](const Branch& a, const Branch& b) { return a.probability < b.probability; });
  return likeliest->spread.kind == Spread::Kind::exact && likeliest->spread.low == 90;
}

TEST(Catalog, EveryCaseIsReadWithoutAWarning) {
  ASSERT_EQ(cases().size(), 25U);
  for (const Case& row : cases()) {
    for (const Diagnostic& problem : row.read.problems) {
      ADD_FAILURE() << row.file << ": " << problem.code << " " << problem.message;
    }
    ASSERT_TRUE(row.read.scenario) << row.file;
    EXPECT_TRUE(row.read.result) << row.file;
    EXPECT_EQ(row.read.scenario->body().id, "nato") << row.file;
    EXPECT_EQ(row.read.scenario->parts().question.id, row.id) << row.file;
    EXPECT_EQ(row.read.scenario->parts().question.proposal, 60) << row.file;
    EXPECT_EQ(row.read.scenario->parts().reversion, 0) << row.file;
    EXPECT_TRUE(row.read.scenario->parts().parameters.empty()) << row.file;
  }
}

TEST(Catalog, ListsEveryFileOfItsFolderOnce) {
  std::set<std::string> listed;
  std::set<std::string> ids;
  std::int64_t last = 0;
  for (const Case& row : cases()) {
    EXPECT_GT(row.number, last) << row.file;
    last = row.number;
    EXPECT_TRUE(listed.insert(row.file).second) << row.file;
    EXPECT_TRUE(ids.insert(row.id).second) << row.id;
    EXPECT_FALSE(row.group.empty()) << row.file;
  }
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    if (entry.path().extension() != ".toml" || name == "cases.toml") continue;
    EXPECT_TRUE(listed.contains(name)) << name << " is not in cases.toml";
  }
}

TEST(Catalog, OutcomesAtTwelveMonthsAreThoseOfTheList) {
  std::map<std::string, int> counts;
  for (const Case& row : cases()) {
    ASSERT_TRUE(row.read.scenario && row.read.result) << row.file;
    const std::string code =
        code_at_twelve_months(row.read.scenario->parts().question, *row.read.result);
    EXPECT_EQ(code, row.code) << row.file;
    ++counts[code];
  }
  const std::map<std::string, int> expected{{"A", 9}, {"B", 1}, {"L", 1}, {"W", 8}, {"X", 6}};
  EXPECT_EQ(counts, expected);
}

TEST(Catalog, EveryRowIsARowOfTheCodingRule) {
  for (const Case& row : cases()) {
    ASSERT_TRUE(row.read.scenario) << row.file;
    for (const Member& member : row.read.scenario->members()) {
      EXPECT_EQ(fault_of(member), "") << row.file << ": " << member.code;
    }
  }
}

TEST(Catalog, ARowBetweenTwoRowsIsNotOfTheRule) {
  ASSERT_FALSE(cases().empty());
  ASSERT_TRUE(cases().front().read.scenario);
  Member member = cases().front().read.scenario->members().front();
  ASSERT_EQ(fault_of(member), "");
  member.resolve.value = *Uncertain::parse("12", Support::scale, "test");
  EXPECT_NE(fault_of(member), "");
  member.resolve.value = *Uncertain::parse("60%: 90 | 40%: 15", Support::scale, "test");
  member.position.value =
      *Uncertain::parse("60%: 5 (1 to 20) | 40%: 65 (45 to 85)", Support::scale, "test");
  EXPECT_EQ(fault_of(member), "shares of two offices");
}

// The two features of the simple baseline, as catalog/nato-consensus/README.md reads them.
TEST(Catalog, FeaturesOfTheSimpleBaselineFollowFromTheFiles) {
  std::vector<std::int64_t> refused;
  std::vector<std::int64_t> way_out;
  for (const Case& row : cases()) {
    ASSERT_TRUE(row.read.scenario) << row.file;
    const auto members = row.read.scenario->members();
    if (std::any_of(members.begin(), members.end(), refuses_at_level_four)) {
      refused.push_back(row.number);
    }
    const ScenarioParts& parts = row.read.scenario->parts();
    if (parts.question.opt_out || !parts.side_payments.empty()) way_out.push_back(row.number);
  }
  const std::vector<std::int64_t> expected_refused{1,  5,  6,  8,  9,  11, 13, 16,
                                                   21, 27, 28, 29, 30, 34, 35};
  const std::vector<std::int64_t> expected_way_out{6, 13, 27, 28, 34, 35};
  EXPECT_EQ(refused, expected_refused);
  EXPECT_EQ(way_out, expected_way_out);
}

}  // namespace
}  // namespace delian
