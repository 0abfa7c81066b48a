#include "delian/decision_backtest.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <atomic>
#include <cmath>
#include <numeric>

#include "delian/random.hpp"
#include "score/decision_evaluator.hpp"
#include "support/scenarios.hpp"

namespace delian {
namespace {

using testing::parts_of;
using testing::Row;

Scenario make(ScenarioParts parts, const std::vector<Row>& rows,
              const std::string& rule = "consensus") {
  Diagnostics problems;
  parts.rule = rule;
  auto scenario = Scenario::make(std::move(parts), testing::atlas_of(rows, rule), problems);
  EXPECT_TRUE(scenario.has_value()) << (problems.empty() ? "" : problems.front().message);
  return scenario.value();
}

/// Certain to pass, or certain to be blocked for good: nothing is left to chance or to calibration.
Scenario certain(bool passes, bool way_out = false) {
  std::vector<Row> rows{{"AA", "80", "50", "10"}, {"BB", "70", "50", "10"}};
  rows.push_back(passes ? Row{"CC", "60", "50", "10"} : Row{"CC", "5", "90", "90"});
  ScenarioParts parts = parts_of(rows);
  parts.parameters = {{"tau", 0}, {"hazard_principle", 0}};
  if (way_out) parts.side_payments.push_back({"CC", {testing::value("0.1"), {"J1"}}});
  return make(std::move(parts), rows);
}

DecisionCase decided(std::string id, std::string group, const Scenario& scenario, Outcome outcome) {
  return {std::move(id), std::move(group), scenario, outcome, 12, decision_features(scenario)};
}

// Councils in which every outcome happens; `k` varies who wants what.
Scenario open_question(std::size_t k, bool with_forum) {
  const auto pick = [&](std::string_view what, int low, int high) {
    const double u = Stream(11, what).uniform(k);
    return std::to_string(low + static_cast<int>(u * (high - low + 1)));
  };
  const bool bilateral = k % 3 == 0;
  const std::vector<Row> rows{
      {"AA", pick("a", 3, 20) + " to 45", "40 to 80", pick("resolve", 40, 95),
       bilateral ? Grievance::bilateral : Grievance::principle},
      {"BB", "15 to " + pick("b", 30, 80), "20 to 60", "30"},
      {"CC", "60 to 85", "30 to 70", "10"},
      {"DD", pick("d", 30, 60) + " to 75", "10 to 40", "15"}};
  ScenarioParts parts = parts_of(rows);
  parts.question.divisible = k % 5 == 0;
  if (with_forum && k % 4 < 2) parts.forums.push_back({"Chair", "chair", {}, {}});
  return make(std::move(parts), rows);
}

std::vector<DecisionCase> toy_cases() {
  std::vector<DecisionCase> cases;
  constexpr std::array outcomes{Outcome::as_drafted, Outcome::not_adopted, Outcome::late,
                                Outcome::bypassed, Outcome::weakened};
  for (std::size_t k = 0; k < 8; ++k) {
    cases.push_back(decided("case" + std::to_string(k), "group" + std::to_string(k / 2),
                            open_question(k, true), outcomes[k % outcomes.size()]));
  }
  return cases;
}

DecisionBacktestOptions few_draws() {
  DecisionBacktestOptions options;
  options.draws = 256;
  return options;
}

// --- cases ---

TEST(DecisionFeatures, AreReadOffTheLikeliestStory) {
  const auto features = [](const std::string& resolve, bool opt_out, bool payment) {
    const std::vector<Row> rows{{"AA", "5", "50", resolve}, {"BB", "70", "50", "10"}};
    ScenarioParts parts = parts_of(rows);
    parts.question.opt_out = opt_out;
    if (payment) parts.side_payments.push_back({"AA", {testing::value("10"), {"J1"}}});
    return decision_features(make(std::move(parts), rows));
  };
  EXPECT_TRUE(features("90", false, false).refused_at_the_top);
  EXPECT_FALSE(features("70", false, false).refused_at_the_top);
  EXPECT_TRUE(features("75%: 90 | 25%: 10", false, false).refused_at_the_top);
  EXPECT_FALSE(features("25%: 90 | 75%: 10", false, false).refused_at_the_top);
  EXPECT_TRUE(features("92 (80 to 99)", false, false).refused_at_the_top);
  EXPECT_FALSE(features("80 to 98", false, false).refused_at_the_top);
  EXPECT_FALSE(features("unknown", false, false).refused_at_the_top);
  EXPECT_FALSE(features("90", false, false).way_out);
  EXPECT_TRUE(features("90", true, false).way_out);
  EXPECT_TRUE(features("90", false, true).way_out);
}

TEST(DecidedCase, IsJudgedAtTheHorizon) {
  const std::vector<Row> rows{{"AA", "5", "50", "90"}, {"BB", "70", "50", "10"}};
  const auto judged = [&](Date date, double own_horizon, double asked) {
    ScenarioParts parts = parts_of(rows);  // opens 2023-01-01, closes 2023-03-01
    parts.question.horizon_months = own_horizon;
    return decided_case(make(std::move(parts), rows), {Outcome::late, date, {}, {}, {}}, "", asked);
  };
  EXPECT_EQ(judged({2023, 12, 1}, 24, 12).outcome, Outcome::late);
  EXPECT_EQ(judged({2024, 10, 1}, 24, 12).outcome, Outcome::not_adopted);
  EXPECT_EQ(judged({2024, 10, 1}, 24, 24).outcome, Outcome::late);
  EXPECT_EQ(judged({2024, 1, 1}, 12, 12).outcome, Outcome::late) << "a year to the day";
  EXPECT_EQ(judged({2023, 12, 1}, 6, 12).outcome, Outcome::not_adopted) << "its own is shorter";
  EXPECT_EQ(judged({2023, 2, 1}, 12, 12).group, "test") << "no group: a group of its own";
  // Never before the planned decision, 1.9 months after the opening.
  EXPECT_NEAR(judged({2023, 2, 1}, 12, 1).horizon_months, 1.94, 0.01);
}

// --- calibration ---

TEST(Calibration, PriorsAreCentredOnParametersOfTheModelAndStayInBounds) {
  const DecisionModel& model = *find_decision_model("silence");
  EXPECT_EQ(parameters_at(origin()).size(), calibrated_parameters().size());
  for (std::size_t k = 0; k < calibrated_parameters().size(); ++k) {
    const CalibratedParameter& prior = calibrated_parameters()[k];
    EXPECT_NEAR(parameter_at(k, 0), prior.centre, 1e-15);
    LatticePoint low = origin();
    LatticePoint high = origin();
    low[k] = -most_steps;
    high[k] = most_steps;
    EXPECT_TRUE(model.bind(parameters_at(low))) << prior.name;
    EXPECT_TRUE(model.bind(parameters_at(high))) << prior.name;
  }
}

// docs/calibration.md says that the centres are what ships.
TEST(Calibration, WhatShipsIsTheCentreOfThePriors) {
  const ParameterMap shipped = find_decision_model("silence")->bind({})->parameters;
  for (const CalibratedParameter& prior : calibrated_parameters()) {
    EXPECT_EQ(shipped.at(std::string(prior.name)), prior.centre) << prior.name;
  }
}

// By hand: one width up on a logarithm is a factor of e^0.7; on a logit it multiplies the odds.
TEST(Calibration, AxesAreLogarithmsAndLogits) {
  EXPECT_NEAR(parameter_at(0, steps_per_width), 0.05 * std::exp(0.7), 1e-15);  // kappa0
  const double odds = 0.9 / 0.1 * std::exp(0.7);                               // phi
  EXPECT_NEAR(parameter_at(2, steps_per_width), odds / (1 + odds), 1e-15);
  LatticePoint point = origin();
  point[0] = steps_per_width;
  point[3] = -steps_per_width / 2;
  EXPECT_DOUBLE_EQ(prior_penalty(point), 0.5 + 0.125);
}

TEST(Calibration, TheLogScoreLeavesAShareToEveryOutcome) {
  const OutcomeShares sure{1, 0, 0, 0, 0};
  EXPECT_NEAR(smoothed_log_score(sure, Outcome::as_drafted), -std::log(0.992), 1e-12);
  EXPECT_NEAR(smoothed_log_score(sure, Outcome::late), -std::log(0.002), 1e-12);
}

// Outcomes drawn from the model itself at parameters away from the prior: the fit must find its way
// back, as far as outcomes can tell.
TEST(Calibration, RecoversTheParametersThatMadeTheOutcomes) {
  constexpr std::size_t number = 240;
  LatticePoint truth = origin();
  const auto index = [](std::string_view name) {
    std::size_t k = 0;
    while (calibrated_parameters()[k].name != name) ++k;
    return k;
  };
  truth[index("beta")] = steps_per_width;
  truth[index("hazard_bilateral")] = -steps_per_width;
  truth[index("hazard_principle")] = 2 * steps_per_width;
  truth[index("tau")] = steps_per_width;

  std::vector<DecisionCase> cases;
  for (std::size_t k = 0; k < number; ++k) {
    cases.push_back(
        decided("case" + std::to_string(k), "", open_question(k, true), Outcome::not_adopted));
  }
  DecisionEvaluator evaluator(cases, 256, 5, {});
  const std::vector<OutcomeShares> shares = evaluator.forecasts_at(truth);
  const Stream dice(3, "outcomes");
  for (std::size_t k = 0; k < cases.size(); ++k) {
    double left = dice.uniform(k);
    std::size_t outcome = 0;
    while (outcome + 1 < outcome_count && left >= shares[k][outcome]) left -= shares[k][outcome++];
    cases[k].outcome = static_cast<Outcome>(outcome);
  }

  CalibrationOptions options;
  options.draws = 256;
  options.seed = 6;
  const Calibration found = calibrate_decisions(cases, options).value();
  EXPECT_TRUE(found.converged);
  EXPECT_EQ(found.cases, number);
  EXPECT_LT(found.log_score, found.prior_log_score - 0.02);
  EXPECT_NEAR(found.objective, number * found.log_score + found.penalty, 1e-6);
  std::vector<std::size_t> all(cases.size());
  std::iota(all.begin(), all.end(), std::size_t{0});
  DecisionEvaluator again(cases, options.draws, options.seed, {});
  EXPECT_LE(found.objective, again.objective(truth, all));
  for (const std::string_view name : {"beta", "hazard_bilateral", "hazard_principle", "tau"}) {
    const std::size_t k = index(name);
    const FittedParameter& fitted = found.parameters[k];
    const bool odds = calibrated_parameters()[k].axis == CalibratedParameter::Axis::logit;
    const auto on_axis = [&](double value) { return std::log(odds ? value / (1 - value) : value); };
    const double true_place = on_axis(parameter_at(k, truth[k]));
    const double error = (on_axis(fitted.high) - on_axis(fitted.low)) / (2 * 1.96);
    EXPECT_NEAR(on_axis(fitted.value), true_place, 4 * error) << name;
    // The cases say something: nearer to the truth than the prior's centre, and surer.
    EXPECT_LT(std::abs(on_axis(fitted.value) - true_place),
              std::abs(on_axis(fitted.prior_centre) - true_place))
        << name;
    EXPECT_LT(error, 0.8 * calibrated_parameters()[k].width) << name;
  }
  // They would have shown a wrong value.
  const FittedParameter& principle = found.parameters[index("hazard_principle")];
  EXPECT_LT(principle.prior_centre, principle.low);
}

TEST(Calibration, IsTheSameForAnyNumberOfThreads) {
  const std::vector<DecisionCase> cases = toy_cases();
  CalibrationOptions options;
  options.draws = 256;
  RunContext three;
  three.threads = 3;
  const Calibration one = calibrate_decisions(cases, options).value();
  const Calibration other = calibrate_decisions(cases, options, three).value();
  EXPECT_EQ(one.objective, other.objective);
  EXPECT_EQ(one.evaluations, other.evaluations);
  for (std::size_t k = 0; k < one.parameters.size(); ++k) {
    EXPECT_EQ(one.parameters[k].value, other.parameters[k].value);
    EXPECT_EQ(one.parameters[k].low, other.parameters[k].low);
  }
}

// What a file says stays as it says; a case where everything that matters is said tells nothing.
TEST(Calibration, LeavesAloneWhatTheScenariosOverride) {
  std::vector<DecisionCase> cases;
  for (int k = 0; k < 4; ++k) {
    cases.push_back(decided("c" + std::to_string(k), "", certain(k % 2 == 0),
                            k % 2 == 0 ? Outcome::as_drafted : Outcome::not_adopted));
  }
  CalibrationOptions options;
  options.draws = 256;
  const Calibration found = calibrate_decisions(cases, options).value();
  EXPECT_EQ(found.penalty, 0);
  for (const FittedParameter& p : found.parameters) EXPECT_EQ(p.value, p.prior_centre) << p.name;
}

TEST(Calibration, RefusesTooFewCasesOfTheModel) {
  std::vector<DecisionCase> cases = toy_cases();
  cases.erase(cases.begin() + 2, cases.end());
  const std::vector<Row> rows{
      {"AA", "5", "50", "90"}, {"BB", "70", "50", "10"}, {"CC", "20", "50", "10"}};
  const Scenario vote = make(parts_of(rows), rows, "majority-members");
  cases.push_back(decided("vote", "", vote, Outcome::not_adopted));
  const auto refused = calibrate_decisions(cases, {});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().front().code, "E540");
  EXPECT_NE(refused.error().front().message.find("2 decided cases"), std::string::npos);
}

TEST(Calibration, CancelledGivesNothing) {
  const std::vector<DecisionCase> cases = toy_cases();
  std::atomic<bool> cancelled{false};
  RunContext context;
  context.cancelled = &cancelled;
  context.progress = [&](std::uint64_t done, std::uint64_t) { cancelled = done >= 5; };
  CalibrationOptions options;
  options.draws = 256;
  const auto stopped = calibrate_decisions(cases, options, context);
  ASSERT_FALSE(stopped);
  EXPECT_EQ(stopped.error().front().code, "E541");
}

// --- scores ---

// Five cases of which the model is certain; it is wrong of the last. By hand:
//   some agreement   model 1, 1, 0, 0, 1 against 1, 1, 0, 0, 0: Brier 1/5
//   base rates of "a" from the four others: A 1, X 3, half a case each: P(X) = 3.5/6.5
//   rule of thumb of "a" (nobody refuses at the top, no way out): like it are b (A) and e (X)
TEST(DecisionBacktest, ScoresAreThoseOfAHandCalculation) {
  const std::vector<DecisionCase> cases{
      decided("a", "a", certain(true), Outcome::as_drafted),
      decided("b", "b", certain(true), Outcome::as_drafted),
      decided("c", "c", certain(false), Outcome::not_adopted),
      decided("d", "d", certain(false, true), Outcome::not_adopted),
      decided("e", "e", certain(true), Outcome::not_adopted),
  };
  const DecisionBacktest scored = backtest_decisions(cases, few_draws()).value();
  EXPECT_EQ(scored.groups, 5U);
  EXPECT_EQ(scored.folds, 5U);
  ASSERT_EQ(scored.scores.size(), 6U);
  const auto row = [&](std::string_view name) {
    const auto found =
        std::find_if(scored.scores.begin(), scored.scores.end(),
                     [&](const DecisionScore& score) { return score.forecaster == name; });
    EXPECT_NE(found, scored.scores.end()) << name;
    return *found;
  };
  const DecisionScore model = row("model");
  EXPECT_NEAR(model.agreement.score, 1.0 / 5, 1e-12);
  EXPECT_NEAR(model.as_drafted->score, 1.0 / 5, 1e-12);
  EXPECT_NEAR(model.outcomes->score, (4 * -std::log(0.992) - std::log(0.002)) / 5, 1e-12);
  EXPECT_EQ(model.agreement.worse_by.mean, 0);

  // Left out: a or b, then X holds 3.5 of 6.5; c, d or e, then 2.5.
  const double adopted = 1 - 3.5 / 6.5;
  const double others = 1 - 2.5 / 6.5;
  const double base = (2 * (1 - adopted) * (1 - adopted) + 3 * others * others) / 5;
  EXPECT_NEAR(row("base rates").agreement.score, base, 1e-12);
  EXPECT_NEAR(row("base rates").agreement.worse_by.mean, base - 0.2, 1e-12);
  EXPECT_NEAR(row("share of all cases").agreement.score, (2 * 0.36 + 3 * 0.16) / 5, 1e-12);
  EXPECT_FALSE(row("share of all cases").outcomes);
  EXPECT_NEAR(row("always adopted").agreement.score, 3.0 / 5, 1e-12);

  const DecisionCaseScore& first = scored.cases.front();
  EXPECT_NEAR(first.base_rates[4], 3.5 / 6.5, 1e-12);
  EXPECT_NEAR(first.base_rates[0], 1.5 / 6.5, 1e-12);
  EXPECT_NEAR(first.two_features[4], (2 * 3.5 / 6.5 + 1) / 4, 1e-12);
  EXPECT_NEAR(first.two_features[0], (2 * 1.5 / 6.5 + 1) / 4, 1e-12);
  EXPECT_TRUE(scored.cases[3].features.way_out);
  EXPECT_NEAR(scored.cases[3].two_features[4], 2.5 / 6.5, 1e-12) << "nothing like it: base rates";

  EXPECT_EQ(scored.confusion[0][0], 2U);
  EXPECT_EQ(scored.confusion[4][4], 2U);
  EXPECT_EQ(scored.confusion[4][0], 1U);
  ASSERT_EQ(scored.reliability.size(), 2U);
  EXPECT_EQ(scored.reliability[0].count, 2U);
  EXPECT_EQ(scored.reliability[0].observed, 0);
  EXPECT_NEAR(scored.reliability[1].observed, 2.0 / 3, 1e-12);
}

// The promise that makes a score worth anything.
TEST(DecisionBacktest, NoOutcomeInformsTheForecastOfItsOwnGroup) {
  const std::vector<DecisionCase> cases = toy_cases();
  const DecisionBacktest before = backtest_decisions(cases, few_draws()).value();
  bool somebody_moved = false;
  for (std::size_t changed = 0; changed < cases.size(); changed += 3) {
    std::vector<DecisionCase> other = cases;
    other[changed].outcome =
        other[changed].outcome == Outcome::not_adopted ? Outcome::as_drafted : Outcome::not_adopted;
    const DecisionBacktest after = backtest_decisions(other, few_draws()).value();
    for (std::size_t i = 0; i < cases.size(); ++i) {
      if (cases[i].group != cases[changed].group) {
        somebody_moved = somebody_moved || after.cases[i].model != before.cases[i].model;
        EXPECT_NE(after.cases[i].base_rates, before.cases[i].base_rates);
        continue;
      }
      EXPECT_EQ(after.cases[i].model, before.cases[i].model);
      EXPECT_EQ(after.cases[i].base_rates, before.cases[i].base_rates);
      EXPECT_EQ(after.cases[i].two_features, before.cases[i].two_features);
    }
    EXPECT_EQ(after.parameters[after.cases[changed].fold],
              before.parameters[before.cases[changed].fold]);
  }
  EXPECT_TRUE(somebody_moved) << "calibration read no outcome at all";
}

TEST(DecisionBacktest, ShippedParametersAreScoredAsTheyAnswer) {
  const std::vector<DecisionCase> cases = toy_cases();
  DecisionBacktestOptions options = few_draws();
  options.shipped_parameters = true;
  const DecisionBacktest scored = backtest_decisions(cases, options).value();
  EXPECT_TRUE(scored.parameters.empty());
  for (std::size_t i = 0; i < cases.size(); ++i) {
    AnswerOptions asked;
    asked.draws = options.draws;
    asked.explain = false;
    const Answer answered = answer(cases[i].scenario, asked).value();
    for (std::size_t k = 0; k < outcome_count; ++k) {
      EXPECT_NEAR(scored.cases[i].model[k], answered.outcomes[k], 1e-12) << cases[i].id;
    }
  }
}

TEST(DecisionBacktest, KeepsGroupsInOneFoldAndAnswersForVotes) {
  std::vector<DecisionCase> cases = toy_cases();
  const std::vector<Row> rows{
      {"AA", "5", "50", "90"}, {"BB", "70", "50", "10"}, {"CC", "20", "50", "10"}};
  const Scenario vote = make(parts_of(rows), rows, "majority-members");
  cases.push_back(decided("vote", "vote", vote, Outcome::not_adopted));
  DecisionBacktestOptions options = few_draws();
  options.folds = 2;
  const DecisionBacktest scored = backtest_decisions(cases, options).value();
  EXPECT_EQ(scored.folds, 2U);
  EXPECT_EQ(scored.parameters.size(), 2U);
  for (const DecisionCaseScore& a : scored.cases) {
    EXPECT_NEAR(std::accumulate(a.model.begin(), a.model.end(), 0.0), 1, 1e-12);
    for (const DecisionCaseScore& b : scored.cases) {
      EXPECT_TRUE(a.group != b.group || a.fold == b.fold);
    }
  }
}

TEST(DecisionBacktest, IsTheSameForAnyNumberOfThreads) {
  const std::vector<DecisionCase> cases = toy_cases();
  RunContext three;
  three.threads = 3;
  const DecisionBacktest one = backtest_decisions(cases, few_draws()).value();
  const DecisionBacktest other = backtest_decisions(cases, few_draws(), three).value();
  for (std::size_t i = 0; i < cases.size(); ++i)
    EXPECT_EQ(one.cases[i].model, other.cases[i].model);
  for (std::size_t k = 0; k < one.scores.size(); ++k) {
    EXPECT_EQ(one.scores[k].agreement.worse_by.low, other.scores[k].agreement.worse_by.low);
  }
}

TEST(DecisionBacktest, RefusesTooFewCasesOrGroups) {
  std::vector<DecisionCase> cases = toy_cases();
  for (DecisionCase& one : cases) one.group = "same";
  ASSERT_FALSE(backtest_decisions(cases, few_draws()));
  cases = toy_cases();
  cases.erase(cases.begin() + 2, cases.end());
  const auto refused = backtest_decisions(cases, few_draws());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().front().code, "E540");
  ASSERT_FALSE(backtest_decisions({}, few_draws()));
}

TEST(DecisionBacktest, CancelledGivesNothing) {
  const std::vector<DecisionCase> cases = toy_cases();
  std::atomic<bool> cancelled{false};
  RunContext context;
  context.cancelled = &cancelled;
  context.progress = [&](std::uint64_t, std::uint64_t) { cancelled = true; };
  const auto stopped = backtest_decisions(cases, few_draws(), context);
  ASSERT_FALSE(stopped);
  EXPECT_EQ(stopped.error().front().code, "E541");
}

}  // namespace
}  // namespace delian
