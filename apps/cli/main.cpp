// The command line. CLI11 is slow to compile, so this is the only file that includes it.

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <map>
#include <span>
#include <sstream>
#include <vector>

#include "cli/commands.hpp"
#include "cli/files.hpp"
#include "delian/answer.hpp"
#include "domain/text.hpp"

namespace {

using namespace delian;
using namespace delian::cli;

bool wants_colour(int descriptor) {
  const char* no_colour = std::getenv("NO_COLOR");
  const char* terminal = std::getenv("TERM");
  return ::isatty(descriptor) == 1 && (no_colour == nullptr || *no_colour == '\0') &&
         (terminal == nullptr || std::string_view(terminal) != "dumb");
}

const std::map<std::string, Language> languages{{"en", Language::en}, {"fr", Language::fr}};
const std::map<std::string, Yardstick> yardsticks{{"icd203", Yardstick::icd203},
                                                  {"uk", Yardstick::uk}};

const std::map<std::string, power::CoalitionKind> coalition_kinds{
    {"blocking", power::CoalitionKind::blocking}, {"winning", power::CoalitionKind::winning}};

const std::map<std::string, std::string> shells{{"bash", "bash"}, {"zsh", "zsh"}};
const std::map<std::string, std::string> route_lists{
    {"ports", "ports"}, {"gates", "gates"}, {"classes", "classes"}};
const std::map<std::string, Outcome> outcomes{{"as_drafted", Outcome::as_drafted},
                                              {"weakened", Outcome::weakened},
                                              {"late", Outcome::late},
                                              {"bypassed", Outcome::bypassed},
                                              {"not_adopted", Outcome::not_adopted}};
constexpr std::array<std::string_view, 13> commands{
    "new",       "check",  "run",   "land",     "import",  "power",     "score",
    "calibrate", "fleets", "route", "presence", "journal", "completion"};
constexpr std::array<std::string_view, 7> journal_commands{"add",   "resolve", "list",  "show",
                                                           "score", "export",  "verify"};

std::string joined(const std::vector<std::string_view>& words, std::string_view between) {
  std::string text;
  for (const std::string_view word : words) text.append(text.empty() ? "" : between).append(word);
  return text;
}

/// The names of an enumeration, as choices.
template <class Value, std::size_t n>
std::map<std::string, Value> choices_of(const std::array<std::string_view, n>& names) {
  std::map<std::string, Value> choices;
  for (std::size_t k = 0; k < n; ++k) choices.emplace(names[k], static_cast<Value>(k));
  return choices;
}
const auto table_formats = choices_of<io::TableFormat>(io::table_format_names);
const auto capability_sources = choices_of<io::CapabilitySource>(io::capability_source_names);

template <class Value>
CLI::Option* add_choice(CLI::App* command, const std::string& flag, auto& value,
                        const std::map<std::string, Value>& choices, const std::string& help) {
  std::vector<std::string_view> names;
  for (const auto& [name, unused] : choices) names.push_back(name);
  const auto choose = [flag, &value, &choices, names](const std::string& text) {
    const auto chosen = choices.find(CLI::detail::to_lower(text));
    if (chosen == choices.end()) {
      throw CLI::ValidationError(flag, "\"" + text + "\" is not one of " + joined(names, ", "));
    }
    value = chosen->second;
  };
  return command->add_option_function<std::string>(flag, choose, help)
      ->option_text(joined(names, "|"));
}

/// "; write 20000" for 20,000 and 2e4, where that is a number of the range.
std::string number_meant(std::string text, std::uint64_t least, std::uint64_t most) {
  std::erase_if(text, [](char c) { return c == ',' || c == '_' || c == '\'' || c == ' '; });
  // A point alone may part thousands or decimals.
  if (text.find('.') != std::string::npos && text.find_first_of("eE") == std::string::npos) {
    return {};
  }
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || std::floor(value) != value ||
      value < static_cast<double>(least) || value > static_cast<double>(most)) {
    return {};
  }
  return "; write " + std::to_string(static_cast<std::uint64_t>(value));
}

