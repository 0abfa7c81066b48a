// Exchange of positions: two actors on opposite sides of two issues each give way on the issue they
// care about less, at the rate at which both gain as much.

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <optional>
#include <span>
#include <vector>

#include "delian/bargaining.hpp"
#include "delian/random.hpp"

namespace delian::bargaining {
namespace {

constexpr std::array<std::string_view, 2> variants{"exact", "decide"};

struct Options {
  double rounds = 1;
  double random_rate = 0;
  double drift = 0.1;
  double drift_without_salience = 0.4;
  double variant = 0;
};

constexpr std::array parameters{
    Parameter<Options>{"rounds", &Options::rounds, 1, 100, "rounds of exchange, cut to whole ones"},
    Parameter<Options>{"random_rate", &Options::random_rate, 0, 1,
                       "how far the rate of an exchange may be from the one of equal gains, 1 is "
                       "until one side gains nothing"},
    Parameter<Options>{"drift", &Options::drift, 0, 0.5,
                       "share of its concession that an actor holds on to in the next round"},
    Parameter<Options>{"drift_without_salience", &Options::drift_without_salience, 0, 0.5,
                       "the same, added in the measure in which it does not care"},
    Parameter<Options>{"variant", &Options::variant, 0, 1,
                       "the model as described, or as the program Decide keeps its books",
                       variants},
};

/// In lengths of the scale: less than this is no move, no gain and no difference.
constexpr double tolerance = 1e-12;

/// The largest gain is looked for in blocks, and in each so many numbers at a time.
constexpr std::size_t block_size = 64;
constexpr std::size_t lanes = 8;

/// Two actors and two issues: on each issue one gives way towards what the other wants of it. Who
/// gives on [0] takes on [1]. A cell is actor * issues + issue.
struct Exchange {
  std::array<std::size_t, 2> giver{};  ///< cells of those who give way
  std::array<std::size_t, 2> taker{};  ///< and of those who want it, on the same issues
  std::array<std::size_t, 2> known{};  ///< where the taker keeps what it knows of the giver
  std::array<double, 2> direction{};   ///< of the giver's move: 1 up, -1 down
  std::array<double, 2> at_stake{};    ///< saliences of both on the issue
  std::array<double, 2> most{};        ///< the farthest the outcome of the issue can be shifted
  std::array<double, 2> shift{};       ///< how far it is, gains being equal
  std::uint64_t revised = 0;           ///< last step that bore on it
  std::array<double, 2> counted{};     ///< Decide's: moves worked out before that it still counts
  int entries = 1;                     ///< Decide's: how often it stands in the list
};

/// Numbers of exchanges by one of their cells.
class ByCell {
 public:
  void build(const std::vector<Exchange>& exchanges, std::array<std::size_t, 2> Exchange::* cell_of,
             std::size_t cells) {
    first_.assign(cells + 1, 0);
    numbers_.resize(2 * exchanges.size());
    for (const Exchange& one : exchanges) {
      for (const std::size_t cell : one.*cell_of) ++first_[cell];
    }
    std::partial_sum(first_.begin(), first_.end(), first_.begin());
    for (std::size_t k = exchanges.size(); k-- > 0;) {
      for (const std::size_t cell : exchanges[k].*cell_of) numbers_[--first_[cell]] = k;
    }
  }
  std::span<const std::size_t> of(std::size_t cell) const {
    return std::span(numbers_).subspan(first_[cell], first_[cell + 1] - first_[cell]);
  }

 private:
  std::vector<std::size_t> first_, numbers_;
};

class Market {
 public:
  Market(const BargainingSetting& setting, const BargainingDraw& draw, const Options& options)
      : setting_(setting),
        draw_(draw),
        options_(options),
        issues_(setting.issues.size()),
        cells_(setting.actors * issues_),
        start_(cells_),
        share_(cells_),
        tie_(draw.seed, "position_exchange.tie"),
        favoured_(draw.seed, "position_exchange.favoured"),
        wins_(draw.seed, "position_exchange.wins"),
        size_(draw.seed, "position_exchange.size") {
    std::vector<double> total(issues_, 0);
    for (std::size_t k = 0; k < cells_; ++k) {
      if (!draw.stands(k)) continue;
      const BargainingIssue& issue = setting.issues[k % issues_];
      start_[k] = (draw.position[k] - issue.low) / (issue.high - issue.low);
      share_[k] = draw.capability[k] * draw.salience[k];
      total[k % issues_] += share_[k];
    }
    for (std::size_t k = 0; k < cells_; ++k) share_[k] /= total[k % issues_];
    voting_ = start_;
  }

