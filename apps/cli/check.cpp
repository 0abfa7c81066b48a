// delian check FILE... [--strict] [--json]

#include <ostream>

#include "cli/commands.hpp"
#include "cli/files.hpp"
#include "io/diagnostics.hpp"

namespace delian::cli {
int check(const CheckArguments& arguments, Streams& streams) {
  Diagnostics all;
  std::string rendered;
  for (const std::string& path : arguments.files) {
    const LoadedScenario loaded = load_scenario(path);
    rendered += io::render(loaded.file.problems, loaded.texts, streams.err_colour);
    all.insert(all.end(), loaded.file.problems.begin(), loaded.file.problems.end());
  }
  if (arguments.json) {
    streams.out << io::to_json(all);
  } else {
    streams.err << rendered;
    streams.err << io::count_line(all, arguments.files.size()) << '\n';
  }
  if (has_errors(all)) return exit_bad_input;
  return arguments.strict && !all.empty() ? exit_warnings : exit_ok;
}

}  // namespace delian::cli
