#include "delian/landing_backtest.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <set>

#include "delian/assert.hpp"
#include "ensemble/reduce.hpp"
#include "score/landing_components.hpp"

namespace delian {
namespace {

/// A forecaster's scores case by case; nothing where it does not apply.
struct Column {
  std::string forecaster;
  std::vector<std::optional<double>> crps;
  std::vector<std::optional<double>> error;

  explicit Column(std::string name, std::size_t cases)
      : forecaster(std::move(name)), crps(cases), error(cases) {}

  void point(std::size_t i, double forecast, double outcome) {
    crps[i] = error[i] = std::fabs(forecast - outcome);
  }
  void distribution(std::size_t i, std::span<const double> p, double outcome) {
    crps[i] = continuous_ranked_probability_score(p, outcome);
    error[i] = std::fabs(quantile_of(p, 0.5) - outcome);
  }
};

ScaleDistribution mixture_of(const CaseComponents& components, const LandingWeights& weights,
                             std::size_t spread) {
  ScaleDistribution p{};
  double below = 0;
  for (std::size_t t = 0; t < scale_points; ++t) {
    double up_to = 0;
    for (std::size_t k = 0; k < landing_components; ++k) {
      up_to += weights.weight[k] * components.of(k, spread)[t];
    }
    p[t] = up_to - below;
    below = up_to;
  }
  return p;
}

std::size_t spread_index(double spread) {
  for (std::size_t s = 0; s < landing_spreads.size(); ++s) {
    if (landing_spreads[s] == spread) return s;
  }
  assertion_failed("every learned spread is on the grid", __FILE__, __LINE__);
}

/// Outcomes of the other folds as they fell, with half a case on every point.
ScaleDistribution climatology(std::span<const CaseComponents> cases,
                              std::span<const std::size_t> training) {
  ScaleDistribution p;
  p.fill(0.5);
  for (const std::size_t i : training) {
    p[static_cast<std::size_t>(std::floor(cases[i].outcome + 0.5))] += 1;
  }
  const double total = std::accumulate(p.begin(), p.end(), 0.0);
  for (double& v : p) v /= total;
  return p;
}

ScaleDistribution atoms(std::span<const double> position, std::span<const double> weight) {
  ScaleDistribution p{};
  const double total = std::accumulate(weight.begin(), weight.end(), 0.0);
  for (std::size_t i = 0; i < position.size(); ++i) {
    p[static_cast<std::size_t>(std::floor(position[i] + 0.5))] += weight[i] / total;
  }
  return p;
}

/// Several cases as the issues of one problem, for models that trade one against another. Actors
/// are matched by name.
BargainingProblem joined(std::span<const LandingCase> cases, std::span<const std::size_t> chosen) {
  std::map<std::string_view, std::size_t> place;
  for (const std::size_t i : chosen) {
    for (const std::string& name : cases[i].actors) place.emplace(name, 0);
  }
  std::size_t next = 0;
  for (auto& [name, at] : place) at = next++;
  BargainingProblem problem;
  problem.setting.actors = place.size();
  const std::size_t cells = place.size() * chosen.size();
  problem.position.assign(cells, 0);
  problem.salience.assign(cells, 0);
  problem.capability.assign(cells, 0);
  problem.takes_part.assign(cells, 0);
  for (std::size_t k = 0; k < chosen.size(); ++k) {
    const LandingCase& one = cases[chosen[k]];
    problem.setting.issues.push_back(one.problem.setting.issues.front());
    for (std::size_t i = 0; i < one.actors.size(); ++i) {
      const std::size_t cell = place.at(one.actors[i]) * chosen.size() + k;
      problem.position[cell] = one.problem.position[i];
      problem.salience[cell] = one.problem.salience[i];
      problem.capability[cell] = one.problem.capability[i];
      problem.takes_part[cell] = 1;
    }
  }
  return problem;
}

class Backtest {
 public:
  Backtest(std::span<const LandingCase> cases, const LandingBacktestOptions& options,
           const RunContext& context)
      : cases_(cases), options_(options), context_(context) {}

