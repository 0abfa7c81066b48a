// The expected-utility challenge model of Bueno de Mesquita as Scholz, Calbert & Smith 2011 set it
// down: each actor weighs challenging each other one, those who expect to lose give way, and the
// round begins anew. Two readings, since text and Table 2 of that paper do not agree
// (docs/models/challenge.md). Numbers in brackets are the paper's equations.
//
// With the actors sorted by position, those who prefer i to j are all on one side of the midpoint
// between the two. Sums over them are differences of running sums, so that a round takes O(n^2).

#include "delian/challenge.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "delian/assert.hpp"
#include "delian/bargaining.hpp"
#include "numerics/elementary.hpp"

namespace delian {
namespace {

using Options = ChallengeOptions;

/// Expected utilities, and moves as shares of the range, closer than this are equal: sums over a
/// few hundred actors err by less than 1e-13.
constexpr double tie_tolerance = 1e-10;
/// The same for shares of all influence on either side of a median.
constexpr double median_tolerance = 1e-12;

constexpr std::array<std::string_view, 2> readings{"paper", "table"};
constexpr std::array<std::string_view, 2> risks{"security", "neutral"};
constexpr std::array<std::string_view, 2> resisters{"challenged", "challenger"};
constexpr std::array<std::string_view, 2> acceptances{"least_move", "strongest"};
constexpr std::array<std::string_view, 2> capitulations{"full_move", "none"};
constexpr std::array<std::string_view, 2> outcomes{"median", "mean"};

constexpr std::array parameters{
    Parameter<Options>{"reading", &Options::reading, 0, 1,
                       "the equations as the paper prints them, or as its Table 2 follows",
                       readings},
    Parameter<Options>{"rounds", &Options::rounds, 1, 1000,
                       "most rounds played; the model has no stopping rule of its own"},
    Parameter<Options>{"stays_put", &Options::stays_put, 0, 1,
                       "Q, probability that an actor nobody challenges stays where it is "
                       "instead of drifting to the median"},
    Parameter<Options>{"risk", &Options::risk, 0, 1,
                       "risk exponents from each actor's security, or 1 for everybody", risks},
    Parameter<Options>{"resisting_salience", &Options::resisting_salience, 0, 1,
                       "whose salience is the chance that a challenge against oneself is "
                       "resisted; challenger is equation (25b) as printed",
                       resisters},
    Parameter<Options>{"acceptance", &Options::acceptance, 0, 1,
                       "which of several offers of one kind is taken; reading table has "
                       "its own rule",
                       acceptances},
    Parameter<Options>{"capitulation", &Options::capitulation, 0, 1,
                       "whether those who would lose more than the other gains give in",
                       capitulations},
    Parameter<Options>{"outcome", &Options::outcome, 0, 1,
                       "what of the last positions is the landing", outcomes},
};

/// A square array whose rows are padded, so that loops over a row are whole vectors.
class Square {
 public:
  Square(std::size_t rows, std::size_t stride) : stride_(stride), cell_(rows * stride) {}
  double* row(std::size_t i) { return cell_.data() + i * stride_; }
  const double* row(std::size_t i) const { return cell_.data() + i * stride_; }

