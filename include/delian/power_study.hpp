#pragma once
// All that voting power tells about one body and rule, and about one question where the chances of
// a yes are known.

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "delian/body.hpp"
#include "delian/date.hpp"
#include "delian/diagnostic.hpp"
#include "delian/power.hpp"
#include "delian/report.hpp"
#include "delian/rule.hpp"

namespace delian::power {

/// Whose power: members take part in the order of the rule.
struct Subject {
  std::string title;    ///< of the question; empty for a body alone
  std::string marking;  ///< printed with everything; may be empty
  std::string body_id;
  Name body;
  Date date;
  std::vector<std::string> members;  ///< codes
  Rule rule;
};

struct NamedUnion {
  std::string name;
  std::vector<std::size_t> members;
};

/// Chances of a yes, by member, with where they come from.
struct Consent {
  std::vector<double> chance;
  bool from_forecast = false;  ///< 1 less the share of draws in which the member stands in the way
  bool some_given = false;     ///< but for some, which the user gave
  bool by_vote = false;        ///< of that forecast
  double forecast = 0;         ///< P(agreed as drafted) on the draws themselves
  std::string model;           ///< "silence"
  std::size_t draws = 0;
};

struct StudyOptions {
  std::vector<NamedUnion> unions;
  std::optional<Consent> consent;
  std::optional<CoalitionKind> list;
  std::size_t most = 20;  ///< coalitions listed
};

struct Study {
  Subject subject;
  Indices indices;
  NakamuraNumber nakamura;
  std::vector<std::size_t> vetoers;  ///< can block alone
  std::optional<double> minimal_winning;
  std::optional<double> minimal_blocking;
  std::optional<ProfileCount> profiles;
  std::vector<NamedUnion> unions;
  std::optional<UnionPower> union_power;
  std::optional<CoalitionKind> listed;
  CoalitionList list;
  std::optional<Consent> consent;
  std::optional<PassProbability> pass;

  /// The rule treats all members alike, so that their a-priori power tells nothing.
  bool all_alike() const;
  /// Members by Shapley-Shubik index, or by Owen value where there are unions, the most powerful
  /// first; equal ones in their own order.
  std::vector<std::size_t> by_power() const;
  /// Members by the chance that they decide.
  std::vector<std::size_t> by_gradient() const;
};

/// Errors  E410 the coalitions cannot be counted; E411 chances of consenting; E412 unions.
Expected<Study> study(Subject subject, StudyOptions options);

/// For a terminal of 80 columns. Each line ends in a newline. The yardstick is not used.
std::string text_report(const Study& study, const Atlas& atlas, const ReportOptions& options);

}  // namespace delian::power