template <class Number>
CLI::Option* add_number(CLI::App* command, const std::string& flag, Number& value,
                        std::uint64_t least, std::uint64_t most, const std::string& help) {
  const auto read = [flag, &value, least, most](const std::string& text) {
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size() || number < least ||
        number > most) {
      throw CLI::ValidationError(flag, "\"" + text + "\" is no whole number from " +
                                           std::to_string(least) + " to " + std::to_string(most) +
                                           number_meant(text, least, most));
    }
    value = static_cast<Number>(number);
  };
  return command->add_option_function<std::string>(flag, read, help)->option_text("N");
}

constexpr std::uint64_t most_seed = (std::uint64_t{1} << 53) - 1;  // JSON readers keep it exactly
constexpr std::uint64_t most_draws = 1'000'000'000'000;
constexpr std::uint64_t most_threads = 1024;
constexpr std::uint64_t most_listed = 100'000;
constexpr std::uint64_t most_presence_draws = 65'536;
constexpr std::uint64_t most_kept_ships = 20;
constexpr std::uint64_t most_case_draws = 16'384;  // kept in memory, 25 MB for each case of NATO's
constexpr std::uint64_t most_folds = 10'000;

constexpr std::uint64_t most_landing_draws = 100'000;  // all landings of all models are kept

/// "40:70"; nothing for other texts.
std::optional<PointRange> two_numbers(const std::string& text) {
  PointRange range;
  const std::size_t colon = text.find(':');
  const auto read = [&](std::size_t from, std::size_t to, double& value) {
    const char* end = text.data() + to;
    const auto [stop, error] = std::from_chars(text.data() + from, end, value);
    return error == std::errc{} && stop == end && std::isfinite(value);
  };
  if (colon == std::string::npos || !read(0, colon, range.low) ||
      !read(colon + 1, text.size(), range.high)) {
    return std::nullopt;
  }
  return range;
}

/// Two points of the scale.
PointRange point_range(const std::string& text) {
  const std::optional<PointRange> range = two_numbers(text);
  if (!range || range->low < 0 || range->high > 100 || range->low > range->high) {
    throw CLI::ValidationError("--within", "\"" + text +
                                               "\" is no range of the scale, such as 40:70; the "
                                               "lower point, 0 to 100, comes first");
  }
  return *range;
}

/// The options of every command that reads a table.
void add_table_options(CLI::App* command, TableArguments& table) {
  add_choice(command, "--format", table.format, table_formats, "Form of the table (as it looks)");
  add_choice(command, "--capability", table.capability, capability_sources,
             "Where capability comes from");
  const auto read_scale = [&table](const std::string& text) {
    const std::optional<PointRange> range = two_numbers(text);
    if (!range || !(range->low < range->high)) {
      throw CLI::ValidationError("--scale", "\"" + text +
                                                "\" is no scale, such as 0:100; the lower end "
                                                "comes first");
    }
    table.scale = io::Scale{range->low, range->high};
  };
  command->add_option_function<std::string>("--scale", read_scale, "Of a table that names none")
      ->option_text("LOW:HIGH");
  command->add_option("--issue", table.issues, "Only this issue; may be said again")
      ->allow_extra_args(false)
      ->option_text("ID");
  add_choice(command, "--lang", table.language, languages, "Language (en)");
}

/// What is wrong with the word that should be one of `names` or `options`, empty if nothing is.
std::string wrong_word(std::span<char* const> arguments, std::size_t at, std::string_view what,
                       std::span<const std::string_view> names,
                       std::span<const std::string_view> options) {
  const std::string known = "Known: " + joined({names.begin(), names.end()}, ", ") + ", " +
                            joined({options.begin() + 1, options.end()}, ", ") + "\n";
  if (arguments.size() <= at) return "A " + std::string(what) + " is needed. " + known;
  const std::string_view word = arguments[at];
  if (std::find(names.begin(), names.end(), word) != names.end() ||
      std::find(options.begin(), options.end(), word) != options.end()) {
    return {};
  }
  const std::string_view near = nearest(word, names);
  const std::string guess = near.empty() ? "" : "Did you mean \"" + std::string(near) + "\"? ";
  return "\"" + printable(word) + "\" is no " + std::string(what) + ". " + guess + known;
}