 private:
  std::size_t stride_;
  std::vector<double> cell_;
};

struct Offer {
  Concession kind = Concession::none;
  double to = 0;        // position offered
  double distance = 0;  // own move, as a share of the range
  double strength = 0;  // what the other expects to gain
  double key = 0;       // of a compromise, by which `table` chooses
  int from = -1;
};

/// One issue as it is played. Arrays of a round are in the order of positions; `order_` leads back.
class Game {
 public:
  Game(const Options& options, std::span<const double> position, std::span<const double> salience,
       std::span<const double> capability)
      : options_(options),
        actors_(position.size()),
        stride_((actors_ + 7) / 8 * 8),
        given_salience_(salience.begin(), salience.end()),
        influence_(actors_),
        position_(position.begin(), position.end()),
        moved_(position_),
        order_(actors_),
        rank_(actors_),
        first_(actors_),
        past_(actors_),
        unit_(stride_),
        salience_(stride_),
        weight_(stride_),
        exponent_(actors_, 1.0),
        security_(actors_),
        middle_(actors_ * actors_),
        base_(stride_),
        prevails_(actors_, stride_),
        success_(actors_, stride_),
        stake_(actors_, stride_),
        unchallenged_(actors_, stride_),
        challenging_(actors_, stride_),
        challenged_(actors_, stride_),
        running_(table() ? actors_ + 1 : 0, stride_),
        concessions_(actors_),
        taken_(actors_) {
    const auto [lowest, highest] = std::minmax_element(position_.begin(), position_.end());
    low_ = *lowest;
    range_ = *highest - *lowest;
    for (std::size_t i = 0; i < actors_; ++i) influence_[i] = capability[i] * salience[i];
    const double total = std::accumulate(influence_.begin(), influence_.end(), 0.0);
    DELIAN_ASSERT(total > 0);
    for (double& share : influence_) share /= total;
    std::iota(order_.begin(), order_.end(), std::size_t{0});
    sort();
  }

  /// Plays one round; false when nobody moved.
  bool play() {
    median_before_ = median();
    if (range_ == 0) return false;
    find_midpoints();
    std::fill(exponent_.begin(), exponent_.end(), 1.0);
    find_probabilities();
    if (options_.risk == 0) {
      find_utilities();
      find_exponents();
      if (table()) find_probabilities();
    }
    find_utilities();
    for (std::size_t i = 0; i < actors_; ++i) take_offer(i);
    for (std::size_t i = 0; i < actors_; ++i) {
      if (taken_[i].kind != Concession::none) moved_[order_[i]] = taken_[i].to;
    }
    const bool moving = moved_ != position_;
    position_ = moved_;
    sorted_ = false;
    return moving;
  }

  const std::vector<double>& position() const { return position_; }

  /// The position with at most half of all influence on either side, the Condorcet winner (28),
  /// (29). Two such positions give their midpoint, so that mirroring the issue mirrors it.
  double median() {
    sort();
    double below = 0;
    for (std::size_t i = 0; i < actors_; ++i) {
      below += weight_[i];
      if (2 * below - 1 > median_tolerance) return at(i);
      if (2 * below - 1 >= -median_tolerance) {
        std::size_t next = i + 1;
        while (next < actors_ && weight_[next] == 0) ++next;
        return next < actors_ ? (at(i) + at(next)) / 2 : at(i);
      }
    }
    return at(actors_ - 1);
  }

  double mean() const {
    double sum = 0;
    for (std::size_t i = 0; i < actors_; ++i) sum += influence_[i] * (position_[i] - low_);
    return low_ + sum;
  }

  double outcome() { return options_.outcome == 0 ? median() : mean(); }

  /// Puts everybody back to where they were after an earlier round.
  void place(const std::vector<double>& position) {
    position_ = moved_ = position;
    sorted_ = false;
  }

  /// What the round just played was about, in the given order of actors.
  ChallengeRound describe() {
    ChallengeRound round;
    round.median_before = median_before_;
    const std::size_t cells = actors_ * actors_;
    round.risk_exponent.assign(actors_, 1.0);
    round.prevails.assign(cells, 0.0);
    round.challenging.assign(cells, 0.0);
    round.challenged.assign(cells, 0.0);
    round.concession.assign(actors_, Concession::none);
    round.gives_way_to.assign(actors_, -1);
    for (std::size_t i = 0; range_ > 0 && i < actors_; ++i) {
      const std::size_t to = order_[i];
      round.risk_exponent[to] = exponent_[i];
      round.concession[to] = taken_[i].kind;
      round.gives_way_to[to] = taken_[i].from;
      for (std::size_t j = 0; j < actors_; ++j) {
        const std::size_t cell = to * actors_ + order_[j];
        round.prevails[cell] = prevails_.row(i)[j];
        round.challenging[cell] = challenging_.row(i)[j];
        round.challenged[cell] = challenged_.row(i)[j];
      }
    }
    round.position = position_;
    round.median = median();
    round.mean = mean();
    return round;
  }

 private:
  bool table() const { return options_.reading == 1; }
  double at(std::size_t i) const { return position_[order_[i]]; }

