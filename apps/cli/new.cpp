// delian new --body nato --on 2023-07-11 [-o FILE]

#include <ostream>

#include "cli/commands.hpp"
#include "cli/files.hpp"
#include "domain/text.hpp"
#include "io/atlas.hpp"
#include "io/new_scenario.hpp"

namespace delian::cli {
std::optional<BodyOnDate> find_body_on_date(const std::string& name, const std::string& on,
                                            Streams& streams) {
  const Body* body = io::atlas().find_body(name);
  if (body == nullptr) {
    std::vector<std::string_view> known;
    for (const Body& b : io::atlas().bodies) known.push_back(b.id);
    streams.err << "--body: \"" << printable(name) << "\" is no known body. "
                << did_you_mean(name, known) << '\n';
    return std::nullopt;
  }
  const std::optional<Date> date = Date::parse(on);
  if (!date) {
    streams.err << "--on: \"" << printable(on) << "\" is no date. Write it as 2023-07-11.\n";
    return std::nullopt;
  }
  if (!date->complete()) {
    streams.err << "--on: \"" << printable(on)
                << "\" is no whole date: a day is needed. Write it as 2023-07-11.\n";
    return std::nullopt;
  }
  if (body->members_on(*date).empty()) {
    streams.err << body->name.en << " had no members on " << date->text() << ".\n";
    return std::nullopt;
  }
  return BodyOnDate{body, *date};
}

int new_scenario(const NewArguments& arguments, Streams& streams) {
  const auto members = find_body_on_date(arguments.body, arguments.on, streams);
  if (!members) return exit_usage;
  const std::string text =
      io::skeleton(*members->body, members->date, arguments.language == Language::fr ? "fr" : "en");
  if (!arguments.output) {
    streams.out << text;
    return exit_ok;
  }
  if (file_exists(*arguments.output) && !arguments.force) {
    streams.err << printable(*arguments.output)
                << " exists and was left alone. Choose another name, or say --force.\n";
    return exit_usage;
  }
  if (const std::string error = write_file(*arguments.output, text); !error.empty()) {
    streams.err << "cannot write " << printable(*arguments.output) << ": " << error << '\n';
    return exit_usage;
  }
  streams.err << "Wrote " << printable(*arguments.output) << ". Fill it in, then: delian check "
              << printable(*arguments.output) << '\n';
  return exit_ok;
}

}  // namespace delian::cli
