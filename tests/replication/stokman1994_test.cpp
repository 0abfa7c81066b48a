// Exchange of positions on the Copenhagen climate negotiations of 2009.

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "support/problems.hpp"
#include "support/shared_data.hpp"

namespace delian {
namespace {

using testing::ask;
using testing::shared_data;

/// The rows '#A' actor, '#P' issue and '#D' actor, issue, position, salience, power of the program
/// Decide, each cell in single quotes, cells divided by tabs.
ActorTable read_decide(const std::string& text) {
  ActorTable::Parts parts;
  std::map<std::string, std::size_t> actors;
  std::map<std::string, std::size_t> issues;
  std::vector<std::vector<std::string>> stands;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    std::vector<std::string> cells;
    std::istringstream rest(line);
    for (std::string cell; std::getline(rest, cell, '\t');) {
      std::string plain;
      for (const char c : cell) {
        if (c != '\'' && c != '\r') plain += c;
      }
      cells.push_back(plain);
    }
    if (cells.empty()) continue;
    if (cells[0] == "#A") {
      actors.emplace(cells.at(1), parts.actors.size());
      parts.actors.push_back(cells.at(1));
    }
    if (cells[0] == "#P") {
      issues.emplace(cells.at(1), parts.issues.size());
      Issue issue;
      issue.id = cells.at(1);
      parts.issues.push_back(issue);
    }
    if (cells[0] == "#D") stands.push_back(cells);
  }
  parts.stands.resize(parts.actors.size() * parts.issues.size());
  for (const auto& row : stands) {
    parts.stands.at(actors.at(row.at(1)) * parts.issues.size() + issues.at(row.at(2))) =
        Stand{std::stod(row.at(3)), std::stod(row.at(4)), std::stod(row.at(5))};
  }
  return ActorTable::make(parts).value();
}

/// Landings of one draw, each by the lots of that draw.
std::vector<double> copenhagen(const BargainingProblem& problem, const std::string& variant,
                               std::uint64_t number) {
  const BargainingModel& model = *find_bargaining_model("position_exchange");
  const auto bound = model.bind({{"variant", variant == "decide" ? 1 : 0}}).value();
  BargainingDraw draw = problem.draw();
  draw.draw = number;
  return bound.forecast(problem.setting, draw).landing;
}

constexpr const char* file = "position-exchange/copenhagen.csv";

// Issues in the order of the file: Newtreaty, DevlopC2020, Domestred, MRVdecrease, Commitments,
// Control, Extra. Both rows were computed with the program Decide
// (foarsitter/decide-exchange-model, November 2025).
constexpr std::array before{61.58, 58.14, 30.71, 52.24, 51.95, 57.62, 64.62};
constexpr std::array after{54.26, 66.66, 37.32, 47.43, 19.06, 68.54, 95.48};
constexpr double last_digit = 0.005;

TEST(Stokman1994, Copenhagen_Round0) {
  const auto text = shared_data(file);
  DELIAN_NEEDS_DATA(text, file);
  const Forecast forecast = ask("compromise_mean", make_problem(read_decide(*text)));
  for (std::size_t p = 0; p < before.size(); ++p) {
    EXPECT_NEAR(forecast.landing[p], before[p], last_digit) << p;
  }
}

// Decide breaks ties by tossing coins and prints one run. Two actors of this case want the same on
// five issues, so ties are many; the run printed is one of those that the lots can lead to.
TEST(Stokman1994, Copenhagen_Round1AsDecideKeepsItsBooks) {
  const auto text = shared_data(file);
  DELIAN_NEEDS_DATA(text, file);
  const BargainingProblem problem = make_problem(read_decide(*text));
  const std::vector<double> landing = copenhagen(problem, "decide", 18);
  for (std::size_t p = 0; p < after.size(); ++p) {
    EXPECT_NEAR(landing[p], after[p], last_digit) << p;
  }
  // 200 draws end in fourteen different ways. On the two issues where the largest exchanges take
  // place all of them agree with the run printed.
  std::set<std::vector<double>> endings;
  for (std::uint64_t draw = 0; draw < 200; ++draw) {
    std::vector<double> rounded = copenhagen(problem, "decide", draw);
    EXPECT_NEAR(rounded[4], after[4], last_digit);
    EXPECT_NEAR(rounded[6], after[6], last_digit);
    for (double& x : rounded) x = std::round(x * 100) / 100;
    endings.insert(rounded);
  }
  EXPECT_EQ(endings.size(), 14);
}

// The model as described, without the three habits of Decide's books (docs/models/
// position_exchange.md): our own numbers, pinned. Five issues are within 1.4 points of Decide's
// run; DevlopC2020 is 9.9 below it and Domestred 11.8 above, since Decide goes on shifting outcomes
// that have already passed what the partner wants.
TEST(Stokman1994, Copenhagen_Round1AsDescribed) {
  const auto text = shared_data(file);
  DELIAN_NEEDS_DATA(text, file);
  const std::vector<double> landing = copenhagen(make_problem(read_decide(*text)), "exact", 3);
  constexpr std::array ours{54.26, 56.76, 49.15, 47.43, 19.06, 67.20, 95.48};
  for (std::size_t p = 0; p < ours.size(); ++p) {
    EXPECT_NEAR(landing[p], ours[p], last_digit) << p;
  }
}

}  // namespace
}  // namespace delian
