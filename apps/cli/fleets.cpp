// delian fleets [STATE...] [--forces] [--deployments] [--goals] [--costs] [--memory] [--json]
//               [--lang ...]

#include "io/fleets.hpp"

#include <algorithm>
#include <ostream>

#include "cli/commands.hpp"
#include "delian/fleet.hpp"
#include "delian/fleet_report.hpp"
#include "domain/text.hpp"
#include "io/atlas.hpp"
#include "io/diagnostics.hpp"
#include "io/fleets_json.hpp"

namespace delian::cli {
namespace {

/// The codes of what was typed, each once, or what is wrong.
Expected<std::vector<std::string>> states_of(const std::vector<std::string>& words) {
  std::vector<std::string> states;
  Diagnostics problems;
  for (const std::string& word : words) {
    const Country* country = io::atlas().guess_country(word);
    if (country == nullptr) {
      std::vector<std::string_view> names;
      for (const fleet::Navy& navy : io::fleets().navies) {
        if (const Country* known = io::atlas().find_country(navy.state)) {
          names.push_back(known->name.en);
        }
      }
      const std::string_view near = nearest(word, names);
      problems.push_back(diagnose(
          "E620", "STATE", "there is no state \"" + printable(word) + '"',
          near.empty() ? "write a code such as FR, or a name; delian fleets lists those with facts"
                       : "did you mean \"" + std::string(near) + "\"?"));
    } else if (io::fleets().find_navy(country->code) == nullptr) {
      problems.push_back(
          diagnose("E621", "STATE", "there are no facts about the fleet of " + country->name.en,
                   "delian fleets lists the states with facts; data/fleets/ is where to add one"));
    } else if (std::find(states.begin(), states.end(), country->code) == states.end()) {
      states.push_back(country->code);
    }
  }
  if (!problems.empty()) return tl::unexpected(std::move(problems));
  return states;
}

}  // namespace

int fleets(const FleetsArguments& arguments, Streams& streams) {
  Expected<std::vector<std::string>> states = states_of(arguments.states);
  if (!states) {
    streams.err << io::render(states.error(), {}, streams.err_colour);
    return exit_usage;
  }
  fleet::Selection selection = arguments.selection;
  selection.states = *std::move(states);
  streams.out << (arguments.json ? io::fleets_json(io::fleets(), selection)
                                 : fleet::fleets_report(io::fleets(), io::atlas(), selection,
                                                        arguments.language));
  return exit_ok;
}

}  // namespace delian::cli
