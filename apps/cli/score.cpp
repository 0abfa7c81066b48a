// delian score DIR|FILE... [--folds K | --leave-one-out] [--group KEY] [--shipped] [--json]

#include <algorithm>
#include <ostream>
#include <utility>

#include "cli/answering.hpp"
#include "cli/commands.hpp"
#include "cli/decided_cases.hpp"
#include "cli/score_landings.hpp"
#include "delian/backtest_report.hpp"
#include "domain/text.hpp"
#include "io/backtest_json.hpp"
#include "io/diagnostics.hpp"

namespace delian::cli {
namespace {

/// Decided cases: scenarios with a [result].
int score_decisions(const ScoreArguments& arguments, Streams& streams) {
  const std::string key = arguments.group.value_or("group");
  const std::optional<GroupedBy> grouped = grouped_by(key);
  if (!grouped) {
    streams.err << "--group: \"" << printable(key)
                << "\" is no key of decided cases. Known: " << group_names() << ".\n";
    return exit_usage;
  }
  const DecidedCases loaded = load_decided_cases(arguments.paths, *grouped);
  if (refuse(loaded, arguments.quiet, "scored", streams)) return exit_bad_input;

  DecisionBacktestOptions options;
  options.folds = arguments.folds.value_or(0);
  options.shipped_parameters = arguments.shipped;
  options.draws = arguments.draws;
  options.seed = arguments.seed;
  const InterruptGuard guard;
  const Watch watch("scoring", arguments.threads, arguments.quiet, guard, streams);
  const Expected<DecisionBacktest> scored =
      backtest_decisions(loaded.cases, options, watch.context());
  if (!scored) {
    streams.err << io::render(scored.error(), loaded.texts, streams.err_colour);
    return guard.interrupted() ? exit_interrupted : exit_bad_input;
  }
  const std::string source = source_name(arguments.paths);
  streams.out << (arguments.json ? io::to_json(*scored, source) + "\n"
                                 : decision_backtest_text(*scored, source, streams.out_colour));
  return exit_ok;
}

}  // namespace

// What the paths hold decides who scores them.
int score(const ScoreArguments& arguments, Streams& streams) {
  if (std::all_of(arguments.paths.begin(), arguments.paths.end(), holds_actor_table)) {
    return score_landings(arguments, streams);
  }
  Diagnostics problems;
  for (const std::string& path : arguments.paths) {
    if (holds_decided_cases(path)) continue;
    Diagnostic problem = diagnose("E554", "", "there is nothing here that can be scored",
                                  "name a folder of case files, a list of cases, or scenarios "
                                  "with a [result]; tables of actors are scored by themselves");
    problem.place.file = path;
    problems.push_back(std::move(problem));
  }
  if (!problems.empty()) {
    streams.err << io::render(problems, {}, streams.err_colour) << "Nothing was scored.\n";
    return exit_bad_input;
  }
  return score_decisions(arguments, streams);
}

}  // namespace delian::cli
