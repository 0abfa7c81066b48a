#pragma once
// The subcommands: arguments and streams in, exit code out. Only main() knows argv.

#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

#include "delian/answer.hpp"
#include "delian/words.hpp"

namespace delian::cli {

/// Exit codes, the same for every command.
inline constexpr int exit_ok = 0;
inline constexpr int exit_warnings = 1;   ///< check --strict found warnings
inline constexpr int exit_bad_input = 2;  ///< diagnostics are on stderr; nothing was written
inline constexpr int exit_usage = 3;      ///< the command line itself
inline constexpr int exit_internal = 5;   ///< a bug: please report
inline constexpr int exit_interrupted = 130;

struct Streams {
  std::ostream& out;
  std::ostream& err;
  bool out_colour = false;  ///< a terminal that wants colour
  bool err_colour = false;
  bool err_terminal = false;
};

struct NewArguments {
  std::string body;
  std::string on;  ///< date
  std::optional<std::string> output;
  bool force = false;
  Language language = Language::en;
};
int new_scenario(const NewArguments& arguments, Streams& streams);

struct CheckArguments {
  std::vector<std::string> files;
  bool strict = false;
  bool json = false;
};
int check(const CheckArguments& arguments, Streams& streams);

struct RunArguments {
  std::string file;
  std::uint64_t seed = 1;
  std::uint64_t draws = default_draws;
  std::uint64_t landing_draws = default_landing_draws;
  std::vector<std::string> models;  ///< of the landing; empty: every applicable one
  std::vector<PointRange> within;
  int threads = 0;  ///< 0: one per processor
  Yardstick yardstick = Yardstick::icd203;
  Language language = Language::en;
  bool json = false;
  bool quiet = false;
  std::optional<std::string> output;
};
int run(const RunArguments& arguments, Streams& streams);

struct ScoreArguments {
  std::vector<std::string> paths;
  std::optional<std::string> group;  ///< which cases never inform each other; see docs/scoring.md
  std::size_t folds = 0;             ///< 0: leave one group out at a time
  bool shipped = false;
  std::uint64_t draws = 4096;  ///< of each decided case
  std::uint64_t seed = 1;
  int threads = 0;  ///< 0: one per processor
  bool json = false;
  bool quiet = false;
};
int score(const ScoreArguments& arguments, Streams& streams);

struct CalibrateArguments {
  std::vector<std::string> paths;
  std::uint64_t draws = 4096;
  std::uint64_t seed = 1;
  int threads = 0;
  bool json = false;
  bool quiet = false;
};
int calibrate(const CalibrateArguments& arguments, Streams& streams);

struct CompletionArguments {
  std::string shell;  ///< "bash" or "zsh"
};
int completion(const CompletionArguments& arguments, Streams& streams);

}  // namespace delian::cli