  void sort() {
    if (sorted_) return;
    std::sort(order_.begin(), order_.end(), [&](std::size_t a, std::size_t b) {
      return position_[a] != position_[b] ? position_[a] < position_[b] : a < b;
    });
    for (std::size_t i = 0; i < actors_; ++i) {
      rank_[order_[i]] = i;
      first_[i] = i > 0 && at(i) == at(i - 1) ? first_[i - 1] : i;
      unit_[i] = range_ > 0 ? (at(i) - low_) / range_ : 0;
      salience_[i] = given_salience_[order_[i]];
      weight_[i] = influence_[order_[i]];
    }
    for (std::size_t i = actors_; i-- > 0;) {
      past_[i] = i + 1 < actors_ && first_[i] == first_[i + 1] ? past_[i + 1] : i + 1;
    }
    sorted_ = true;
  }

  /// For i < j, the number of actors left of the midpoint between the two. Who stands on it prefers
  /// neither: its share of every sum below is 0 on both sides.
  void find_midpoints() {
    for (std::size_t i = 0; i < actors_; ++i) {
      std::size_t m = i + 1;
      for (std::size_t j = i + 1; j < actors_; ++j) {
        while (m < j && unit_[m] - unit_[i] < unit_[j] - unit_[m]) ++m;
        middle_[i * actors_ + j] = m;
      }
    }
  }

  void find_probabilities() { table() ? find_global_shares() : find_pairwise_shares(); }

  /// (31): of the votes cast between i and j, the share cast for i. Nobody who cares: even chances.
  void find_pairwise_shares() {
    double weight = 0;
    double moment = 0;
    std::vector<double>& weights = running_weight_;
    std::vector<double>& moments = running_moment_;
    weights.assign(1, 0);
    moments.assign(1, 0);
    for (std::size_t k = 0; k < actors_; ++k) {
      weights.push_back(weight += weight_[k]);
      moments.push_back(moment += weight_[k] * unit_[k]);
    }
    for (std::size_t i = 0; i < actors_; ++i) {
      prevails_.row(i)[i] = 0.5;
      for (std::size_t j = i + 1; j < actors_; ++j) {
        const std::size_t m = middle_[i * actors_ + j];
        const double distance = unit_[j] - unit_[i];
        const double sum = unit_[i] + unit_[j];
        // Who stands at or beyond i gains the whole distance, who stands between less. The sums
        // begin and end between places, so that actors at one place have the same to the last bit.
        const std::size_t from = past_[i];
        const std::size_t to = first_[j];
        const double left = distance * weights[from] + sum * (weights[m] - weights[from]) -
                            2 * (moments[m] - moments[from]);
        const double right = distance * (weight - weights[to]) + 2 * (moments[to] - moments[m]) -
                             sum * (weights[to] - weights[m]);
        const double votes = left + right;
        const bool contested = distance > 0 && votes > tie_tolerance * distance;
        const double share = contested ? left / votes : 0.5;
        prevails_.row(i)[j] = std::clamp(share, 0.0, 1.0);
        prevails_.row(j)[i] = 1 - prevails_.row(i)[j];
      }
    }
  }

  /// Of the votes cast between any two, with each voter's own exponent, the share cast for i when j
  /// is the other one.
  void find_global_shares() {
    for (std::size_t k = 0; k < actors_; ++k) {
      for (std::size_t j = 0; j < stride_; ++j) base_[j] = std::fabs(unit_[k] - unit_[j]);
      raise(base_.data(), exponent_[k], base_.data());
      const double* before = running_.row(k);
      double* after = running_.row(k + 1);
      for (std::size_t j = 0; j < stride_; ++j) after[j] = before[j] + weight_[k] * base_[j];
    }
    const double* all = running_.row(actors_);
    double votes = 0;
    for (std::size_t i = 0; i < actors_; ++i) {
      prevails_.row(i)[i] = 0;
      for (std::size_t j = i + 1; j < actors_; ++j) {
        const double* nearer = running_.row(middle_[i * actors_ + j]);
        const double left = nearer[j] - nearer[i];
        const double right = (all[i] - nearer[i]) - (all[j] - nearer[j]);
        prevails_.row(i)[j] = std::max(0.0, left);
        prevails_.row(j)[i] = std::max(0.0, right);
        votes += prevails_.row(i)[j] + prevails_.row(j)[i];
      }
    }
    const double scale = votes > 0 ? 1 / (2 * votes) : 0;  // each pair is counted in both orders
    for (std::size_t i = 0; i < actors_; ++i) {
      for (std::size_t j = 0; j < actors_; ++j) prevails_.row(i)[j] *= scale;
    }
  }

