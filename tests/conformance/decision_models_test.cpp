// What every model of the decision has to obey. A model added to the registry is tested here
// without another line; it leaves out a law only by name, with the reason.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <optional>
#include <ostream>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "delian/answer.hpp"
#include "delian/model.hpp"
#include "ensemble/draw_table.hpp"
#include "support/bundled.hpp"
#include "support/scenarios.hpp"

namespace delian {

// Beside DecisionModel, where the test framework looks for it: names instead of addresses.
// NOLINTNEXTLINE(readability-identifier-naming): the name GoogleTest looks for.
static void PrintTo(const DecisionModel* model, std::ostream* out) {
  *out << model->info.id;
}

namespace {

using testing::parts_of;
using testing::Row;

struct Exception {
  std::string_view model;
  std::string_view law;
  std::string_view reason;
};

constexpr std::array exceptions{
    Exception{"ballot", "ATextNextToTheReversionHurtsNobody",
              "a member that hardly cares abstains, and abstentions carry no majority"},
};

std::string law_name() {
  const std::string name = ::testing::UnitTest::GetInstance()->current_test_info()->name();
  return name.substr(0, name.find('/'));
}

std::uint64_t sum(const auto& counts) {
  return std::accumulate(counts.begin(), counts.end(), std::uint64_t{0});
}

/// A council with every kind of input, and every way out of a block.
std::vector<Row> council() {
  return {{"AA", "30 (5 to 60)", "20 to 80", "20 to 90"},
          {"BB", "35 (5 to 70)", "20 to 70", "40", Grievance::bilateral},
          {"CC", "70 (40 to 90)", "30 to 70", "10"},
          {"DD", "unknown", "5 to 50", "unknown"},
          {"EE", "60%: 60 (30 to 80) | 40%: 10 (2 to 30)", "10 to 60", "15"},
          {"FF", "80 (60 to 95)", "40 to 90", "5"},
          {"GG", "45 (10 to 80)", "10 to 60", "30"}};
}

ScenarioParts rich_parts() {
  ScenarioParts parts = parts_of(council());
  parts.question.divisible = true;
  parts.question.opt_out = true;
  parts.side_payments.push_back({"BB", {testing::value("5 to 30"), {"J1"}}});
  parts.forums.push_back({"Smaller committee", "majority-members", {"AA"}, {}});
  return parts;
}

std::optional<Scenario> make(ScenarioParts parts, const std::string& rule) {
  Diagnostics problems;
  parts.rule = rule;
  return Scenario::make(std::move(parts), testing::atlas_of(council(), rule), problems);
}

constexpr std::uint64_t draws = 1500;

class EveryModel : public ::testing::TestWithParam<const DecisionModel*> {
 protected:
  const DecisionModel& model() const { return *GetParam(); }

  bool left_out() const {
    return std::any_of(exceptions.begin(), exceptions.end(), [&](const Exception& e) {
      return e.model == model().info.id && e.law == law_name();
    });
  }

  /// The presets this model decides by for this council.
  std::vector<std::string> rules() const {
    std::vector<std::string> result;
    for (const RulePresetInfo& preset : rule_presets()) {
      const auto scenario = make(parts_of(council()), std::string(preset.id));
      if (scenario && model().applies(scenario->rule())) result.emplace_back(preset.id);
    }
    EXPECT_FALSE(result.empty());
    return result;
  }

  DecisionTally count(const Scenario& scenario, std::uint64_t number = draws,
                      Counted counted = Counted::everything) const {
    Setting setting = make_setting(scenario);
    setting.counted = counted;
    const BoundModel bound = model().bind(scenario.parts().parameters).value();
    return count_streaming(scenario, setting, bound.decide, 7, number, {});
  }

