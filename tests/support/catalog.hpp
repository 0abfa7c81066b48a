#pragma once
// Published tables of one issue from the folder catalog/ as bargaining problems.

#include <algorithm>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "support/problems.hpp"

namespace delian::testing {

/// A table of catalog/ with its actors by name.
struct CatalogCase {
  std::vector<std::string> actors;
  BargainingProblem problem;

  std::size_t at(const std::string& actor) const {
    return static_cast<std::size_t>(std::find(actors.begin(), actors.end(), actor) -
                                    actors.begin());
  }
};

/// Reads "actor,position,salience,capability" behind comments of which "# scale: 4 to 10" and
/// "# salience: 0 to 100" count. Nothing in the result where the file is not of that form.
inline CatalogCase catalog_case(const std::string& path) {
  std::ifstream file(std::string(DELIAN_SOURCE_DIR) + "/catalog/" + path);
  CatalogCase result;
  std::vector<ActorRow> rows;
  double low = 0, high = 100, most_salience = 100;
  std::string line, word;
  bool header = false;
  while (std::getline(file, line)) {
    std::istringstream fields(line);
    if (line.starts_with("# scale:")) fields >> word >> word >> low >> word >> high;
    if (line.starts_with("# salience:")) fields >> word >> word >> word >> word >> most_salience;
    if (line.starts_with('#')) continue;
    if (!header) {
      if (line != "actor,position,salience,capability") return {};
      header = true;
      continue;
    }
    std::string actor;
    std::getline(fields, actor, ',');
    ActorRow row;
    char comma = 0;
    fields >> row.position >> comma >> row.salience >> comma >> row.capability;
    if (!fields) return {};
    row.salience /= most_salience;
    result.actors.push_back(actor);
    rows.push_back(row);
  }
  result.problem = problem_of(rows, low, high);
  return result;
}

}  // namespace delian::testing
