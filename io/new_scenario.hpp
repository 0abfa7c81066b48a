#pragma once
// A scenario file to fill in.

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "delian/body.hpp"
#include "delian/date.hpp"
#include "delian/diagnostic.hpp"
#include "io/import_table.hpp"

namespace delian::io {

/// What a table says about a member, on the 0-100 scale of scenarios.
struct MemberNumbers {
  double position = 0;
  double salience = 0;
  double influence = 0;  ///< in any unit
};

/// What is known before a scenario is written.
struct KnownNumbers {
  std::string title;
  std::string low, high;  ///< words for 0 and 100
  std::optional<double> reversion;
  std::string says;                              ///< where the members' numbers come from
  std::map<std::string, MemberNumbers> members;  ///< by code
};

/// A commented file with a row for every member of `body` on `date`, every value open. It parses
/// without errors as it stands, unless the body has elected seats that nobody is known to hold on
/// that day: a comment asks for those rows then. Comments and texts in `language`: "fr", else
/// English.
/// @param date  the day of the decision; a part date counts as its first day
/// @param known  fills in what it holds; with an influence for every member it also says so
std::string skeleton(const Body& body, const Date& date, std::string_view language,
                     const KnownNumbers* known = nullptr);

/// The numbers of one issue of a table for the members of a body, with positions brought to 0-100.
/// Actors are recognised by the code, name or alias of their country.
///
/// Errors  E522 for each actor on the issue that is no member on that date, with its place.
Expected<KnownNumbers> numbers_of_members(const ImportedTable& imported, std::size_t issue,
                                          std::string_view source, const Body& body,
                                          const Date& date, std::string_view language);

}  // namespace delian::io