  /// The same scenarios under every rule of the model.
  std::vector<Scenario> under_every_rule(const ScenarioParts& parts) const {
    std::vector<Scenario> result;
    for (const std::string& rule : rules()) result.push_back(make(parts, rule).value());
    return result;
  }
};

TEST_P(EveryModel, SaysWhoItIsAndWhereItsNumbersComeFrom) {
  const ModelInfo& info = model().info;
  for (const std::string_view text :
       {info.id, info.title, info.source, info.defaults, info.defaults_provenance}) {
    EXPECT_FALSE(text.empty());
  }
  EXPECT_EQ(find_decision_model(info.id), &model());
  const std::string references = testing::file_text(DELIAN_SOURCE_DIR "/docs/references.bib");
  EXPECT_NE(references.find("{" + std::string(info.source) + ","), std::string::npos)
      << info.source << " is not in docs/references.bib";
  const std::string page =
      testing::file_text(DELIAN_SOURCE_DIR "/docs/models/" + std::string(info.id) + ".md");
  EXPECT_NE(page.find(info.defaults), std::string::npos);
}

TEST_P(EveryModel, ExplainsItsParameters) {
  std::set<std::string_view> names;
  for (const ParameterInfo& p : model().parameters()) {
    EXPECT_TRUE(names.insert(p.name).second) << p.name;
    EXPECT_FALSE(p.meaning.empty()) << p.name;
    EXPECT_LT(p.minimum, p.maximum) << p.name;
    EXPECT_GE(p.initial, p.minimum) << p.name;
    EXPECT_LE(p.initial, p.maximum) << p.name;
  }
}

TEST_P(EveryModel, BindsItsDefaultsAndItsBounds) {
  ParameterMap initial;
  for (const ParameterInfo& p : model().parameters()) {
    initial.emplace(p.name, p.initial);
    for (const double value : {p.minimum, p.initial, p.maximum}) {
      const auto bound = model().bind({{std::string(p.name), value}});
      ASSERT_TRUE(bound) << p.name;
      EXPECT_EQ(bound->parameters.at(std::string(p.name)), value);
      EXPECT_GE(bound->coordination, 0);
      EXPECT_LE(bound->coordination, 1);
    }
  }
  EXPECT_EQ(model().bind({}).value().parameters, initial);
}

TEST_P(EveryModel, RefusesWhatIsOutOfBoundsOrUnknown) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  for (const ParameterInfo& p : model().parameters()) {
    const std::string name(p.name);
    for (const double value :
         {std::nextafter(p.minimum, -infinity), std::nextafter(p.maximum, infinity), -infinity,
          infinity, std::numeric_limits<double>::quiet_NaN()}) {
      const auto bound = model().bind({{name, value}});
      ASSERT_FALSE(bound) << name << " = " << value;
      ASSERT_EQ(bound.error().size(), 1U);
      EXPECT_EQ(bound.error().front().code, "E309");
      EXPECT_EQ(bound.error().front().place.pointer, "parameters." + name);
    }
  }
  const auto bound = model().bind({{"nonsense", 1}, {"more nonsense", 0}});
  ASSERT_FALSE(bound);
  ASSERT_EQ(bound.error().size(), 2U);
  for (const Diagnostic& problem : bound.error()) EXPECT_EQ(problem.code, "E308");
}

TEST_P(EveryModel, WorksAtEveryBoundOfEveryParameter) {
  for (const ParameterInfo& p : model().parameters()) {
    for (const double value : {p.minimum, p.maximum}) {
      const ParameterMap given{{std::string(p.name), value}};
      ScenarioParts parts = rich_parts();
      parts.parameters = given;
      const DecisionTally tally = count(make(std::move(parts), rules().front()).value(), 300);
      EXPECT_EQ(sum(tally.least.outcomes), 300U) << p.name << " = " << value;
      EXPECT_EQ(sum(tally.greatest.outcomes), 300U) << p.name << " = " << value;
    }
  }
}

TEST_P(EveryModel, EveryDrawEndsInOneOutcome) {
  for (const Scenario& scenario : under_every_rule(rich_parts())) {
    const DecisionTally both = count(scenario);
    for (const Tally* tally : {&both.least, &both.greatest}) {
      const auto outcome = [&](Outcome o) { return tally->outcomes[static_cast<std::size_t>(o)]; };
      EXPECT_EQ(tally->draws, draws);
      EXPECT_EQ(sum(tally->outcomes), draws);
      EXPECT_EQ(sum(tally->remedies), outcome(Outcome::weakened));
      const std::uint64_t agreed = draws - outcome(Outcome::not_adopted);
      EXPECT_EQ(sum(tally->adopted_in_month), agreed);
      EXPECT_EQ(sum(tally->agreed_text), agreed);
      for (std::size_t i = 0; i < scenario.members().size(); ++i) {
        EXPECT_LE(tally->objects[i], draws);
        EXPECT_LE(tally->alone[i], draws - outcome(Outcome::as_drafted));
        EXPECT_LE(tally->agreed_if_absent[i], draws);
        EXPECT_LE(tally->exempt[i], tally->remedies[static_cast<std::size_t>(Remedy::opt_out)]);
      }
    }
  }
}

TEST_P(EveryModel, CriticsWhoCoordinateNeverHelpTheText) {
  for (const Scenario& scenario : under_every_rule(rich_parts())) {
    const DecisionTally tally = count(scenario);
    EXPECT_LE(tally.greatest.outcomes[0], tally.least.outcomes[0]);
    for (std::size_t i = 0; i < scenario.members().size(); ++i) {
      EXPECT_GE(tally.greatest.objects[i], tally.least.objects[i]);
    }
  }
}

TEST_P(EveryModel, TheHeadlineAloneIsTheSameHeadline) {
  for (const Scenario& scenario : under_every_rule(rich_parts())) {
    const DecisionTally full = count(scenario);
    const DecisionTally headline = count(scenario, draws, Counted::headline);
    EXPECT_EQ(headline.least.outcomes[0], full.least.outcomes[0]);
    EXPECT_EQ(headline.greatest.outcomes[0], full.greatest.outcomes[0]);
    EXPECT_EQ(headline.least.draws, full.least.draws);
    EXPECT_EQ(headline.greatest.draws, full.greatest.draws);
  }
}

TEST_P(EveryModel, OutcomesAloneAreTheSameOutcomes) {
  for (const Scenario& scenario : under_every_rule(rich_parts())) {
    const DecisionTally full = count(scenario);
    const DecisionTally outcomes = count(scenario, draws, Counted::outcomes);
    for (const auto& [some, all] :
         {std::pair{&outcomes.least, &full.least}, std::pair{&outcomes.greatest, &full.greatest}}) {
      EXPECT_EQ(some->draws, all->draws);
      EXPECT_EQ(some->outcomes, all->outcomes);
      EXPECT_EQ(some->remedies, all->remedies);
      EXPECT_EQ(some->adopted_in_month, all->adopted_in_month);
      EXPECT_EQ(some->agreed_text, all->agreed_text);
      EXPECT_EQ(some->exempt, all->exempt);
    }
  }
}

TEST_P(EveryModel, ABlockIsCountedAsOftenAndAsFarAsAsked) {
  for (const Scenario& scenario : under_every_rule(rich_parts())) {
    const Setting setting = make_setting(scenario);
    const BoundModel bound = model().bind({}).value();
    const Sampler sampler(scenario, 3);
    std::vector<double> values(sampler.rows() * row_stride);
    sampler.fill(2, values.data());
    BlockRows rows(setting.members, scenario.parts().side_payments.size());
    rows.point_at(values.data());
    const auto decide = [&](std::size_t number, int times) {
      const Tally empty(setting.members, setting.horizon_months);
      DecisionTally tally{empty, empty};
      for (int k = 0; k < times; ++k) {
        bound.decide(setting, rows.block(2 * block_draws, number), tally);
      }
      return tally;
    };
    const DecisionTally once = decide(100, 1);
    EXPECT_EQ(once.least.draws, 100U);
    EXPECT_EQ(once.greatest.draws, 100U);
    const DecisionTally again = decide(100, 1);
    EXPECT_EQ(once.least, again.least);
    EXPECT_EQ(once.greatest, again.greatest);
    DecisionTally twice = once;  // what is counted is added to what was there
    twice.add(once);
    EXPECT_EQ(decide(100, 2).least, twice.least);
    EXPECT_EQ(decide(100, 2).greatest, twice.greatest);
    // Draws beyond `count` are not read: spoiling them changes nothing.
    for (std::size_t row = 0; row < sampler.rows(); ++row) {
      std::fill_n(&values[row * row_stride + 100], block_draws - 100, 1 - 1e-9);
    }
    EXPECT_EQ(decide(100, 1).least, once.least);
    EXPECT_EQ(decide(100, 1).greatest, once.greatest);
  }
}

TEST_P(EveryModel, ATextThatEverybodyWantsIsAdopted) {
  ScenarioParts parts = parts_of(council());
  parts.parameters["tau"] = 0;
  for (Member& m : parts.members) m.position.value = testing::value("60");
  for (const Scenario& scenario : under_every_rule(parts)) {
    const DecisionTally tally = count(scenario);
    EXPECT_EQ(tally.least.outcomes[0], draws);
    EXPECT_EQ(tally.greatest.outcomes[0], draws);
  }
}

TEST_P(EveryModel, ATextThatNobodyWantsIsNotAdopted) {
  ScenarioParts parts = parts_of(council());
  parts.parameters["tau"] = 0;
  for (Member& m : parts.members) {
    m.position.value = testing::value("0");
    m.resolve.value = testing::value("100");
  }
  for (const Scenario& scenario : under_every_rule(parts)) {
    const DecisionTally tally = count(scenario);
    EXPECT_EQ(tally.least.outcomes[0], 0U);
    EXPECT_EQ(tally.greatest.outcomes[0], 0U);
  }
}

TEST_P(EveryModel, WinningAMemberNeverHurtsTheText) {
  for (const Scenario& scenario : under_every_rule(rich_parts())) {
    const DecisionTally before = count(scenario);
    for (std::size_t i = 0; i < scenario.members().size(); ++i) {
      const DecisionTally after =
          count(scenario.with(i, Scenario::Field::position, testing::value("60")));
      EXPECT_GE(after.least.outcomes[0], before.least.outcomes[0]) << i;
      EXPECT_GE(after.greatest.outcomes[0], before.greatest.outcomes[0]) << i;
    }
  }
}

TEST_P(EveryModel, ATextNextToTheReversionHurtsNobody) {
  ScenarioParts parts = parts_of(council());
  parts.parameters["tau"] = 0;
  parts.question.proposal = 1e-6;
  std::uint64_t adopted = 0, asked = 0;
  for (const Scenario& scenario : under_every_rule(parts)) {
    adopted += count(scenario).greatest.outcomes[0];
    asked += draws;
  }
  // An exception that is no longer one must go.
  if (left_out()) {
    EXPECT_LT(adopted, asked);
  } else {
    EXPECT_EQ(adopted, asked);
  }
}

TEST_P(EveryModel, AForumWithoutMembersToAskIsOpen) {
  ScenarioParts parts = parts_of(council());
  parts.parameters["beta"] = 1;
  parts.forums.push_back({"The chair", "chair", {}, {}});
  for (const Scenario& scenario : under_every_rule(parts)) {
    const DecisionTally tally = count(scenario);
    const std::uint64_t blocked = draws - tally.least.outcomes[0];
    EXPECT_GT(blocked, 0U);
    EXPECT_EQ(tally.least.outcomes[static_cast<std::size_t>(Outcome::bypassed)], blocked);
  }
}

INSTANTIATE_TEST_SUITE_P(Models, EveryModel,
                         ::testing::ValuesIn(decision_models().begin(), decision_models().end()),
                         [](const auto& model) { return std::string(model.param->info.id); });

TEST(ModelRegistry, EveryPresetHasOneModel) {
  std::size_t made = 0;
  for (const RulePresetInfo& preset : rule_presets()) {
    const auto scenario = make(parts_of(council()), std::string(preset.id));
    if (!scenario) continue;  // needs weights that this body has not
    ++made;
    const auto models = decision_models();
    EXPECT_EQ(std::count_if(models.begin(), models.end(),
                            [&](const auto* m) { return m->applies(scenario->rule()); }),
              1)
        << preset.id;
  }
  EXPECT_GE(made, 7U);
}

TEST(ModelRegistry, NoTwoModelsShareAName) {
  std::set<std::string_view> ids;
  for (const DecisionModel* model : decision_models()) {
    EXPECT_TRUE(ids.insert(model->info.id).second) << model->info.id;
  }
  EXPECT_EQ(find_decision_model("nonsense"), nullptr);
}

TEST(ModelRegistry, ExceptionsNameAModelAndAReason) {
  for (const Exception& e : exceptions) {
    EXPECT_NE(find_decision_model(e.model), nullptr) << e.model;
    EXPECT_FALSE(e.reason.empty());
  }
}

}  // namespace
}  // namespace delian
