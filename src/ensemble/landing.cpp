#include "delian/landing.hpp"

#include <algorithm>
#include <numeric>

#include "delian/assert.hpp"
#include "domain/text.hpp"
#include "ensemble/reduce.hpp"
#include "ensemble/sampler.hpp"

namespace delian {
namespace {

// One chunk is one step of cancelling and progress.
constexpr std::uint64_t draws_per_chunk = 16;

/// A model that applies, ready to be asked.
struct Asked {
  const BargainingModel* model;
  BoundBargainingModel bound;
};

/// One input of the table of draws: a row of values.
struct Input {
  std::size_t cell;  // actor * issues + issue
  bool salience;
  InputSampler sampler;
};

/// Positions and saliences of every draw, and the parts that no draw changes.
class Inputs {
 public:
  Inputs(const Scenario& scenario, std::uint64_t seed) : seed_(seed) {
    const ScenarioParts& parts = scenario.parts();
    const std::size_t actors = scenario.members().size();
    issues_ = 1 + parts.issues.size();
    problem_.setting.actors = actors;
    problem_.setting.issues.push_back({0, 100, parts.reversion, parts.question.proposal});
    for (const FurtherIssue& issue : parts.issues) {
      problem_.setting.issues.push_back({0, 100, issue.reversion, issue.proposal});
    }
    problem_.setting.rule = scenario.rule();
    if (const auto sponsor = scenario.find_member(parts.question.sponsor)) {
      problem_.setting.agenda_setter = static_cast<int>(*sponsor);
    }
    const std::size_t cells = actors * issues_;
    problem_.position.assign(cells, 0);
    problem_.salience.assign(cells, 0);
    problem_.capability.assign(cells, 0);
    if (issues_ > 1) problem_.takes_part.assign(cells, 0);
    problem_.seed = seed;

    for (std::size_t i = 0; i < actors; ++i) {
      const Member& member = scenario.members()[i];
      add(i * issues_, input_name(member.code, Scenario::Field::position),
          input_name(member.code, Scenario::Field::salience), member.position.value,
          member.salience.value, scenario.influence_shares()[i], parts.interval);
    }
    for (std::size_t k = 0; k < parts.issues.size(); ++k) {
      for (const Stance& stance : parts.issues[k].members) {
        const std::size_t i = *scenario.find_member(stance.code);
        const std::string name = "issues." + parts.issues[k].id + "." +
                                 input_name(stance.code, Scenario::Field::position);
        const std::string care = "issues." + parts.issues[k].id + "." +
                                 input_name(stance.code, Scenario::Field::salience);
        add(i * issues_ + k + 1, name, care, stance.position.value, stance.salience.value,
            scenario.influence_shares()[i], parts.interval);
      }
    }
  }

  std::size_t issues() const { return issues_; }
  const BargainingProblem& problem() const { return problem_; }

  void sample(std::uint64_t draws) {
    const std::uint64_t rounded = (draws + block_draws - 1) / block_draws * block_draws;
    stride_ = static_cast<std::size_t>(rounded);
    values_.resize(inputs_.size() * stride_);
    for (std::size_t k = 0; k < inputs_.size(); ++k) {
      for (std::uint64_t first = 0; first < rounded; first += block_draws) {
        inputs_[k].sampler.fill(first, &values_[k * stride_ + first]);
      }
    }
  }

  /// Puts one draw into a copy of problem().
  void load(std::uint64_t draw, BargainingProblem& problem) const {
    for (std::size_t k = 0; k < inputs_.size(); ++k) {
      const double value = values_[k * stride_ + draw];
      if (inputs_[k].salience) {
        problem.salience[inputs_[k].cell] = value / 100;
      } else {
        problem.position[inputs_[k].cell] = value;
      }
    }
    problem.draw_number = draw;
    for (std::size_t issue = 0; issue < issues_; ++issue) {
      double influence = 0;
      for (std::size_t c = issue; c < problem.position.size(); c += issues_) {
        influence += problem.capability[c] * problem.salience[c];
      }
      if (influence > 0) continue;
      for (std::size_t c = issue; c < problem.position.size(); c += issues_) {
        if (takes_part(c)) problem.salience[c] = 1;
      }
    }
  }