/// What is wrong with the command, empty if nothing is.
std::string wrong_command(std::span<char* const> arguments) {
  constexpr std::array<std::string_view, 3> options{"-h", "--help", "--version"};
  if (std::string wrong = wrong_word(arguments, 1, "command", commands, options); !wrong.empty()) {
    return wrong;
  }
  if (std::string_view(arguments[1]) != "journal") return {};
  return wrong_word(arguments, 2, "command of journal", journal_commands,
                    std::span(options).first(2));
}

/// `delian import` and `delian land`, and which of them was given.
struct Tables {
  ImportArguments imported;
  LandArguments landed;
  CLI::App* import_command = nullptr;
  CLI::App* land_command = nullptr;

  void add_to(CLI::App& app);
  bool parsed() const { return import_command->parsed() || land_command->parsed(); }
  int run(Streams& streams) const {
    return import_command->parsed() ? import_table(imported, streams) : land(landed, streams);
  }

 private:
  void add_import(CLI::App& app);
  void add_land(CLI::App& app);
};

void Tables::add_to(CLI::App& app) {
  add_import(app);
  add_land(app);
}

void Tables::add_import(CLI::App& app) {
  import_command = app.add_subcommand("import", "Show a published table of actors as it is read");
  import_command->add_option("FILE", imported.table.path, "Table, or folder of DEU")
      ->required()
      ->option_text(" ");
  add_table_options(import_command, imported.table);
  import_command->add_flag("--json", imported.table.json, "The whole table as JSON");
  CLI::Option* body_option =
      import_command->add_option("--body", imported.body, "Write a scenario of this body instead")
          ->option_text("ID");
  CLI::Option* on_option =
      import_command->add_option("--on", imported.on, "Date of the decision")->option_text("DATE");
  body_option->needs(on_option);
  on_option->needs(body_option);
  import_command->add_option("-o,--output", imported.output, "Write the table or scenario here")
      ->option_text("FILE");
  import_command->add_flag("--force", imported.force, "Replace FILE if it exists");
}

void Tables::add_land(CLI::App& app) {
  land_command = app.add_subcommand("land", "Ask every bargaining model where a deal lands");
  land_command->add_option("FILE", landed.table.path, "Table, or folder of DEU")->option_text(" ");
  add_table_options(land_command, landed.table);
  land_command->add_option("--model,--models", landed.models, "Only this model; may be said again")
      ->allow_extra_args(false)
      ->delimiter(',')
      ->option_text("ID");
  land_command->add_option("--set", landed.settings, "Parameter of a model; may be said again")
      ->allow_extra_args(false)
      ->option_text("ID.NAME=VALUE");
  land_command->add_flag("--rounds", landed.rounds, "Positions after each round");
  land_command->add_flag("--json", landed.table.json, "Everything as JSON");
  land_command->add_flag("--list-models", landed.list_models, "Models with their parameters");
}

/// `delian journal ...`: its arguments, and which of its commands was given.
struct Journal {
  JournalAddArguments added;
  JournalResolveArguments resolved;
  JournalReadArguments read;
  CLI::App* command = nullptr;

  void add_to(CLI::App& app);
  int run(Streams& streams) const;

 private:
  void add_writers();
  void add_readers();
};

void add_journal_file(CLI::App* command, std::optional<std::string>& file) {
  command->add_option("--journal", file, "The journal (~/.local/share/delian/journal.db)")
      ->option_text("FILE");
}

void Journal::add_to(CLI::App& app) {
  command = app.add_subcommand("journal", "Freeze forecasts, record outcomes, score them");
  command->require_subcommand(1);
  add_writers();
  add_readers();
}

void Journal::add_writers() {
  CLI::App* add = command->add_subcommand("add", "Answer a scenario and freeze the answer");
  add->add_option("FILE", added.file, "Scenario file")->required()->option_text(" ");
  add_number(add, "--seed", added.seed, 0, most_seed, "Seed of the draws (1), at most 2^53 - 1");
  add_number(add, "--draws", added.draws, 1, most_draws, "Number of draws (20000)");
  add_number(add, "--threads", added.threads, 1, most_threads, "Threads (one per processor)");
  add_choice(add, "--words", added.yardstick, yardsticks, "Probability words (icd203)");
  add->add_flag("-q,--quiet", added.quiet, "No progress and no warnings");
  add_journal_file(add, added.journal);

  CLI::App* resolve =
      command->add_subcommand("resolve", "Record how a question ended; again to correct it");
  resolve->add_option("ID", resolved.id, "Number or id of a forecast, or id of a question")
      ->required()
      ->option_text(" ");
  add_choice(resolve, "--outcome", resolved.outcome, outcomes, "What happened")
      ->required()
      ->option_text("OUTCOME");
  resolve->footer("OUTCOME is one of as_drafted, weakened, late, bypassed, not_adopted.");
  resolve->add_option("--on", resolved.on, "Date of the decision, as 2023-07-11")
      ->option_text("DATE");
  resolve->add_option("--note", resolved.note, "What should be known of it")->option_text("TEXT");
  resolve->add_option("--src", resolved.source, "Where it can be read")->option_text("URL");
  add_journal_file(resolve, resolved.journal);
}

