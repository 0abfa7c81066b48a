// delian route FROM TO [--close GATE,...] [--open GATE,...] [--class CLASS] [--via STOP]...
//              [--max-latitude-south N] [--max-latitude-north N] [--speed N] [--lang ...]
//              [--json|--geojson]
// delian route --list ports|gates|classes [--lang ...]

#include <ostream>

#include "cli/commands.hpp"
#include "delian/sea_report.hpp"
#include "io/diagnostics.hpp"
#include "io/route_json.hpp"
#include "io/sea.hpp"

namespace delian::cli {
namespace {

int list(const std::string& what, Language language, Streams& streams) {
  const sea::Facts& facts = io::sea_network().facts();
  streams.out << (what == "ports"   ? sea::list_ports(facts, language)
                  : what == "gates" ? sea::list_gates(facts, language)
                                    : sea::list_classes(facts, language));
  return exit_ok;
}

}  // namespace

int route(const RouteArguments& arguments, Streams& streams) {
  if (!arguments.list.empty()) return list(arguments.list, arguments.language, streams);
  if (arguments.question.from.empty() || arguments.question.to.empty()) {
    streams.err << "Two places are needed: delian route FROM TO, or --list ports\n";
    return exit_usage;
  }
  if (arguments.json && arguments.geojson) {
    streams.err << "--json and --geojson: choose one\n";
    return exit_usage;
  }
  const sea::Network& network = io::sea_network();
  const Expected<sea::Plan> plan = sea::plan(network, arguments.question);
  if (!plan) {
    streams.err << io::render(plan.error(), {}, streams.err_colour);
    return exit_usage;
  }
  if (arguments.geojson) {
    streams.out << io::route_geojson(network, arguments.question, *plan);
  } else if (arguments.json) {
    streams.out << io::route_json(network, arguments.question, *plan);
  } else {
    streams.out << sea::route_report(network, arguments.question, *plan, arguments.language);
  }
  return exit_ok;
}

}  // namespace delian::cli
