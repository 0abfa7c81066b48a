// KTAB's Spatial Model of Politics. Expected positions are what KTAB's own program (commit 3b5b063,
// built unchanged, default options) writes for its own test inputs.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <sstream>
#include <string>
#include <vector>

#include "support/bundled.hpp"
#include "support/problems.hpp"
#include "support/shared_data.hpp"
#include "support/tables.hpp"

namespace delian {
namespace {

using testing::ask;
using testing::file_text;
using testing::table_of;

constexpr double last_digit = 1e-4;  // in points of the scale from 0 to 100

std::vector<std::string> fields_of(const std::string& line) {
  std::vector<std::string> fields;
  std::istringstream rest(line);
  for (std::string field; std::getline(rest, field, ',');) {
    const auto first = field.find_first_not_of(" \r");
    const auto last = field.find_last_not_of(" \r");
    fields.push_back(first == std::string::npos ? "" : field.substr(first, last - first + 1));
  }
  return fields;
}

using Turn = std::vector<std::vector<double>>;  // [actor][issue]

void expect_turn(const Forecast& found, std::size_t turn, const Turn& expected) {
  ASSERT_LT(turn, found.rounds.size());
  const std::size_t issues = expected.front().size();
  for (std::size_t i = 0; i < expected.size(); ++i) {
    for (std::size_t k = 0; k < issues; ++k) {
      EXPECT_NEAR(found.rounds[turn][i * issues + k], expected[i][k], last_digit)
          << "turn " << turn << ", actor " << i << ", issue " << k;
    }
  }
}

TEST(Ktab2019, SevenActorsOnThreeIssues) {
  const BargainingProblem problem =
      make_problem(table_of(file_text(DELIAN_SOURCE_DIR "/catalog/ktab2019/dummy-3dim.csv")).table);
  ASSERT_EQ(problem.setting.actors, 7U);
  ASSERT_EQ(problem.setting.issues.size(), 3U);
  const Forecast found = ask("spatial", problem, {}, true);
  ASSERT_EQ(found.rounds.size(), 11U);
  EXPECT_EQ(found.termination, Termination::converged);
  expect_turn(found, 1,
              {{79.54, 44.71, 72.05},
               {78.93, 56.33, 72.52},
               {82.45, 90.89, 0.07},
               {65.82, 50.76, 63.02},
               {79.54, 44.72, 72.05},
               {84.39, 34.05, 86.34},
               {75.61, 24.79, 71.95}});
  expect_turn(found, 5,
              {{78.54, 30.53, 74.02},
               {79.05, 30.57, 74.21},
               {82.45, 90.89, 0.07},
               {66.71, 50.21, 63.52},
               {78.54, 30.53, 74.02},
               {80.52, 34.62, 75.95},
               {80.52, 34.62, 75.95}});
  expect_turn(found, 10,
              {{78.56, 31.76, 74.05},
               {78.56, 31.76, 74.05},
               {82.45, 90.89, 0.07},
               {67.12, 50.12, 63.73},
               {78.6, 31.65, 74.11},
               {79.88, 34.37, 75.16},
               {78.6, 31.65, 74.11}});
}

/// Every position of every actor at every turn, to KTAB's own stop.
void replicate(const std::string& name, std::size_t turns) {
  const std::string folder = "ktab-smp/" + name;
  const auto input = testing::shared_data(folder + ".csv");
  DELIAN_NEEDS_DATA(input, folder + ".csv");
  const auto output = testing::shared_data(folder + ".positions.csv");
  DELIAN_NEEDS_DATA(output, folder + ".positions.csv");

  const BargainingProblem problem = make_problem(table_of(*input).table);
  const Forecast found = ask("spatial", problem, {}, true);
  ASSERT_EQ(found.rounds.size(), turns + 1);
  EXPECT_EQ(found.termination, Termination::converged);
  const std::size_t issues = problem.setting.issues.size();
  std::istringstream lines(*output);
  std::string line;
  std::getline(lines, line);
  std::size_t compared = 0;
  double worst = 0;
  while (std::getline(lines, line)) {
    const auto fields = fields_of(line);  // turn, actor, issue, position, ideal
    const auto& round = found.rounds.at(std::stoul(fields.at(0)));
    const double position = round.at(std::stoul(fields.at(1)) * issues + std::stoul(fields.at(2)));
    worst = std::max(worst, std::abs(position - std::stod(fields.at(3))));
    ++compared;
  }
  EXPECT_LE(worst, last_digit);
  EXPECT_EQ(compared, (turns + 1) * problem.position.size());
}

TEST(Ktab2019, EveryPositionOfSevenActorsOnThreeIssues) {
  replicate("dummyData_3Dim", 10);
}

TEST(Ktab2019, EveryPositionOfThirteenActorsOnTwoIssues) {
  replicate("SOE-Pol-Comp", 27);
}

TEST(Ktab2019, EveryPositionOfTwentySixActorsOnOneIssue) {
  replicate("SOE-Policy", 19);
}

}  // namespace
}  // namespace delian
