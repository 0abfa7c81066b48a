#pragma once
// Facts about navies: ships by kind and home port, what is kept in a theatre for good, what was
// sent there, what was promised. Every cell says on what it rests. What follows from the facts is
// not here: see delian/presence.hpp.

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "delian/body.hpp"
#include "delian/date.hpp"
#include "delian/diagnostic.hpp"

namespace delian::fleet {

// --- words --------------------------------------------------------------------------------------

/// What a ship is for, as far as presence in a far sea needs it. Ballistic-missile submarines,
/// which have one task, and boats that stay on their coast have no kind.
enum class HullKind : std::uint8_t {
  carrier,                 ///< flies fixed-wing aircraft
  amphibious,              ///< dock or flight deck, crosses oceans with troops
  destroyer,               ///< and cruiser
  frigate,                 ///< as the navy itself calls it
  corvette,                ///< fights, but below a frigate: littoral combat ships too
  patrol,                  ///< ocean patrol ship, lightly armed
  submarine_nuclear,       ///< attack and cruise missiles
  submarine_conventional,  ///< diesel, also with air-independent drive
  replenishment,           ///< supplies others at sea
};
inline constexpr std::size_t hull_kind_count = 9;

/// By HullKind: "carrier", "amphibious", "destroyer", ...
std::span<const std::string_view> hull_kind_ids();
std::string_view hull_kind_id(HullKind kind);
/// Destroyers and frigates: what "a warship" means in most promises.
bool is_escort(HullKind kind);
/// The class of ships by which the sea network knows where such a hull can pass: "escort".
std::string_view sea_class(HullKind kind);

/// How a hull is based.
enum class Basing : std::uint8_t {
  home,      ///< at a port of its own state
  forward,   ///< at a port in or near a theatre, with its crew
  resident,  ///< lives in the theatre without a home port there
};
std::span<const std::string_view> basing_ids();  ///< by Basing
std::string_view basing_id(Basing basing);

// --- what a cell holds --------------------------------------------------------------------------

/// A number with the range that sources, or memory, leave open. All three are equal when exact.
struct Estimate {
  double low = 0;
  double likely = 0;
  double high = 0;

  static Estimate exactly(double value) { return {value, value, value}; }
  bool is_exact() const { return low == high; }
  friend bool operator==(const Estimate&, const Estimate&) = default;
};

/// Ends add to ends: the widest range, right only if all cells err together.
Estimate operator+(const Estimate& a, const Estimate& b);

/// The grade of a cell that was written down from memory. Its source is the document to check.
inline constexpr std::string_view memory_grade = "memory";

/// What a cell rests on.
struct Basis {
  std::string source;  ///< by its public name: "Royal Navy, 7 September 2021"
  Date on{1, 1, 1};    ///< the day or period that the cell describes
  std::string grade;   ///< "A1" to "F6", or memory_grade
  std::string note;    ///< may be empty

  bool from_memory() const { return grade == memory_grade; }
};

// --- navies -------------------------------------------------------------------------------------

/// Ships of one kind; a navy has as many rows of a kind as its bases or classes ask for.
struct Hulls {
  HullKind kind = HullKind::frigate;
  Estimate count;    ///< whole numbers
  std::string name;  ///< class or classes; may be empty
  std::string port;  ///< id in the sea network; empty when spread over the ports, or not there
  Basing basing = Basing::home;
  Basis basis;
};

/// How many ships of a kind there are in all, where that is known better than how they are divided
/// among rows.
struct Total {
  HullKind kind = HullKind::frigate;
  Estimate count;
  Basis basis;
};

/// People and money of the armed forces as a whole.
struct Figure {
  enum class Kind : std::uint8_t {
    personnel,       ///< people in uniform, thousands
    spending,        ///< billion US dollars a year, current prices
    spending_share,  ///< percent of gross domestic product
  };
  Kind kind = Kind::personnel;
  Estimate value;
  Basis basis;
};
std::span<const std::string_view> figure_kind_ids();  ///< by Figure::Kind

struct Navy {
  std::string state;               ///< ISO 3166-1 alpha-2
  std::optional<Name> part;        ///< when it is not the whole navy: "Pacific Fleet"
  std::vector<std::string> ports;  ///< home ports, ids of the sea network, the main one first
  std::string cycle;               ///< id of a cycle preset that fits it; our judgement
  std::vector<Hulls> hulls;        ///< may be empty: then the note of `basis` says why
  std::vector<Total> totals;
  std::vector<Figure> figures;
  Basis basis;

