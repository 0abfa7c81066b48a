#include "delian/diagnostic.hpp"

#include <algorithm>
#include <array>

#include "delian/assert.hpp"

namespace delian {
namespace {

using enum Severity;

// Codes are for ever: a retired one is not given a new meaning. Each has a section in
// docs/diagnostics.md (a test compares the two).
constexpr std::array codes{
    // The file as text
    DiagnosticCode{"E001", error, "File is not UTF-8"},
    DiagnosticCode{"E002", error, "File is too large"},
    DiagnosticCode{"E003", error, "Nesting is too deep"},
    DiagnosticCode{"E004", error, "Not valid TOML"},
    DiagnosticCode{"E005", error, "Key or table defined twice"},
    DiagnosticCode{"E006", error, "Wrong type"},
    DiagnosticCode{"E007", error, "Required key missing"},
    DiagnosticCode{"E008", error, "Unknown key, or key in the wrong place"},
    DiagnosticCode{"E009", error, "Not one of the allowed words"},
    DiagnosticCode{"E010", error, "Unknown file format"},
    DiagnosticCode{"E011", error, "File cannot be read"},
    DiagnosticCode{"E012", error, "Path leaves the scenario's folder"},
    // Who sits at the table
    DiagnosticCode{"E101", error, "Not a member of the body on that date"},
    DiagnosticCode{"E102", error, "Member has two rows"},
    DiagnosticCode{"E103", error, "Members without a row"},
    DiagnosticCode{"E104", error, "Unknown body"},
    DiagnosticCode{"E105", error, "Elected seats not filled correctly"},
    // Values
    DiagnosticCode{"E201", error, "Value not in the grammar"},
    DiagnosticCode{"E202", error, "Range reversed"},
    DiagnosticCode{"E203", error, "Best guess outside its own range"},
    DiagnosticCode{"E204", error, "Value outside the scale"},
    DiagnosticCode{"E205", error, "Branches do not sum to 100 %"},
    DiagnosticCode{"E206", error, "Unknown is not possible here"},
    // Question, scale, rule
    DiagnosticCode{"E301", error, "Unknown rule"},
    DiagnosticCode{"E302", error, "Not a date"},
    DiagnosticCode{"E303", error, "Dates in the wrong order"},
    DiagnosticCode{"E304", error, "Proposal equals the reversion"},
    DiagnosticCode{"E305", error, "Rule cannot work as written"},
    DiagnosticCode{"E306", error, "Weights missing"},
    DiagnosticCode{"E307", error, "Weights do not sum as stated"},
    DiagnosticCode{"E308", error, "Unknown parameter"},
    DiagnosticCode{"E309", error, "Parameter out of bounds"},
    DiagnosticCode{"E310", error, "Names a member without a row"},
    DiagnosticCode{"E311", error, "Two side payments to one member"},
    DiagnosticCode{"E312", error, "Too many sections of a kind"},
    DiagnosticCode{"E313", error, "Not a choice of this parameter"},
    // Evidence
    DiagnosticCode{"E401", error, "Evidence id used twice"},
    DiagnosticCode{"E402", error, "Cites evidence that does not exist"},
    DiagnosticCode{"E403", error, "Not a grade"},
    DiagnosticCode{"E404", error, "Correction touches nothing"},
    DiagnosticCode{"E405", error, "Contested without saying by what"},
    // Voting power
    DiagnosticCode{"E410", error, "Too many coalitions to count"},
    DiagnosticCode{"E411", error, "Chances of consenting cannot be used"},
    DiagnosticCode{"E412", error, "Unions of members cannot be used"},
    // The journal of forecasts
    DiagnosticCode{"E430", error, "No journal there"},
    DiagnosticCode{"E431", error, "Journal is no SQLite database"},
    DiagnosticCode{"E432", error, "Database of something else"},
    DiagnosticCode{"E433", error, "Journal of a newer Delian"},
    DiagnosticCode{"E434", error, "Journal cannot be opened or written"},
    DiagnosticCode{"E435", error, "Journal is in use"},
    DiagnosticCode{"E436", error, "Journal is damaged"},
    DiagnosticCode{"E437", error, "Journal is not as Delian makes it"},
    // Tables of actors
    DiagnosticCode{"E501", error, "Nobody to bargain, or nothing to bargain about"},
    DiagnosticCode{"E502", error, "Actor or issue named twice"},
    DiagnosticCode{"E503", error, "Number of an actor's stand out of range"},
    DiagnosticCode{"E504", error, "Issue without a scale"},
    DiagnosticCode{"E510", error, "Form of the table not recognised"},
    DiagnosticCode{"E511", error, "Text of the table broken"},
    DiagnosticCode{"E512", error, "Column or element missing, or there twice"},
    DiagnosticCode{"E513", error, "Empty cell"},
    DiagnosticCode{"E514", error, "Not a number"},
    DiagnosticCode{"E515", error, "Counts disagree"},
    DiagnosticCode{"E516", error, "Unit of salience not clear"},
    DiagnosticCode{"E517", error, "Decimal mark not clear"},
    DiagnosticCode{"E518", error, "Table too large"},
    DiagnosticCode{"E519", error, "Said in two ways"},
    DiagnosticCode{"E520", error, "Name that is nowhere defined"},
    DiagnosticCode{"E521", error, "Part of a data set missing"},
    DiagnosticCode{"E522", error, "Actor that is no member of the body"},
    // Scoring
    DiagnosticCode{"E540", error, "Too few decided cases"},
    DiagnosticCode{"E541", error, "Scoring was interrupted"},
    DiagnosticCode{"E550", error, "List of cases names one twice, or none"},
    DiagnosticCode{"E551", error, "Case without a result"},
    DiagnosticCode{"E552", error, "List and case file differ on the outcome"},
    DiagnosticCode{"E553", error, "List and case file differ on the question"},
    DiagnosticCode{"E554", error, "Nothing to score"},
    DiagnosticCode{"E555", error, "One question in two case files"},
    // Routes at sea
    DiagnosticCode{"E600", error, "Unknown port or position"},
    DiagnosticCode{"E601", error, "Unknown gate"},
    DiagnosticCode{"E602", error, "Unknown class of ships"},
    DiagnosticCode{"E603", error, "Latitude limit out of range"},
    DiagnosticCode{"E604", error, "Speed out of range"},
    DiagnosticCode{"E605", error, "Gate both closed and opened"},
    DiagnosticCode{"E606", error, "Position not in open water"},
    DiagnosticCode{"E607", error, "Route ends where it starts"},
    DiagnosticCode{"E608", error, "Name of several ports"},
    DiagnosticCode{"E610", error, "Position not on the globe"},
    DiagnosticCode{"E611", error, "Gate, port or class named twice"},
    DiagnosticCode{"E612", error, "Line too short or with a repeated position"},
    DiagnosticCode{"E613", error, "Measure out of range"},
    DiagnosticCode{"E614", error, "Names a gate or class that does not exist"},
    DiagnosticCode{"E615", error, "Gate without a line, or limit that goes round nothing"},
    DiagnosticCode{"E616", error, "Coast file damaged"},
    DiagnosticCode{"E617", error, "Links file damaged"},
    DiagnosticCode{"E618", error, "Links of another network"},
    DiagnosticCode{"E619", error, "Too many gates"},
    // Fleets
    DiagnosticCode{"E620", error, "Unknown state"},
    DiagnosticCode{"E621", error, "No facts about the fleet of this state"},
    DiagnosticCode{"E622", error, "Number of ships out of range"},
    DiagnosticCode{"E623", error, "Figure out of range"},
    DiagnosticCode{"E624", error, "Fact without a source"},
    DiagnosticCode{"E625", error, "Port that the navy does not have"},
    DiagnosticCode{"E626", error, "Fact of a fleet given twice"},
    DiagnosticCode{"E627", error, "No ships, and no reason why"},
    DiagnosticCode{"E628", error, "Deployment without ships"},
    DiagnosticCode{"E629", error, "Days that do not fit"},
    DiagnosticCode{"E630", error, "Goal without a measure, or with two"},
    DiagnosticCode{"E631", error, "Force without strength"},
    DiagnosticCode{"E632", error, "Not an id"},
    DiagnosticCode{"E633", error, "Ships do not add up to their total"},
    // Theatres
    DiagnosticCode{"E640", error, "Scenario without a theatre"},
    DiagnosticCode{"E641", error, "Unknown port of a theatre"},
    DiagnosticCode{"E642", error, "Unknown gate of a theatre"},
    DiagnosticCode{"E643", error, "Unknown cycle"},
    DiagnosticCode{"E644", error, "Unknown region"},
    DiagnosticCode{"E645", error, "No facts about this navy"},
    DiagnosticCode{"E646", error, "State that gives no ships"},
    // Presence
    DiagnosticCode{"E660", error, "Number of a rotation or plan out of range"},
    DiagnosticCode{"E661", error, "Presence cannot be simulated"},
    DiagnosticCode{"E662", error, "Arrivals cannot be worked out"},
    DiagnosticCode{"E663", error, "Lift cannot be worked out"},
    DiagnosticCode{"E664", error, "Schedule cannot be made"},
    // Suspicious, yet possible
    DiagnosticCode{"W310", warning, "Looks like a share on a 0-100 scale"},
    DiagnosticCode{"W401", warning, "Evidence is never cited"},
    DiagnosticCode{"W402", warning, "Number without a source"},
    DiagnosticCode{"W405", warning, "Cites only withdrawn evidence"},
    DiagnosticCode{"W406", warning, "Evidence published after the question closed"},
    DiagnosticCode{"W511", warning, "Names that differ only in case or blanks"},
    DiagnosticCode{"W512", warning, "Scale taken from the positions"},
};
static_assert(std::is_sorted(codes.begin(), codes.end(),
                             [](const auto& a, const auto& b) { return a.code < b.code; }));

}  // namespace

std::span<const DiagnosticCode> diagnostic_codes() {
  return codes;
}

Diagnostic diagnose(std::string_view code, std::string pointer, std::string message,
                    std::string fix, std::vector<std::string> notes) {
  const auto known = std::find_if(codes.begin(), codes.end(),
                                  [&](const DiagnosticCode& c) { return c.code == code; });
  DELIAN_ASSERT(known != codes.end());
  Place place;
  place.pointer = std::move(pointer);
  return {std::string(code),  known->severity, std::move(place),
          std::move(message), std::move(fix),  std::move(notes)};
}

bool has_errors(const Diagnostics& problems) {
  return std::any_of(problems.begin(), problems.end(),
                     [](const Diagnostic& p) { return p.severity == Severity::error; });
}

}  // namespace delian
