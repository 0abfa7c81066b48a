#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "support/any_problem.hpp"
#include "support/problems.hpp"

namespace delian {
namespace {

using testing::ActorRow;
using testing::any_problem;
using testing::ask;
using testing::problem_of;

Criterion heads(std::size_t members, double share, bool strict,
                Abstention abstention = Abstention::counts_as_no) {
  return {"heads", std::vector<double>(members, 1), share, true, strict, abstention};
}

Rule rule_of(std::size_t members, std::vector<Criterion> criteria,
             std::vector<std::uint8_t> veto = {}, int objections_allowed = -1,
             int minimum_blockers = 0) {
  Rule::Parts parts;
  parts.id = "test";
  parts.title = {"test", "test"};
  parts.members = members;
  parts.criteria = std::move(criteria);
  parts.veto = std::move(veto);
  parts.objections_allowed = objections_allowed;
  parts.minimum_blockers = minimum_blockers;
  const Expected<Rule> rule = Rule::make(parts, "rule");
  EXPECT_TRUE(rule) << rule.error().front().message;
  return *rule;
}

Rule majority(std::size_t members) {
  return rule_of(members, {heads(members, 0.5, true)});
}
Rule unanimity(std::size_t members) {
  return rule_of(members, {heads(members, 1, false)});
}

BargainingProblem from(double reversion, int setter, Rule rule, const std::vector<ActorRow>& rows) {
  BargainingProblem problem = problem_of(rows);
  problem.setting.issues.front().reversion = reversion;
  problem.setting.agenda_setter = setter;
  problem.setting.rule = std::move(rule);
  return problem;
}

double setter(const BargainingProblem& problem, const ParameterMap& parameters = {}) {
  return ask("agenda_setter", problem, parameters).landing.front();
}

// The nearest ideal is 20; it accepts up to 40.
TEST(AgendaSetter, UnanimityIsHeldByTheNearestMember) {
  EXPECT_EQ(setter(from(0, 2, unanimity(3), {{20}, {60}, {90}})), 40);
  EXPECT_EQ(setter(from(100, 2, unanimity(3), {{80}, {40}, {10}})), 60);
}

TEST(AgendaSetter, ProposesItsIdealWhereThatPasses) {
  EXPECT_EQ(setter(from(0, 2, unanimity(3), {{20}, {60}, {35}})), 35);
}

TEST(AgendaSetter, IdealsOnBothSidesOfTheReversionKeepItUnderUnanimity) {
  EXPECT_EQ(setter(from(30, 2, unanimity(3), {{20}, {60}, {90}})), 30);
}

// Three of five are needed; of the others the second readiest accepts up to 2 * 40 - 10 = 70.
TEST(AgendaSetter, MajorityIsHeldByThePivot) {
  EXPECT_EQ(setter(from(10, 4, majority(5), {{0}, {20}, {40}, {60}, {95}})), 70);
}

TEST(AgendaSetter, ReversionIsWorstForTheMedianWhenItIsFar) {
  EXPECT_EQ(setter(from(0, 0, majority(3), {{90}, {45}, {10}})), 90);
  EXPECT_EQ(setter(from(30, 0, majority(3), {{90}, {45}, {10}})), 60);
}

TEST(AgendaSetter, VetoOfOneHoldsBackAMajority) {
  const Rule rule = rule_of(3, {heads(3, 0.5, true)}, {0, 0, 1});
  EXPECT_EQ(setter(from(0, 0, rule, {{90}, {60}, {15}})), 30);
}

TEST(AgendaSetter, FewerThanTheMinimumOfBlockersDoNotBlock) {
  // 80 % of four is met by four only; but a blocking minority needs two members.
  const std::vector<ActorRow> rows{{90}, {80}, {50}, {10}};
  EXPECT_EQ(setter(from(0, 0, rule_of(4, {heads(4, 0.8, false)}), rows)), 20);
  EXPECT_EQ(setter(from(0, 0, rule_of(4, {heads(4, 0.8, false)}, {}, -1, 2), rows)), 90);
}

TEST(AgendaSetter, MemberWithoutSalienceVotesAsTold) {
  const std::vector<ActorRow> rows{{90}, {60}, {15, 0}};
  const BargainingProblem strict = from(0, 0, unanimity(3), rows);
  EXPECT_EQ(setter(strict), 0);  // an abstention is no yes
  EXPECT_EQ(setter(strict, {{"unconcerned", 0}}), 0);
  EXPECT_EQ(setter(strict, {{"unconcerned", 2}}), 90);
  // Where abstentions count as yes, as in TFEU 238(4), it does not stop the others.
  const Rule lenient = rule_of(3, {heads(3, 1, false, Abstention::counts_as_yes)});
  EXPECT_EQ(setter(from(0, 0, lenient, rows)), 90);
}

TEST(AgendaSetter, MemberThatTakesNoPartIsStillAMember) {
  BargainingProblem problem = from(0, 0, majority(3), {{90}, {30}, {50}});
  problem.takes_part = {1, 1, 0};
  problem.salience[2] = problem.capability[2] = 0;
  EXPECT_EQ(setter(problem), 60);  // two of three: both are needed
}

TEST(AgendaSetter, ProposalStandsForTheIdealOfASetterWhoIsNoMember) {
  BargainingProblem problem = from(0, -1, majority(3), {{90}, {30}, {10}});
  problem.setting.issues.front().proposal = 75;
  EXPECT_EQ(setter(problem), 60);
  problem.setting.issues.front().proposal = 45;
  EXPECT_EQ(setter(problem), 45);
}

TEST(AgendaSetter, NobodyProposesWhereTheSetterTakesNoPart) {
  BargainingProblem problem = from(20, 0, majority(3), {{90}, {90}, {90}});
  problem.takes_part = {0, 1, 1};
  EXPECT_EQ(setter(problem), 20);
}

TEST(AgendaSetter, DecidesEachIssueAlone) {
  BargainingProblem problem = from(0, 0, majority(3), {{90}, {30}, {10}});
  problem.setting.issues.push_back({0, 1, 1.0, std::nullopt});
  problem.position = {90, 0.2, 30, 0.9, 10, 0.4};
  problem.salience = problem.capability = std::vector<double>(6, 1);
  EXPECT_EQ(ask("agenda_setter", problem).landing, (std::vector<double>{60, 0.2}));
}

TEST(AgendaSetter, SaysWhatItNeeds) {
  const BargainingModel& model = *find_bargaining_model("agenda_setter");
  BargainingProblem problem = problem_of({{1}, {2}});
  EXPECT_EQ(model.obstacle(problem.setting), "a decision rule over all actors");
  problem.setting.rule = majority(3);
  EXPECT_EQ(model.obstacle(problem.setting), "a decision rule over all actors");
  problem.setting.rule = majority(2);
  EXPECT_EQ(model.obstacle(problem.setting), "a reversion");
  problem.setting.issues.front().reversion = 0;
  EXPECT_EQ(model.obstacle(problem.setting), "an agenda setter or a proposal");
  problem.setting.issues.front().proposal = 5;
  EXPECT_EQ(model.obstacle(problem.setting), "");
  problem.setting.issues.front().proposal.reset();
  problem.setting.agenda_setter = 1;
  EXPECT_EQ(model.obstacle(problem.setting), "");
}

TEST(AgendaSetter, RefusesAVoteThatIsNoChoice) {
  const auto bound = find_bargaining_model("agenda_setter")->bind({{"unconcerned", 3}});
  ASSERT_FALSE(bound);
  EXPECT_EQ(bound.error().front().code, "E309");
}

Rule any_rule(std::size_t members) {
  std::vector<double> weight;
  std::vector<std::uint8_t> veto;
  for (std::size_t i = 0; i < members; ++i) {
    weight.push_back(*rc::gen::inRange(1, 40));
    veto.push_back(*rc::gen::element<std::uint8_t>(0, 0, 0, 1));
  }
  const Criterion weights{"weights",
                          weight,
                          *rc::gen::element(0.5, 0.65, 0.9),
                          true,
                          false,
                          *rc::gen::element(Abstention::counts_as_no, Abstention::counts_as_yes,
                                            Abstention::leaves_the_base)};
  const int count = static_cast<int>(members);
  return rule_of(members, {heads(members, *rc::gen::element(0.3, 0.55, 1.0), false), weights},
                 std::move(veto), *rc::gen::inRange(-1, std::min(3, count)),
                 *rc::gen::inRange(0, std::min(4, count + 1)));
}

// Points of indifference are whole numbers, so the best point lies on the grid.
RC_GTEST_PROP(AgendaSetter, FindsTheBestPointOfAGridThatPasses, ()) {
  BargainingProblem problem = any_problem();
  const std::size_t members = problem.setting.actors;
  const double reversion = *problem.setting.issues.front().reversion;
  problem.setting.rule = any_rule(members);
  problem.setting.agenda_setter = *rc::gen::inRange(0, static_cast<int>(members));
  const int unconcerned = *rc::gen::inRange(0, 3);
  const auto who = static_cast<std::size_t>(problem.setting.agenda_setter);
  const double ideal = problem.position[who];
  double best = std::abs(reversion - ideal);
  for (double x = -100; x <= 200; ++x) {
    std::vector<Vote> votes;
    for (std::size_t i = 0; i < members; ++i) {
      const bool accepts =
          std::abs(x - problem.position[i]) <= std::abs(reversion - problem.position[i]);
      const bool concerned = problem.salience[i] > 0 || i == who;
      votes.push_back(concerned ? (accepts ? Vote::yes : Vote::no)
                                : static_cast<Vote>(unconcerned));
    }
    if (problem.setting.rule->passes(votes)) best = std::min(best, std::abs(x - ideal));
  }
  const double landing = setter(problem, {{"unconcerned", unconcerned}});
  RC_ASSERT(std::abs(landing - ideal) == best);
}

}  // namespace
}  // namespace delian