  Forecast play() {
    Forecast forecast;
    forecast.termination = Termination::round_limit;
    if (draw_.keep_rounds) forecast.rounds.push_back(voting_in_units());
    const auto rounds = static_cast<int>(options_.rounds);
    for (int round = 0; round < rounds; ++round) {
      const std::vector<double> before = voting_;
      if (round > 0) drift();
      trade();
      if (draw_.keep_rounds) forecast.rounds.push_back(voting_in_units());
      // A round ends by itself: the rounds are no iteration when there is only one.
      if (rounds == 1 || unmoved_since(before)) {
        forecast.termination = Termination::converged;
        break;
      }
    }
    const std::vector<double> outcome = outcomes();
    for (std::size_t p = 0; p < issues_; ++p) {
      const BargainingIssue& issue = setting_.issues[p];
      forecast.landing.push_back(issue.low + outcome[p] * (issue.high - issue.low));
    }
    return forecast;
  }

 private:
  std::vector<double> outcomes() const {
    std::vector<double> sum(issues_, 0);
    for (std::size_t k = 0; k < cells_; ++k) sum[k % issues_] += share_[k] * voting_[k];
    return sum;
  }

  std::vector<double> voting_in_units() const {
    std::vector<double> positions(draw_.position.begin(), draw_.position.end());
    for (std::size_t k = 0; k < cells_; ++k) {
      const BargainingIssue& issue = setting_.issues[k % issues_];
      if (draw_.stands(k)) positions[k] = issue.low + voting_[k] * (issue.high - issue.low);
    }
    return positions;
  }

  bool unmoved_since(const std::vector<double>& before) const {
    for (std::size_t k = 0; k < cells_; ++k) {
      if (std::fabs(voting_[k] - before[k]) > tolerance) return false;
    }
    return true;
  }

  /// Between rounds an actor comes to hold a part of what it conceded, more where it cares less.
  void drift() {
    for (std::size_t k = 0; k < cells_; ++k) {
      const double part =
          options_.drift + options_.drift_without_salience * (1 - draw_.salience[k]);
      start_[k] += part * (voting_[k] - start_[k]);
    }
    voting_ = start_;
  }

  /// One round: exchanges, the one with the largest gain first, until none is left.
  void trade() {
    const std::vector<double> outcome = outcomes();
    known_.clear();
    known_outcome_.clear();
    for (std::size_t actor = 0; actor < setting_.actors; ++actor) {
      known_.insert(known_.end(), start_.begin(), start_.end());
      known_outcome_.insert(known_outcome_.end(), outcome.begin(), outcome.end());
    }
    find_exchanges();
    for (std::size_t k = 0; k < exchanges_.size(); ++k) work_out(k);
    for (;;) {
      const std::optional<std::size_t> best = best_exchange();
      if (!best) break;
      perform(*best);
      revise_after(exchanges_[*best]);
    }
  }

  /// Pairs of actors on opposite sides of the outcome on two issues. The one with the smaller ratio
  /// of saliences s_p / s_q gives way on p.
  void find_exchanges() {
    exchanges_.clear();
    for (std::size_t p = 0; p < issues_; ++p) {
      for (std::size_t q = p + 1; q < issues_; ++q) {
        for (std::size_t i = 0; i < cells_; i += issues_) {
          for (std::size_t j = i + issues_; j < cells_; j += issues_) {
            if (!opposed(i + p, j + p) || !opposed(i + q, j + q)) continue;
            const double tilt = draw_.salience[i + p] * draw_.salience[j + q] -
                                draw_.salience[j + p] * draw_.salience[i + q];
            if (tilt < 0) add_exchange({i + p, j + q}, {j + p, i + q});
            if (tilt > 0) add_exchange({j + p, i + q}, {i + p, j + q});
          }
        }
      }
    }
    giving_.build(exchanges_, &Exchange::giver, cells_);
    taking_.build(exchanges_, &Exchange::taker, cells_);
    highest_.assign((exchanges_.size() + block_size - 1) / block_size, 0);
    gain_.assign(highest_.size() * block_size, 0);
  }

  /// Whether two actors with influence stand on opposite sides of the outcome of an issue.
  bool opposed(std::size_t a, std::size_t b) const {
    if (share_[a] <= 0 || share_[b] <= 0) return false;
    const double outcome = known_outcome_[a];
    return (start_[a] - outcome) * (start_[b] - outcome) < 0;
  }

