// delian presence FILE [--draws N] [--seed N] [--words ...] [--lang ...] [--json] [-q]
//     [--keep N [--by CODE,...]]

#include <ostream>

#include "cli/answering.hpp"
#include "cli/commands.hpp"
#include "cli/files.hpp"
#include "delian/presence_report.hpp"
#include "io/atlas.hpp"
#include "io/diagnostics.hpp"
#include "io/presence_json.hpp"
#include "solver/cbc.hpp"

namespace delian::cli {

int ships_present(const PresenceArguments& arguments, Streams& streams) {
  const LoadedScenario loaded = load_scenario(arguments.file);
  if (!loaded.file.problems.empty() && (!arguments.quiet || !loaded.file.scenario)) {
    streams.err << io::render(loaded.file.problems, loaded.texts, streams.err_colour);
  }
  if (!loaded.file.scenario) {
    streams.err << "Nothing was computed.\n";
    return exit_bad_input;
  }
  const Scenario& scenario = *loaded.file.scenario;
  const presence::StudyFacts facts = io::theatre_facts();
  const InterruptGuard guard;
  const Watch watch("sailing", 0, arguments.quiet, guard, streams);
  const auto study =
      presence::study(scenario, facts, {arguments.seed, arguments.draws}, watch.context());
  if (!study) {
    streams.err << io::render(study.error(), loaded.texts, streams.err_colour);
    return exit_bad_input;
  }
  if (study->draws == 0) {
    streams.err << "Interrupted before the first draw was done.\n";
    return exit_interrupted;
  }
  std::optional<presence::Cover> kept;
  if (arguments.keep > 0 && !guard.interrupted()) {
    auto covered = presence::cover(*study, *scenario.parts().theatre,
                                   {static_cast<int>(arguments.keep), arguments.by}, solver::cbc());
    if (!covered) {
      streams.err << io::render(covered.error(), loaded.texts, streams.err_colour);
      return exit_bad_input;
    }
    kept = *std::move(covered);
  }
  if (arguments.json) {
    streams.out << io::to_json(*study, kept, scenario) << '\n';
  } else {
    ReportOptions options;
    options.language = arguments.language;
    options.yardstick = arguments.yardstick;
    options.colour = streams.out_colour;
    streams.out << presence::text_report(*study, kept ? &*kept : nullptr, facts, io::atlas(),
                                         options);
  }
  return guard.interrupted() ? exit_interrupted : exit_ok;
}

}  // namespace delian::cli
