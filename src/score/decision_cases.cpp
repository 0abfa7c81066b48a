#include <algorithm>

#include "delian/decision_backtest.hpp"

namespace delian {
namespace {

/// The likeliest story's best guess; halfway for a range, nothing for "unknown".
double likeliest(const Uncertain& value) {
  const std::vector<Branch>& branches = value.branches();
  const auto story = std::max_element(
      branches.begin(), branches.end(),
      [](const Branch& a, const Branch& b) { return a.probability < b.probability; });
  switch (story->spread.kind) {
    case Spread::Kind::exact:
    case Spread::Kind::range:
      return (story->spread.low + story->spread.high) / 2;
    case Spread::Kind::best_and_range:
      return story->spread.best;
    case Spread::Kind::unknown:
      break;
  }
  return 0;
}

}  // namespace

DecisionFeatures decision_features(const Scenario& scenario) {
  constexpr double top = 90;  // docs/coding-rule.md, 4: level 4, refuses
  const ScenarioParts& parts = scenario.parts();
  return {std::any_of(parts.members.begin(), parts.members.end(),
                      [](const Member& m) { return likeliest(m.resolve.value) >= top; }),
          parts.question.opt_out || !parts.side_payments.empty()};
}

DecisionCase decided_case(const Scenario& scenario, const Result& result, const std::string& group,
                          double horizon_months) {
  const Question& question = scenario.parts().question;
  const double planned = months_between(question.opens, question.closes);
  const double horizon = std::max(planned, std::min(horizon_months, question.horizon_months));
  constexpr double a_day_or_so = 0.1;  // in months
  const bool in_time = months_between(question.opens, result.date) <= horizon + a_day_or_so;
  return {question.id, group.empty() ? question.id : group,
          scenario,    in_time ? result.outcome : Outcome::not_adopted,
          horizon,     decision_features(scenario)};
}

}  // namespace delian
