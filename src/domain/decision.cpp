#include "delian/decision.hpp"

#include <algorithm>
#include <cmath>

#include "delian/assert.hpp"

namespace delian {
namespace {

template <class Counts>
void add_counts(Counts& into, const Counts& from) {
  DELIAN_ASSERT(into.size() == from.size());
  for (std::size_t k = 0; k < into.size(); ++k) into[k] += from[k];
}

ForumSetting make_forum(const Scenario& scenario, const Forum& forum) {
  const auto members = scenario.members();
  std::vector<std::uint8_t> seated(members.size(), 1);
  std::vector<std::size_t> seats;
  std::vector<std::string> codes;
  for (std::size_t i = 0; i < members.size(); ++i) {
    const bool absent = std::find(forum.without.begin(), forum.without.end(), members[i].code) !=
                        forum.without.end();
    seated[i] = absent ? 0 : 1;
    if (absent) continue;
    seats.push_back(i);
    codes.push_back(members[i].code);
  }
  const bool chair = forum.kind == "chair";
  // Scenario::make() has built this rule before, so it exists.
  Expected<Rule> rule = rule_preset(chair ? "consensus" : forum.kind, scenario.body(),
                                    scenario.parts().question.closes, codes, "forum");
  DELIAN_ASSERT(rule.has_value());
  return {chair, std::move(seated), std::move(seats), *std::move(rule)};
}

}  // namespace

Tally::Tally(std::size_t members, double horizon_months)
    : adopted_in_month(static_cast<std::size_t>(std::ceil(std::max(1.0, horizon_months)))),
      objects(members),
      alone(members),
      agreed_if_absent(members),
      exempt(members),
      objects_among(members * (members + 1)) {}

void Tally::add(const Tally& other) {
  draws += other.draws;
  add_counts(outcomes, other.outcomes);
  add_counts(remedies, other.remedies);
  add_counts(adopted_in_month, other.adopted_in_month);
  add_counts(agreed_text, other.agreed_text);
  add_counts(objects, other.objects);
  add_counts(alone, other.alone);
  add_counts(agreed_if_absent, other.agreed_if_absent);
  add_counts(exempt, other.exempt);
  add_counts(objects_among, other.objects_among);
  endings.insert(endings.end(), other.endings.begin(), other.endings.end());
}

Setting make_setting(const Scenario& scenario) {
  const ScenarioParts& parts = scenario.parts();
  const auto members = scenario.members();
  std::vector<Rule> without;
  // A body of one has no rule for the others; nobody asks what happens in its absence.
  for (std::size_t i = 0; members.size() > 1 && i < members.size(); ++i) {
    without.push_back(scenario.rule().without(i));
  }
  Setting setting{members.size(),
                  parts.question.proposal,
                  parts.reversion,
                  {scenario.influence_shares().begin(), scenario.influence_shares().end()},
                  scenario.rule(),
                  std::move(without),
                  parts.question.divisible,
                  parts.question.opt_out,
                  -1,
                  {},
                  {},
                  {},
                  Counted::everything,
                  false,
                  months_between(parts.question.opens, parts.question.closes),
                  parts.question.horizon_months};
  if (!parts.question.sponsor.empty()) {
    setting.sponsor = static_cast<int>(*scenario.find_member(parts.question.sponsor));
  }
  for (const Member& member : members) {
    setting.bilateral.push_back(member.grievance == Grievance::bilateral ? 1 : 0);
  }
  for (const SidePayment& payment : parts.side_payments) {
    setting.payment_to.push_back(*scenario.find_member(payment.to));
  }
  for (const Forum& forum : parts.forums) {
    setting.forums.push_back(make_forum(scenario, forum));
  }
  return setting;
}

}  // namespace delian
