// delian import FILE|DIR [--format F] [--capability C] [--scale LOW:HIGH] [--issue ID]... [--json]
//               [-o OUT.csv] | [--body ID --on DATE [-o OUT.toml]]

#include <ostream>

#include "cli/commands.hpp"
#include "cli/files.hpp"
#include "cli/tables.hpp"
#include "domain/text.hpp"
#include "io/atlas.hpp"
#include "io/diagnostics.hpp"
#include "io/new_scenario.hpp"
#include "report/table_summary.hpp"

namespace delian::cli {
namespace {

/// What is wrong with writing to this path; empty when nothing is.
std::string wrong_output(const std::string& path, bool force, const LoadedTable& loaded) {
  for (const io::TextFile& input : loaded.texts) {
    if (same_file(path, input.name)) {
      return "--output: " + printable(path) + " is the table that is read. Choose another name.\n";
    }
  }
  if (file_exists(path) && !force) {
    return printable(path) + " exists and was left alone. Choose another name, or say --force.\n";
  }
  return {};
}

/// Writes where the user said, or to the screen.
int deliver(const std::string& text, const ImportArguments& arguments, const LoadedTable& loaded,
            std::string_view next, Streams& streams) {
  if (!arguments.output) {
    streams.out << text;
    return exit_ok;
  }
  const std::string& path = *arguments.output;
  if (const std::string wrong = wrong_output(path, arguments.force, loaded); !wrong.empty()) {
    streams.err << wrong;
    return exit_usage;
  }
  if (const std::string error = write_file(path, text); !error.empty()) {
    streams.err << "cannot write " << printable(path) << ": " << error << '\n';
    return exit_usage;
  }
  streams.err << "Wrote " << printable(path) << next << printable(path) << '\n';
  return exit_ok;
}

int write_scenario(const ImportArguments& arguments, const LoadedTable& loaded, const Body& body,
                   const Date& date, Streams& streams) {
  if (loaded.issues.size() != 1) {
    streams.err << "--body: a scenario has one issue, and the table has " << loaded.issues.size()
                << ". Name one with --issue.\n";
    return exit_usage;
  }
  const std::string_view language = arguments.table.language == Language::fr ? "fr" : "en";
  const auto known = io::numbers_of_members(loaded.imported, loaded.issues.front(),
                                            arguments.table.path, body, date, language);
  if (!known) {
    streams.err << io::render(known.error(), loaded.texts, streams.err_colour)
                << "Nothing was written.\n";
    return exit_bad_input;
  }
  return deliver(io::skeleton(body, date, language, &*known), arguments, loaded,
                 ". Fill in the rest, then: delian check ", streams);
}

}  // namespace

int import_table(const ImportArguments& arguments, Streams& streams) {
  std::optional<BodyOnDate> members;
  if (!arguments.body.empty() || !arguments.on.empty()) {
    members = find_body_on_date(arguments.body, arguments.on, streams);
    if (!members) return exit_usage;
  }
  const TableOutcome outcome = load_table(arguments.table, streams);
  if (!outcome.loaded) return outcome.exit;
  const LoadedTable& loaded = *outcome.loaded;
  if (members) {
    return write_scenario(arguments, loaded, *members->body, members->date, streams);
  }
  io::ImportedTable shown = loaded.imported;
  if (!arguments.table.issues.empty()) shown.table = shown.table.of_issues(loaded.issues);
  if (arguments.table.json) {
    streams.out << io::to_json(shown, arguments.table.path);
  } else {
    const TableHeading heading{arguments.table.path, io::table_format_title(shown.format),
                               shown.notes};
    streams.out << table_summary(shown.table, heading, arguments.table.language,
                                 streams.out_colour);
  }
  if (!arguments.output) return exit_ok;
  return deliver(io::write_plain_table(shown.table), arguments, loaded,
                 ". Read it with: delian land ", streams);
}

}  // namespace delian::cli
