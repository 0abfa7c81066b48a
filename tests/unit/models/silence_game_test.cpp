#include "models/consensus/silence_game.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace delian::consensus {
namespace {

/// A game in the words of the model, before anything is divided or tabulated.
struct Plain {
  std::vector<double> gain, unexplained, resolve, influence;
  double kappa0 = 0.05, kappa1 = 0.5, phi = 0.8;

  std::size_t size() const { return gain.size(); }
  double grievance(std::size_t i) const { return unexplained[i] - gain[i]; }

  /// K_i(B), literally.
  double cost(std::size_t i, unsigned set) const {
    double pressure = 0;
    int others = 0;
    for (std::size_t j = 0; j < size(); ++j) {
      if (j == i) continue;
      if ((set >> j & 1U) != 0) {
        ++others;
      } else {
        pressure += influence[j] * std::max(0.0, gain[j]);
      }
    }
    return (1 - resolve[i]) * (kappa0 + kappa1 * pressure) * std::pow(phi, others);
  }

  bool is_equilibrium(unsigned set) const {
    for (std::size_t i = 0; i < size(); ++i) {
      if (((set >> i & 1U) != 0) != (grievance(i) > cost(i, set))) return false;
    }
    return true;
  }
};

struct Solved {
  unsigned least = 0;
  unsigned greatest = 0;
};

unsigned as_bits(const Objectors& objectors) {
  unsigned set = 0;
  for (const std::uint32_t i : objectors) set |= 1U << i;
  EXPECT_EQ(objectors.size(), static_cast<std::size_t>(__builtin_popcount(set)));
  return set;
}

Solved solve(const Plain& plain) {
  std::vector<double> thresholds, pressures;
  for (std::size_t i = 0; i < plain.size(); ++i) {
    thresholds.push_back(threshold(plain.grievance(i), plain.resolve[i]));
    pressures.push_back(plain.influence[i] * std::max(0.0, plain.gain[i]));
  }
  const std::vector<double> cover = cover_table(plain.phi, plain.size());
  Game game;
  game.members = plain.size();
  game.threshold = thresholds.data();
  game.pressure = pressures.data();
  game.total_pressure = std::accumulate(pressures.begin(), pressures.end(), 0.0);
  game.kappa0 = plain.kappa0;
  game.kappa1 = plain.kappa1;
  game.cover = cover.data();
  Objectors objectors;
  Solved solved;
  least_equilibrium(game, objectors);
  solved.least = as_bits(objectors);
  greatest_equilibrium(game, objectors);
  solved.greatest = as_bits(objectors);
  return solved;
}

bool is_subset(unsigned inner, unsigned outer) {
  return (inner & ~outer) == 0;
}

/// Uniform on [low, high); rapidcheck alone would favour small numbers in the first of its runs.
int whole(int low, int high) {
  return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange(low, high));
}

double unit() {
  return whole(0, 1001) / 1000.0;
}

Plain any_game(int most_members) {
  Plain plain;
  const int n = whole(1, most_members + 1);
  double sum = 0;
  for (int i = 0; i < n; ++i) {
    plain.gain.push_back(unit() - 0.6);
    plain.unexplained.push_back((unit() - 0.5) / 10);
    plain.resolve.push_back(unit());
    plain.influence.push_back(unit() + 0.001);
    sum += plain.influence.back();
  }
  for (double& w : plain.influence) w /= sum;
  plain.kappa0 = unit() / 3;
  plain.kappa1 = unit() * 2;
  plain.phi = 0.2 + 0.8 * unit();
  return plain;
}

RC_GTEST_PROP(SilenceGame, BothEquilibriaMatchBruteForceOverAllSets, ()) {
  const Plain plain = any_game(12);
  const Solved solved = solve(plain);
  RC_ASSERT(plain.is_equilibrium(solved.least));
  RC_ASSERT(plain.is_equilibrium(solved.greatest));
  for (unsigned set = 0; set < 1U << plain.size(); ++set) {
    if (!plain.is_equilibrium(set)) continue;
    RC_ASSERT(is_subset(solved.least, set));
    RC_ASSERT(is_subset(set, solved.greatest));
  }
}

RC_GTEST_PROP(SilenceGame, DearerObjectingNeverAddsAnObjector, ()) {
  const Plain plain = any_game(20);
  const Solved before = solve(plain);
  Plain dearer = plain;
  switch (whole(0, 4)) {
    case 0:
      dearer.kappa0 += unit();
      break;
    case 1:
      dearer.kappa1 += unit();
      break;
    case 2:
      dearer.phi += (1 - dearer.phi) * unit();  // fellow objectors give less cover
      break;
    default: {
      const auto i = static_cast<std::size_t>(whole(0, static_cast<int>(plain.size())));
      dearer.resolve[i] *= unit();
    }
  }
  const Solved after = solve(dearer);
  RC_ASSERT(is_subset(after.least, before.least));
  RC_ASSERT(is_subset(after.greatest, before.greatest));
}

