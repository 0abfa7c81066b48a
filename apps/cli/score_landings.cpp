// delian score on tables of actors with outcomes: where deals landed.

#include "cli/score_landings.hpp"

#include <algorithm>
#include <filesystem>
#include <ostream>
#include <system_error>

#include "cli/answering.hpp"
#include "cli/tables.hpp"
#include "delian/backtest_report.hpp"
#include "delian/landing_backtest.hpp"
#include "domain/text.hpp"
#include "io/backtest_json.hpp"
#include "io/diagnostics.hpp"

namespace delian::cli {

bool holds_actor_table(const std::string& path) {
  std::error_code error;
  const std::filesystem::path place(path);
  if (std::filesystem::is_directory(place, error)) {
    return std::filesystem::exists(place / "issues.csv", error) &&
           std::filesystem::exists(place / "positions.csv", error);
  }
  const std::string ending = place.extension().string();
  return std::filesystem::is_regular_file(place, error) && ending != ".toml";
}

int score_landings(const ScoreArguments& arguments, Streams& streams) {
  if (arguments.group && *arguments.group != "proposal" && *arguments.group != "issue") {
    streams.err << "--group: \"" << printable(*arguments.group)
                << "\" is no key of decided issues. Known: proposal, issue.\n";
    return exit_usage;
  }
  std::vector<LandingCase> cases;
  for (const std::string& path : arguments.paths) {
    TableArguments table;
    table.path = path;
    const TableOutcome outcome = load_table(table, streams);
    if (!outcome.loaded) return outcome.exit;
    for (LandingCase& one : landing_cases(outcome.loaded->imported.table)) {
      if (arguments.group == "issue") one.group = one.id;
      if (arguments.paths.size() > 1) one.group.insert(0, path + ": ");
      cases.push_back(std::move(one));
    }
  }
  LandingBacktestOptions options;
  constexpr std::size_t usual_folds = 10;
  options.folds = arguments.folds.value_or(usual_folds);
  if (arguments.leave_one_out) options.folds = std::max<std::size_t>(cases.size(), 2);
  options.shipped_weights = arguments.shipped;
  options.seed = arguments.seed;
  const InterruptGuard guard;
  const Watch watch("scoring", arguments.threads, arguments.quiet, guard, streams);
  const Expected<LandingBacktest> scored = backtest_landings(cases, options, watch.context());
  if (!scored) {
    streams.err << io::render(scored.error(), {}, streams.err_colour) << "Nothing was scored.\n";
    return guard.interrupted() ? exit_interrupted : exit_bad_input;
  }
  const std::string source = arguments.paths.size() == 1
                                 ? arguments.paths.front()
                                 : std::to_string(arguments.paths.size()) + " tables";
  streams.out << (arguments.json ? io::to_json(*scored, source) + "\n"
                                 : landing_backtest_text(*scored, source, streams.out_colour));
  return exit_ok;
}

}  // namespace delian::cli