void Journal::add_readers() {
  CLI::App* list = command->add_subcommand("list", "All forecasts, a line each");
  list->add_flag("--json", read.json, "As JSON");
  CLI::App* show = command->add_subcommand("show", "One forecast, its outcome and its integrity");
  show->add_option("ID", read.ids, "Number or id of a forecast")
      ->required()
      ->expected(1)
      ->option_text(" ");
  add_choice(show, "--words", read.yardstick, yardsticks, "Probability words (icd203)");
  show->add_flag("--json", read.json, "Everything that was stored, as JSON");
  CLI::App* score = command->add_subcommand("score", "How good the forecasts were");
  score->add_flag("--all", read.all, "Also those not frozen before the event");
  score->add_flag("--json", read.json, "As JSON");
  CLI::App* to_lines = command->add_subcommand("export", "Everything, as JSON lines");
  to_lines->add_option("-o,--output", read.output, "Write here; an old file is replaced")
      ->option_text("FILE");
  CLI::App* verify = command->add_subcommand("verify", "Check the chain, and answer again");
  verify->add_option("ID", read.ids, "Answer these again")->expected(0, -1)->option_text(" ");
  verify->add_flag("--rerun", read.rerun, "Answer all again and compare the bytes");
  add_number(verify, "--threads", read.threads, 1, most_threads, "Threads (one per processor)");
  verify->add_option("--receipt", read.receipt, "A receipt kept elsewhere must be in the chain")
      ->option_text("HASH");
  verify->add_flag("--json", read.json, "As JSON");
  for (CLI::App* reader : {list, show, score, to_lines, verify}) {
    add_journal_file(reader, read.journal);
  }
}

int Journal::run(Streams& streams) const {
  if (command->got_subcommand("add")) return journal_add(added, streams, utc_now);
  if (command->got_subcommand("resolve")) return journal_resolve(resolved, streams, utc_now);
  if (command->got_subcommand("list")) return journal_list(read, streams);
  if (command->got_subcommand("show")) return journal_show(read, streams);
  if (command->got_subcommand("score")) return journal_score(read, streams);
  if (command->got_subcommand("export")) return journal_export(read, streams);
  return journal_verify(read, streams);
}

CLI::App* add_power(CLI::App& app, PowerArguments& weighed) {
  CLI::App* command =
      app.add_subcommand("power", "Voting power under a rule, and the chance of passing");
  command->add_option("FILE", weighed.file, "Scenario file, or --body and --on")->option_text(" ");
  command->add_option("--body", weighed.body, "Body: nato, eu-council, unsc, asean, ...")
      ->option_text("ID");
  command->add_option("--on", weighed.on, "Date, as 2023-07-11")->option_text("DATE");
  command->add_option("--rule", weighed.rule, "Another rule than the body's own")
      ->option_text("RULE");
  command->add_option("--p", weighed.consent, "Chances of a yes: FR=0.3,DE=0.8")
      ->expected(1)
      ->take_all()
      ->option_text("LIST");
  command->add_option("--p-default", weighed.consent_default, "... of all other members")
      ->option_text("P");
  command->add_option("--union", weighed.unions, "Members who stand together: V4=PL,CZ,HU,SK")
      ->expected(1)
      ->take_all()
      ->option_text("LIST");
  add_choice(command, "--list", weighed.list, coalition_kinds,
             "List the smallest coalitions that block or win");
  add_number(command, "--most", weighed.most, 1, most_listed, "So many of them (20)");
  add_choice(command, "--lang", weighed.language, languages, "Language (en)");
  command->add_flag("--json", weighed.json, "Everything as JSON");
  command->add_flag("-q,--quiet", weighed.quiet, "No progress and no warnings");
  return command;
}