  void add_exchange(std::array<std::size_t, 2> giver, std::array<std::size_t, 2> taker) {
    Exchange one;
    one.giver = giver;
    one.taker = taker;
    for (const std::size_t m : {0U, 1U}) {
      one.known[m] = taker[m] / issues_ * cells_ + giver[m];
      one.direction[m] = start_[taker[m]] > start_[giver[m]] ? 1 : -1;
      one.at_stake[m] = draw_.salience[giver[m]] + draw_.salience[taker[m]];
    }
    exchanges_.push_back(one);
  }

  /// How far an exchange goes as things stand, and what it brings: 0 closes it for good.
  void work_out(std::size_t number) {
    Exchange& one = exchanges_[number];
    std::array<double, 2> to_partner{};
    for (const std::size_t m : {0U, 1U}) {
      const std::size_t giver = one.giver[m];
      const std::size_t taker = one.taker[m];
      to_partner[m] = one.direction[m] * (start_[taker] - voting_[giver]) * share_[giver];
      // The taker counts with what it was promised itself and with the giver's present position.
      const double outcome =
          known_outcome_[taker] + share_[giver] * (voting_[giver] - known_[one.known[m]]);
      const double to_ideal = std::max(one.direction[m] * (start_[taker] - outcome), 0.0);
      // Decide's: an outcome that has reached the ideal is no limit any more.
      const bool no_limit = as_decide() && to_ideal <= tolerance;
      one.most[m] = no_limit ? to_partner[m] : std::min(to_partner[m], to_ideal);
    }
    // Equal gains: shift[0] at_stake[0] = shift[1] at_stake[1].
    const double both = std::min(one.most[0] * one.at_stake[0], one.most[1] * one.at_stake[1]);
    one.shift = {both / one.at_stake[0], both / one.at_stake[1]};
    const double gain =
        draw_.salience[one.taker[1]] * one.shift[1] - draw_.salience[one.giver[0]] * one.shift[0];
    bool open = gain > tolerance;
    for (const std::size_t m : {0U, 1U}) {
      open = open && one.shift[m] > tolerance * share_[one.giver[m]];
    }
    gain_[number] = open && !(as_decide() && moved_too_often(one, to_partner)) ? gain : 0;
  }

  /// Decide's: drops an exchange in which a giver's moves up, with those worked out before and not
  /// made, come to more than the scale.
  bool moved_too_often(const Exchange& one, const std::array<double, 2>& to_partner) const {
    const double both = std::min(to_partner[0] * one.at_stake[0], to_partner[1] * one.at_stake[1]);
    for (const std::size_t m : {0U, 1U}) {
      const double move = both / one.at_stake[m] / share_[one.giver[m]];
      if (one.direction[m] > 0 && one.counted[m] + move > 1 + tolerance) return true;
    }
    return false;
  }

  /// The open exchange with the largest gain, by lot where several have it.
  std::optional<std::size_t> best_exchange() {
    double largest = 0;
    for (std::size_t block = 0; block < highest_.size(); ++block) {
      std::array<double, lanes> highest{};
      for (std::size_t k = block * block_size; k < (block + 1) * block_size; k += lanes) {
        for (std::size_t lane = 0; lane < lanes; ++lane) {
          highest[lane] = std::max(highest[lane], gain_[k + lane]);
        }
      }
      highest_[block] = *std::max_element(highest.begin(), highest.end());
      largest = std::max(largest, highest_[block]);
    }
    if (largest <= 0) return std::nullopt;
    ++step_;
    const double least = std::max(largest - tolerance, tolerance);
    best_.clear();
    for (std::size_t block = 0; block < highest_.size(); ++block) {
      if (highest_[block] < least) continue;
      for (std::size_t k = block * block_size; k < (block + 1) * block_size; ++k) {
        if (gain_[k] >= least) best_.push_back(k);
      }
    }
    if (best_.size() == 1) return best_.front();
    const auto drawn = static_cast<std::size_t>(toss(tie_) * static_cast<double>(best_.size()));
    // Decide's: where the first wins the toss, the second comes into the list once more.
    if (as_decide() && drawn == 0) ++exchanges_[best_[1]].entries;
    return best_[drawn];
  }

