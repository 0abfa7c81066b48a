// delian land FILE|DIR [--model ID]... [--set ID.NAME=VALUE]... [--issue ID]... [--rounds] [--json]
// delian land --list-models [--json]

#include <algorithm>
#include <map>
#include <ostream>

#include "cli/commands.hpp"
#include "cli/tables.hpp"
#include "delian/table_landing.hpp"
#include "domain/text.hpp"
#include "io/table_landing_json.hpp"
#include "report/table_landing.hpp"

namespace delian::cli {
namespace {

std::vector<std::string_view> model_ids() {
  std::vector<std::string_view> ids;
  for (const BargainingModel* model : bargaining_models()) ids.push_back(model->info.id);
  return ids;
}

const BargainingModel* find_model(std::string_view flag, std::string_view id, Streams& streams) {
  const BargainingModel* model = find_bargaining_model(id);
  if (model == nullptr) {
    streams.err << flag << ": \"" << printable(id) << "\" is no model. "
                << did_you_mean(id, model_ids()) << '\n';
  }
  return model;
}

/// Reads "ID.NAME=VALUE" into the request of that model.
bool apply_setting(const std::string& setting, std::vector<LandingRequest>& requests,
                   Streams& streams) {
  const std::size_t point = setting.find('.');
  const std::size_t equals = setting.find('=');
  if (point == std::string::npos || equals == std::string::npos || equals < point) {
    streams.err << "--set: \"" << printable(setting)
                << "\" is no setting. Write it as ID.NAME=VALUE; delian land --list-models names "
                << "them.\n";
    return false;
  }
  const std::string id = setting.substr(0, point);
  const std::string name = setting.substr(point + 1, equals - point - 1);
  const std::string value = setting.substr(equals + 1);
  const BargainingModel* model = find_model("--set", id, streams);
  if (model == nullptr) return false;
  const auto request = std::find_if(requests.begin(), requests.end(),
                                    [&](const LandingRequest& r) { return r.model == model; });
  if (request == requests.end()) {
    streams.err << "--set: " << id << " is not among the models of --model.\n";
    return false;
  }
  const auto tell = [&](const Diagnostics& problems) {
    for (const Diagnostic& problem : problems) {
      streams.err << "--set " << printable(setting) << ": [" << problem.code << "] "
                  << printable(problem.message) << ". " << printable(problem.fix) << '\n';
    }
    return false;
  };
  const auto table = model->parameters();
  const auto info = std::find_if(table.begin(), table.end(),
                                 [&](const ParameterInfo& p) { return p.name == name; });
  double number = 0;
  if (info != table.end()) {
    const Expected<double> read = parameter_value(*info, value, "parameters." + name);
    if (!read) return tell(read.error());
    number = *read;
  }
  // Binding knows the names and the bounds.
  if (const auto bound = model->bind({{name, number}}); !bound) return tell(bound.error());
  request->parameters[name] = number;
  return true;
}

}  // namespace

int land(const LandArguments& arguments, Streams& streams) {
  const TableArguments& reading = arguments.table;
  if (arguments.list_models) {
    streams.out << (reading.json
                        ? io::to_json(bargaining_models())
                        : model_list(bargaining_models(), reading.language, streams.out_colour));
    return exit_ok;
  }
  if (reading.path.empty()) {
    streams.err << "FILE is required: a table of actors (delian land --help).\n";
    return exit_usage;
  }
  std::vector<LandingRequest> requests;
  for (const std::string& id : arguments.models) {
    const BargainingModel* model = find_model("--model", id, streams);
    if (model == nullptr) return exit_usage;
    const bool twice = std::any_of(requests.begin(), requests.end(),
                                   [&](const LandingRequest& r) { return r.model == model; });
    if (!twice) requests.push_back({model, {}});
  }
  if (requests.empty()) requests = every_model();
  for (const std::string& setting : arguments.settings) {
    if (!apply_setting(setting, requests, streams)) return exit_usage;
  }

  const TableOutcome outcome = load_table(reading, streams);
  if (!outcome.loaded) return outcome.exit;
  const LoadedTable& loaded = *outcome.loaded;
  const ActorTable& table = loaded.imported.table;
  const auto models = delian::land(table, requests, arguments.rounds);
  if (!models) return exit_internal;  // every setting was checked above
  if (reading.json) {
    streams.out << io::to_json(table, *models, loaded.issues, reading.path);
    return exit_ok;
  }
  const TableLandingView view{reading.language, streams.out_colour, loaded.issues,
                              arguments.rounds};
  streams.out << table_landing_report(table, *models, view);
  return exit_ok;
}

}  // namespace delian::cli
