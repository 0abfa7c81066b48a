#pragma once
// A table of actors: what each wants on each issue, how much it cares, what it can bring to bear.
// The form in which the bargaining literature publishes its cases, every number known.

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "delian/diagnostic.hpp"

namespace delian {

/// One policy question on one dimension.
struct Issue {
  std::string id;  ///< "1999005_1"; unique in its table
  std::string title;
  std::string group;  ///< proposal or dossier it belongs to; may be empty
  double low = 0;     ///< ends of the scale, in the issue's own unit
  double high = 100;
  std::optional<double> reversion;  ///< outcome without agreement, in the issue's own unit
  std::optional<double> outcome;    ///< what was decided; no forecast reads it
};

/// What one actor brings to one issue.
struct Stand {
  double position = 0;    ///< x, in the issue's own unit, within its scale
  double salience = 0;    ///< s in [0, 1]
  double capability = 0;  ///< c >= 0, any unit; only shares of the total matter

  friend bool operator==(const Stand&, const Stand&) = default;
};

/// Actors by issues. Valid for as long as it exists; only make() builds one.
class ActorTable {
 public:
  struct Parts {
    std::string title;
    std::vector<std::string> actors;
    std::vector<Issue> issues;
    /// [actor * issues + issue]; nothing where the actor takes no part in the issue.
    std::vector<std::optional<Stand>> stands;
  };

  /// Checks the parts and keeps them.
  ///
  /// Pointers "actors.NAME.ISSUE.position", "issues.ID". Errors E501 no actors, no issues or an
  /// issue on which nobody with salience and capability stands; E502 a name or id twice; E503 a
  /// number out of range or not finite; E504 ends of a scale that are not finite or not in order.
  static Expected<ActorTable> make(Parts parts);

  const Parts& parts() const { return parts_; }
  const std::string& title() const { return parts_.title; }
  std::span<const std::string> actors() const { return parts_.actors; }
  std::span<const Issue> issues() const { return parts_.issues; }
  const std::optional<Stand>& stand(std::size_t actor, std::size_t issue) const {
    return parts_.stands[actor * parts_.issues.size() + issue];
  }

  /// The table of one issue with the actors that stand on it.
  ActorTable of_issue(std::size_t issue) const;

  /// The table of some issues, in the order given, with the actors that stand on one of them.
  ActorTable of_issues(std::span<const std::size_t> issues) const;

  /// The number of the issue; nothing if there is none of that id.
  std::optional<std::size_t> find_issue(std::string_view id) const;

 private:
  explicit ActorTable(Parts parts) : parts_(std::move(parts)) {}  // trusts make()
  Parts parts_;
};

}  // namespace delian
