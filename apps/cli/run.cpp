// delian run FILE [--seed N] [--draws N] [--threads N] [--words ...] [--lang ...] [--json] [-o
// FILE]

#include <optional>
#include <ostream>

#include "cli/answering.hpp"
#include "cli/commands.hpp"
#include "cli/files.hpp"
#include "delian/answer.hpp"
#include "delian/report.hpp"
#include "domain/text.hpp"
#include "io/answer_json.hpp"
#include "io/atlas.hpp"
#include "io/diagnostics.hpp"
#include "io/presence_json.hpp"

namespace delian::cli {
int run(const RunArguments& arguments, Streams& streams) {
  const LoadedScenario loaded = load_scenario(arguments.file);
  if (!loaded.file.problems.empty() && (!arguments.quiet || !loaded.file.scenario)) {
    streams.err << io::render(loaded.file.problems, loaded.texts, streams.err_colour);
  }
  if (!loaded.file.scenario) {
    streams.err << "Nothing was run.\n";
    return exit_bad_input;
  }
  for (const io::TextFile& input : loaded.texts) {
    if (!arguments.output || !same_file(*arguments.output, input.name)) continue;
    streams.err << "--output: " << printable(*arguments.output) << " is the file that is read as "
                << printable(input.name) << ". Nothing was run; choose another name.\n";
    return exit_usage;
  }

  AnswerOptions options;
  options.seed = arguments.seed;
  options.draws = arguments.draws;
  options.yardstick = arguments.yardstick;
  options.landing_draws = arguments.landing_draws;
  options.landing_models = arguments.models;
  options.presence_draws = arguments.presence_draws;
  std::optional<presence::StudyFacts> facts;  // reading them takes time
  if (options.presence_draws > 0 && loaded.file.scenario->parts().theatre) {
    facts.emplace(io::theatre_facts());
    options.theatre_facts = &*facts;
  }
  const InterruptGuard guard;
  const Expected<Answer> answered = answer_watched(
      *loaded.file.scenario, options, arguments.threads, arguments.quiet, guard, streams);
  if (!answered) {  // the reader has checked the file, so it is an option
    streams.err << io::render(answered.error(), loaded.texts, streams.err_colour);
    return exit_usage;
  }
  if (answered->provenance.draws_done == 0) {
    streams.err << "Interrupted before the first draw was done.\n";
    return exit_interrupted;
  }

  std::string text;
  if (arguments.json) {
    text = io::to_json(*answered, *loaded.file.scenario, io::scenario_hash(loaded.texts),
                       arguments.within) +
           "\n";
  } else {
    ReportOptions report;
    report.language = arguments.language;
    report.yardstick = arguments.yardstick;
    report.within = arguments.within;
    report.colour = streams.out_colour && !arguments.output;
    text = text_report(*answered, *loaded.file.scenario, io::atlas(), report);
  }
  if (arguments.output) {
    if (const std::string error = write_file(*arguments.output, text); !error.empty()) {
      streams.err << "cannot write " << printable(*arguments.output) << ": " << error << '\n';
      return exit_usage;
    }
  } else {
    streams.out << text;
  }
  return guard.interrupted() ? exit_interrupted : exit_ok;
}

}  // namespace delian::cli
