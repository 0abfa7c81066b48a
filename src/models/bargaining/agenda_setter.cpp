// Romer and Rosenthal's setter: takes it or leaves it. Of all that the rule would pass against the
// reversion, the setter proposes what it likes best.

#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

#include "delian/assert.hpp"
#include "delian/bargaining.hpp"

namespace delian::bargaining {
namespace {

constexpr std::array<std::string_view, 3> votes{"no", "abstain", "yes"};  // in the order of Vote

struct Options {
  double unconcerned = 1;
};

constexpr std::array parameters{
    Parameter<Options>{"unconcerned", &Options::unconcerned, 0, 2,
                       "vote of a member without salience or without a position", votes}};

/// Distances nearer than this, in lengths of the scale, are equal: a member's point of
/// indifference, computed, is off by less.
constexpr double tie_tolerance = 1e-12;

/// One issue of the problem.
class Question {
 public:
  Question(const BargainingSetting& setting, const BargainingDraw& draw, std::size_t issue,
           Vote unconcerned)
      : setting_(setting),
        draw_(draw),
        issue_(issue),
        reversion_(*setting.issues[issue].reversion),
        tie_(tie_tolerance * (setting.issues[issue].high - setting.issues[issue].low)),
        unconcerned_(unconcerned),
        votes_(setting.actors) {}

  /// The setter's best point among those that pass, the reversion where none better passes.
  double landing() {
    const std::optional<double> ideal = setters_ideal();
    if (!ideal || *ideal == reversion_) return reversion_;
    if (passes(*ideal)) return *ideal;
    // From the setter's ideal towards the reversion, a member turns to yes at its point of
    // indifference, as far beyond its position as the reversion is before it, and nowhere else.
    const double side = *ideal > reversion_ ? 1 : -1;
    std::vector<double> turns;
    for (std::size_t i = 0; i < setting_.actors; ++i) {
      const double turn = 2 * position(i) - reversion_;
      if (concerned(i) && side * (turn - reversion_) > 0 && side * (*ideal - turn) > 0) {
        turns.push_back(turn);
      }
    }
    std::sort(turns.begin(), turns.end(), [&](double a, double b) { return side * (a - b) > 0; });
    const auto best = std::find_if(turns.begin(), turns.end(), [&](double x) { return passes(x); });
    return best == turns.end() ? reversion_ : *best;
  }

 private:
  std::size_t at(std::size_t i) const { return i * setting_.issues.size() + issue_; }
  double position(std::size_t i) const { return draw_.position[at(i)]; }
  bool is_setter(std::size_t i) const { return setting_.agenda_setter == static_cast<int>(i); }
  bool concerned(std::size_t i) const {
    return draw_.stands(at(i)) && (draw_.salience[at(i)] > 0 || is_setter(i));
  }

  std::optional<double> setters_ideal() const {
    if (setting_.agenda_setter >= 0) {
      const auto setter = static_cast<std::size_t>(setting_.agenda_setter);
      if (draw_.stands(at(setter))) return position(setter);
    }
    return setting_.issues[issue_].proposal;
  }

  /// Whether x is adopted in place of the reversion. Who finds both as good votes for x.
  bool passes(double x) {
    for (std::size_t i = 0; i < setting_.actors; ++i) {
      const double loss = std::fabs(x - position(i)) - std::fabs(reversion_ - position(i));
      votes_[i] = !concerned(i) ? unconcerned_ : (loss <= tie_ ? Vote::yes : Vote::no);
    }
    return setting_.rule->passes(votes_);
  }

  const BargainingSetting& setting_;
  const BargainingDraw& draw_;
  std::size_t issue_;
  double reversion_;
  double tie_;
  Vote unconcerned_;
  std::vector<Vote> votes_;
};

Forecast solve(const BargainingSetting& setting, const BargainingDraw& draw,
               const Options& options) {
  DELIAN_ASSERT(setting.rule->parts().members == setting.actors);
  Forecast forecast;
  for (std::size_t issue = 0; issue < setting.issues.size(); ++issue) {
    Question question(setting, draw, issue, static_cast<Vote>(options.unconcerned));
    forecast.landing.push_back(question.landing());
  }
  return forecast;
}

std::string_view obstacle(const BargainingSetting& setting) {
  if (!setting.rule || setting.rule->parts().members != setting.actors) {
    return "a decision rule over all actors";
  }
  for (const BargainingIssue& issue : setting.issues) {
    if (!issue.reversion) return "a reversion";
    if (setting.agenda_setter < 0 && !issue.proposal) return "an agenda setter or a proposal";
  }
  return {};
}

}  // namespace

// Joint, though every issue is decided alone: a rule is over all members, also over those that take
// no part in an issue.
extern const BargainingModel agenda_setter;
constinit const BargainingModel agenda_setter =
    define_bargaining_model<Options, parameters, solve, obstacle>(
        {
            .id = "agenda_setter",
            .title = "Agenda setter",
            .source = "romer1978",
            .defaults = "abstaining",
            .defaults_provenance = "Who has no stake abstains; what that counts for is the rule's "
                                   "to say.",
        },
        true);

}  // namespace delian::bargaining
