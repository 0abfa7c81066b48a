// The command line. CLI11 is slow to compile, so this is the only file that includes it.

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <iostream>
#include <map>

#include "cli/commands.hpp"
#include "delian/answer.hpp"

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

template <class Value>
void add_choice(CLI::App* command, const std::string& flag, Value& value,
                const std::map<std::string, Value>& choices, const std::string& help) {
  std::string names;
  for (const auto& [name, unused] : choices) names += (names.empty() ? "" : "|") + name;
  command->add_option(flag, value, help)
      ->transform(CLI::CheckedTransformer(choices, CLI::ignore_case).description(names))
      ->option_text(names);
}

}  // namespace

int main(int argc, char** argv) {
  std::ios::sync_with_stdio(false);
  Streams streams{std::cout, std::cerr, wants_colour(STDOUT_FILENO), wants_colour(STDERR_FILENO),
                  ::isatty(STDERR_FILENO) == 1};

  CLI::App app{
      "Will a body of states agree to a proposal, who blocks, and what happens then?\n"
      "Start with: delian run scenarios/nato-tokyo-2023/scenario.toml"};
  app.name("delian");
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
  run_command->add_option("--seed", answered.seed, "Seed of the draws (1)")
      ->check(CLI::NonNegativeNumber)  // else -1 would be 2^64 - 1
      ->option_text("N");
  run_command->add_option("--draws", answered.draws, "Number of draws (20000)")
      ->check(CLI::Range(std::uint64_t{1}, std::uint64_t{1'000'000'000'000}))
      ->option_text("N");
  run_command->add_option("--threads", answered.threads, "Threads (one per processor)")
      ->check(CLI::Range(1, 1024))
      ->option_text("N");
  add_choice(run_command, "--words", answered.yardstick, yardsticks, "Probability words (icd203)");
  add_choice(run_command, "--lang", answered.language, languages, "Language (en)");
  run_command->add_flag("--json", answered.json, "The whole answer as JSON");
  run_command->add_flag("-q,--quiet", answered.quiet, "No progress and no warnings");
  run_command->add_option("-o,--output", answered.output, "Write here instead of to the screen")
      ->option_text("FILE");

  CompletionArguments completed;
  CLI::App* completion_command =
      app.add_subcommand("completion", "Print a completion script for a shell");
  completion_command->add_option("SHELL", completed.shell, "bash or zsh")
      ->required()
      ->check(CLI::IsMember({"bash", "zsh"}))
      ->option_text(" ");

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? exit_ok : exit_usage;
  }
  if (new_command->parsed()) return new_scenario(make, streams);
  if (check_command->parsed()) return check(checked, streams);
  if (run_command->parsed()) return run(answered, streams);
  return completion(completed, streams);
}