  void raise(const double* base, double exponent, double* out) const {
    if (exponent == 1) {
      std::copy(base, base + stride_, out);
    } else {
      numerics::pow_each(base, exponent, out, stride_);
    }
  }

  /// (5) to (7), (15), (16), (24): E = U_s - s (1 - P) (U_s - U_f) - E_nc.
  void find_utilities() {
    for (std::size_t i = 0; i < actors_; ++i) {
      double* success = success_.row(i);
      double* stake = stake_.row(i);
      for (std::size_t j = 0; j < stride_; ++j) {
        base_[j] = 0.5 - 0.5 * std::fabs(unit_[i] - unit_[j]);
      }
      raise(base_.data(), exponent_[i], success);
      for (std::size_t j = 0; j < stride_; ++j) {
        base_[j] = 0.5 + 0.5 * std::fabs(unit_[i] - unit_[j]);
      }
      raise(base_.data(), exponent_[i], stake);
      for (std::size_t j = 0; j < stride_; ++j) {
        stake[j] = 4 * (stake[j] - success[j]);
        success[j] = 2 - 4 * success[j];
      }
      find_unchallenged(i);
    }
    for (std::size_t i = 0; i < actors_; ++i) {
      double* row = challenging_.row(i);
      for (std::size_t j = 0; j < stride_; ++j) {
        row[j] = expected(i, j, prevails_.row(i)[j], salience_[j]);
      }
    }
    find_challenged();
  }

  /// What i thinks that j expects from challenging i. By `paper` with the exponent of j, by `table`
  /// with that of i.
  void find_challenged() {
    const bool challenged_resists = options_.resisting_salience == 0;
    for (std::size_t i = 0; i < actors_; ++i) {
      double* row = challenged_.row(i);
      if (!table() && challenged_resists) {
        for (std::size_t j = 0; j < actors_; ++j) row[j] = challenging_.row(j)[i];
        continue;
      }
      for (std::size_t j = 0; j < actors_; ++j) {
        const double resistance = challenged_resists ? salience_[i] : salience_[j];
        row[j] = table() ? expected(i, j, prevails_.row(j)[i], resistance)
                         : expected(j, i, prevails_.row(j)[i], resistance);
      }
    }
  }

  double expected(std::size_t viewer, std::size_t other, double chance, double resistance) const {
    return success_.row(viewer)[other] - resistance * (1 - chance) * stake_.row(viewer)[other] -
           unchallenged_.row(viewer)[other];
  }

  /// (7), (22), (23): what i has if it leaves j alone. `table` has the status quo only.
  void find_unchallenged(std::size_t i) {
    double* row = unchallenged_.row(i);
    const double status_quo = 2 - 4 * numerics::pow(0.5, exponent_[i]);
    std::fill(row, row + stride_, options_.stays_put * status_quo);
    if (table() || options_.stays_put == 1) return;
    const double own = std::fabs(unit_[i] - (median_before_ - low_) / range_);
    for (std::size_t j = 0; j < stride_; ++j) {
      const double distance = std::fabs(unit_[i] - unit_[j]);
      // Better where the median is nearer to i than j is; where it is as near, nothing changes.
      const double nearer = distance - own;
      const double side = nearer > tie_tolerance ? -0.25 : (nearer < -tie_tolerance ? 0.25 : 0.0);
      base_[j] = 0.5 + side * (own + distance);
    }
    raise(base_.data(), exponent_[i], base_.data());
    for (std::size_t j = 0; j < stride_; ++j) {
      row[j] += (1 - options_.stays_put) * (2 - 4 * base_[j]);
    }
  }