  /// The total of a kind, else the sum over its rows.
  Estimate count(HullKind kind) const;
  /// Destroyers and frigates.
  Estimate escorts() const;
  /// The figure of a kind for the latest period, of several the last; null if none.
  const Figure* find_figure(Figure::Kind kind) const;
};

// --- theatres -----------------------------------------------------------------------------------

/// Ships or people that are in a theatre on any day.
struct ForwardForce {
  std::string id;  ///< "gb-spey-tamar"
  std::string state;
  Name name;
  std::string port;              ///< id in the sea network; may be empty
  std::optional<HullKind> kind;  ///< nothing: ships of many kinds, or no ships
  std::optional<Estimate> ships;
  std::optional<Estimate> people;
  std::optional<Date> from;
  std::optional<Date> until;  ///< last day
  Basis basis;
};

/// So many ships of a kind.
struct Units {
  HullKind kind = HullKind::frigate;
  int ships = 0;
};

/// Days between two dates of which one may lack its day.
struct DayRange {
  int least = 0;
  int most = 0;
  friend bool operator==(const DayRange&, const DayRange&) = default;
};

/// A cruise that took place.
struct Deployment {
  std::string id;  ///< "gb-csg21"
  std::string state;
  std::string name;  ///< "Carrier Strike Group 21"
  std::vector<Units> units;
  Date left{1, 1, 1};            ///< the home port
  std::optional<Date> returned;  ///< nothing while it lasts
  std::optional<double> stated;  ///< days away, as the source gives them
  std::optional<double> days_in_theatre;
  std::optional<double> people;
  std::vector<std::string> ports;  ///< calls that are known, ids of the sea network
  Basis basis;

  int ships() const;
  /// Days from leaving to coming home; a part date stands for each of its days. Nothing while it
  /// lasts.
  std::optional<DayRange> days_away() const;
};

/// What a state said it would do.
struct Goal {
  std::string id;  ///< "ca-three-frigates"
  std::string state;
  Name text;  ///< a neutral paraphrase
  HullKind kind = HullKind::frigate;
  Estimate ships;
  bool all_year = false;              ///< so many ships on every day
  std::optional<double> every_years;  ///< else: so many ships once in this time
  std::optional<double> days;         ///< away, of each ship and time; often not said
  Date declared{1, 1, 1};
  std::string by;  ///< who said it
  std::optional<Date> from;
  std::optional<Date> until;
  Basis basis;

  /// Ships away on an average day that the words come to, each time away lasting `days`, or
  /// `days_if_unsaid`.
  Estimate average_ships(double days_if_unsaid) const;
};

struct Theatre {
  std::string id;  ///< "indo-pacific"
  Name name;
  std::string note;  ///< where it begins and ends
  /// Ids in the sea network; what a navy bases forward at one of them is in the theatre for good.
  std::vector<std::string> ports;
  std::vector<ForwardForce> forces;
  std::vector<Deployment> deployments;
  std::vector<Goal> goals;
};

/// What one hull costs in a year, crew and upkeep with it, purchase without.
struct AnnualCost {
  HullKind kind = HullKind::frigate;
  std::string state;     ///< of whose navy; empty: of any other
  Estimate million_usd;  ///< current prices of the year of the basis
  Basis basis;
};

// --- all of it ----------------------------------------------------------------------------------

/// Checked facts about any number of navies and theatres. Plain data, read from data/.
struct Fleets {
  std::vector<Navy> navies;  ///< ascending order of state
  std::vector<Theatre> theatres;
  std::vector<AnnualCost> costs;

  const Navy* find_navy(std::string_view state) const;     ///< exact code; null if none
  const Theatre* find_theatre(std::string_view id) const;  ///< null if none
  /// The cost of the state's own, else of any navy's; null if none.
  const AnnualCost* find_cost(HullKind kind, std::string_view state) const;
};

/// Everything wrong with a navy; pointers are relative to it: "hulls[2].count".
///
/// Errors  E403 not a grade; E622 count of ships out of range; E623 figure out of range; E624 fact
///         without a source; E625 port that is not the navy's; E626 named twice; E627 no hulls and
///         no reason; E632 not an id; E633 rows that do not add up to their total.
Diagnostics problems_of(const Navy& navy);

/// Errors  as above, and E303 dates in the wrong order; E628 deployment without ships; E629 days
///         that do not fit; E630 goal without a measure, or with two; E631 force without strength.
Diagnostics problems_of(const Theatre& theatre);

/// Errors  E403, E623, E624, E626. Pointers begin with "costs".
Diagnostics problems_of(std::span<const AnnualCost> costs);

/// Puts navies in order and checks all. Pointers are "navies[3].hulls[2].count", "theatres[0].id",
/// "costs[1]".
///
/// Errors  of all parts; E626 a state, theatre or id in two of them.
Expected<Fleets> make_fleets(Fleets fleets);

// --- what should be checked ---------------------------------------------------------------------

/// A cell that rests on memory.
struct MemoryCell {
  std::string file;     ///< below the source tree: "data/fleets/GB.toml"
  std::string pointer;  ///< in that file: "hulls[3]"
  std::string state;    ///< empty for a cost of any navy
  std::string what;     ///< "frigate", "spending", "gb-csg21"
  const Basis* basis = nullptr;
};

/// Every cell that rests on memory, in the order of the files, and how many cells there are.
struct MemoryList {
  std::vector<MemoryCell> cells;
  std::size_t of = 0;
};
/// `fleets` must outlive the answer.
MemoryList memory_cells(const Fleets& fleets);

}  // namespace delian::fleet
