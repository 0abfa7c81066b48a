#pragma once
// What follows a block: a weaker deal, another forum, a later yes, or nothing. Shared by every
// model of the decision; each brings its own test of whether something passes.

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

#include "delian/decision.hpp"
#include "numerics/elementary.hpp"

namespace delian::consensus {

/// Rates per month at which a dispute settles, by kind; see docs/models/silence.md.
struct Hazards {
  double bilateral = 0;
  double principle = 0;
};

/// One draw, one value per member.
struct Column {
  std::vector<double> ideal;        ///< theta_i, 0-100
  std::vector<double> salience;     ///< s_i, 0-100
  std::vector<double> resolve;      ///< rho_i, 0-100
  std::vector<double> unexplained;  ///< e_i over tau
  std::vector<double> payment;      ///< side payments on offer, as net gain

  void resize(std::size_t members) {
    for (auto* column : {&ideal, &salience, &resolve, &unexplained, &payment}) {
      column->resize(members);
    }
  }

  void read(const Setting& setting, const DrawBlock& block, std::size_t d) {
    for (std::size_t i = 0; i < setting.members; ++i) {
      ideal[i] = block.position[i][d];
      salience[i] = block.salience[i][d];
      resolve[i] = block.resolve[i][d];
      unexplained[i] = block.unexplained[i][d];
      payment[i] = 0;
    }
    for (std::size_t k = 0; k < setting.payment_to.size(); ++k) {
      payment[setting.payment_to[k]] += block.payment[k][d] / 100;
    }
  }
};

/// How a draw ended.
struct Ending {
  Outcome outcome = Outcome::not_adopted;
  double months = 0;  ///< from opening to adoption
  double text = 0;    ///< agreed text
  Remedy remedy = Remedy::smaller_text;
  const ForumSetting* forum = nullptr;  ///< where it was decided instead, when bypassed
};

/// Whether anything but waiting can follow a block. If not, no draw's column is needed.
inline bool can_negotiate(const Setting& setting) {
  return setting.divisible || setting.opt_out || !setting.payment_to.empty() ||
         !setting.forums.empty();
}

/// Steps of the search for a smaller text between text and reversion, and halvings of the last
/// step.
inline constexpr int text_steps = 16;
inline constexpr int text_halvings = 2;

/// What a text is worth to the sponsor in one draw: |x - q| for a sponsor whose ideal is the text
/// itself; else the sponsor's gain over the reversion, salience aside.
class SponsorGain {
 public:
  SponsorGain(const Setting& setting, const DrawBlock& block, std::size_t d)
      : reversion_(setting.reversion),
        known_(setting.sponsor >= 0),
        ideal_(known_ ? block.position[static_cast<std::size_t>(setting.sponsor)][d] : 0) {}

  double operator()(double text) const {
    if (!known_) return std::abs(text - reversion_);
    return std::abs(reversion_ - ideal_) - std::abs(text - ideal_);
  }

