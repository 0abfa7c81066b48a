// How far the challenge model was from decided issues of the European Union: DEU III, Arregui &
// Perarnaud 2021, doi:10.34810/data53. Capability is the square root of gross domestic product,
// that of Commission and Parliament the largest state's. Ours; docs/models/challenge.md cites it.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include "support/problems.hpp"
#include "support/shared_data.hpp"

namespace delian {
namespace {

using testing::ActorRow;
using testing::shared_data;

using Fields = std::vector<std::string>;

/// Fields of the lines behind the first. No field has a comma in it.
std::vector<Fields> rows_of(const std::string& text) {
  std::vector<Fields> rows;
  std::istringstream lines(text);
  std::string line;
  std::getline(lines, line);
  while (std::getline(lines, line)) {
    Fields row;
    std::istringstream fields(line + ",");
    for (std::string field; std::getline(fields, field, ',');) row.push_back(field);
    rows.push_back(row);
  }
  return rows;
}

struct Decided {
  BargainingProblem problem;
  double outcome = 0;
};

std::vector<Decided> decided_issues(const std::string& issues, const std::string& positions,
                                    const std::string& actors) {
  std::map<std::string, double> capability;
  double largest = 0;
  for (const Fields& row : rows_of(actors)) {
    if (row[1].empty()) continue;
    capability[row[0]] = std::sqrt(std::stod(row[1]));
    largest = std::max(largest, capability[row[0]]);
  }
  std::map<std::string, std::vector<Fields>> stands;
  for (const Fields& row : rows_of(positions)) {
    if (!row[2].empty()) stands[row[0]].push_back(row);
  }
  std::vector<Decided> decided;
  for (const Fields& issue : rows_of(issues)) {
    const std::vector<Fields>& here = stands[issue.front()];
    if (issue.back().empty() || here.size() < 3) continue;
    double known = 0, sum = 0;
    for (const Fields& row : here) {
      if (row[3].empty()) continue;
      known += 1;
      sum += std::stod(row[3]);
    }
    std::vector<ActorRow> rows;
    for (const Fields& row : here) {
      const double salience = row[3].empty() ? sum / known : std::stod(row[3]);
      const auto found = capability.find(row[1]);
      rows.push_back(
          {std::stod(row[2]), salience / 100, found != capability.end() ? found->second : largest});
    }
    decided.push_back({testing::problem_of(rows), std::stod(issue.back())});
  }
  return decided;
}

double mean_absolute_error(const std::vector<Decided>& decided, const std::string& id,
                           const ParameterMap& parameters) {
  double sum = 0;
  for (const Decided& one : decided) {
    const Forecast forecast = testing::ask(id, one.problem, parameters);
    sum += std::fabs(forecast.landing.front() - one.outcome);
  }
  return sum / static_cast<double>(decided.size());
}

TEST(DeuChallenge, IsFurtherFromDecisionsThanTheCompromiseMean) {
  const auto issues = shared_data("deu3/issues.csv");
  const auto positions = shared_data("deu3/positions.csv");
  const auto actors = shared_data("deu3/actors.csv");
  DELIAN_NEEDS_DATA(issues && positions && actors, "deu3/issues.csv");
  const auto decided = decided_issues(*issues, *positions, *actors);
  ASSERT_EQ(decided.size(), 258U);
  EXPECT_NEAR(mean_absolute_error(decided, "compromise_mean", {}), 22.82, 0.005);
  EXPECT_NEAR(mean_absolute_error(decided, "challenge", {}), 30.48, 0.01);
  EXPECT_NEAR(mean_absolute_error(decided, "challenge", {{"outcome", 1}}), 30.26, 0.01);
  EXPECT_NEAR(mean_absolute_error(decided, "challenge", {{"reading", 1}, {"rounds", 8}}), 28.09,
              0.01);
  EXPECT_NEAR(
      mean_absolute_error(decided, "challenge", {{"reading", 1}, {"rounds", 8}, {"outcome", 1}}),
      25.12, 0.01);
}

}  // namespace
}  // namespace delian
