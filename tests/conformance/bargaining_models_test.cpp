// What every bargaining model has to obey. A model added to the registry is tested here without
// another line; it leaves out a law only by name, with the reason.

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <ostream>
#include <set>
#include <string>
#include <vector>

#include "delian/bargaining.hpp"
#include "delian/random.hpp"

namespace delian {

// NOLINTNEXTLINE(readability-identifier-naming): the name GoogleTest looks for.
static void PrintTo(const BargainingModel* model, std::ostream* out) {
  *out << model->info.id;
}

namespace {

struct Exception {
  std::string_view model;
  std::string_view law;
  std::string_view reason;
};

// A model that must break a law says so here: {id, name of the test, why}.
constexpr std::array<Exception, 0> exceptions{};

/// A body of `actors` with everything any model may need: a reversion, a text, a rule, a setter.
BargainingProblem problem(std::uint64_t seed, std::size_t actors, std::size_t issues) {
  BargainingProblem result;
  result.setting.actors = actors;
  for (std::size_t k = 0; k < issues; ++k) {
    result.setting.issues.push_back({0, 100, 10.0 + 5.0 * static_cast<double>(k), 60.0});
  }
  Rule::Parts rule;
  rule.id = "majority";
  rule.title = {"majority", "majorité"};
  rule.members = actors;
  rule.criteria = {
      {"heads", std::vector<double>(actors, 1), 0.5, true, true, Abstention::counts_as_no}};
  result.setting.rule = Rule::make(rule, "rule").value();
  result.setting.agenda_setter = 0;
  const Stream position(seed, "position");
  const Stream salience(seed, "salience");
  const Stream capability(seed, "capability");
  for (std::size_t k = 0; k < actors * issues; ++k) {
    result.position.push_back(100 * position.uniform(k));
    result.salience.push_back(0.05 + 0.9 * salience.uniform(k));
  }
  for (std::size_t i = 0; i < actors; ++i) {
    for (std::size_t k = 0; k < issues; ++k) {
      result.capability.push_back(0.1 + capability.uniform(i));
    }
  }
  return result;
}

class EveryBargainingModel : public ::testing::TestWithParam<const BargainingModel*> {
 protected:
  const BargainingModel& model() const { return *GetParam(); }

  bool left_out() const {
    const std::string name = ::testing::UnitTest::GetInstance()->current_test_info()->name();
    const std::string law = name.substr(0, name.find('/'));
    return std::any_of(exceptions.begin(), exceptions.end(), [&](const Exception& e) {
      return e.model == model().info.id && e.law == law;
    });
  }

  Forecast ask(const BargainingProblem& problem) const {
    return forecast(model(), model().bind({}).value(), problem);
  }

