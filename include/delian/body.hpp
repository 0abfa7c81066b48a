#pragma once
// Bodies of states: who sits at the table on a date, under which rule, with which weights.

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "delian/date.hpp"

namespace delian {

/// A name in the languages Delian speaks.
struct Name {
  std::string en;
  std::string fr;

  const std::string& in(std::string_view language) const { return language == "fr" ? fr : en; }
};

/// One period of membership: [joined, left). A part date counts from its earliest day.
struct Membership {
  std::string code;  ///< ISO 3166-1 alpha-2
  Date joined;
  std::optional<Date> left;  ///< first day outside
  std::string source;
  bool elected = false;  ///< holds a seat for a term (Security Council)
};

/// Numbers by member that a rule or influence may use: votes, population, defence spending.
struct WeightSeries {
  std::string id;  ///< "population-2023"
  std::string title;
  std::string unit;
  std::string source;
  Date from;                            ///< first day on which it applies
  std::optional<Date> until;            ///< last day on which it applies
  std::string note;                     ///< how far to trust it; may be empty
  std::map<std::string, double> value;  ///< by member code
};

/// A rule preset that holds for a body over a period; see rule_preset().
struct RulePeriod {
  std::string preset;
  Date from;
  std::optional<Date> until;
  std::string source;
};

struct Body {
  std::string id;  ///< "nato"
  Name name;
  std::vector<std::string> aliases;  ///< "North Atlantic Council"
  std::string source;
  std::vector<Membership> memberships;
  std::vector<WeightSeries> weights;
  std::vector<RulePeriod> rules;  ///< the first that covers a date is the default

  /// Codes of the members on `date`, ascending. A part date means its earliest day.
  std::vector<std::string> members_on(const Date& date) const;

  /// The period of membership of `code` that covers `date`; null if none.
  const Membership* find_membership(std::string_view code, const Date& date) const;

  const WeightSeries* find_weights(std::string_view id) const;  ///< null if none

  /// The series of a kind that applies on `date`, the one that began last; null if none. The id of
  /// a series is its kind, or starts with the kind and a hyphen: "population-2023" for
  /// "population".
  const WeightSeries* find_weights_on(std::string_view kind, const Date& date) const;
};

/// A state or other actor that may have a row.
struct Country {
  std::string code;
  Name name;
  std::vector<std::string> aliases;  ///< codes and names people also write: "UK", "Turkey"
};

/// The facts a scenario is checked against. Plain data, read from data/. Text is compared without
/// regard to ASCII case; other characters must match byte for byte.
struct Atlas {
  std::vector<Body> bodies;
  std::vector<Country> countries;

  /// The body whose id, name in any language, or alias this is; null if none.
  const Body* find_body(std::string_view id_name_or_alias) const;
  const Country* find_country(std::string_view code) const;  ///< exact code; null if none
  /// The country whose code, name or alias this is; a code wins over an alias; null if none.
  const Country* guess_country(std::string_view text) const;
};

}  // namespace delian