  void perform(std::size_t number) {
    Exchange& one = exchanges_[number];
    const std::array<double, 2> shift =
        options_.random_rate > 0 ? uneven_shift(one, gain_[number]) : one.shift;
    for (const std::size_t m : {0U, 1U}) {
      const std::size_t giver = one.giver[m];
      voting_[giver] += one.direction[m] * shift[m] / share_[giver];
      double& known = known_[one.known[m]];
      known_outcome_[one.taker[m]] += share_[giver] * (voting_[giver] - known);
      known = voting_[giver];
    }
    if (--one.entries == 0) gain_[number] = 0;
  }

  /// Works out again what an exchange bears on: those in which one of its givers gives on the same
  /// issue, and those in which one of its takers takes.
  void revise_after(const Exchange& done) {
    for (const std::size_t m : {0U, 1U}) {
      for (const auto numbers : {giving_.of(done.giver[m]), taking_.of(done.taker[m])}) {
        for (const std::size_t number : numbers) {
          if (gain_[number] <= 0) continue;
          Exchange& one = exchanges_[number];
          if (one.revised == step_) continue;
          one.revised = step_;
          for (int entry = 0; entry < one.entries && gain_[number] > 0; ++entry) {
            for (const std::size_t n : {0U, 1U}) {
              if (one.giver[n] == done.giver[0] || one.giver[n] == done.giver[1]) {
                one.counted[n] += one.direction[n] * one.shift[n] / share_[one.giver[n]];
              }
            }
            work_out(number);
          }
        }
      }
    }
  }

  /// Shifts at which one partner, by lot, gains more or less than at equal gains, and neither could
  /// gain more without the other's losing.
  std::array<double, 2> uneven_shift(const Exchange& one, double equal) const {
    const std::size_t m = toss(favoured_) < 0.5 ? 0 : 1;  // whose gain is drawn
    const std::size_t o = 1 - m;
    const double gives = draw_.salience[one.giver[m]];
    const double takes = draw_.salience[one.taker[o]];
    // Shift of m's issue per shift of the other's at which the partner gains nothing.
    const double rate = draw_.salience[one.giver[o]] / draw_.salience[one.taker[m]];
    const double largest = (takes - gives * rate) * std::min(one.most[o], one.most[m] / rate);
    const double size = options_.random_rate * toss(size_);
    const double gain = toss(wins_) < 0.5 ? equal + size * (largest - equal) : equal - size * equal;
    std::array<double, 2> shift{};
    shift[o] = one.most[o];
    shift[m] = (takes * one.most[o] - gain) / gives;
    if (shift[m] > one.most[m]) {
      shift[m] = one.most[m];
      shift[o] = (gain + gives * one.most[m]) / takes;
    }
    return shift;
  }

  bool as_decide() const { return options_.variant != 0; }
  /// The uniform of this draw and this step.
  double toss(const Stream& stream) const { return stream.uniform((draw_.draw << 32U) + step_); }

  const BargainingSetting& setting_;
  const BargainingDraw& draw_;
  const Options& options_;
  std::size_t issues_;
  std::size_t cells_;
  // By cell, positions in lengths of the scale.
  std::vector<double> start_;   ///< positions that actors hold in this round
  std::vector<double> voting_;  ///< and those they have promised to vote for
  std::vector<double> share_;   ///< c s over its sum: weight in the outcome
  // Voting positions as each actor knows them: given, but for those it was promised itself.
  std::vector<double> known_;          ///< [actor * cells + cell]
  std::vector<double> known_outcome_;  ///< what follows from them on each issue, by cell
  std::vector<Exchange> exchanges_;
  std::vector<double> gain_;     ///< of either partner, by exchange; 0: closed, or none
  std::vector<double> highest_;  ///< gain of each block
  ByCell giving_, taking_;
  std::vector<std::size_t> best_;
  Stream tie_, favoured_, wins_, size_;
  std::uint64_t step_ = 0;
};

Forecast solve(const BargainingSetting& setting, const BargainingDraw& draw,
               const Options& options) {
  return Market(setting, draw, options).play();
}

std::string_view obstacle(const BargainingSetting& setting) {
  return setting.issues.size() < 2 ? "a second issue" : "";
}

}  // namespace

extern const BargainingModel position_exchange;
constinit const BargainingModel position_exchange =
    define_bargaining_model<Options, parameters, solve, obstacle>(
        {
            .id = "position_exchange",
            .title = "Position exchange",
            .source = "stokman1994",
            .defaults = "equal-gain",
            .defaults_provenance = "One round at equal gains; what actors hold on to between "
                                   "rounds as in the program Decide.",
        },
        true);

}  // namespace delian::bargaining
