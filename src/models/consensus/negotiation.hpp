#pragma once
// What follows a block: a weaker deal, another forum, a later yes, or nothing. Shared by every
// model of the decision; each brings its own test of whether something passes.

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

#include "delian/decision.hpp"
#include "numerics/elementary.hpp"

namespace delian::consensus {

/// Parameters of the stage after a block; see docs/models/silence.md for meaning and source.
struct NegotiationOptions {
  double nu = 0;
  double beta = 0;
  double hazard_bilateral = 0;
  double hazard_principle = 0;
};

/// One draw, one value per member.
struct Column {
  std::vector<double> ideal;        ///< theta_i, 0-100
  std::vector<double> salience;     ///< s_i, 0-1
  std::vector<double> resolve;      ///< rho_i, 0-1
  std::vector<double> unexplained;  ///< e_i
  std::vector<double> settling;     ///< uniform
  std::vector<double> payment;      ///< side payments on offer, as net gain
  double forum = 0;                 ///< uniform

  void resize(std::size_t members) {
    for (auto* column : {&ideal, &salience, &resolve, &unexplained, &settling, &payment}) {
      column->resize(members);
    }
  }
};

/// How a draw ended. `exempt` belongs to the caller, since most draws have nobody in it.
struct Ending {
  Outcome outcome = Outcome::not_adopted;
  double months = 0;  ///< from opening to adoption
  double text = 0;    ///< agreed text
  Remedy remedy = Remedy::smaller_text;
};

/// Steps of the search for a smaller text between text and reversion, and halvings of the last
/// step.
inline constexpr int text_steps = 16;
inline constexpr int text_halvings = 3;

/// |x - q| as a share for a sponsor whose ideal is the text itself; else the sponsor's net gain.
inline double sponsor_gain(const Setting& setting, const Column& draw, double text) {
  if (setting.sponsor < 0) return std::abs(text - setting.reversion);
  const auto sponsor = static_cast<std::size_t>(setting.sponsor);
  const double q = setting.reversion;
  const double ideal = draw.ideal[sponsor];
  return std::abs(q - ideal) - std::abs(text - ideal);
}

/// The text nearest to the proposal, on the way to the reversion, that passes and still is worth
/// `floor` to the sponsor; NaN if there is none.
template <class Passes>
double nearest_smaller_text(const Setting& setting, const Column& draw, double floor,
                            const Passes& passes) {
  const double x = setting.proposal;
  const double q = setting.reversion;
  const auto good = [&](double text) {
    return sponsor_gain(setting, draw, text) >= floor && passes(text);
  };
  for (int step = 1; step < text_steps; ++step) {
    const double text = x + (q - x) * step / text_steps;
    if (setting.sponsor < 0 && sponsor_gain(setting, draw, text) < floor) break;
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

/// Plays out a blocked draw.
///
/// @param objects  the members that block, 1 each
/// @param ranking  members in falling order of how hard they are to win; opt-outs go down this list
/// @param passes   (text, exempt or null, forum or null) -> would it pass, side payments included
/// @param settled  (1 for each member whose dispute is settled) -> would the proposal pass now
/// @param exempt   out: members that opted out of what was agreed; all zero unless outcome weakened
template <class Passes, class Settled>
Ending after_block(const Setting& setting, const NegotiationOptions& options, const Column& draw,
                   const std::uint8_t* objects, const std::vector<std::uint32_t>& ranking,
                   const Passes& passes, const Settled& settled,
                   std::vector<std::uint8_t>& exempt) {
  const double x = setting.proposal;
  const double full = sponsor_gain(setting, draw, x);
  const double floor = options.nu * full;
  std::fill(exempt.begin(), exempt.end(), std::uint8_t{0});

  // W: what the sponsor likes best of side payments alone, opt-outs and a smaller text.
  if (full > 0) {
    if (!setting.payment_to.empty() && passes(x, nullptr, nullptr)) {
      return {Outcome::weakened, setting.decision_months, x, Remedy::side_payment};
    }
    double best = -1;
    Ending deal;
    if (setting.divisible) {
      const double text = nearest_smaller_text(
          setting, draw, floor, [&](double t) { return passes(t, nullptr, nullptr); });
      if (!std::isnan(text)) {
        best = sponsor_gain(setting, draw, text);
        deal = {Outcome::weakened, setting.decision_months, text, Remedy::smaller_text};
      }
    }
    if (setting.opt_out) {
      double left = 1;  // influence of those who go along: what the deal keeps of its worth
      bool found = false;
      for (const std::uint32_t i : ranking) {
        if (objects[i] == 0) continue;
        exempt[i] = 1;
        left -= setting.influence[i];
        if (left * full < floor) break;
        if (passes(x, exempt.data(), nullptr)) {
          found = true;
          break;
        }
      }
      if (found && left * full > best) {
        return {Outcome::weakened, setting.decision_months, x, Remedy::opt_out};
      }
      std::fill(exempt.begin(), exempt.end(), std::uint8_t{0});
    }
    if (best >= 0) return deal;
  }

  // B: another forum where it, or a smaller text worth having, passes.
  if (draw.forum < options.beta) {
    for (const ForumSetting& forum : setting.forums) {
      double text = x;
      bool open = forum.chair || passes(x, nullptr, &forum);
      if (!open && setting.divisible && full > 0) {
        text = nearest_smaller_text(setting, draw, floor,
                                    [&](double t) { return passes(t, nullptr, &forum); });
        open = !std::isnan(text);
      }
      if (open) return {Outcome::bypassed, setting.decision_months, text, Remedy::smaller_text};
    }
  }

  // L: each objector's dispute settles with its own hazard; adopted once enough have.
  thread_local std::vector<std::pair<double, std::uint32_t>> waits;
  thread_local std::vector<std::uint8_t> done;
  waits.clear();
  done.assign(setting.members, 0);
  for (std::uint32_t i = 0; i < setting.members; ++i) {
    if (objects[i] == 0) continue;
    const double hazard =
        setting.bilateral[i] != 0 ? options.hazard_bilateral : options.hazard_principle;
    if (hazard > 0) waits.emplace_back(-numerics::log(draw.settling[i]) / hazard, i);
  }
  std::sort(waits.begin(), waits.end());
  for (const auto& [wait, member] : waits) {
    const double months = setting.decision_months + wait;
    if (months > setting.horizon_months) break;
    done[member] = 1;
    if (settled(done)) return {Outcome::late, months, x, Remedy::smaller_text};
  }
  return {Outcome::not_adopted, 0, setting.reversion, Remedy::smaller_text};
}

/// Adds one draw to the counts.
inline void count_draw(Tally& tally, const Setting& setting, const std::uint8_t* objects,
                       std::size_t objectors, const Ending& ending,
                       const std::vector<std::uint8_t>& exempt) {
  ++tally.draws;
  ++tally.outcomes[static_cast<std::size_t>(ending.outcome)];
  if (ending.outcome != Outcome::not_adopted) {
    const auto month = static_cast<std::size_t>(ending.months);
    ++tally.adopted_in_month[std::min(month, tally.adopted_in_month.size() - 1)];
    const double text = std::clamp(ending.text, 0.0, 100.0);
    ++tally.agreed_text[static_cast<std::size_t>(text + 0.5)];
  }
  if (ending.outcome == Outcome::weakened) {
    ++tally.remedies[static_cast<std::size_t>(ending.remedy)];
    if (ending.remedy == Remedy::opt_out) {
      for (std::size_t i = 0; i < setting.members; ++i) tally.exempt[i] += exempt[i];
    }
  }
  if (objectors == 0) return;
  for (std::size_t i = 0; i < setting.members; ++i) {
    if (objects[i] == 0) continue;
    ++tally.objects[i];
    ++tally.objects_among[i * (setting.members + 1) + objectors];
  }
}

}  // namespace delian::consensus