  std::vector<BargainingProblem> problems() const {
    std::vector<BargainingProblem> all;
    for (std::uint64_t seed = 1; seed <= 12; ++seed) {
      for (const std::size_t issues : {std::size_t{1}, std::size_t{3}}) {
        BargainingProblem one = problem(seed, 3 + seed, issues);
        if (model().obstacle(one.setting).empty()) all.push_back(std::move(one));
      }
    }
    EXPECT_FALSE(all.empty());
    return all;
  }
};

TEST_P(EveryBargainingModel, SaysWhoItIs) {
  EXPECT_EQ(find_bargaining_model(model().info.id), &model());
  EXPECT_FALSE(model().info.title.empty());
  EXPECT_FALSE(model().info.source.empty());
  EXPECT_FALSE(model().info.defaults_provenance.empty());
}

TEST_P(EveryBargainingModel, RefusesWhatItsTableDoesNotAllow) {
  EXPECT_EQ(model().bind({{"no_such_parameter", 1}}).error().front().code, "E308");
  for (const ParameterInfo& info : model().parameters()) {
    const std::string name(info.name);
    EXPECT_TRUE(model().bind({{name, info.minimum}}));
    EXPECT_TRUE(model().bind({{name, info.maximum}}));
    EXPECT_EQ(model().bind({{name, info.maximum + 1}}).error().front().code, "E309") << name;
    EXPECT_EQ(model().bind({{name, info.minimum - 1}}).error().front().code, "E309") << name;
    if (info.choices.empty()) continue;
    EXPECT_EQ(info.choices.size(), static_cast<std::size_t>(info.maximum) + 1);
    EXPECT_EQ(model().bind({{name, 0.5}}).error().front().code, "E313") << name;
  }
}

// Nobody gets more than anybody asked for; the reversion counts as asked for.
TEST_P(EveryBargainingModel, StaysInsideTheHull) {
  if (left_out()) return;
  for (const BargainingProblem& one : problems()) {
    const Forecast answer = ask(one);
    const std::size_t issues = one.setting.issues.size();
    ASSERT_EQ(answer.landing.size(), issues);
    for (std::size_t k = 0; k < issues; ++k) {
      double low = *one.setting.issues[k].reversion;
      double high = low;
      for (std::size_t i = 0; i < one.setting.actors; ++i) {
        low = std::min(low, one.position[i * issues + k]);
        high = std::max(high, one.position[i * issues + k]);
      }
      EXPECT_GE(answer.landing[k], low - 1e-9);
      EXPECT_LE(answer.landing[k], high + 1e-9);
    }
  }
}

TEST_P(EveryBargainingModel, SameDrawGivesTheSameForecast) {
  for (const BargainingProblem& one : problems()) {
    const Forecast first = ask(one);
    const Forecast second = ask(one);
    EXPECT_EQ(first.landing, second.landing);
    EXPECT_EQ(first.weight, second.weight);
  }
}

TEST_P(EveryBargainingModel, WeightsAreProbabilities) {
  for (const BargainingProblem& one : problems()) {
    const Forecast answer = ask(one);
    if (answer.weight.empty()) continue;
    const std::size_t issues = one.setting.issues.size();
    ASSERT_EQ(answer.weight.size(), one.position.size());
    for (std::size_t k = 0; k < issues; ++k) {
      double sum = 0;
      for (std::size_t i = 0; i < one.setting.actors; ++i) {
        EXPECT_GE(answer.weight[i * issues + k], 0);
        sum += answer.weight[i * issues + k];
      }
      EXPECT_NEAR(sum, 1, 1e-9);
    }
  }
}

TEST_P(EveryBargainingModel, UnitOfCapabilityDoesNotMatter) {
  if (left_out()) return;
  for (const BargainingProblem& one : problems()) {
    BargainingProblem other = one;
    for (double& c : other.capability) c *= 8;  // a power of two, so that no digit changes
    const Forecast first = ask(one);
    const Forecast second = ask(other);
    for (std::size_t k = 0; k < first.landing.size(); ++k) {
      EXPECT_NEAR(first.landing[k], second.landing[k], 1e-6);
    }
  }
}

// Mirroring every position mirrors the forecast: no model prefers an end of the scale.
TEST_P(EveryBargainingModel, MirroredPositionsGiveTheMirroredForecast) {
  if (left_out()) return;
  for (const BargainingProblem& one : problems()) {
    BargainingProblem mirror = one;
    for (double& x : mirror.position) x = 100 - x;
    for (BargainingIssue& issue : mirror.setting.issues) {
      issue.reversion = 100 - *issue.reversion;
      issue.proposal = 100 - *issue.proposal;
    }
    const Forecast first = ask(one);
    const Forecast second = ask(mirror);
    for (std::size_t k = 0; k < first.landing.size(); ++k) {
      EXPECT_NEAR(first.landing[k], 100 - second.landing[k], 1e-6) << one.setting.actors;
    }
  }
}

TEST_P(EveryBargainingModel, OrderOfActorsDoesNotMatter) {
  if (left_out()) return;
  for (const BargainingProblem& one : problems()) {
    const std::size_t n = one.setting.actors;
    const std::size_t issues = one.setting.issues.size();
    BargainingProblem turned = one;
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t k = 0; k < issues; ++k) {
        const std::size_t from = i * issues + k;
        const std::size_t to = (n - 1 - i) * issues + k;
        turned.position[to] = one.position[from];
        turned.salience[to] = one.salience[from];
        turned.capability[to] = one.capability[from];
      }
    }
    turned.setting.agenda_setter = static_cast<int>(n) - 1 - one.setting.agenda_setter;
    const Forecast first = ask(one);
    const Forecast second = ask(turned);
    for (std::size_t k = 0; k < first.landing.size(); ++k) {
      EXPECT_NEAR(first.landing[k], second.landing[k], 1e-6);
    }
  }
}

// Where all want the same, that is where it lands.
TEST_P(EveryBargainingModel, UnanimousActorsGetWhatTheyWant) {
  if (left_out()) return;
  for (BargainingProblem one : problems()) {
    std::fill(one.position.begin(), one.position.end(), 42.0);
    for (const double landing : ask(one).landing) EXPECT_NEAR(landing, 42, 1e-6);
  }
}

INSTANTIATE_TEST_SUITE_P(Registry, EveryBargainingModel,
                         ::testing::ValuesIn(bargaining_models().begin(),
                                             bargaining_models().end()),
                         [](const auto& model) { return std::string(model.param->info.id); });

}  // namespace
}  // namespace delian