  /// (33), (34): security is what all others expect from challenging i; who is least challenged has
  /// taken no risk.
  void find_exponents() {
    for (std::size_t i = 0; i < actors_; ++i) {
      security_[i] = 0;
      for (std::size_t j = 0; j < actors_; ++j) {
        if (j != i) security_[i] += challenged_.row(i)[j];
      }
    }
    const auto [least, most] = std::minmax_element(security_.begin(), security_.end());
    const double lowest = *least;
    const double highest = *most;
    const double spread = highest - lowest;
    if (spread <= tie_tolerance) return;  // all are as safe: all keep 1
    for (std::size_t i = 0; i < actors_; ++i) {
      const double risk = ((security_[i] - lowest) - (highest - security_[i])) / spread;
      exponent_[i] = (1 - risk / 3) / (1 + risk / 3);
    }
  }

  /// Figure 6 from the side of i: what j can make it do.
  Concession concession(std::size_t i, std::size_t j) const {
    const double own = challenging_.row(i)[j];
    const double other = challenged_.row(i)[j];
    if (other <= tie_tolerance || std::fabs(own) <= tie_tolerance ||
        std::fabs(unit_[j] - unit_[i]) <= tie_tolerance) {  // at one place there is no dispute
      return Concession::none;
    }
    if (own > 0) return other > own + tie_tolerance ? Concession::conflict : Concession::none;
    if (other > -own + tie_tolerance) return Concession::compromise;
    return options_.capitulation == 0 ? Concession::capitulation : Concession::none;
  }

  Offer offer(std::size_t i, std::size_t j, Concession kind) const {
    Offer result;
    result.kind = kind;
    result.to = at(j);
    result.distance = std::fabs(unit_[j] - unit_[i]);
    result.strength = challenged_.row(i)[j];
    result.from = static_cast<int>(order_[j]);
    if (kind == Concession::compromise) {  // (36)
      const double own = -challenging_.row(i)[j];
      const double share = own / result.strength;
      result.to = at(i) + share * (at(j) - at(i));
      result.distance *= share;
      result.key = (own * unit_[i] + result.strength * unit_[j]) / (own + result.strength);
    }
    return result;
  }

  void take_offer(std::size_t i) {
    Concession kind = Concession::none;
    for (std::size_t j = 0; j < actors_; ++j) {
      concessions_[j] = concession(i, j);
      kind = std::min(kind, concessions_[j]);
    }
    taken_[i] = Offer{};
    if (kind == Concession::none) return;
    offers_.clear();
    for (const std::size_t j : rank_) {
      if (concessions_[j] == kind) offers_.push_back(offer(i, j, kind));
    }
    taken_[i] = table() ? choose_by_table(kind) : choose_by_paper(at(i));
  }

  /// The rule behind Table 2: of compromises the one at the lower end of the scale, of other offers
  /// the least move; then the first in the order of actors.
  Offer choose_by_table(Concession kind) const {
    const auto cost = [&](const Offer& one) {
      return kind == Concession::compromise ? one.key : one.distance;
    };
    const Offer* best = offers_.data();
    for (const Offer& one : offers_) {
      if (cost(one) < cost(*best) - tie_tolerance) best = &one;
    }
    return *best;
  }

  /// Section 6.2: the least move and of equal ones the strongest, or the other way round. What
  /// pulls to both sides alike cancels out, so that neither order nor direction decides.
  Offer choose_by_paper(double here) {
    const auto move = [](const Offer& one) { return one.distance; };
    const auto weakness = [](const Offer& one) { return -one.strength; };
    if (options_.acceptance == 0) {
      keep_least(move);
      keep_least(weakness);
    } else {
      keep_least(weakness);
      keep_least(move);
    }
    const auto [lowest, highest] = std::minmax_element(
        offers_.begin(), offers_.end(), [](const Offer& a, const Offer& b) { return a.to < b.to; });
    Offer result = offers_.front();
    const bool both_sides = lowest->to < here && here < highest->to;
    result.to = both_sides ? here : lowest->to + (highest->to - lowest->to) / 2;
    return result;
  }