RC_GTEST_PROP(SilenceGame, MoreGrievanceNeverRemovesAnObjector, ()) {
  const Plain plain = any_game(20);
  Plain angrier = plain;
  const auto i = static_cast<std::size_t>(whole(0, static_cast<int>(plain.size())));
  angrier.unexplained[i] += unit();
  const Solved before = solve(plain);
  const Solved after = solve(angrier);
  RC_ASSERT(is_subset(before.least, after.least));
  RC_ASSERT(is_subset(before.greatest, after.greatest));
}

RC_GTEST_PROP(SilenceGame, RelabellingMembersChangesNothing, ()) {
  const Plain plain = any_game(20);
  std::vector<std::size_t> order(plain.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  for (std::size_t k = order.size(); k > 1; --k) {
    std::swap(order[k - 1], order[static_cast<std::size_t>(whole(0, static_cast<int>(k)))]);
  }
  Plain shuffled = plain;
  for (std::size_t i = 0; i < order.size(); ++i) {
    shuffled.gain[i] = plain.gain[order[i]];
    shuffled.unexplained[i] = plain.unexplained[order[i]];
    shuffled.resolve[i] = plain.resolve[order[i]];
    shuffled.influence[i] = plain.influence[order[i]];
  }
  const Solved a = solve(plain);
  const Solved b = solve(shuffled);
  for (std::size_t i = 0; i < order.size(); ++i) {
    RC_ASSERT((a.least >> order[i] & 1U) == (b.least >> i & 1U));
    RC_ASSERT((a.greatest >> order[i] & 1U) == (b.greatest >> i & 1U));
  }
}

RC_GTEST_PROP(SilenceGame, WithoutCostsEveryGrievanceObjects, ()) {
  Plain plain = any_game(20);
  plain.kappa0 = plain.kappa1 = 0;
  unsigned aggrieved = 0;
  for (std::size_t i = 0; i < plain.size(); ++i) {
    aggrieved |= plain.grievance(i) > 0 ? 1U << i : 0U;
  }
  const Solved solved = solve(plain);
  RC_ASSERT(solved.least == aggrieved);
  RC_ASSERT(solved.greatest == aggrieved);
}

RC_GTEST_PROP(SilenceGame, WhoCaresForNothingNeverObjects, ()) {
  Plain plain = any_game(20);
  const auto i = static_cast<std::size_t>(whole(0, static_cast<int>(plain.size())));
  plain.gain[i] = plain.unexplained[i] = 0;
  plain.resolve[i] = 1;
  RC_ASSERT((solve(plain).greatest >> i & 1U) == 0);
}

TEST(SilenceGame, CriticsWhoNeedCoverObjectOnlyIfTheyCoordinate) {
  // By hand: alone each bears 0.1 > 0.08; beside the other 0.1 * 0.5 = 0.05 < 0.08.
  Plain plain;
  plain.gain = {-0.08, -0.08, 0};
  plain.unexplained = {0, 0, 0};
  plain.resolve = {0, 0, 0};
  plain.influence = {0.3, 0.3, 0.4};
  plain.kappa0 = 0.1;
  plain.phi = 0.5;
  const Solved solved = solve(plain);
  EXPECT_EQ(solved.least, 0U);
  EXPECT_EQ(solved.greatest, 0b011U);
}

TEST(SilenceGame, PressureOfSupportersSilencesTheIrresolute) {
  // By hand: K = (1 - rho)(0.05 + 0.5 * 0.5 * 0.4) = (1 - rho) 0.15, against a grievance of 0.1.
  Plain plain;
  plain.gain = {-0.1, 0.4};
  plain.unexplained = {0, 0};
  plain.influence = {0.5, 0.5};
  plain.resolve = {0, 0};
  EXPECT_EQ(solve(plain).least, 0U);
  plain.resolve = {0.4, 0};  // 0.6 * 0.15 = 0.09
  EXPECT_EQ(solve(plain).least, 0b01U);
}

TEST(NetGain, IsWhatTheTextBringsNearerTheIdeal) {
  EXPECT_DOUBLE_EQ(net_gain(60, 1, 60, 0), 0.6);
  EXPECT_DOUBLE_EQ(net_gain(0, 0.5, 60, 0), -0.3);
  EXPECT_DOUBLE_EQ(net_gain(30, 1, 60, 0), 0);
  EXPECT_DOUBLE_EQ(net_gain(80, 1, 20, 100), -0.4);
}

TEST(Threshold, OfTheFullyResoluteIsInfinite) {
  EXPECT_TRUE(std::isinf(threshold(0.01, 1)));
  EXPECT_EQ(threshold(0, 1), 0);
  EXPECT_EQ(threshold(-0.2, 0.5), 0);
  EXPECT_DOUBLE_EQ(threshold(0.2, 0.5), 0.4);
}

}  // namespace
}  // namespace delian::consensus