 private:
  double reversion_;
  bool known_;
  double ideal_;
};

/// The text nearest to the proposal, on the way to the reversion, that passes and still is worth
/// `floor` to the sponsor; NaN if there is none.
template <class Passes>
double nearest_smaller_text(const Setting& setting, const SponsorGain& sponsor, double floor,
                            const Passes& passes) {
  const double x = setting.proposal;
  const double q = setting.reversion;
  const auto good = [&](double text) { return sponsor(text) >= floor && passes(text); };
  for (int step = 1; step < text_steps; ++step) {
    const double text = x + (q - x) * step / text_steps;
    if (setting.sponsor < 0 && sponsor(text) < floor) break;
    if (!good(text)) continue;
    double near = x + (q - x) * (step - 1) / text_steps;
    double far = text;
    for (int k = 0; k < text_halvings; ++k) {
      const double middle = (near + far) / 2;
      (good(middle) ? far : near) = middle;
    }
    return far;
  }
  return std::numeric_limits<double>::quiet_NaN();
}

/// W: what the sponsor likes best of side payments alone, opt-outs and a smaller text, if anything
/// passes that is worth `nu` of the proposal to it.
///
/// @param ranking  the members that block, in falling order of how hard they are to win
/// @param passes   (text, exempt or null, forum or null) -> would it pass, side payments included
/// @param exempt   out, when opt-outs are taken: 1 for each member that stays out
template <class Passes>
std::optional<Ending> weakened_deal(const Setting& setting, double nu, const SponsorGain& sponsor,
                                    const std::vector<std::uint32_t>& ranking, const Passes& passes,
                                    std::vector<std::uint8_t>& exempt) {
  const double x = setting.proposal;
  const double full = sponsor(x);
  if (!(full > 0)) return std::nullopt;
  const double floor = nu * full;
  const double months = setting.decision_months;
  if (!setting.payment_to.empty() && passes(x, nullptr, nullptr)) {
    return Ending{Outcome::weakened, months, x, Remedy::side_payment};
  }
  std::optional<Ending> deal;
  if (setting.divisible) {
    const double text = nearest_smaller_text(setting, sponsor, floor,
                                             [&](double t) { return passes(t, nullptr, nullptr); });
    if (!std::isnan(text)) deal = {Outcome::weakened, months, text, Remedy::smaller_text};
  }
  if (setting.opt_out) {
    std::fill(exempt.begin(), exempt.end(), std::uint8_t{0});
    double left = 1;  // influence of those who go along: what the deal keeps of its worth
    for (const std::uint32_t i : ranking) {
      exempt[i] = 1;
      left -= setting.influence[i];
      if (left * full < floor) break;
      if (!passes(x, exempt.data(), nullptr)) continue;
      if (!deal || left * full > sponsor(deal->text)) {
        return Ending{Outcome::weakened, months, x, Remedy::opt_out};
      }
      break;
    }
  }
  return deal;
}

/// B: another forum where the proposal, or a smaller text worth having, passes.
template <class Passes>
std::optional<Ending> other_forum(const Setting& setting, double nu, const SponsorGain& sponsor,
                                  const Passes& passes) {
  const double full = sponsor(setting.proposal);
  for (const ForumSetting& forum : setting.forums) {
    double text = setting.proposal;
    bool open = forum.chair || passes(text, nullptr, &forum);
    if (!open && setting.divisible && full > 0) {
      text = nearest_smaller_text(setting, sponsor, nu * full,
                                  [&](double t) { return passes(t, nullptr, &forum); });
      open = !std::isnan(text);
    }
    if (open) {
      return Ending{Outcome::bypassed, setting.decision_months, text, Remedy::smaller_text, &forum};
    }
  }
  return std::nullopt;
}

/// L or X: each objector's dispute settles with its own hazard; adopted once enough have settled.
///
/// @param settled  (number settled, 1 for each member that did) -> would the proposal pass now
template <class Settled>
Ending wait_for_settling(const Setting& setting, const Hazards& hazards, const DrawBlock& block,
                         std::size_t d, const std::vector<std::uint32_t>& objectors,
                         const Settled& settled) {
  thread_local std::vector<std::pair<double, std::uint32_t>> waits;
  thread_local std::vector<std::uint8_t> done;
  waits.clear();
  const double longest = setting.horizon_months - setting.decision_months;
  for (const std::uint32_t i : objectors) {
    const double hazard = setting.bilateral[i] != 0 ? hazards.bilateral : hazards.principle;
    const double wait = -numerics::log(block.settling[i][d]) / hazard;
    if (wait <= longest) waits.emplace_back(wait, i);
  }
  std::sort(waits.begin(), waits.end());
  done.assign(setting.members, 0);
  std::size_t count = 0;
  for (const auto& [wait, member] : waits) {
    done[member] = 1;
    if (settled(++count, done)) {
      return {Outcome::late, setting.decision_months + wait, setting.proposal,
              Remedy::smaller_text};
    }
  }
  return {Outcome::not_adopted, 0, setting.reversion, Remedy::smaller_text};
}

/// Who takes no part in what was agreed; empty when everybody does.
inline std::vector<std::uint8_t> staying_out(const Ending& ending,
                                             const std::vector<std::uint8_t>& exempt) {
  if (ending.outcome == Outcome::weakened && ending.remedy == Remedy::opt_out) return exempt;
  // A chair decides for everybody.
  if (ending.forum == nullptr || ending.forum->chair) return {};
  std::vector<std::uint8_t> out = ending.forum->seated;
  for (std::uint8_t& member : out) member = member == 0 ? 1 : 0;
  return out;
}

/// Adds how one draw ended to the counts.
inline void count_ending(Tally& tally, const Setting& setting, const Ending& ending,
                         const std::vector<std::uint8_t>& exempt) {
  ++tally.draws;
  ++tally.outcomes[static_cast<std::size_t>(ending.outcome)];
  if (setting.keep_endings) {
    tally.endings.push_back({ending.outcome, ending.text, staying_out(ending, exempt)});
  }
  if (ending.outcome == Outcome::not_adopted) return;
  const auto month = static_cast<std::size_t>(ending.months);
  ++tally.adopted_in_month[std::min(month, tally.adopted_in_month.size() - 1)];
  const double text = std::clamp(ending.text, 0.0, 100.0);
  ++tally.agreed_text[static_cast<std::size_t>(text + 0.5)];
  if (ending.outcome != Outcome::weakened) return;
  ++tally.remedies[static_cast<std::size_t>(ending.remedy)];
  if (ending.remedy != Remedy::opt_out) return;
  for (std::size_t i = 0; i < setting.members; ++i) tally.exempt[i] += exempt[i];
}

}  // namespace delian::consensus