  bool takes_part(std::size_t cell) const {
    return problem_.takes_part.empty() || problem_.takes_part[cell] != 0;
  }

 private:
  void add(std::size_t cell, const std::string& position_name, const std::string& salience_name,
           const Uncertain& position, const Uncertain& salience, double influence,
           double interval) {
    inputs_.push_back({cell, false, InputSampler(seed_, position_name, position, interval)});
    inputs_.push_back({cell, true, InputSampler(seed_, salience_name, salience, interval)});
    problem_.capability[cell] = influence;
    if (!problem_.takes_part.empty()) problem_.takes_part[cell] = 1;
  }

  std::uint64_t seed_;
  std::size_t issues_ = 1;
  BargainingProblem problem_;
  std::vector<Input> inputs_;
  std::vector<double> values_;  // [input * stride_ + draw]
  std::size_t stride_ = 0;
};

/// What a chunk of draws gives.
struct Chunk {
  std::vector<double> landing;            // [((draw in chunk) * models + model) * issues + issue]
  std::vector<std::uint8_t> unsettled;    // [(draw in chunk) * models + model]
  std::vector<ScaleDistribution> summed;  // by issue
};

bool is_unsettled(Termination termination) {
  return termination == Termination::round_limit || termination == Termination::cycle;
}

/// Adds the mixture of each issue of one draw.
void add_mixture(const BargainingProblem& problem, const Forecast& condorcet,
                 std::vector<ScaleDistribution>& summed) {
  const std::size_t issues = problem.setting.issues.size();
  std::vector<double> position;
  std::vector<double> influence;
  std::vector<double> probability;
  for (std::size_t issue = 0; issue < issues; ++issue) {
    position.clear();
    influence.clear();
    probability.clear();
    for (std::size_t c = issue; c < problem.position.size(); c += issues) {
      if (!problem.takes_part.empty() && problem.takes_part[c] == 0) continue;
      position.push_back(problem.position[c]);
      influence.push_back(problem.capability[c] * problem.salience[c]);
      probability.push_back(condorcet.weight[c]);
    }
    LandingMixture(position, influence, probability).add_to(summed[issue], landing_weights());
  }
}

/// The sorted values at a share of the way from first to last.
double at_share(const std::vector<double>& sorted, double share) {
  return sorted[static_cast<std::size_t>(share * static_cast<double>(sorted.size() - 1) + 0.5)];
}

Expected<std::vector<Asked>> models_to_ask(const Scenario& scenario, const LandingOptions& options,
                                           const BargainingSetting& setting,
                                           std::vector<ModelLeftOut>& left_out) {
  Diagnostics problems;
  std::vector<std::string_view> known;
  for (const BargainingModel* model : bargaining_models()) known.push_back(model->info.id);
  for (const std::string& id : options.models) {
    if (find_bargaining_model(id) != nullptr) continue;
    problems.push_back(diagnose("E308", "models." + id,
                                '"' + printable(id) + "\" is no bargaining model",
                                did_you_mean(id, known)));
  }
  std::vector<Asked> asked;
  for (const BargainingModel* model : bargaining_models()) {
    const bool wanted = options.models.empty() ||
                        std::find(options.models.begin(), options.models.end(), model->info.id) !=
                            options.models.end();
    if (!wanted) continue;
    if (const std::string_view needs = model->obstacle(setting); !needs.empty()) {
      left_out.push_back({model->info.id, needs});
      continue;
    }
    const auto given = scenario.parts().models.find(std::string(model->info.id));
    auto bound =
        model->bind(given == scenario.parts().models.end() ? ParameterMap{} : given->second);
    if (bound) {
      asked.push_back({model, *std::move(bound)});
    } else {
      problems.insert(problems.end(), bound.error().begin(), bound.error().end());
    }
  }
  if (!problems.empty()) return tl::unexpected(std::move(problems));
  return asked;
}

}  // namespace

Expected<Landing> land(const Scenario& scenario, const LandingOptions& options,
                       const RunContext& context) {
  DELIAN_ASSERT(options.draws >= 1);
  Inputs inputs(scenario, options.seed);
  Landing result;
  result.weights = landing_weights().id;
  const auto asked = models_to_ask(scenario, options, inputs.problem().setting, result.left_out);
  if (!asked) return tl::unexpected(asked.error());
  // The mixture always stands on the same election, whatever a file sets for the model of that
  // name.
  const BargainingModel& election = *find_bargaining_model("condorcet");
  const BoundBargainingModel bound_election = *election.bind({});

  inputs.sample(options.draws);
  const std::size_t issues = inputs.issues();
  const std::size_t models = asked->size();
  const auto chunks =
      static_cast<std::size_t>((options.draws + draws_per_chunk - 1) / draws_per_chunk);
  std::vector<std::vector<double>> landings(models * issues);  // [model * issues + issue][draw]
  std::vector<std::uint64_t> unsettled(models, 0);
  std::vector<ScaleDistribution> summed(issues, ScaleDistribution{});
  reduce_in_order(
      chunks, context,
      [&](std::size_t number) {
        Chunk chunk;
        chunk.summed.resize(issues, ScaleDistribution{});
        BargainingProblem problem = inputs.problem();
        const std::uint64_t first = number * draws_per_chunk;
        const std::uint64_t end = std::min(options.draws, first + draws_per_chunk);
        for (std::uint64_t draw = first; draw < end; ++draw) {
          inputs.load(draw, problem);
          for (const Asked& each : *asked) {
            const Forecast one = forecast(*each.model, each.bound, problem);
            chunk.landing.insert(chunk.landing.end(), one.landing.begin(), one.landing.end());
            chunk.unsettled.push_back(is_unsettled(one.termination) ? 1 : 0);
          }
          add_mixture(problem, forecast(election, bound_election, problem), chunk.summed);
        }
        return chunk;
      },
      [&](const Chunk& chunk) {
        const std::size_t draws = chunk.landing.size() / std::max<std::size_t>(1, models * issues);
        for (std::size_t d = 0; d < draws; ++d) {
          for (std::size_t m = 0; m < models; ++m) {
            unsettled[m] += chunk.unsettled[d * models + m];
            for (std::size_t k = 0; k < issues; ++k) {
              landings[m * issues + k].push_back(chunk.landing[(d * models + m) * issues + k]);
            }
          }
        }
        for (std::size_t k = 0; k < issues; ++k) {
          for (std::size_t t = 0; t < scale_points; ++t) summed[k][t] += chunk.summed[k][t];
        }
      });

  for (std::size_t k = 0; k < issues; ++k) {
    IssueLanding issue;
    const ScenarioParts& parts = scenario.parts();
    issue.id = k == 0 ? parts.question.id : parts.issues[k - 1].id;
    issue.title = k == 0 ? parts.question.title : parts.issues[k - 1].title;
    const double total = std::accumulate(summed[k].begin(), summed[k].end(), 0.0);
    if (total > 0) {
      for (std::size_t t = 0; t < scale_points; ++t) issue.distribution[t] = summed[k][t] / total;
    }
    // Each draw has added a mass of one.
    result.draws = static_cast<std::uint64_t>(total + 0.5);
    for (std::size_t m = 0; m < models; ++m) {
      std::vector<double>& values = landings[m * issues + k];
      if (values.empty()) continue;
      ModelLanding row;
      row.model = (*asked)[m].model->info.id;
      row.parameters = (*asked)[m].bound.parameters;
      row.mean =
          std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
      std::sort(values.begin(), values.end());
      row.low = at_share(values, 0.05);
      row.median = at_share(values, 0.5);
      row.high = at_share(values, 0.95);
      row.unsettled = unsettled[m];
      issue.models.push_back(std::move(row));
    }
    std::sort(issue.models.begin(), issue.models.end(),
              [](const ModelLanding& a, const ModelLanding& b) {
                return a.median != b.median ? a.median < b.median : a.model < b.model;
              });
    result.issues.push_back(std::move(issue));
  }
  return result;
}

}  // namespace delian
