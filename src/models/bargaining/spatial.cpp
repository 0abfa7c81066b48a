// The Spatial Model of Politics of KTAB: turn after turn, each actor picks the target from whose
// challenge it expects most, the two strike an interpolated bargain, and an election among the
// bargains it has part in decides where each actor moves. Any number of issues at once. Formulas
// and what differs from the program in docs/models/spatial.md.

#include <algorithm>
#include <cmath>

#include "delian/bargaining.hpp"
#include "delian/random.hpp"
#include "models/bargaining/condorcet_election.hpp"
#include "numerics/kernel.hpp"

namespace delian::bargaining {
namespace {

enum class Transition : std::uint8_t { deterministic, stochastic };
constexpr std::array<std::string_view, 2> transitions{"deterministic", "stochastic"};
enum class RiskRange : std::uint8_t { min, mid, max };
constexpr std::array<std::string_view, 3> risk_ranges{"min", "mid", "max"};
constexpr std::array<std::string_view, 5> risk_adjustments{"none", "one_third", "half",
                                                           "two_thirds", "full"};
constexpr std::array risk_adjustment_shares{0.0, 1.0 / 3.0, 0.5, 2.0 / 3.0, 1.0};
enum class Commitment : std::uint8_t { none, semi, full };
constexpr std::array<std::string_view, 3> commitments{"none", "semi", "full"};
enum class Interpolation : std::uint8_t { s1p1, s2p2, s2pmax };
constexpr std::array<std::string_view, 3> interpolations{"s1p1", "s2p2", "s2pmax"};
enum class BargainModel : std::uint8_t { initiator, both, compromise };
constexpr std::array<std::string_view, 3> bargain_models{"initiator", "both", "compromise"};
enum class Outcome : std::uint8_t { mean, median, election_mean };
constexpr std::array<std::string_view, 3> outcomes{"mean", "median", "election_mean"};

struct Options {
  double vote = 2;             // proportional
  double victory = 0;          // linear
  double election = 0;         // conditional
  double transition = 0;       // deterministic
  double risk_range = 1;       // mid
  double risk_adjustment = 1;  // one_third
  double third_parties = 1;    // semi
  double interpolation = 1;    // s2p2
  double bargain = 0;          // initiator
  double accommodation = 1;
  double turn_limit = 100;
  double outcome = 0;  // mean
};

constexpr std::array parameters{
    Parameter<Options>{"vote", &Options::vote, 0, 5, "how a vote grows with what the voter gains",
                       vote_curves},
    Parameter<Options>{"victory", &Options::victory, 0, 4,
                       "how the chance of winning an election grows with strength", victory_laws},
    Parameter<Options>{"election", &Options::election, 0, 2,
                       "how chances between pairs become one for each option", election_laws},
    Parameter<Options>{"transition", &Options::transition, 0, 1,
                       "follow the most probable bargain, or one drawn by its probability",
                       transitions},
    Parameter<Options>{"risk_range", &Options::risk_range, 0, 2,
                       "aversion to risk of the least to the most secure: 0, -1/2 or -1 to 1",
                       risk_ranges},
    Parameter<Options>{"risk_adjustment", &Options::risk_adjustment, 0, 4,
                       "share of another's own attitude in one's view of it", risk_adjustments},
    Parameter<Options>{"third_parties", &Options::third_parties, 0, 2,
                       "when a third party is bound by the outcome: never, by losing, always",
                       commitments},
    Parameter<Options>{"interpolation", &Options::interpolation, 0, 2,
                       "what weighs two positions against each other in a bargain", interpolations},
    Parameter<Options>{"bargain", &Options::bargain, 0, 2,
                       "whose bargain is queued: the initiator's, also the receiver's, or one "
                       "between them by power",
                       bargain_models},
    Parameter<Options>{"accommodation", &Options::accommodation, 0, 1,
                       "share of the way that an ideal follows its owner's position in a turn"},
    Parameter<Options>{"turn_limit", &Options::turn_limit, 1, 1000,
                       "turns after which it stops at the latest"},
    Parameter<Options>{"outcome", &Options::outcome, 0, 2,
                       "landing: mean or median of the last positions by influence, or their mean "
                       "by the last election",
                       outcomes},
};

/// Worth of something at this distance, from 0 to 1, for an actor of this attitude to risk.
inline double utility(double distance, double risk) {
  return (1.0 - distance) * (1.0 + distance * risk);
}

/// The actors as loops see them; rows of tables are `stride` apart.
struct View {
  std::size_t actors, issues, stride;
  const double* ideal;         // [issue * stride + actor], as all that is by issue
  const double* position;      //
  const double* present;       // 1 where the actor takes part
  const double* importance;    // squared salience over the sum of the actor's
  const double* salience;      // [actor]: sum over issues
  const double* power;         // [actor]: capability times salience
  const double* risk;          // [actor]
  const double* own_distance;  // [actor]: from its ideal to its position
  const double* distance;      // [i * stride + j]: from i's ideal to j's position
  const double* distance_to;   // [j * stride + i]: the same
  const double* others;        // 1 but at 0, from -stride to stride
};

DELIAN_KERNEL void measure_all(const View& v, double* distance) {
  for (std::size_t i = 0; i < v.actors; ++i) {
    double* row = distance + i * v.stride;
    std::fill(row, row + v.stride, 0.0);
    for (std::size_t k = 0; k < v.issues; ++k) {
      const double* x = v.position + k * v.stride;
      const double* present = v.present + k * v.stride;
      const double y = v.ideal[k * v.stride + i];
      const double weight = v.importance[k * v.stride + i];
      DELIAN_ELEMENTWISE
      for (std::size_t j = 0; j < v.stride; ++j) {
        row[j] += weight * present[j] * ((y - x[j]) * (y - x[j]));
      }
    }
    DELIAN_ELEMENTWISE
    for (std::size_t j = 0; j < v.stride; ++j) {
      const double root = std::sqrt(row[j]);
      row[j] = root < 1.0 ? root : 1.0;  // rounding may lead just beyond the ends of the scale
    }
  }
}

/// Adds `share` of what each actor gains when `mover` goes to `there`, [issue]; `square` is
/// scratch.
DELIAN_KERNEL void add_gains(const View& v, std::size_t mover, const double* there, double share,
                             double* square, double* gain) {
  std::fill(square, square + v.stride, 0.0);
  for (std::size_t k = 0; k < v.issues; ++k) {
    const double* y = v.ideal + k * v.stride;
    const double* importance = v.importance + k * v.stride;
    const double present = v.present[k * v.stride + mover];
    const double x = there[k];
    DELIAN_ELEMENTWISE
    for (std::size_t n = 0; n < v.stride; ++n) {
      square[n] += importance[n] * present * ((y[n] - x) * (y[n] - x));
    }
  }
  const double* before = v.distance_to + mover * v.stride;
  DELIAN_ELEMENTWISE
  for (std::size_t n = 0; n < v.stride; ++n) {
    const double root = std::sqrt(square[n]);
    const double after = root < 1.0 ? root : 1.0;
    gain[n] += share * (utility(after, v.risk[n]) - utility(before[n], v.risk[n]));
  }
}

/// One actor's view of what comes of challenging each of a block of others.
struct Estimate {
  std::array<double, block> probability;  // that the challenger wins
  std::array<double, block> gain;         // of the challenger, over leaving things as they are
};

/// h's view of i challenging the actors from `first`.
template <VoteCurve curve>
inline Estimate estimate(const View& v, double adjustment, bool third_parties, std::size_t h,
                         std::size_t i, std::size_t first) {
  constexpr double smallest_side = 1e-12;  // KTAB's 1e-10 where the mean capability is 100
  const double anchor = (1.0 - adjustment) * v.risk[h];
  const double risk_i = anchor + adjustment * v.risk[i];
  const double own = utility(v.own_distance[i], risk_i);
  const double power_i = v.power[i];
  const double* distance_i = v.distance + i * v.stride + first;
  const double* distance_to_i = v.distance_to + i * v.stride + first;

  std::array<double, block> with, against;      // both sides, so far
  std::array<double, block> with_i, against_i;  // the two principals alone
  std::array<double, block> loss;               // of i, if it were at the other's position
  DELIAN_ELEMENTWISE
  for (std::size_t j = 0; j < block; ++j) {
    loss[j] = own - utility(distance_i[j], risk_i);
    const double vote_i = power_i * response<curve>(loss[j]);
    const double risk_j = anchor + adjustment * v.risk[first + j];
    const double at_i = utility(distance_to_i[j], risk_j);
    const double at_j = utility(v.own_distance[first + j], risk_j);
    const double vote_j = v.power[first + j] * response<curve>(at_i - at_j);
    with_i[j] = smallest_side + positive_part(vote_i) + positive_part(vote_j);
    against_i[j] = smallest_side + positive_part(-vote_i) + positive_part(-vote_j);
    with[j] = with_i[j];
    against[j] = against_i[j];
  }
  for (std::size_t n = 0; third_parties && n < v.actors; ++n) {
    if (n == i) continue;
    const double power_n = v.power[n];
    const double risk_n = anchor + adjustment * v.risk[n];
    const double at_i = utility(v.distance[n * v.stride + i], risk_n);
    const double at_own = utility(v.own_distance[n], risk_n);
    const double* distance = v.distance + n * v.stride + first;
    const double* others = v.others + first - n;
    DELIAN_ELEMENTWISE
    for (std::size_t j = 0; j < block; ++j) {
      const double power = power_n * others[j];
      const double at_j = utility(distance[j], risk_n);
      // Were n alone to join the side it prefers, that side would win with these odds. Backing the
      // winner saves its own position.
      const double vote = power * response<curve>(at_i - at_j);
      const double side_i = with_i[j] + positive_part(vote);
      const double side_j = against_i[j] + positive_part(-vote);
      const double stake =
          (side_i * (at_own - at_i) - side_j * (at_own - at_j)) / (side_i + side_j);
      const double backing = power * response<curve>(stake);
      with[j] += positive_part(backing);
      against[j] += positive_part(-backing);
    }
  }
  Estimate result;
  DELIAN_ELEMENTWISE
  for (std::size_t j = 0; j < block; ++j) {
    const double p = with[j] / (with[j] + against[j]);
    result.probability[j] = p;
    // (1 - s) 2 u(own) + s [p 2 u(own) + (1 - p) 2 u(other)] - u(own) - u(other)
    result.gain[j] = (1.0 - 2.0 * v.salience[first + j] * (1.0 - p)) * loss[j];
  }
  return result;
}

DELIAN_KERNEL void estimate_block(VoteCurve curve, const View& v, double adjustment,
                                  bool third_parties, std::size_t h, std::size_t i,
                                  std::size_t first, Estimate& result) {
  switch (curve) {
    case VoteCurve::binary:
      result = estimate<VoteCurve::binary>(v, adjustment, third_parties, h, i, first);
      break;
    case VoteCurve::proportional_binary:
      result = estimate<VoteCurve::proportional_binary>(v, adjustment, third_parties, h, i, first);
      break;
    case VoteCurve::proportional:
      result = estimate<VoteCurve::proportional>(v, adjustment, third_parties, h, i, first);
      break;
    case VoteCurve::proportional_cubic:
      result = estimate<VoteCurve::proportional_cubic>(v, adjustment, third_parties, h, i, first);
      break;
    case VoteCurve::cubic:
      result = estimate<VoteCurve::cubic>(v, adjustment, third_parties, h, i, first);
      break;
    case VoteCurve::prospect:
      result = estimate<VoteCurve::prospect>(v, adjustment, third_parties, h, i, first);
      break;
  }
}

/// Probabilities, gains and shares closer than this are a tie; it goes to whoever comes first.
constexpr double tie = 1e-12;

/// One run of the model. Positions are shares of their scales.
class Politics {
 public:
  Politics(const BargainingSetting& setting, const BargainingDraw& draw, const Options& options);
  Forecast run();

