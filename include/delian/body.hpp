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

/// One period of membership.
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

  /// Codes of the members on `date`, ascending.
  std::vector<std::string> members_on(const Date& date) const;
  const WeightSeries* find_weights(std::string_view id) const;
};

/// A state or other actor that may have a row.
struct Country {
  std::string code;
  Name name;
  std::vector<std::string> aliases;  ///< codes and names people also write: "UK", "Turkey"
};

/// The facts a scenario is checked against. Plain data, read from data/.
struct Atlas {
  std::vector<Body> bodies;
  std::vector<Country> countries;

  const Body* find_body(std::string_view id_name_or_alias) const;  ///< case-insensitive
  const Country* find_country(std::string_view code) const;        ///< exact code
  /// The country whose code, name or alias this is, case-insensitive; null if none.
  const Country* guess_country(std::string_view text) const;
};

}  // namespace delian
