#include "delian/decision_backtest.hpp"

#include <algorithm>
#include <limits>
#include <set>

#include "score/decision_evaluator.hpp"

namespace delian {
namespace {

constexpr std::size_t not_adopted = static_cast<std::size_t>(Outcome::not_adopted);

double agreement(const OutcomeShares& forecast) {
  return 1 - forecast[not_adopted];
}

/// Frequencies of outcomes with half a case added to each (Jeffreys).
OutcomeShares frequencies(std::span<const DecisionCase> cases,
                          std::span<const std::size_t> training) {
  OutcomeShares shares;
  shares.fill(0.5);
  for (const std::size_t i : training) shares[static_cast<std::size_t>(cases[i].outcome)] += 1;
  const double total = static_cast<double>(training.size()) + 0.5 * outcome_count;
  for (double& share : shares) share /= total;
  return shares;
}

/// The rule of thumb: what happened in the training cases that share both features, with two more
/// cases that follow the base rates.
OutcomeShares rule_of_thumb(std::span<const DecisionCase> cases,
                            std::span<const std::size_t> training, const DecisionFeatures& like,
                            const OutcomeShares& base_rates) {
  constexpr double further_cases = 2;
  OutcomeShares shares;
  for (std::size_t k = 0; k < outcome_count; ++k) shares[k] = further_cases * base_rates[k];
  double total = further_cases;
  for (const std::size_t i : training) {
    if (cases[i].features != like) continue;
    shares[static_cast<std::size_t>(cases[i].outcome)] += 1;
    total += 1;
  }
  for (double& share : shares) share /= total;
  return shares;
}

/// What one forecaster says of every case.
struct Forecasts {
  std::string name;
  std::vector<double> agreement;
  std::vector<OutcomeShares> outcomes;  // empty: it says nothing of them
};

Forecasts of_outcomes(std::string name, std::vector<OutcomeShares> outcomes) {
  Forecasts forecasts{std::move(name), {}, std::move(outcomes)};
  for (const OutcomeShares& shares : forecasts.outcomes) {
    forecasts.agreement.push_back(agreement(shares));
  }
  return forecasts;
}

class Backtest {
 public:
  Backtest(std::span<const DecisionCase> cases, const DecisionBacktestOptions& options,
           const RunContext& context)
      : cases_(cases),
        options_(options),
        context_(context),
        evaluator_(cases, options.draws, options.seed, context) {}

  Expected<DecisionBacktest> run() {
    for (const DecisionCase& one : cases_) groups_.push_back(one.group);
    result_.groups = std::set<std::string>(groups_.begin(), groups_.end()).size();
    const std::size_t folds = options_.folds == 0 ? result_.groups : options_.folds;
    fold_ = folds_by_group(groups_, folds);
    result_.folds = *std::max_element(fold_.begin(), fold_.end()) + 1;
    result_.shipped_parameters = options_.shipped_parameters;

    forecast();
    if (context_.is_cancelled()) {
      return tl::unexpected(
          Diagnostics{diagnose("E541", "cases", "scoring was interrupted; nothing is scored")});
    }
    score();
    describe();
    return std::move(result_);
  }

 private:
  std::vector<std::size_t> training_of(std::size_t fold) const {
    std::vector<std::size_t> training;
    for (std::size_t i = 0; i < cases_.size(); ++i) {
      if (fold_[i] != fold) training.push_back(i);
    }
    return training;
  }

  /// Every forecaster's word on every case, from the other folds alone.
  void forecast() {
    const std::size_t n = cases_.size();
    std::vector<OutcomeShares> model(n);
    std::vector<OutcomeShares> base_rates(n);
    std::vector<OutcomeShares> thumb(n);
    if (options_.shipped_parameters) model = evaluator_.shipped_forecasts();
    for (std::size_t fold = 0; fold < result_.folds && !context_.is_cancelled(); ++fold) {
      const std::vector<std::size_t> training = training_of(fold);
      const OutcomeShares frequent = frequencies(cases_, training);
      std::vector<OutcomeShares> refitted;
      if (!options_.shipped_parameters) {
        const LatticePoint best = fit(evaluator_, training).best;
        result_.parameters.push_back(parameters_at(best));
        refitted = evaluator_.forecasts_at(best);
      }
      for (std::size_t i = 0; i < n; ++i) {
        if (fold_[i] != fold) continue;
        if (!refitted.empty()) model[i] = refitted[i];
        base_rates[i] = frequent;
        thumb[i] = rule_of_thumb(cases_, training, cases_[i].features, frequent);
      }
      if (context_.progress) context_.progress(fold + 1, result_.folds);
    }
    const auto happened = std::count_if(cases_.begin(), cases_.end(), [](const DecisionCase& one) {
      return one.outcome != Outcome::not_adopted;
    });
    const double share = static_cast<double>(happened) / static_cast<double>(n);
    OutcomeShares adopted{};
    adopted[static_cast<std::size_t>(Outcome::as_drafted)] = 1;

    forecasts_.push_back(of_outcomes("model", std::move(model)));
    forecasts_.push_back(of_outcomes("centre of the priors", evaluator_.forecasts_at(origin())));
    forecasts_.push_back(of_outcomes("rule of thumb", std::move(thumb)));
    forecasts_.push_back(of_outcomes("base rates", std::move(base_rates)));
    forecasts_.push_back({"share of all cases", std::vector<double>(n, share), {}});
    forecasts_.push_back(of_outcomes("always adopted", std::vector<OutcomeShares>(n, adopted)));
  }