/// A number with decimals; what it may be is for the command to say.
template <class Number>
CLI::Option* add_decimal(CLI::App* command, const std::string& flag, Number& value,
                         const std::string& help) {
  const auto read = [flag, &value](const std::string& text) {
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size()) {
      throw CLI::ValidationError(flag, "\"" + text + "\" is no number, such as 12.5");
    }
    value = number;
  };
  return command->add_option_function<std::string>(flag, read, help)->option_text("N");
}

CLI::App* add_presence(CLI::App& app, PresenceArguments& asked) {
  CLI::App* command =
      app.add_subcommand("presence", "The ships that could be kept behind a decision");
  command->add_option("FILE", asked.file, "Scenario with a [theatre]")
      ->required()
      ->option_text(" ");
  add_number(command, "--keep", asked.keep, 1, most_kept_ships,
             "Also plan who sails when to keep N ships always there");
  command->add_option("--by", asked.by, "States that sail for --keep (all that give)")
      ->delimiter(',')
      ->option_text("CODE,...");
  add_number(command, "--draws", asked.draws, 1, most_presence_draws, "Number of draws (1000)");
  add_number(command, "--seed", asked.seed, 0, most_seed, "Seed of the draws (1)");
  add_choice(command, "--words", asked.yardstick, yardsticks, "Probability words (icd203)");
  add_choice(command, "--lang", asked.language, languages, "Language (en)");
  command->add_flag("--json", asked.json, "The whole study as JSON");
  command->add_flag("-q,--quiet", asked.quiet, "No progress and no warnings");
  return command;
}

/// `delian route ...`
CLI::App* add_route(CLI::App& app, RouteArguments& asked) {
  CLI::App* command = app.add_subcommand("route", "The shortest way at sea between two places");
  sea::Question& question = asked.question;
  sea::Conditions& conditions = question.conditions;
  command->add_option("FROM", question.from, "Port, or a position as 35.0N,139.7E")
      ->option_text(" ");
  command->add_option("TO", question.to, "Port or position")->option_text(" ");
  command->add_option("--close", conditions.close, "Gates or groups of gates to shut")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->option_text("GATE,...");
  command->add_option("--open", conditions.open, "Gates to open that are shut by default")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->option_text("GATE,...");
  command->add_option("--class", conditions.ship_class, "Pass only where this class of ships can")
      ->option_text("CLASS");
  command->add_option("--via", question.via, "Gate, port or position to go by; may be repeated")
      ->allow_extra_args(false)
      ->option_text("STOP");
  add_decimal(command, "--max-latitude-south", conditions.max_latitude_south,
              "Keep north of this parallel (35 to 62)");
  add_decimal(command, "--max-latitude-north", conditions.max_latitude_north,
              "Keep south of this parallel (35 to 74)");
  add_decimal(command, "--speed", question.speed_kn, "Speed in knots (16)");
  command->add_flag("--json", asked.json, "The route as JSON");
  command->add_flag("--geojson", asked.geojson, "The route as a GeoJSON feature");
  add_choice(command, "--list", asked.list, route_lists, "What can be named");
  add_choice(command, "--lang", asked.language, languages, "Language (en)");
  return command;
}

/// `delian fleets ...`
CLI::App* add_fleets(CLI::App& app, FleetsArguments& asked) {
  CLI::App* command =
      app.add_subcommand("fleets", "Facts about navies, and how far they can be trusted");
  command->add_option("STATE", asked.states, "Codes or names of states (all)")->option_text(" ");
  command->add_flag("--forces", asked.selection.forces, "What is kept in a theatre for good");
  command->add_flag("--deployments", asked.selection.deployments, "What was sent there");
  command->add_flag("--goals", asked.selection.goals, "What was promised");
  command->add_flag("--costs", asked.selection.costs, "What a hull costs in a year");
  command->add_flag("--memory", asked.selection.memory, "Cells that rest on memory");
  command->add_flag("--json", asked.json, "The facts as JSON");
  add_choice(command, "--lang", asked.language, languages, "Language (en)");
  return command;
}