  template <class Measure>
  void keep_least(Measure measure) {
    double least = measure(offers_.front());
    for (const Offer& one : offers_) least = std::min(least, measure(one));
    std::erase_if(offers_, [&](const Offer& one) { return measure(one) > least + tie_tolerance; });
  }

  Options options_;
  std::size_t actors_;
  std::size_t stride_;
  // In the given order.
  std::vector<double> given_salience_;
  std::vector<double> influence_;  // share of all c s
  std::vector<double> position_;
  std::vector<double> moved_;
  double low_ = 0;
  double range_ = 0;  // of the first positions: the scale does not shrink when somebody gives way
  // In the order of positions.
  std::vector<std::size_t> order_;
  std::vector<std::size_t> rank_;  // the way back
  bool sorted_ = false;
  std::vector<std::size_t> first_;  // of those at one place
  std::vector<std::size_t> past_;   // one past the last of them
  std::vector<double> unit_;        // positions as shares of the range
  std::vector<double> salience_;
  std::vector<double> weight_;
  std::vector<double> exponent_;
  std::vector<double> security_;
  std::vector<std::size_t> middle_;
  std::vector<double> base_;
  std::vector<double> running_weight_;
  std::vector<double> running_moment_;
  Square prevails_;
  Square success_;       // U_s of i against j
  Square stake_;         // U_s - U_f
  Square unchallenged_;  // E_nc
  Square challenging_;
  Square challenged_;
  Square running_;                       // [k][j]: distances to j, summed over the first k voters
  std::vector<Concession> concessions_;  // that others can ask of one
  std::vector<Offer> offers_;            // of the kind that it looks at
  std::vector<Offer> taken_;
  double median_before_ = 0;
};

Forecast solve(const BargainingSetting& /*setting*/, const BargainingDraw& draw,
               const Options& options) {
  Game game(options, draw.position, draw.salience, draw.capability);
  const auto limit = static_cast<std::size_t>(options.rounds);
  Forecast forecast;
  forecast.termination = Termination::round_limit;
  std::vector<std::vector<double>> rounds{game.position()};
  while (rounds.size() <= limit) {
    if (!game.play()) {
      forecast.termination = Termination::converged;
      break;
    }
    const auto seen = std::find(rounds.begin(), rounds.end(), game.position());
    if (seen != rounds.end()) {
      // The same positions lead to the same round: the rest needs no playing.
      forecast.termination = Termination::cycle;
      const auto first = static_cast<std::size_t>(seen - rounds.begin());
      const std::size_t period = rounds.size() - first;
      while (rounds.size() <= limit) rounds.push_back(rounds[rounds.size() - period]);
      game.place(rounds.back());
      break;
    }
    rounds.push_back(game.position());
  }
  forecast.landing = {game.outcome()};
  if (draw.keep_rounds) forecast.rounds = std::move(rounds);
  return forecast;
}

}  // namespace

Expected<ChallengeOptions> challenge_options(const ParameterMap& given) {
  auto read = detail::read_options<Options, parameters>(given);
  if (!read) return tl::unexpected(std::move(read.error()));
  return read->options;
}

std::vector<ChallengeRound> play_challenge(const ChallengeOptions& options,
                                           std::span<const double> position,
                                           std::span<const double> salience,
                                           std::span<const double> capability) {
  Game game(options, position, salience, capability);
  std::vector<ChallengeRound> rounds;
  bool moving = true;
  while (moving && rounds.size() < static_cast<std::size_t>(options.rounds)) {
    moving = game.play();
    rounds.push_back(game.describe());
  }
  return rounds;
}

namespace bargaining {

extern const BargainingModel challenge;
constinit const BargainingModel challenge = define_bargaining_model<Options, parameters, solve,
                                                                    applies_everywhere>({
    .id = "challenge",
    .title = "Expected-utility challenge",
    .source = "scholz2011",
    .defaults = "scholz2011",
    .defaults_provenance =
        "Equations and Q = 1 as in the replication of Scholz, Calbert and Smith. The rounds are "
        "ours: by reading paper, most issues have come to rest by then.",
});

}  // namespace bargaining
}  // namespace delian
