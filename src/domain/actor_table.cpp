#include "delian/actor_table.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "domain/text.hpp"

namespace delian {
namespace {

class Check {
 public:
  explicit Check(const ActorTable::Parts& parts) : parts_(parts) {}

  Diagnostics problems() {
    if (parts_.actors.empty()) report("E501", "actors", "there are no actors");
    if (parts_.issues.empty()) report("E501", "issues", "there are no issues");
    if (!problems_.empty()) return std::move(problems_);
    if (parts_.stands.size() != parts_.actors.size() * parts_.issues.size()) {
      report("E501", "actors", "there is not one stand for each actor and issue");
      return std::move(problems_);
    }
    names();
    for (std::size_t k = 0; k < parts_.issues.size(); ++k) issue(k);
    return std::move(problems_);
  }

 private:
  void report(std::string_view code, std::string pointer, std::string message,
              std::string fix = {}) {
    problems_.push_back(diagnose(code, std::move(pointer), std::move(message), std::move(fix)));
  }

  void names() {
    std::map<std::string_view, int> seen;
    for (const std::string& actor : parts_.actors) {
      if (actor.empty()) report("E501", "actors", "an actor has no name");
      if (++seen[actor] == 2) report("E502", "actors." + actor, quoted(actor) + " stands twice");
    }
    seen.clear();
    for (const Issue& issue : parts_.issues) {
      if (issue.id.empty()) report("E501", "issues", "an issue has no id");
      if (++seen[issue.id] == 2) {
        report("E502", "issues." + issue.id, quoted(issue.id) + " stands twice");
      }
    }
  }

  void issue(std::size_t k) {
    const Issue& issue = parts_.issues[k];
    const std::string pointer = "issues." + issue.id;
    if (!(std::isfinite(issue.low) && std::isfinite(issue.high) && issue.low < issue.high)) {
      report("E504", pointer,
             "the scale goes from " + short_number(issue.low) + " to " + short_number(issue.high),
             "The lower end comes first, and both are numbers.");
      return;
    }
    if (issue.reversion) on_scale(issue, pointer + ".reversion", *issue.reversion);
    if (issue.outcome) on_scale(issue, pointer + ".outcome", *issue.outcome);
    bool anybody = false;
    for (std::size_t i = 0; i < parts_.actors.size(); ++i) {
      const auto& stand = parts_.stands[i * parts_.issues.size() + k];
      if (!stand) continue;
      const std::string place = "actors." + parts_.actors[i] + "." + issue.id;
      on_scale(issue, place + ".position", stand->position);
      if (!(stand->salience >= 0 && stand->salience <= 1)) {
        report("E503", place + ".salience",
               "salience is " + short_number(stand->salience) + ", outside 0 to 1");
      }
      if (!(stand->capability >= 0 && std::isfinite(stand->capability))) {
        report("E503", place + ".capability",
               "capability is " + short_number(stand->capability) + ", not a number from 0 up");
      }
      anybody = anybody || (stand->salience > 0 && stand->capability > 0);
    }
    if (!anybody) {
      report("E501", pointer, "nobody with salience and capability stands on " + quoted(issue.id));
    }
  }

  void on_scale(const Issue& issue, std::string pointer, double value) {
    if (value >= issue.low && value <= issue.high) return;
    report("E503", std::move(pointer),
           short_number(value) + " is outside the scale, " + short_number(issue.low) + " to " +
               short_number(issue.high));
  }

  static std::string quoted(const std::string& name) { return '"' + printable(name) + '"'; }

  const ActorTable::Parts& parts_;
  Diagnostics problems_;
};

}  // namespace

Expected<ActorTable> ActorTable::make(Parts parts) {
  if (Diagnostics problems = Check(parts).problems(); !problems.empty()) {
    return tl::unexpected(std::move(problems));
  }
  return ActorTable(std::move(parts));
}

ActorTable ActorTable::of_issue(std::size_t issue) const {
  return of_issues({&issue, 1});
}

ActorTable ActorTable::of_issues(std::span<const std::size_t> issues) const {
  Parts parts{parts_.title, {}, {}, {}};
  for (const std::size_t issue : issues) parts.issues.push_back(parts_.issues[issue]);
  for (std::size_t i = 0; i < parts_.actors.size(); ++i) {
    const auto stands = [&](std::size_t issue) { return this->stand(i, issue).has_value(); };
    if (std::none_of(issues.begin(), issues.end(), stands)) continue;
    parts.actors.push_back(parts_.actors[i]);
    for (const std::size_t issue : issues) parts.stands.push_back(stand(i, issue));
  }
  return ActorTable(std::move(parts));
}

std::optional<std::size_t> ActorTable::find_issue(std::string_view id) const {
  const auto found = std::find_if(parts_.issues.begin(), parts_.issues.end(),
                                  [&](const Issue& issue) { return issue.id == id; });
  if (found == parts_.issues.end()) return std::nullopt;
  return static_cast<std::size_t>(found - parts_.issues.begin());
}

}  // namespace delian
