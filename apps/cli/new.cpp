// delian new --body nato --on 2023-07-11 [-o FILE]

#include <ostream>

#include "cli/commands.hpp"
#include "cli/files.hpp"
#include "io/atlas.hpp"
#include "io/diagnostics.hpp"
#include "io/new_scenario.hpp"

namespace delian::cli {
namespace {

int refuse(Streams& streams, const Diagnostics& problems) {
  streams.err << io::render(problems, {}, streams.err_colour);
  return exit_bad_input;
}

}  // namespace

int new_scenario(const NewArguments& arguments, Streams& streams) {
  const Expected<std::string> text =
      io::new_scenario(arguments.body, arguments.on, io::atlas(), arguments.language);
  if (!text) return refuse(streams, text.error());
  if (!arguments.output) {
    streams.out << *text;
    return exit_ok;
  }
  if (file_exists(*arguments.output) && !arguments.force) {
    streams.err << *arguments.output
                << " exists and was left alone. Choose another name, or say --force.\n";
    return exit_usage;
  }
  if (const std::string error = write_file(*arguments.output, *text); !error.empty()) {
    streams.err << "cannot write " << *arguments.output << ": " << error << '\n';
    return exit_usage;
  }
  streams.err << "Wrote " << *arguments.output << ". Fill it in, then: delian check "
              << *arguments.output << '\n';
  return exit_ok;
}

}  // namespace delian::cli