 private:
  struct Bargain {
    std::size_t initiator, receiver;
    std::vector<double> of_initiator, of_receiver;  // where they would go, by issue
  };

  double& at(std::vector<double>& table, std::size_t issue, std::size_t actor) const {
    return table[issue * stride_ + actor];
  }
  View view() const;
  void measure();
  void find_risks();
  void propose(std::size_t initiator);
  Bargain interpolate(std::size_t i, std::size_t j, double p) const;
  double move();
  std::size_t choose(std::size_t actor, std::span<const std::size_t> queue);
  std::vector<double> last_election();
  std::vector<double> positions() const;
  void land(Forecast& forecast, std::span<const double> probability) const;

  const BargainingSetting& setting_;
  const BargainingDraw& draw_;
  const Options& options_;
  std::size_t actors_, issues_, stride_;
  ElectionRules rules_;
  // Tables by issue, [issue * stride + actor].
  std::vector<double> position_, ideal_, present_, salience_, importance_;
  // By actor.
  std::vector<double> total_salience_, capability_, power_, risk_, own_distance_;
  // By pair.
  std::vector<double> distance_, distance_to_;
  std::vector<double> others_;  // 1 but for the middle; see View
  std::vector<Bargain> bargains_;
  std::vector<double> gains_;  // [bargain * stride + actor]
  std::vector<std::vector<std::size_t>> queues_;
  CondorcetElection election_;
  std::vector<double> utility_, square_;
  std::size_t turn_ = 0;
};

Politics::Politics(const BargainingSetting& setting, const BargainingDraw& draw,
                   const Options& options)
    : setting_(setting),
      draw_(draw),
      options_(options),
      actors_(setting.actors),
      issues_(setting.issues.size()),
      stride_(padded(actors_)) {
  rules_.vote = chosen<VoteCurve>(options.vote);
  rules_.victory = chosen<VictoryLaw>(options.victory);
  rules_.election = chosen<ElectionLaw>(options.election);
  rules_.uniform_tolerance = 1e-6;  // both as in KTAB
  rules_.incentive_tolerance = 1e-8;
  for (auto* table : {&position_, &present_, &salience_, &importance_}) {
    table->assign(issues_ * stride_, 0.0);
  }
  for (auto* row : {&total_salience_, &capability_, &power_, &risk_, &own_distance_, &square_}) {
    row->assign(stride_, 0.0);
  }
  for (auto* table : {&distance_, &distance_to_}) table->assign(actors_ * stride_, 0.0);
  others_.assign(2 * stride_, 1.0);
  others_[stride_] = 0;
  queues_.resize(actors_);

  double largest = 1;
  double sum = 0;
  for (std::size_t i = 0; i < actors_; ++i) {
    double squares = 0;
    double stands = 0;
    for (std::size_t k = 0; k < issues_; ++k) {
      const std::size_t from = i * issues_ + k;
      if (!draw.stands(from)) continue;
      const BargainingIssue& issue = setting.issues[k];
      at(present_, k, i) = 1;
      at(position_, k, i) = (draw.position[from] - issue.low) / (issue.high - issue.low);
      at(salience_, k, i) = draw.salience[from];
      total_salience_[i] += draw.salience[from];
      squares += draw.salience[from] * draw.salience[from];
      capability_[i] += draw.capability[from];
      stands += 1;
    }
    for (std::size_t k = 0; k < issues_ && squares > 0; ++k) {
      at(importance_, k, i) = at(salience_, k, i) * at(salience_, k, i) / squares;
    }
    if (stands > 0) capability_[i] /= stands;
    largest = std::max(largest, total_salience_[i]);
    sum += capability_[i];
  }
  // Nobody has more than one whole to spend on all issues together.
  for (double& s : salience_) s /= largest;
  for (std::size_t i = 0; i < actors_; ++i) {
    total_salience_[i] /= largest;
    capability_[i] *= static_cast<double>(actors_) / sum;
    power_[i] = capability_[i] * total_salience_[i];
  }
  ideal_ = position_;
}

View Politics::view() const {
  return {actors_,
          issues_,
          stride_,
          ideal_.data(),
          position_.data(),
          present_.data(),
          importance_.data(),
          total_salience_.data(),
          power_.data(),
          risk_.data(),
          own_distance_.data(),
          distance_.data(),
          distance_to_.data(),
          others_.data() + stride_};
}

void Politics::measure() {
  measure_all(view(), distance_.data());
  for (std::size_t i = 0; i < actors_; ++i) {
    own_distance_[i] = distance_[i * stride_ + i];
    for (std::size_t j = 0; j < actors_; ++j) {
      distance_to_[j * stride_ + i] = distance_[i * stride_ + j];
    }
  }
}

/// Attitudes to risk, 1 for the most averse: whose position is likely to win has most to lose.
void Politics::find_risks() {
  utility_.resize(actors_ * stride_);
  for (std::size_t k = 0; k < utility_.size(); ++k) utility_[k] = 1 - distance_[k];
  election_.open(actors_);
  election_.count(rules_.vote, {capability_.data(), actors_}, utility_.data());
  const auto p = election_.elect(rules_);
  const double low = *std::min_element(p.begin(), p.end());
  const double high = *std::max_element(p.begin(), p.end());
  std::fill(risk_.begin(), risk_.end(), 0.0);
  if (high - low <= tie) return;  // all alike: neutral
  for (std::size_t i = 0; i < actors_; ++i) {
    const double share = (p[i] - low) / (high - low);
    switch (chosen<RiskRange>(options_.risk_range)) {
      case RiskRange::min:
        risk_[i] = share;
        break;
      case RiskRange::mid:
        risk_[i] = 1.5 * share - 0.5;
        break;
      case RiskRange::max:
        risk_[i] = 2 * share - 1;
        break;
    }
  }
}

/// Where i and j would meet if i wins their contest with probability p.
Politics::Bargain Politics::interpolate(std::size_t i, std::size_t j, double p) const {
  constexpr double smallest_weight = 1e-6;  // where both weights are 0, both stay
  const auto law = chosen<Interpolation>(options_.interpolation);
  // Four decimals of the scale, as in KTAB, but never beyond the two positions.
  const auto rounded = [](double x, double a, double b) {
    return std::clamp(std::floor(0.5 + x * 10000) / 10000, std::min(a, b), std::max(a, b));
  };
  Bargain bargain{i, j, std::vector<double>(issues_), std::vector<double>(issues_)};
  for (std::size_t k = 0; k < issues_; ++k) {
    const double a = position_[k * stride_ + i];
    const double b = position_[k * stride_ + j];
    double& to_i = bargain.of_initiator[k];
    double& to_j = bargain.of_receiver[k];
    to_i = a;
    to_j = b;
    if (present_[k * stride_ + i] == 0 || present_[k * stride_ + j] == 0) continue;
    const double s = salience_[k * stride_ + i];
    const double t = salience_[k * stride_ + j];
    const double q = 1 - p;
    if (law == Interpolation::s2pmax) {
      const double back = positive_part(q - p);
      const double forth = positive_part(p - q);
      to_i += back * t * t / (back * t * t + smallest_weight + (1 - back) * s * s) * (b - a);
      to_j += forth * s * s / (forth * s * s + smallest_weight + (1 - forth) * t * t) * (a - b);
      continue;
    }
    const double v = law == Interpolation::s1p1 ? s * p : s * s * (p * p);
    const double w = law == Interpolation::s1p1 ? t * q : t * t * (q * q);
    const double all = v + smallest_weight + w;
    to_i = rounded(((v + smallest_weight) * a + w * b) / all, a, b);
    to_j = rounded((v * a + (smallest_weight + w) * b) / all, a, b);
  }
  return bargain;
}

/// Finds the target whose challenge the initiator expects most of, and puts the bargain, or the
/// bargains, into both queues.
void Politics::propose(std::size_t initiator) {
  constexpr double smallest_gain = 1e-5;
  const View v = view();
  const auto curve = rules_.vote;
  const double adjustment =
      risk_adjustment_shares[static_cast<std::size_t>(options_.risk_adjustment)];
  // Bound never or always, a third party has the same at stake on either side, and stays away.
  const bool third_parties = chosen<Commitment>(options_.third_parties) == Commitment::semi;
  Estimate found;
  std::size_t target = initiator;
  double gain = smallest_gain;
  double probability = 0;
  for (std::size_t first = 0; first < actors_; first += block) {
    estimate_block(curve, v, adjustment, third_parties, initiator, initiator, first, found);
    for (std::size_t j = first; j < std::min(first + block, actors_); ++j) {
      const double one = found.gain[j - first];
      if (j == initiator || one <= gain + (target == initiator ? 0 : tie)) continue;
      target = j;
      gain = one;
      probability = found.probability[j - first];
    }
  }
  if (target == initiator) return;

  const auto enqueue = [&](Bargain bargain) {
    queues_[initiator].push_back(bargains_.size());
    queues_[target].push_back(bargains_.size());
    bargains_.push_back(std::move(bargain));
  };
  Bargain mine = interpolate(initiator, target, probability);
  const auto model = chosen<BargainModel>(options_.bargain);
  if (model == BargainModel::initiator) return enqueue(std::move(mine));
  const std::size_t first = target / block * block;
  estimate_block(curve, v, adjustment, third_parties, target, initiator, first, found);
  Bargain theirs = interpolate(initiator, target, found.probability[target - first]);
  if (model == BargainModel::both) {
    enqueue(std::move(mine));
    return enqueue(std::move(theirs));
  }
  const double all = power_[initiator] + power_[target];
  for (std::size_t k = 0; k < issues_ && all > 0; ++k) {
    const auto mix = [&](double a, double b) {
      return (power_[initiator] * a + power_[target] * b) / all;
    };
    mine.of_initiator[k] = mix(mine.of_initiator[k], theirs.of_initiator[k]);
    mine.of_receiver[k] = mix(mine.of_receiver[k], theirs.of_receiver[k]);
  }
  enqueue(std::move(mine));
}

/// The place in an actor's queue of the bargain that it follows; 0 is to stay.
std::size_t Politics::choose(std::size_t actor, std::span<const std::size_t> queue) {
  election_.open(queue.size() + 1);
  const std::size_t row = election_.stride();
  utility_.assign(actors_ * row, 0.0);
  for (std::size_t m = 0; m < queue.size(); ++m) {
    const double* gain = gains_.data() + queue[m] * stride_;
    for (std::size_t n = 0; n < actors_; ++n) utility_[n * row + m + 1] = gain[n];
  }
  election_.count(rules_.vote, {capability_.data(), actors_}, utility_.data());
  const auto p = election_.elect(rules_);
  std::size_t best = 0;
  if (chosen<Transition>(options_.transition) == Transition::deterministic) {
    for (std::size_t m = 1; m < p.size(); ++m) {
      if (p[m] > p[best] + tie) best = m;
    }
    return best;
  }
  constexpr std::uint64_t turns = 1001;  // more than any run has, so that no number is used twice
  const double u = Stream(draw_.seed, "spatial.transition")
                       .uniform((draw_.draw * turns + turn_) * actors_ + actor);
  double below = p[0];
  while (best + 1 < p.size() && u > below) below += p[++best];
  return best;
}

/// One turn; returns the sum of the lengths of all moves.
double Politics::move() {
  bargains_.clear();
  for (auto& queue : queues_) queue.clear();
  for (std::size_t i = 0; i < actors_; ++i) propose(i);

  gains_.assign(bargains_.size() * stride_, 0.0);
  const double share = 1 / static_cast<double>(actors_);
  for (std::size_t b = 0; b < bargains_.size(); ++b) {
    const Bargain& one = bargains_[b];
    double* gain = gains_.data() + b * stride_;
    add_gains(view(), one.initiator, one.of_initiator.data(), share, square_.data(), gain);
    add_gains(view(), one.receiver, one.of_receiver.data(), share, square_.data(), gain);
  }
  // All move at once: nobody's new position counts before the next turn.
  std::vector<double> next = position_;
  double moved = 0;
  for (std::size_t i = 0; i < actors_; ++i) {
    if (queues_[i].empty()) continue;
    const std::size_t best = choose(i, queues_[i]);
    if (best == 0) continue;
    const Bargain& one = bargains_[queues_[i][best - 1]];
    const std::vector<double>& to = one.initiator == i ? one.of_initiator : one.of_receiver;
    double square = 0;
    for (std::size_t k = 0; k < issues_; ++k) {
      const double step = to[k] - at(position_, k, i);
      square += step * step;
      at(next, k, i) = to[k];
    }
    moved += std::sqrt(square);
  }
  position_ = std::move(next);
  for (std::size_t k = 0; k < ideal_.size(); ++k) {
    ideal_[k] = options_.accommodation * position_[k] + (1 - options_.accommodation) * ideal_[k];
  }
  measure();
  find_risks();
  return moved;
}

/// The probability of each actor's last position. Positions closer than a thousandth of the scale
/// are one option, and those who stand there share it evenly.
std::vector<double> Politics::last_election() {
  constexpr double same = 1e-3;
  std::vector<std::size_t> option_of(actors_);
  std::vector<std::size_t> options;  // the first actor on each
  std::vector<double> holders;
  for (std::size_t i = 0; i < actors_; ++i) {
    const auto found = std::find_if(options.begin(), options.end(), [&](std::size_t j) {
      double square = 0;
      for (std::size_t k = 0; k < issues_; ++k) {
        const double gap = at(position_, k, i) - at(position_, k, j);
        square += at(present_, k, i) * at(present_, k, j) * gap * gap;
      }
      return std::sqrt(square) < same;
    });
    option_of[i] = static_cast<std::size_t>(found - options.begin());
    if (found == options.end()) {
      options.push_back(i);
      holders.push_back(0);
    }
    holders[option_of[i]] += 1;
  }
  election_.open(options.size());
  utility_.assign(actors_ * election_.stride(), 0.0);
  for (std::size_t n = 0; n < actors_; ++n) {
    for (std::size_t m = 0; m < options.size(); ++m) {
      utility_[n * election_.stride() + m] = utility(distance_[n * stride_ + options[m]], risk_[n]);
    }
  }
  election_.count(rules_.vote, {capability_.data(), actors_}, utility_.data());
  const auto p = election_.elect(rules_);
  std::vector<double> probability(actors_);
  for (std::size_t i = 0; i < actors_; ++i) {
    probability[i] = p[option_of[i]] / holders[option_of[i]];
  }
  return probability;
}

/// In the issues' own units; where an actor takes no part, what was given.
std::vector<double> Politics::positions() const {
  std::vector<double> result(draw_.position.begin(), draw_.position.end());
  for (std::size_t i = 0; i < actors_; ++i) {
    for (std::size_t k = 0; k < issues_; ++k) {
      const BargainingIssue& issue = setting_.issues[k];
      if (draw_.stands(i * issues_ + k)) {
        result[i * issues_ + k] = issue.low + position_[k * stride_ + i] * (issue.high - issue.low);
      }
    }
  }
  return result;
}

void Politics::land(Forecast& forecast, std::span<const double> probability) const {
  const std::vector<double> last = positions();
  forecast.weight.assign(actors_ * issues_, 0.0);
  for (std::size_t k = 0; k < issues_; ++k) {
    std::vector<double> value, influence, chance;
    double sum = 0;
    for (std::size_t i = 0; i < actors_; ++i) {
      const std::size_t from = i * issues_ + k;
      if (!draw_.stands(from)) continue;
      value.push_back(last[from]);
      influence.push_back(draw_.capability[from] * draw_.salience[from]);
      chance.push_back(probability[i]);
      sum += probability[i];
    }
    std::size_t next = 0;
    for (std::size_t i = 0; i < actors_; ++i) {
      if (!draw_.stands(i * issues_ + k)) continue;
      chance[next] = sum > 0 ? chance[next] / sum : 1 / static_cast<double>(chance.size());
      forecast.weight[i * issues_ + k] = chance[next++];
    }
    const auto mean = [&](const std::vector<double>& weight) {
      double above = 0;
      double below = 0;
      for (std::size_t i = 0; i < value.size(); ++i) {
        above += weight[i] * value[i];
        below += weight[i];
      }
      return above / below;
    };
    switch (chosen<Outcome>(options_.outcome)) {
      case Outcome::mean:
        forecast.landing.push_back(mean(influence));
        break;
      case Outcome::median:
        forecast.landing.push_back(median_of(value, influence));
        break;
      case Outcome::election_mean:
        forecast.landing.push_back(mean(chance));
        break;
    }
  }
}

Forecast Politics::run() {
  constexpr double smallest_first_move = 1e-4;
  constexpr double quiet = 0.02;  // of the first turn's moves
  Forecast forecast;
  forecast.termination = Termination::round_limit;
  if (draw_.keep_rounds) forecast.rounds.push_back(positions());
  measure();
  find_risks();
  double first = 0;
  const auto limit = static_cast<std::size_t>(options_.turn_limit);
  for (turn_ = 1; turn_ <= limit; ++turn_) {
    const double moved = move();
    if (draw_.keep_rounds) forecast.rounds.push_back(positions());
    if (turn_ == 1) {
      first = moved + smallest_first_move;
    } else if (moved / first < quiet) {
      forecast.termination = Termination::converged;
      break;
    }
  }
  land(forecast, last_election());
  return forecast;
}

Forecast solve(const BargainingSetting& setting, const BargainingDraw& draw,
               const Options& options) {
  return Politics(setting, draw, options).run();
}

}  // namespace

extern const BargainingModel spatial;
constinit const BargainingModel spatial =
    define_bargaining_model<Options, parameters, solve, applies_everywhere>(
        {
            .id = "spatial",
            .title = "Spatial Model of Politics",
            .source = "ktab2019",
            .defaults = "ktab",
            .defaults_provenance = "The defaults of the program KTAB.",
        },
        true);

}  // namespace delian::bargaining