  using Loss = double (*)(const Forecasts&, std::size_t, Outcome);

  static double agreement_loss(const Forecasts& f, std::size_t i, Outcome outcome) {
    return brier_score(f.agreement[i], outcome != Outcome::not_adopted);
  }
  static double drafted_loss(const Forecasts& f, std::size_t i, Outcome outcome) {
    constexpr auto as_drafted = static_cast<std::size_t>(Outcome::as_drafted);
    return brier_score(f.outcomes[i][as_drafted], outcome == Outcome::as_drafted);
  }
  static double outcome_loss(const Forecasts& f, std::size_t i, Outcome outcome) {
    return smoothed_log_score(f.outcomes[i], outcome);
  }

  ScoreBesideModel beside_model(const Forecasts& forecasts, Loss loss) const {
    ScoreBesideModel result;
    std::vector<double> worse;
    for (std::size_t i = 0; i < cases_.size(); ++i) {
      const double own = loss(forecasts, i, cases_[i].outcome);
      result.score += own / static_cast<double>(cases_.size());
      worse.push_back(own - loss(forecasts_.front(), i, cases_[i].outcome));
    }
    result.worse_by = bootstrap_mean(worse, groups_, options_.seed);
    return result;
  }

  void score() {
    for (const Forecasts& forecasts : forecasts_) {
      DecisionScore score{forecasts.name, beside_model(forecasts, agreement_loss), {}, {}};
      if (!forecasts.outcomes.empty()) {
        score.as_drafted = beside_model(forecasts, drafted_loss);
        score.outcomes = beside_model(forecasts, outcome_loss);
      }
      result_.scores.push_back(std::move(score));
    }
  }

  void describe() {
    const Forecasts& model = forecasts_[0];
    std::vector<std::uint8_t> happened;
    for (std::size_t i = 0; i < cases_.size(); ++i) {
      const DecisionCase& one = cases_[i];
      const OutcomeShares& shares = model.outcomes[i];
      const auto likeliest = std::max_element(shares.begin(), shares.end()) - shares.begin();
      ++result_
            .confusion[static_cast<std::size_t>(one.outcome)][static_cast<std::size_t>(likeliest)];
      happened.push_back(one.outcome != Outcome::not_adopted ? 1 : 0);
      result_.cases.push_back({one.id, one.group, fold_[i], one.outcome, one.features, shares,
                               forecasts_[base_rate_row].outcomes[i],
                               forecasts_[thumb_row].outcomes[i],
                               smoothed_log_score(shares, one.outcome)});
    }
    result_.reliability = reliability_table(model.agreement, happened, 5);
  }

  static constexpr std::size_t thumb_row = 2;
  static constexpr std::size_t base_rate_row = 3;

  std::span<const DecisionCase> cases_;
  const DecisionBacktestOptions& options_;
  const RunContext& context_;
  DecisionEvaluator evaluator_;
  std::vector<std::string> groups_;
  std::vector<std::size_t> fold_;
  std::vector<Forecasts> forecasts_;
  DecisionBacktest result_;
};

}  // namespace

Expected<DecisionBacktest> backtest_decisions(std::span<const DecisionCase> cases,
                                              const DecisionBacktestOptions& options,
                                              const RunContext& context) {
  std::set<std::string> groups;
  for (const DecisionCase& one : cases) groups.insert(one.group);
  if (cases.size() < 3 || groups.size() < 2) {
    return tl::unexpected(Diagnostics{
        diagnose("E540", "cases",
                 "there are " + std::to_string(cases.size()) + " decided cases in " +
                     std::to_string(groups.size()) + " groups; at least 3 in 2 are needed",
                 "A case counts when its file has a [result].")});
  }
  return Backtest(cases, options, context).run();
}

}  // namespace delian
