// delian calibrate DIR|FILE... [--draws N] [--seed N] [--json]

#include <ostream>

#include "cli/answering.hpp"
#include "cli/commands.hpp"
#include "cli/decided_cases.hpp"
#include "delian/backtest_report.hpp"
#include "io/backtest_json.hpp"
#include "io/diagnostics.hpp"

namespace delian::cli {

int calibrate(const CalibrateArguments& arguments, Streams& streams) {
  const DecidedCases loaded = load_decided_cases(arguments.paths, GroupedBy::list);
  if (refuse(loaded, arguments.quiet, "calibrated", streams)) return exit_bad_input;

  const CalibrationOptions options{arguments.draws, arguments.seed};
  const InterruptGuard guard;
  const Watch watch("calibrating", arguments.threads, arguments.quiet, guard, streams);
  const Expected<Calibration> fitted = calibrate_decisions(loaded.cases, options, watch.context());
  if (!fitted) {
    streams.err << io::render(fitted.error(), loaded.texts, streams.err_colour);
    return guard.interrupted() ? exit_interrupted : exit_bad_input;
  }
  const std::string source = source_name(arguments.paths);
  streams.out << (arguments.json ? io::to_json(*fitted, source) + "\n"
                                 : calibration_text(*fitted, source, streams.out_colour));
  return exit_ok;
}

}  // namespace delian::cli
