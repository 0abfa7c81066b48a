#include "cli/decided_cases.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <map>
#include <ostream>
#include <system_error>
#include <utility>

#include "cli/files.hpp"
#include "domain/text.hpp"
#include "io/case_list.hpp"
#include "io/diagnostics.hpp"
#include "io/scenario.hpp"

namespace delian::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::pair<std::string_view, GroupedBy>, 4> groupings{
    {{"group", GroupedBy::list},
     {"id", GroupedBy::id},
     {"body", GroupedBy::body},
     {"year", GroupedBy::year}}};

bool is_folder(const std::string& path) {
  std::error_code error;
  return fs::is_directory(path, error);
}

std::string format_at(const std::string& path) {
  const FileRead read = read_file(path);
  return read.text ? io::format_of(*read.text) : std::string();
}

/// Scenario files of a folder and of the folders in it, by name.
std::vector<std::string> scenarios_in(const std::string& folder) {
  std::vector<std::string> paths;
  std::error_code error;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, error)) {
    const fs::path inner = entry.path() / "scenario.toml";
    if (entry.is_directory(error)) {
      if (file_exists(inner.string())) paths.push_back(inner.string());
    } else if (entry.path().extension() == ".toml") {
      paths.push_back(entry.path().string());
    }
  }
  std::erase_if(paths,
                [](const std::string& path) { return format_at(path) != io::scenario_format; });
  std::sort(paths.begin(), paths.end());
  return paths;
}

class CaseReader {
 public:
  explicit CaseReader(GroupedBy grouped) : grouped_(grouped) {}

  void read(const std::string& path) {
    const std::string list = (fs::path(path) / "cases.toml").string();
    if (!is_folder(path)) {
      if (format_at(path) == io::case_list_format) return read_list(path);
      return read_scenario(path, nullptr, false);
    }
    if (file_exists(list)) return read_list(list);
    const std::vector<std::string> scenarios = scenarios_in(path);
    const std::size_t before = result_.cases.size();
    const std::size_t problems = result_.problems.size();
    for (const std::string& scenario : scenarios) read_scenario(scenario, nullptr, true);
    if (result_.cases.size() == before && result_.problems.size() == problems) {
      report("E554", {"", path, 0, 0, 0},
             "no decided case: there is no cases.toml and no scenario with a [result]",
             "name a folder of case files, or the files");
    }
  }

  DecidedCases take() { return std::move(result_); }

 private:
  void report(std::string_view code, Place place, std::string message, std::string fix) {
    Diagnostic problem = diagnose(code, place.pointer, std::move(message), std::move(fix));
    problem.place = std::move(place);
    result_.problems.push_back(std::move(problem));
  }

  void add_texts(std::vector<io::TextFile> texts) {
    for (io::TextFile& text : texts) result_.texts.push_back(std::move(text));
  }

  void read_list(const std::string& path) {
    const FileRead read = read_file(path);
    if (!read.text) {
      report("E011", {"", path, 0, 0, 0}, "cannot read the list: " + read.error, "");
      return;
    }
    const io::TextFile text{path, *read.text};
    io::CaseListFile file = io::parse_case_list(text);
    result_.texts.push_back(text);
    for (Diagnostic& problem : file.problems) result_.problems.push_back(std::move(problem));
    if (!file.list) return;
    const fs::path folder = fs::path(path).parent_path();
    for (const io::ListedCase& one : file.list->cases) {
      const FileRead there = read_file((folder / fs::path(one.file)).string());
      if (!there.text) {
        report("E011", one.file_place,
               "cannot read \"" + printable(one.file) + "\": " + there.error,
               "names are relative to the folder of the list");
        continue;
      }
      read_scenario((folder / fs::path(one.file)).lexically_normal().string(), &one, false);
    }
  }

