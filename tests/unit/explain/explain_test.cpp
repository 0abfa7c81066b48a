#include "explain/explain.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "support/scenarios.hpp"

namespace delian {
namespace {

using testing::parts_of;
using testing::tokyo_like;

Evidence report(const std::string& id, const std::string& grade) {
  Evidence evidence;
  evidence.id = id;
  evidence.says = "a claim";
  evidence.source = "a paper";
  evidence.grade = grade;
  return evidence;
}

Scenario make(ScenarioParts parts) {
  parts.rule = "consensus";
  Diagnostics problems;
  auto scenario =
      Scenario::make(std::move(parts), testing::atlas_of(tokyo_like(9), "consensus"), problems);
  EXPECT_TRUE(scenario.has_value()) << (problems.empty() ? "" : problems.front().message);
  return *scenario;
}

/// Nine members; the first is a resolute objector. Every number cites `sources`.
ScenarioParts council(const std::vector<Evidence>& evidence,
                      const std::vector<std::string>& sources) {
  ScenarioParts parts = parts_of(tokyo_like(9));
  parts.evidence.insert(parts.evidence.end(), evidence.begin(), evidence.end());
  for (Member& member : parts.members) {
    member.position.sources = member.salience.sources = member.resolve.sources = sources;
  }
  return parts;
}

TEST(Confidence, NeedsCredibleReports) {
  EXPECT_EQ(judge_confidence(make(council({report("E1", "B2")}, {"E1"})), 0.0, false).level,
            Confidence::Level::high);
  // Unreliable sources and improbable claims carry nothing, however many rows cite them.
  for (const char* grade : {"F6", "E2", "B5", "A6"}) {
    const auto confidence =
        judge_confidence(make(council({report("E1", grade)}, {"E1"})), 0.0, false);
    EXPECT_EQ(confidence.level, Confidence::Level::low) << grade;
    EXPECT_EQ(confidence.judgement_only, 9U) << grade;
  }
}

TEST(Confidence, TheWeakestCheckDecides) {
  const Scenario sourced = make(council({report("E1", "B2")}, {"E1"}));
  EXPECT_EQ(judge_confidence(sourced, 0.5, false).level, Confidence::Level::low);
  EXPECT_EQ(judge_confidence(sourced, 0.2, false).level, Confidence::Level::moderate);
  EXPECT_EQ(judge_confidence(sourced, 0.0, true).level, Confidence::Level::moderate);
  // A swing nobody measured must not count as none.
  EXPECT_EQ(judge_confidence(sourced, std::nullopt, false).level, Confidence::Level::moderate);
}

TEST(Confidence, CountsWhatIsUnknownAndWhatIsContested) {
  ScenarioParts parts = council({report("E1", "B2")}, {"E1"});
  for (Member& member : parts.members) member.position.value = testing::value("unknown");
  EXPECT_EQ(judge_confidence(make(parts), 0.0, false).unknown, 9U);
  EXPECT_EQ(judge_confidence(make(parts), 0.0, false).level, Confidence::Level::moderate);
  for (Member& member : parts.members) member.salience.value = testing::value("unknown");
  EXPECT_EQ(judge_confidence(make(parts), 0.0, false).level, Confidence::Level::low);

  Evidence contested = report("E1", "B2");
  contested.status = Evidence::Status::contested;
  contested.disputed_by = {"E2"};
  const Scenario scenario = make(council({contested, report("E2", "B2")}, {"E1", "E2"}));
  EXPECT_EQ(judge_confidence(scenario, 0.0, false).contested, 1U);
  EXPECT_EQ(judge_confidence(scenario, 0.0, false).level, Confidence::Level::moderate);
}

TEST(TippingPoints, LieWhereTheWordChangesAndNotOnePointBefore) {
  const Scenario scenario = make(parts_of(tokyo_like(9)));
  AnswerOptions options;
  options.draws = 4096;
  const Answer answered = *answer(scenario, options);
  ASSERT_FALSE(answered.tipping_points.empty());
  const Forecaster forecaster = *Forecaster::make(scenario, options.seed, options.draws);
  const auto with = [&](const TippingPoint& point, double value) {
    const Forecaster::Change change{*scenario.find_member(point.member), point.field,
                                    *Uncertain::exact(value, Support::scale, "")};
    return forecaster.as_drafted({&change, 1});
  };
  const auto band = [](double p) {
    return std::clamp(probability_band(p, Yardstick::icd203), 0, 6);
  };
  const auto shown = [](double p) { return std::floor(p * 100 + 0.5) / 100; };
  for (const TippingPoint& point : answered.tipping_points) {
    SCOPED_TRACE(point.member + " " + std::string(field_name(point.field)));
    const double there = with(point, point.at);
    EXPECT_DOUBLE_EQ(there, point.probability);
    EXPECT_NE(band(there), band(answered.as_drafted()));
    EXPECT_EQ(band(there), band(shown(there)));
    // One point nearer the word is the old one still, or the number shown would not bear the new.
    const double before = with(point, point.at > point.now ? point.at - 1 : point.at + 1);
    EXPECT_TRUE(band(before) == band(answered.as_drafted()) || band(before) != band(shown(before)));
  }
  EXPECT_EQ(answered.tipping_points.front().member, "AA");
}

TEST(LoadBearing, FindsTheOneReportAndThePairThatCarryTheAnswer) {
  // The objector alone rests on a report; everybody else on judgement.
  ScenarioParts parts = parts_of(tokyo_like(9));
  parts.evidence.push_back(report("E1", "B2"));
  parts.evidence.push_back(report("E2", "B2"));
  Member& objector = parts.members[0];
  objector.position.sources = objector.salience.sources = objector.resolve.sources = {"E1"};
  parts.members[5].position.sources = {"E2"};
  AnswerOptions options;
  options.draws = 4096;
  Answer answered = *answer(make(parts), options);
  ASSERT_FALSE(answered.load_bearing.empty());
  EXPECT_EQ(answered.load_bearing.front().evidence, std::vector<std::string>{"E1"});
  EXPECT_GT(answered.load_bearing.front().change, 0.3);

  // Two that say the same carry each other: only both together matter.
  objector.position.sources = objector.salience.sources = objector.resolve.sources = {"E1", "E2"};
  parts.members[5].position.sources = {"J1"};
  answered = *answer(make(parts), options);
  ASSERT_EQ(answered.load_bearing.size(), 1U);
  EXPECT_EQ(answered.load_bearing.front().evidence, (std::vector<std::string>{"E1", "E2"}));
  EXPECT_EQ(answered.load_bearing.front().member, "AA");
}

TEST(LoadBearing, WithdrawingEqualsEditingTheRowsByHand) {
  ScenarioParts parts = parts_of(tokyo_like(9));
  parts.evidence.push_back(report("E1", "B2"));
  parts.members[0].position.sources = {"E1"};
  AnswerOptions options;
  options.draws = 4096;
  const Answer answered = *answer(make(parts), options);
  ASSERT_EQ(answered.load_bearing.size(), 1U);
  parts.members[0].position.value = testing::value("unknown");
  EXPECT_DOUBLE_EQ(answered.load_bearing.front().probability,
                   answer(make(parts), options)->as_drafted());
}

}  // namespace
}  // namespace delian
