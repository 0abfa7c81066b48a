// Who would win if any two positions met and strength decided with a chance: the probabilistic
// Condorcet election over the positions on the table. Formulas in docs/models/condorcet.md.

#include <algorithm>
#include <cmath>
#include <numeric>

#include "delian/bargaining.hpp"
#include "models/bargaining/condorcet_election.hpp"

namespace delian::bargaining {
namespace {

enum class Outcome : std::uint8_t { mean, median, mode };
constexpr std::array<std::string_view, 3> outcomes{"mean", "median", "mode"};

struct Options {
  double vote = 2;      // proportional
  double victory = 0;   // linear
  double election = 1;  // markov_uniform
  double outcome = 0;   // mean
};

constexpr std::array parameters{
    Parameter<Options>{"vote", &Options::vote, 0, 5, "how a vote grows with what the voter gains",
                       vote_curves},
    Parameter<Options>{"victory", &Options::victory, 0, 4,
                       "how the chance of winning grows with strength", victory_laws},
    Parameter<Options>{"election", &Options::election, 0, 2,
                       "how chances between pairs become one for each position", election_laws},
    Parameter<Options>{"outcome", &Options::outcome, 0, 2,
                       "the point of the distribution where it lands", outcomes},
};

/// The different positions in ascending order, and who stands on each.
struct Field {
  std::vector<double> position;    // in the issue's unit
  std::vector<double> weight;      // influence there, over the mean of an actor
  std::vector<double> actors;      // how many stand there
  std::vector<std::size_t> place;  // of each actor
};

Field field_of(const BargainingDraw& draw, std::size_t actors) {
  std::vector<std::size_t> order(actors);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return draw.position[a] < draw.position[b] || (draw.position[a] == draw.position[b] && a < b);
  });
  double total = 0;
  for (std::size_t i = 0; i < actors; ++i) total += draw.capability[i] * draw.salience[i];
  Field field;
  field.place.resize(actors);
  for (const std::size_t i : order) {
    if (field.position.empty() || draw.position[i] > field.position.back()) {
      field.position.push_back(draw.position[i]);
      field.weight.push_back(0);
      field.actors.push_back(0);
    }
    field.place[i] = field.position.size() - 1;
    field.weight.back() +=
        draw.capability[i] * draw.salience[i] * static_cast<double>(actors) / total;
    field.actors.back() += 1;
  }
  return field;
}

/// Votes on a line whose ends are 1 apart: what an actor loses is its distance.
void count(CondorcetElection& election, VoteCurve vote, const Field& field,
           const BargainingIssue& issue) {
  const std::size_t options = field.position.size();
  std::vector<double> share(options);
  for (std::size_t k = 0; k < options; ++k) {
    share[k] = (field.position[k] - issue.low) / (issue.high - issue.low);
  }
  election.open(options);
  if (vote == VoteCurve::proportional) return election.count_on_line(field.weight, share);
  std::vector<double> utility(options * election.stride());
  for (std::size_t k = 0; k < options; ++k) {
    for (std::size_t i = 0; i < options; ++i) {
      utility[k * election.stride() + i] = 1 - std::fabs(share[k] - share[i]);
    }
  }
  election.count(vote, field.weight, utility.data());
}

/// The most probable position; where several are, their mean.
double mode_of(std::span<const double> position, std::span<const double> probability) {
  constexpr double tie = 1e-12;  // of probabilities that should be equal
  const double most = *std::max_element(probability.begin(), probability.end());
  double sum = 0;
  double count = 0;
  for (std::size_t k = 0; k < position.size(); ++k) {
    if (probability[k] < most - tie) continue;
    sum += position[k];
    count += 1;
  }
  return sum / count;
}

Forecast solve(const BargainingSetting& setting, const BargainingDraw& draw,
               const Options& options) {
  const Field field = field_of(draw, setting.actors);
  CondorcetElection election;
  count(election, chosen<VoteCurve>(options.vote), field, setting.issues.front());
  ElectionRules rules;
  rules.victory = chosen<VictoryLaw>(options.victory);
  rules.election = chosen<ElectionLaw>(options.election);
  const auto probability = election.elect(rules);

  Forecast forecast;
  for (const std::size_t place : field.place) {
    forecast.weight.push_back(probability[place] / field.actors[place]);
  }
  double landing = 0;
  switch (chosen<Outcome>(options.outcome)) {
    case Outcome::mean:
      landing =
          std::inner_product(probability.begin(), probability.end(), field.position.begin(), 0.0);
      // Shares that sum to 1 but for rounding must not lead out of the hull.
      landing = std::clamp(landing, field.position.front(), field.position.back());
      break;
    case Outcome::median:
      landing = median_of(field.position, probability);
      break;
    case Outcome::mode:
      landing = mode_of(field.position, probability);
      break;
  }
  forecast.landing = {landing};
  return forecast;
}

}  // namespace

extern const BargainingModel condorcet;
constinit const BargainingModel condorcet = define_bargaining_model<Options, parameters, solve,
                                                                    applies_everywhere>({
    .id = "condorcet",
    .title = "Probabilistic Condorcet election",
    .source = "ktab2019",
    .defaults = "eu-decisions",
    .defaults_provenance =
        "The laws with the smallest mean absolute error on decided EU issues, among those tried "
        "(docs/models/condorcet.md).",
});

}  // namespace delian::bargaining