  Expected<LandingBacktest> run() {
    std::vector<std::string> groups;
    for (const LandingCase& one : cases_) groups.push_back(one.group);
    const std::set<std::string> distinct(groups.begin(), groups.end());
    if (cases_.size() < 3 || distinct.size() < 2) {
      return tl::unexpected(Diagnostics{
          diagnose("E540", "cases",
                   "there are " + std::to_string(cases_.size()) + " decided issues in " +
                       std::to_string(distinct.size()) + " groups; at least 3 in 2 are needed",
                   "An issue counts when it has an outcome and at least three actors.")});
    }
    groups_ = std::move(groups);
    fold_ = folds_by_group(groups_, options_.folds);
    result_.groups = distinct.size();
    result_.folds = *std::max_element(fold_.begin(), fold_.end()) + 1;
    result_.shipped_weights = options_.shipped_weights;
    for (const LandingCase& one : cases_) components_.push_back(components_of(one));

    mixture();
    const std::size_t baselines = columns_.size();
    this->baselines();
    const std::size_t models = columns_.size();
    bargaining();
    if (context_.is_cancelled()) {
      return tl::unexpected(
          Diagnostics{diagnose("E541", "cases", "scoring was interrupted; nothing is scored")});
    }
    scores(baselines, models);
    calibration();
    if (!options_.shipped_weights) worth();
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

  LandingWeights weights_without(std::size_t fold, const LandingLearning& learning) const {
    if (options_.shipped_weights) return landing_weights();
    return learn_weights(components_, training_of(fold), learning);
  }

  /// CRPS by case with weights learned on the other folds.
  Column mixture_column(const LandingLearning& learning, std::string name,
                        std::vector<ScaleDistribution>* kept) const {
    Column column(std::move(name), cases_.size());
    if (kept != nullptr) kept->resize(cases_.size());
    for (std::size_t fold = 0; fold < result_.folds; ++fold) {
      const LandingWeights weights = weights_without(fold, learning);
      for (std::size_t i = 0; i < cases_.size(); ++i) {
        if (fold_[i] != fold) continue;
        const ScaleDistribution p =
            mixture_of(components_[i], weights, spread_index(weights.spread));
        column.distribution(i, p, cases_[i].outcome);
        if (kept != nullptr) (*kept)[i] = p;
      }
    }
    return column;
  }

  void mixture() {
    columns_.push_back(mixture_column({}, "mixture", &forecasts_));
    std::vector<std::size_t> all(cases_.size());
    std::iota(all.begin(), all.end(), std::size_t{0});
    result_.weights =
        options_.shipped_weights ? landing_weights() : learn_weights(components_, all, {});
  }

  void baselines() {
    Column constant("constant 50", cases_.size());
    Column climate("climatology", cases_.size());
    Column weighted("weighted positions", cases_.size());
    Column election("condorcet, as a distribution", cases_.size());
    for (std::size_t fold = 0; fold < result_.folds; ++fold) {
      const ScaleDistribution p = climatology(components_, training_of(fold));
      for (std::size_t i = 0; i < cases_.size(); ++i) {
        if (fold_[i] == fold) climate.distribution(i, p, cases_[i].outcome);
      }
    }
    for (std::size_t i = 0; i < cases_.size(); ++i) {
      const BargainingProblem& problem = cases_[i].problem;
      const double outcome = cases_[i].outcome;
      std::vector<double> influence;
      for (std::size_t k = 0; k < problem.position.size(); ++k) {
        influence.push_back(problem.capability[k] * problem.salience[k]);
      }
      constant.point(i, 50, outcome);
      weighted.distribution(i, atoms(problem.position, influence), outcome);
      election.distribution(i, atoms(problem.position, components_[i].condorcet), outcome);
    }
    for (Column* column : {&constant, &climate, &weighted, &election}) {
      columns_.push_back(std::move(*column));
    }
  }

  /// Every bargaining model as a point forecast: of each case alone, or, where a model needs
  /// several issues, of all cases of a group together.
  void bargaining() {
    std::map<std::string, std::vector<std::size_t>> groups;
    for (std::size_t i = 0; i < cases_.size(); ++i) groups[groups_[i]].push_back(i);
    std::vector<std::vector<std::size_t>> alone;
    std::vector<std::vector<std::size_t>> together;
    for (std::size_t i = 0; i < cases_.size(); ++i) alone.push_back({i});
    for (auto& [name, members] : groups) together.push_back(members);

    for (const BargainingModel* model : bargaining_models()) {
      Column column{std::string(model->info.id), cases_.size()};
      std::string_view needs = ask(*model, alone, column);
      if (!needs.empty() && model->joint) needs = ask(*model, together, column);
      const bool any = std::any_of(column.crps.begin(), column.crps.end(),
                                   [](const auto& score) { return score.has_value(); });
      if (any) {
        columns_.push_back(std::move(column));
      } else {
        result_.left_out.push_back({model->info.id, needs});
      }
      ++asked_;
      if (context_.progress) context_.progress(asked_, bargaining_models().size());
    }
  }

  /// Fills the column for every set of cases the model applies to; what it needs for one of the
  /// others, empty when there is none.
  std::string_view ask(const BargainingModel& model,
                       const std::vector<std::vector<std::size_t>>& sets, Column& column) const {
    const BoundBargainingModel bound = *model.bind({});
    std::string_view needs;
    std::size_t next = 0;
    reduce_in_order(
        sets.size(), quiet(),
        [&](std::size_t k) -> std::vector<double> {
          const BargainingProblem& first = cases_[sets[k].front()].problem;
          const BargainingProblem problem = sets[k].size() == 1 ? first : joined(cases_, sets[k]);
          if (!model.obstacle(problem.setting).empty()) return {};
          return forecast(model, bound, problem).landing;
        },
        [&](const std::vector<double>& landing) {
          const std::vector<std::size_t>& members = sets[next++];
          if (landing.empty()) {
            needs = model.obstacle(cases_[members.front()].problem.setting);
          }
          for (std::size_t k = 0; k < landing.size(); ++k) {
            column.point(members[k], landing[k], cases_[members[k]].outcome);
          }
        });
    return needs;
  }

  RunContext quiet() const {
    RunContext context = context_;
    context.progress = nullptr;
    return context;
  }

  void scores(std::size_t first_baseline, std::size_t first_model) {
    const Column& own = columns_.front();
    for (const Column& column : columns_) {
      LandingScore score;
      score.forecaster = column.forecaster;
      std::vector<double> differences;
      std::vector<std::string> groups;
      for (std::size_t i = 0; i < cases_.size(); ++i) {
        if (!column.crps[i]) continue;
        ++score.cases;
        score.crps += *column.crps[i];
        score.absolute_error += *column.error[i];
        differences.push_back(*column.crps[i] - *own.crps[i]);
        groups.push_back(groups_[i]);
      }
      score.crps /= static_cast<double>(score.cases);
      score.absolute_error /= static_cast<double>(score.cases);
      score.worse_by = bootstrap_mean(differences, groups, options_.seed);
      result_.scores.push_back(std::move(score));
    }
    const auto at = [&](std::size_t k) {
      return result_.scores.begin() + static_cast<std::ptrdiff_t>(k);
    };
    const auto better = [](const LandingScore& a, const LandingScore& b) {
      return a.crps < b.crps;
    };
    std::stable_sort(at(first_baseline), at(first_model), better);
    std::stable_sort(at(first_model), result_.scores.end(), better);
  }

  void calibration() {
    std::vector<IntegralTransform> transforms;
    for (std::size_t i = 0; i < cases_.size(); ++i) {
      transforms.push_back(integral_transform(forecasts_[i], cases_[i].outcome));
      result_.cases.push_back({cases_[i].id, groups_[i], fold_[i], cases_[i].outcome,
                               quantile_of(forecasts_[i], 0.5), *columns_.front().crps[i],
                               transforms.back()});
    }
    result_.deciles = transform_histogram(transforms, 10);
    const auto count = static_cast<double>(cases_.size());
    for (const double size : {0.5, 0.8, 0.9}) {
      LandingCoverage coverage;
      coverage.size = size;
      const double low_share = (1 - size) / 2;
      for (std::size_t i = 0; i < cases_.size(); ++i) {
        const double low = quantile_of(forecasts_[i], low_share);
        const double high = quantile_of(forecasts_[i], 1 - low_share);
        coverage.width += (high - low) / count;
        const double outcome = cases_[i].outcome;
        coverage.closed += (outcome >= low && outcome <= high ? 1 : 0) / count;
        const IntegralTransform& t = transforms[i];
        const double mass = t.at_or_below - t.below;
        const double inside = std::min(t.at_or_below, 1 - low_share) - std::max(t.below, low_share);
        const bool at_point = t.below >= low_share && t.below <= 1 - low_share;
        coverage.randomised +=
            (mass > 0 ? std::max(inside, 0.0) / mass : (at_point ? 1 : 0)) / count;
      }
      result_.coverage.push_back(coverage);
    }
  }

  void worth() {
    for (std::size_t k = 0; k < landing_components; ++k) {
      LandingLearning learning;
      learning.use[k] = false;
      const Column without = mixture_column(learning, "", nullptr);
      std::vector<double> costs;
      ComponentWorth row;
      row.component = static_cast<LandingComponent>(k);
      row.weight = result_.weights.weight[k];
      for (std::size_t i = 0; i < cases_.size(); ++i) {
        row.crps += *without.crps[i] / static_cast<double>(cases_.size());
        costs.push_back(*without.crps[i] - *columns_.front().crps[i]);
      }
      row.cost = bootstrap_mean(costs, groups_, options_.seed);
      result_.worth.push_back(row);
    }
  }

  std::span<const LandingCase> cases_;
  const LandingBacktestOptions& options_;
  const RunContext& context_;
  LandingBacktest result_;
  std::vector<std::string> groups_;
  std::vector<std::size_t> fold_;
  std::vector<CaseComponents> components_;
  std::vector<Column> columns_;
  std::vector<ScaleDistribution> forecasts_;
  std::size_t asked_ = 0;
};

}  // namespace

std::vector<LandingCase> landing_cases(const ActorTable& table) {
  constexpr std::size_t fewest_actors = 3;
  std::vector<LandingCase> cases;
  for (std::size_t k = 0; k < table.issues().size(); ++k) {
    const Issue& issue = table.issues()[k];
    if (!issue.outcome) continue;
    const ActorTable alone = table.of_issue(k);
    LandingCase one{issue.id,
                    issue.group.empty() ? issue.id : issue.group,
                    make_problem(alone),
                    0,
                    {alone.actors().begin(), alone.actors().end()}};
    if (one.problem.setting.actors < fewest_actors) continue;
    const double unit = 100 / (issue.high - issue.low);
    const auto rescaled = [&](double x) { return (x - issue.low) * unit; };
    for (double& x : one.problem.position) x = rescaled(x);
    BargainingIssue& own = one.problem.setting.issues.front();
    if (own.reversion) own.reversion = rescaled(*own.reversion);
    own.low = 0;
    own.high = 100;
    one.outcome = rescaled(*issue.outcome);
    cases.push_back(std::move(one));
  }
  return cases;
}

Expected<LandingBacktest> backtest_landings(std::span<const LandingCase> cases,
                                            const LandingBacktestOptions& options,
                                            const RunContext& context) {
  return Backtest(cases, options, context).run();
}

}  // namespace delian