int command_line(int argc, char** argv, Streams& streams) {
  if (const std::string wrong = wrong_command({argv, static_cast<std::size_t>(argc)});
      !wrong.empty()) {
    streams.err << wrong;
    return exit_usage;
  }

  CLI::App app{
      "Will a body of states agree to a proposal, who blocks, and what happens then?\n"
      "Start with: delian run scenarios/nato-tokyo-2023/scenario.toml"};
  app.name("delian");
  app.get_formatter()->column_width(22);  // else lines pass column 80
  app.set_version_flag("--version", "delian " + std::string(version()));
  app.require_subcommand(1);
  app.footer(
      "Exit codes: 0 done, 1 warnings (check --strict, journal verify), 2 bad input\n"
      "file, 3 bad usage, 5 internal error (please report), 130 interrupted (what was\n"
      "done is kept).");

  NewArguments make;
  CLI::App* new_command =
      app.add_subcommand("new", "Write a skeleton with every member of a body on a date");
  new_command->add_option("--body", make.body, "Body: nato, eu-council, unsc, asean, ...")
      ->required()
      ->option_text("ID");
  new_command->add_option("--on", make.on, "Date of the decision, as 2023-07-11")
      ->required()
      ->option_text("DATE");
  new_command->add_option("-o,--output", make.output, "Write here instead of to the screen")
      ->option_text("FILE");
  new_command->add_flag("--force", make.force, "Replace FILE if it exists");
  add_choice(new_command, "--lang", make.language, languages, "Language of names and comments");

  CheckArguments checked;
  CLI::App* check_command =
      app.add_subcommand("check", "Report every error and warning, with its place in the file");
  check_command->add_option("FILE", checked.files, "Scenario files")->required()->option_text(" ");
  check_command->add_flag("--strict", checked.strict, "Exit 1 when there are warnings");
  check_command->add_flag("--json", checked.json, "Diagnostics as JSON on stdout");

  RunArguments answered;
  CLI::App* run_command = app.add_subcommand("run", "Answer a scenario");
  run_command->add_option("FILE", answered.file, "Scenario file")->required()->option_text(" ");
  add_number(run_command, "--seed", answered.seed, 0, most_seed,
             "Seed of the draws (1), at most 2^53 - 1");
  add_number(run_command, "--draws", answered.draws, 1, most_draws, "Number of draws (20000)");
  add_number(run_command, "--landing-draws", answered.landing_draws, 0, most_landing_draws,
             "Draws of where a deal would land (500); 0: not asked");
  add_number(run_command, "--presence-draws", answered.presence_draws, 0, most_presence_draws,
             "Draws of the ships behind it (1000); 0: not asked");
  run_command->add_option("--models", answered.models, "Bargaining models, by id (all that apply)")
      ->delimiter(',')
      ->option_text("ID,...");
  run_command
      ->add_option_function<std::vector<std::string>>(
          "--within",
          [&answered](const std::vector<std::string>& texts) {
            for (const std::string& text : texts) answered.within.push_back(point_range(text));
          },
          "Chance that a deal lands in a range, as 40:70")
      ->option_text("A:B");
  add_number(run_command, "--threads", answered.threads, 1, most_threads,
             "Threads (one per processor)");
  add_choice(run_command, "--words", answered.yardstick, yardsticks, "Probability words (icd203)");
  add_choice(run_command, "--lang", answered.language, languages, "Language (en)");
  run_command->add_flag("--json", answered.json, "The whole answer as JSON");
  run_command->add_flag("-q,--quiet", answered.quiet, "No progress and no warnings");
  run_command
      ->add_option("-o,--output", answered.output,
                   "Write here; an old answer is replaced in one step")
      ->option_text("FILE");

  Tables tables;
  tables.add_to(app);

  PowerArguments weighed;
  const CLI::App* power_command = add_power(app, weighed);

  Journal journal;
  journal.add_to(app);
  ScoreArguments scored;
  CLI::App* score_command =
      app.add_subcommand("score", "Score forecasts of decided cases, beside baselines");
  score_command->add_option("PATH", scored.paths, "Folders, lists of cases, scenarios, tables")
      ->required()
      ->option_text(" ");
  CLI::Option* folds = add_number(score_command, "--folds", scored.folds, 2, most_folds,
                                  "Out of sample in this many parts (landings: 10)");
  score_command
      ->add_flag("--leave-one-out", scored.leave_one_out, "Out of sample, one group at a time")
      ->excludes(folds);
  score_command
      ->add_option("--group", scored.group,
                   "What makes cases one group: group, id, body, year;\n"
                   "landings: proposal, issue")
      ->option_text("KEY");
  score_command->add_flag("--shipped", scored.shipped, "Learn nothing: score what ships");
  add_number(score_command, "--draws", scored.draws, 1, most_case_draws,
             "Number of draws of each case (4096)");
  add_number(score_command, "--seed", scored.seed, 0, most_seed, "Seed of the draws (1)");
  add_number(score_command, "--threads", scored.threads, 1, most_threads,
             "Threads (one per processor)");
  score_command->add_flag("--json", scored.json, "Every score as JSON");
  score_command->add_flag("-q,--quiet", scored.quiet, "No progress and no warnings");

  CalibrateArguments calibrated;
  CLI::App* calibrate_command =
      app.add_subcommand("calibrate", "Fit the parameters of the consensus model to decided cases");
  calibrate_command
      ->add_option("PATH", calibrated.paths, "Folders, lists of cases, scenarios, tables")
      ->required()
      ->option_text(" ");
  add_number(calibrate_command, "--draws", calibrated.draws, 1, most_case_draws,
             "Number of draws of each case (4096)");
  add_number(calibrate_command, "--seed", calibrated.seed, 0, most_seed, "Seed of the draws (1)");
  add_number(calibrate_command, "--threads", calibrated.threads, 1, most_threads,
             "Threads (one per processor)");
  calibrate_command->add_flag("--json", calibrated.json, "Parameters as JSON");
  calibrate_command->add_flag("-q,--quiet", calibrated.quiet, "No progress and no warnings");

  RouteArguments asked;
  const CLI::App* route_command = add_route(app, asked);

  FleetsArguments fleets_asked;
  const CLI::App* fleets_command = add_fleets(app, fleets_asked);
  PresenceArguments present;
  const CLI::App* presence_command = add_presence(app, present);

  CompletionArguments completed;
  CLI::App* completion_command =
      app.add_subcommand("completion", "Print a completion script for a shell");
  add_choice(completion_command, "SHELL", completed.shell, shells, "bash or zsh")
      ->required()
      ->option_text(" ");

  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& help) {
    app.exit(help, streams.out, streams.err);
    return exit_ok;
  } catch (const CLI::ParseError& error) {
    streams.err << printable(error.what()) << "\nRun with --help for more information.\n";
    return exit_usage;
  }
  if (new_command->parsed()) return new_scenario(make, streams);
  if (check_command->parsed()) return check(checked, streams);
  if (run_command->parsed()) return run(answered, streams);
  if (tables.parsed()) return tables.run(streams);
  if (power_command->parsed()) return voting_power(weighed, streams);
  if (journal.command->parsed()) return journal.run(streams);
  if (score_command->parsed()) return score(scored, streams);
  if (calibrate_command->parsed()) return calibrate(calibrated, streams);
  if (presence_command->parsed()) return ships_present(present, streams);
  if (route_command->parsed()) return route(asked, streams);
  if (fleets_command->parsed()) return fleets(fleets_asked, streams);
  return completion(completed, streams);
}

/// Everything for stdout is written here, once, so that a failure is told and with its reason.
int guarded_main(int argc, char** argv) {
  std::ostringstream out;
  Streams streams{out, std::cerr, wants_colour(STDOUT_FILENO), wants_colour(STDERR_FILENO),
                  ::isatty(STDERR_FILENO) == 1};
  const int code = command_line(argc, argv, streams);
  if (const std::string error = write_descriptor(STDOUT_FILENO, out.view()); !error.empty()) {
    streams.err << "cannot write the output: " << error << '\n';
    return exit_usage;
  }
  return code;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return guarded_main(argc, argv);
  } catch (const std::exception& error) {
    std::fputs("internal error: ", stderr);
    std::fputs(error.what(), stderr);
    std::fputs(" (please report)\n", stderr);
  } catch (...) {
    std::fputs("internal error (please report)\n", stderr);
  }
  return exit_internal;
}
