#pragma once
// The subcommands: arguments and streams in, exit code out. Only main() knows argv.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

#include "delian/answer.hpp"
#include "delian/body.hpp"
#include "delian/date.hpp"
#include "delian/fleet_report.hpp"
#include "delian/power.hpp"
#include "delian/scenario.hpp"
#include "delian/sea.hpp"
#include "delian/words.hpp"
#include "io/import_table.hpp"

namespace delian::cli {

/// Exit codes, the same for every command.
inline constexpr int exit_ok = 0;
inline constexpr int exit_warnings = 1;   ///< check --strict or journal verify found something
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

/// The body of that name, and the day, on which it has members; nothing after saying what is wrong.
struct BodyOnDate {
  const Body* body;
  Date date;
};
std::optional<BodyOnDate> find_body_on_date(const std::string& name, const std::string& on,
                                            Streams& streams);

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
  std::uint64_t presence_draws = default_presence_draws;
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

/// Seconds since 1970-01-01T00:00:00Z. Passed in, so that tests have their own.
using UtcClock = std::function<std::int64_t()>;
std::int64_t utc_now();

struct JournalAddArguments {
  std::optional<std::string> journal;  ///< file; the user's own when absent
  std::string file;
  std::uint64_t seed = 1;
  std::uint64_t draws = 20'000;
  int threads = 0;  ///< 0: one per processor
  Yardstick yardstick = Yardstick::icd203;
  bool quiet = false;
};
int journal_add(const JournalAddArguments& arguments, Streams& streams, const UtcClock& clock);

struct JournalResolveArguments {
  std::optional<std::string> journal;
  std::string id;
  Outcome outcome = Outcome::not_adopted;
  std::string on;  ///< date; may be empty
  std::string note;
  std::string source;
};
int journal_resolve(const JournalResolveArguments& arguments, Streams& streams,
                    const UtcClock& clock);

/// Of the commands that only read; each uses what it has an option for.
struct JournalReadArguments {
  std::optional<std::string> journal;
  std::vector<std::string> ids;
  bool json = false;
  bool all = false;    ///< score
  bool rerun = false;  ///< verify
  int threads = 0;
  Yardstick yardstick = Yardstick::icd203;
  std::string receipt;                ///< verify; may be empty
  std::optional<std::string> output;  ///< export
};
int journal_list(const JournalReadArguments& arguments, Streams& streams);
int journal_show(const JournalReadArguments& arguments, Streams& streams);
int journal_score(const JournalReadArguments& arguments, Streams& streams);
int journal_export(const JournalReadArguments& arguments, Streams& streams);
int journal_verify(const JournalReadArguments& arguments, Streams& streams);

/// What names a table and how to read it.
struct TableArguments {
  std::string path;  ///< a file, or a folder with the three files of DEU
  std::optional<io::TableFormat> format;
  std::optional<io::CapabilitySource> capability;
  std::optional<io::Scale> scale;
  std::vector<std::string> issues;  ///< ids; empty: all
  Language language = Language::en;
  bool json = false;
};

struct ImportArguments {
  TableArguments table;
  std::string body;  ///< with `on`: write a scenario, not a table
  std::string on;
  std::optional<std::string> output;
  bool force = false;
};
int import_table(const ImportArguments& arguments, Streams& streams);

struct LandArguments {
  TableArguments table;
  std::vector<std::string> models;    ///< ids; empty: all
  std::vector<std::string> settings;  ///< "ID.NAME=VALUE"
  bool rounds = false;
  bool list_models = false;
};
int land(const LandArguments& arguments, Streams& streams);

struct PowerArguments {
  std::optional<std::string> file;  ///< a scenario, or else a body on a day
  std::string body;
  std::string on;    ///< date
  std::string rule;  ///< preset; empty: that of the scenario, or of the body on the day
  std::vector<std::string> unions;   ///< "V4=PL,CZ,HU,SK"
  std::vector<std::string> consent;  ///< "FR=0.3,DE=0.8"
  std::optional<std::string> consent_default;
  std::optional<power::CoalitionKind> list;
  std::size_t most = 20;  ///< coalitions listed
  Language language = Language::en;
  bool json = false;
  bool quiet = false;
};
int voting_power(const PowerArguments& arguments, Streams& streams);

struct ScoreArguments {
  std::vector<std::string> paths;
  std::optional<std::string> group;  ///< which cases never inform each other; see docs/scoring.md
  std::optional<std::size_t> folds;  ///< nothing: ten for landings, leave one out for decisions
  bool leave_one_out = false;
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

struct RouteArguments {
  sea::Question question;
  bool json = false;
  bool geojson = false;
  std::string list;  ///< "ports", "gates", "classes", or empty
  Language language = Language::en;
};
int route(const RouteArguments& arguments, Streams& streams);

struct FleetsArguments {
  std::vector<std::string> states;  ///< codes or names as typed
  fleet::Selection selection;       ///< its states are not used
  bool json = false;
  Language language = Language::en;
};
int fleets(const FleetsArguments& arguments, Streams& streams);

struct PresenceArguments {
  std::string file;
  std::uint64_t keep = 0;       ///< ships always there to plan for; 0: no schedule
  std::vector<std::string> by;  ///< states that sail for it; empty: all that give
  std::uint64_t seed = 1;
  std::uint64_t draws = 1000;
  Yardstick yardstick = Yardstick::icd203;
  Language language = Language::en;
  bool json = false;
  bool quiet = false;
};
int ships_present(const PresenceArguments& arguments, Streams& streams);

struct CompletionArguments {
  std::string shell;  ///< "bash" or "zsh"
};
int completion(const CompletionArguments& arguments, Streams& streams);

}  // namespace delian::cli
