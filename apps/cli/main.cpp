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

const std::map<std::string, std::string> shells{{"bash", "bash"}, {"zsh", "zsh"}};
constexpr std::array<std::string_view, 6> commands{"new",   "check",     "run",
                                                   "score", "calibrate", "completion"};

std::string joined(const std::vector<std::string_view>& words, std::string_view between) {
  std::string text;
  for (const std::string_view word : words) text.append(text.empty() ? "" : between).append(word);
  return text;
}

template <class Value>
CLI::Option* add_choice(CLI::App* command, const std::string& flag, Value& value,
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
constexpr std::uint64_t most_case_draws = 16'384;  // kept in memory, 25 MB for each case of NATO's
constexpr std::uint64_t most_folds = 10'000;

constexpr std::uint64_t most_landing_draws = 100'000;  // all landings of all models are kept

/// "40:70", two points of the scale.
PointRange point_range(const std::string& text) {
  PointRange range;
  const std::size_t colon = text.find(':');
  const auto read = [&](std::size_t from, std::size_t to, double& value) {
    const char* end = text.data() + to;
    const auto [stop, error] = std::from_chars(text.data() + from, end, value);
    return error == std::errc{} && stop == end && value >= 0 && value <= 100;
  };
  if (colon == std::string::npos || !read(0, colon, range.low) ||
      !read(colon + 1, text.size(), range.high) || range.low > range.high) {
    throw CLI::ValidationError("--within", "\"" + text +
                                               "\" is no range of the scale, such as 40:70; the "
                                               "lower point, 0 to 100, comes first");
  }
  return range;
}

/// What is wrong with the first word, empty if nothing is.
std::string wrong_command(std::span<char* const> arguments) {
  const std::string known =
      "Known: " + joined({commands.begin(), commands.end()}, ", ") + ", --help, --version\n";
  if (arguments.size() < 2) return "A command is needed. " + known;
  const std::string_view word = arguments[1];
  constexpr std::array<std::string_view, 3> options{"-h", "--help", "--version"};
  if (std::find(commands.begin(), commands.end(), word) != commands.end() ||
      std::find(options.begin(), options.end(), word) != options.end()) {
    return {};
  }
  const std::string_view near = nearest(word, commands);
  const std::string guess = near.empty() ? "" : "Did you mean \"" + std::string(near) + "\"? ";
  return "\"" + printable(word) + "\" is no command. " + guess + known;
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
      "Exit codes: 0 done, 1 warnings (check --strict), 2 bad input file, 3 bad usage,\n"
      "5 internal error (please report), 130 interrupted (what was done is kept).");

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

  ScoreArguments scored;
  CLI::App* score_command =
      app.add_subcommand("score", "Score forecasts of decided cases, beside baselines");
  score_command->add_option("PATH", scored.paths, "Folders, lists of cases, scenarios")
      ->required()
      ->option_text(" ");
  CLI::Option* folds = add_number(score_command, "--folds", scored.folds, 2, most_folds,
                                  "Out of sample in this many parts");
  bool leave_one_out = false;  // what happens unless --folds is given
  score_command
      ->add_flag("--leave-one-out", leave_one_out,
                 "Out of sample, one group at a time (so unless --folds)")
      ->excludes(folds);
  score_command
      ->add_option("--group", scored.group, "What makes cases one group: group, id, body, year")
      ->option_text("KEY");
  score_command->add_flag("--shipped", scored.shipped,
                          "Calibrate nothing: score the parameters that ship");
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
  calibrate_command->add_option("PATH", calibrated.paths, "Folders, lists of cases, scenarios")
      ->required()
      ->option_text(" ");
  add_number(calibrate_command, "--draws", calibrated.draws, 1, most_case_draws,
             "Number of draws of each case (4096)");
  add_number(calibrate_command, "--seed", calibrated.seed, 0, most_seed, "Seed of the draws (1)");
  add_number(calibrate_command, "--threads", calibrated.threads, 1, most_threads,
             "Threads (one per processor)");
  calibrate_command->add_flag("--json", calibrated.json, "Parameters as JSON");
  calibrate_command->add_flag("-q,--quiet", calibrated.quiet, "No progress and no warnings");

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
  if (score_command->parsed()) return score(scored, streams);
  if (calibrate_command->parsed()) return calibrate(calibrated, streams);
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