  /// @param listed   its line in a list, or null
  /// @param may_be_open  a scenario without a result is left out, not wrong
  void read_scenario(const std::string& path, const io::ListedCase* listed, bool may_be_open) {
    LoadedScenario loaded = load_scenario(path);
    const bool readable = loaded.file.scenario.has_value();
    for (Diagnostic& problem : loaded.file.problems) result_.problems.push_back(std::move(problem));
    add_texts(std::move(loaded.texts));
    if (!readable) return;
    const Scenario& scenario = *loaded.file.scenario;
    if (!loaded.file.result) {
      if (may_be_open) {
        ++result_.undecided;
      } else {
        report("E551", {"result", path, 0, 0, 0}, "there is no [result], so nothing to score",
               "add [result] with outcome and date once the question is decided");
      }
      return;
    }
    const Question& question = scenario.parts().question;
    const auto [first, fresh] = path_of_.emplace(question.id, path);
    if (!fresh) {
      report("E555", {"question.id", path, 0, 0, 0},
             '"' + printable(question.id) + "\" is the question of " + printable(first->second) +
                 " too",
             "a case counts once: leave one of the two out, or give it an id of its own");
      return;
    }
    DecisionCase one = decided_case(scenario, *loaded.file.result,
                                    listed != nullptr ? listed->group : std::string());
    if (listed != nullptr) compare(*listed, one);
    regroup(one);
    result_.cases.push_back(std::move(one));
  }

  void compare(const io::ListedCase& listed, const DecisionCase& found) {
    if (!listed.id.empty() && listed.id != found.id) {
      report("E553", listed.id_place,
             "the list says \"" + printable(listed.id) + "\", the file's question.id is \"" +
                 printable(found.id) + '"',
             "make the two agree");
    }
    if (listed.outcome && *listed.outcome != found.outcome) {
      report("E552", listed.code_place,
             "the list says " + std::string(outcome_letter(*listed.outcome)) +
                 "; twelve months after its opening the file's [result] is " +
                 std::string(outcome_letter(found.outcome)),
             "look the outcome up again and mend the wrong one");
    }
  }

  void regroup(DecisionCase& one) const {
    switch (grouped_) {
      case GroupedBy::list:
        return;
      case GroupedBy::id:
        one.group = one.id;
        return;
      case GroupedBy::body:
        one.group = one.scenario.body().id;
        return;
      case GroupedBy::year:
        one.group = std::to_string(one.scenario.parts().question.opens.year);
        return;
    }
  }

  GroupedBy grouped_;
  DecidedCases result_;
  std::map<std::string, std::string> path_of_;  // by question.id
};

}  // namespace

std::optional<GroupedBy> grouped_by(std::string_view name) {
  for (const auto& [known, grouping] : groupings) {
    if (known == name) return grouping;
  }
  return std::nullopt;
}

std::string group_names() {
  std::string names;
  for (const auto& [name, grouping] : groupings) {
    names.append(names.empty() ? "" : ", ").append(name);
  }
  return names;
}

bool holds_decided_cases(const std::string& path) {
  if (!is_folder(path)) return !format_at(path).empty() || path.ends_with(".toml");
  return file_exists((fs::path(path) / "cases.toml").string()) || !scenarios_in(path).empty();
}

DecidedCases load_decided_cases(std::span<const std::string> paths, GroupedBy grouped) {
  CaseReader reader(grouped);
  for (const std::string& path : paths) reader.read(path);
  return reader.take();
}

bool refuse(const DecidedCases& loaded, bool quiet, std::string_view done, Streams& streams) {
  const bool errors = has_errors(loaded.problems);
  if (!loaded.problems.empty() && (errors || !quiet)) {
    streams.err << io::render(loaded.problems, loaded.texts, streams.err_colour);
  }
  if (!errors && loaded.undecided > 0 && !quiet) {
    streams.err << "Left out: " << loaded.undecided
                << (loaded.undecided == 1 ? " scenario" : " scenarios") << " without a [result].\n";
  }
  if (errors) streams.err << "Nothing was " << done << ".\n";
  return errors;
}

std::string source_name(std::span<const std::string> paths) {
  if (paths.size() != 1) return std::to_string(paths.size()) + " files and folders";
  std::string name = paths.front();
  while (name.size() > 1 && name.back() == '/') name.pop_back();
  return name;
}

}  // namespace delian::cli
