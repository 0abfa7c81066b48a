// delian check FILE... [--strict] [--json]

#include <algorithm>
#include <ostream>

#include "cli/commands.hpp"
#include "cli/files.hpp"
#include "io/diagnostics.hpp"

namespace delian::cli {
namespace {

std::string counted(std::size_t count, const std::string& noun) {
  return std::to_string(count) + " " + noun + (count == 1 ? "" : "s");
}

}  // namespace

int check(const CheckArguments& arguments, Streams& streams) {
  Diagnostics all;
  std::string rendered;
  for (const std::string& path : arguments.files) {
    const LoadedScenario loaded = load_scenario(path);
    rendered += io::render(loaded.file.problems, loaded.texts, streams.err_colour);
    all.insert(all.end(), loaded.file.problems.begin(), loaded.file.problems.end());
  }
  const auto errors = static_cast<std::size_t>(std::count_if(
      all.begin(), all.end(), [](const Diagnostic& d) { return d.severity == Severity::error; }));
  const std::size_t warnings = all.size() - errors;
  if (arguments.json) {
    streams.out << io::to_json(all) << '\n';
  } else {
    streams.err << rendered;
    streams.err << counted(arguments.files.size(), "file")
                << " checked: " << counted(errors, "error") << ", " << counted(warnings, "warning")
                << ".\n";
  }
  if (errors > 0) return exit_bad_input;
  return arguments.strict && warnings > 0 ? exit_warnings : exit_ok;
}

}  // namespace delian::cli
