#pragma once
// The vote of the ballot model written out as its page says, one draw after another. What follows a
// failed vote is left to the tests of the deals.

#include <cmath>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "delian/model.hpp"
#include "delian/random.hpp"
#include "delian/rule.hpp"
#include "delian/scenario.hpp"
#include "numerics/elementary.hpp"

namespace delian::reference {

/// What the votes themselves say, over draws.
struct BallotCounts {
  std::uint64_t adopted = 0;
  std::vector<std::uint64_t> withholds, decisive, adopted_if_absent;

  friend bool operator==(const BallotCounts&, const BallotCounts&) = default;
};

/// Whether these votes carry the proposal; members that take no part are left out of the list.
using Carries = std::function<bool(const std::vector<Vote>&)>;

/// @param without  the rule when member i takes no part
inline BallotCounts count_ballots(
    const Scenario& scenario, const ParameterMap& parameters, std::uint64_t seed,
    std::uint64_t draws, const Carries& carries,
    const std::function<bool(std::size_t, const std::vector<Vote>&)>& carries_without) {
  const auto members = scenario.members();
  const std::size_t n = members.size();
  const double x = scenario.parts().question.proposal;
  const double q = scenario.parts().reversion;
  BallotCounts counts{0, std::vector<std::uint64_t>(n), std::vector<std::uint64_t>(n),
                      std::vector<std::uint64_t>(n)};
  for (std::uint64_t d = 0; d < draws; ++d) {
    std::vector<Vote> votes;
    for (const Member& m : members) {
      const std::string name = "members." + m.code;
      const auto drawn = [&](const Quantity& input, const char* field) {
        return QuantileFunction(input.value,
                                scenario.parts().interval)(Stream(seed, name + field).uniform(d));
      };
      const double ideal = drawn(m.position, ".position");
      const double salience = drawn(m.salience, ".salience") / 100;
      const double noise =
          parameters.at("tau") * numerics::logit(Stream(seed, name + ".unexplained").uniform(d));
      const double gain = salience * (std::abs(q - ideal) - std::abs(x - ideal)) / 100 - noise;
      const double band = parameters.at("indifference");
      votes.push_back(gain > band ? Vote::yes : gain < -band ? Vote::no : Vote::abstain);
    }
    const bool adopted = carries(votes);
    counts.adopted += adopted;
    for (std::size_t i = 0; i < n; ++i) {
      counts.withholds[i] += votes[i] != Vote::yes;
      std::vector<Vote> turned = votes;
      turned[i] = Vote::yes;
      counts.decisive[i] += !adopted && votes[i] != Vote::yes && carries(turned);
      std::vector<Vote> others = votes;
      others.erase(others.begin() + static_cast<std::ptrdiff_t>(i));
      counts.adopted_if_absent[i] += carries_without(i, others);
    }
  }
  return counts;
}

}  // namespace delian::reference
