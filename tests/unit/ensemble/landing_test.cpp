#include "delian/landing.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <numeric>

#include "delian/score.hpp"
#include "support/scenarios.hpp"

namespace delian {
namespace {

using testing::parts_of;
using testing::Row;
using testing::value;

const std::vector<Row> rows = testing::tokyo_like(7);

Scenario made(ScenarioParts parts) {
  Diagnostics problems;
  parts.rule = "consensus";
  return Scenario::make(std::move(parts), testing::atlas_of(rows, "consensus"), problems).value();
}

ScenarioParts with_second_issue() {
  ScenarioParts parts = parts_of(rows);
  FurtherIssue cost;
  cost.id = "cost";
  cost.title = "Who pays";
  for (const char* code : {"AA", "AC", "AD", "AF"}) {
    cost.members.push_back({code, {value("30 (10 to 60)"), {"J1"}}, {value("20 to 60"), {"J1"}}});
  }
  parts.issues.push_back(cost);
  return parts;
}

LandingOptions few(std::vector<std::string> models = {}) {
  return {3, 100, std::move(models)};
}

const ModelLanding& row_of(const IssueLanding& issue, std::string_view model) {
  return *std::find_if(issue.models.begin(), issue.models.end(),
                       [&](const ModelLanding& m) { return m.model == model; });
}

TEST(Land, GivesTheSameBytesOnAnyNumberOfThreads) {
  const Scenario scenario = made(with_second_issue());
  const RunContext one;
  RunContext eight;
  eight.threads = 8;
  const Landing a = land(scenario, few(), one).value();
  const Landing b = land(scenario, few(), eight).value();
  ASSERT_EQ(a.issues.size(), 2);
  for (std::size_t k = 0; k < a.issues.size(); ++k) {
    EXPECT_EQ(a.issues[k].distribution, b.issues[k].distribution);
    ASSERT_EQ(a.issues[k].models.size(), b.issues[k].models.size());
    for (std::size_t m = 0; m < a.issues[k].models.size(); ++m) {
      EXPECT_EQ(a.issues[k].models[m].mean, b.issues[k].models[m].mean);
      EXPECT_EQ(a.issues[k].models[m].median, b.issues[k].models[m].median);
    }
  }
}

TEST(Land, DistributionsSumToOneAndModelsComeInOrder) {
  const Landing landing = land(made(with_second_issue()), few()).value();
  EXPECT_EQ(landing.draws, 100);
  for (const IssueLanding& issue : landing.issues) {
    EXPECT_NEAR(std::accumulate(issue.distribution.begin(), issue.distribution.end(), 0.0), 1,
                1e-12);
    EXPECT_TRUE(std::is_sorted(
        issue.models.begin(), issue.models.end(),
        [](const ModelLanding& a, const ModelLanding& b) { return a.median < b.median; }));
    for (const ModelLanding& m : issue.models) {
      EXPECT_LE(m.low, m.median);
      EXPECT_LE(m.median, m.high);
    }
  }
}

// Where every number is exact, each draw is the same, and the compromise mean can be had by hand:
// influence is equal, so it is sum s x / sum s = (0.5 * 10 + 1 * 70) / 1.5 = 50.
TEST(Land, OfExactNumbersIsTheModelItself) {
  const std::vector<Row> two{{"AA", "10", "50", "10"}, {"AB", "70", "100", "10"}};
  Diagnostics problems;
  ScenarioParts parts = parts_of(two);
  parts.rule = "consensus";
  const Scenario scenario =
      Scenario::make(parts, testing::atlas_of(two, "consensus"), problems).value();
  const Landing landing = land(scenario, few({"compromise_mean"})).value();
  ASSERT_EQ(landing.issues.at(0).models.size(), 1);
  EXPECT_NEAR(landing.issues[0].models[0].median, 50, 1e-12);
  EXPECT_NEAR(landing.issues[0].models[0].low, 50, 1e-12);
}

TEST(Land, AFurtherIssueIsSettledByThoseWhoTakePart) {
  const Landing landing = land(made(with_second_issue()), few({"compromise_mean"})).value();
  const ModelLanding& cost = row_of(landing.issues[1], "compromise_mean");
  EXPECT_GT(cost.high, cost.low);
  // Nobody there wants more than some 70; on the question itself most want 60 and more.
  EXPECT_LT(cost.high, 65);
  EXPECT_GT(row_of(landing.issues[0], "compromise_mean").median, 40);
}

TEST(Land, AFurtherIssueChangesNothingAboutTheQuestion) {
  const Landing with = land(made(with_second_issue()), few({"compromise_mean"})).value();
  const Landing without = land(made(parts_of(rows)), few({"compromise_mean"})).value();
  EXPECT_EQ(with.issues[0].distribution, without.issues[0].distribution);
  EXPECT_EQ(with.issues[0].models[0].mean, without.issues[0].models[0].mean);
}

TEST(Land, WhereNobodyCaresAllCountAlike) {
  std::vector<Row> careless = rows;
  for (Row& row : careless) row.salience = "0";
  Diagnostics problems;
  ScenarioParts parts = parts_of(careless);
  parts.rule = "consensus";
  const Scenario scenario =
      Scenario::make(parts, testing::atlas_of(careless, "consensus"), problems).value();
  const Landing landing = land(scenario, few()).value();
  EXPECT_EQ(landing.draws, 100);
  EXPECT_NEAR(std::accumulate(landing.issues[0].distribution.begin(),
                              landing.issues[0].distribution.end(), 0.0),
              1, 1e-12);
}

TEST(Land, RefusesModelsThatDoNotExist) {
  const auto landing = land(made(parts_of(rows)), few({"condorcett", "compromise_mean"}));
  ASSERT_FALSE(landing);
  ASSERT_EQ(landing.error().size(), 1);
  EXPECT_EQ(landing.error()[0].code, "E308");
  EXPECT_NE(landing.error()[0].fix.find("condorcet"), std::string::npos);
}

TEST(Land, UsesTheParametersOfTheFile) {
  ScenarioParts parts = parts_of(rows);
  parts.models["condorcet"]["outcome"] = 2;  // mode instead of mean
  const Landing mode = land(made(parts), few({"condorcet"})).value();
  const Landing mean = land(made(parts_of(rows)), few({"condorcet"})).value();
  EXPECT_EQ(mode.issues[0].models[0].parameters.at("outcome"), 2);
  EXPECT_NE(mode.issues[0].models[0].mean, mean.issues[0].models[0].mean);
  // The mixture always stands on the same election.
  EXPECT_EQ(mode.issues[0].distribution, mean.issues[0].distribution);
}

TEST(Land, CancelledBeforeTheFirstDrawGivesNone) {
  const std::atomic<bool> cancelled{true};
  RunContext context;
  context.cancelled = &cancelled;
  const Landing landing = land(made(parts_of(rows)), few(), context).value();
  EXPECT_EQ(landing.draws, 0);
}

// A resolute objector pulls the landing down where it alone moves.
TEST(Land, FollowsAMemberThatMoves) {
  std::vector<Row> keener = rows;
  keener[0].position = "90 (80 to 95)";
  Diagnostics problems;
  ScenarioParts parts = parts_of(keener);
  parts.rule = "consensus";
  const Scenario moved =
      Scenario::make(parts, testing::atlas_of(keener, "consensus"), problems).value();
  const Landing low = land(made(parts_of(rows)), few({"compromise_mean", "condorcet"})).value();
  const Landing high = land(moved, few({"compromise_mean", "condorcet"})).value();
  for (const char* model : {"compromise_mean", "condorcet"}) {
    EXPECT_GT(row_of(high.issues[0], model).median, row_of(low.issues[0], model).median);
  }
  EXPECT_GT(quantile_of(high.issues[0].distribution, 0.5),
            quantile_of(low.issues[0].distribution, 0.5));
}

}  // namespace
}  // namespace delian
