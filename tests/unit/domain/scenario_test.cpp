#include "delian/scenario.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

namespace delian {
namespace {

Uncertain value(std::string_view text) {
  return Uncertain::parse(text, Support::scale, "").value();
}

Member row(std::string code) {
  return {std::move(code),
          {value("20 to 60"), {"E1"}},
          {value("30"), {"E1"}},
          {value("5 (1 to 20)"), {"E1"}},
          {},
          {},
          {},
          {}};
}

Country country(std::string code, std::string name, std::vector<std::string> aliases = {}) {
  return {std::move(code), {name, name}, std::move(aliases)};
}

// A league of DE, FR and GB, which SE joins on 2024-03-07 and IT has left on 2020-02-01.
Atlas league() {
  Body body;
  body.id = "league";
  body.name = {"League", "Ligue"};
  body.aliases = {"Assembly of the League"};
  for (const char* code : {"FR", "DE", "GB"})
    body.memberships.push_back({code, {1949}, {}, "", false});
  body.memberships.push_back({"SE", {2024, 3, 7}, {}, "", false});
  body.memberships.push_back({"IT", {1949}, Date{2020, 2, 1}, "", false});
  WeightSeries spending;
  spending.id = "spending-2023";
  spending.from = {2023, 1, 1};
  spending.value = {{"DE", 50}, {"FR", 30}, {"GB", 20}};
  body.weights = {spending};
  spending.id = "spending-2020";
  spending.value = {{"DE", 50}};
  body.weights.push_back(spending);
  body.rules = {{"consensus", {1949}, {}, ""}};

  // One seat for good, two for a term of two years; nobody knows who was elected after 2024.
  Body council;
  council.id = "council";
  council.name = {"Council", "Conseil"};
  council.memberships = {{"FR", {1949}, {}, "", false},
                         {"BR", {2022, 1, 1}, Date{2024, 1, 1}, "", true},
                         {"JP", {2022, 1, 1}, Date{2024, 1, 1}, "", true}};
  council.rules = {{"consensus", {1949}, {}, ""}};
  return {{body, council},
          {country("FR", "France"), country("DE", "Germany"),
           country("GB", "United Kingdom", {"UK", "Britain"}), country("SE", "Sweden"),
           country("IT", "Italy"), country("BR", "Brazil"), country("JP", "Japan")}};
}

Evidence report(std::string id) {
  Evidence e;
  e.id = std::move(id);
  e.says = "a claim";
  e.grade = "B2";
  e.published = Date{2023, 6, 1};
  return e;
}

ScenarioParts good() {
  ScenarioParts parts;
  parts.question.id = "q";
  parts.question.opens = {2023, 5, 3};
  parts.question.closes = {2023, 7, 12};
  parts.question.proposal = 60;
  parts.question.sources = {"E1"};
  parts.body = "Assembly of the League";
  parts.members = {row("GB"), row("DE"), row("FR")};
  parts.evidence = {report("E1")};
  return parts;
}

Diagnostics problems_of(ScenarioParts parts) {
  Diagnostics problems;
  const auto scenario = Scenario::make(std::move(parts), league(), problems);
  EXPECT_EQ(scenario.has_value(), !has_errors(problems));
  return problems;
}

std::vector<std::string> codes(const Diagnostics& problems) {
  std::vector<std::string> all;
  for (const Diagnostic& problem : problems) all.push_back(problem.code);
  return all;
}

// The one problem of `parts`, or a failure.
Diagnostic only_problem(ScenarioParts parts) {
  const Diagnostics problems = problems_of(std::move(parts));
  EXPECT_EQ(problems.size(), 1U) << testing::PrintToString(codes(problems));
  return problems.empty() ? Diagnostic{} : problems.front();
}

Scenario made(ScenarioParts parts) {
  Diagnostics problems;
  auto scenario = Scenario::make(std::move(parts), league(), problems);
  EXPECT_TRUE(scenario) << testing::PrintToString(codes(problems));
  return scenario.value();
}

TEST(Scenario, SortsMembersAndTakesTheRuleOfTheBody) {
  const Scenario scenario = made(good());
  ASSERT_EQ(scenario.members().size(), 3U);
  EXPECT_EQ(scenario.members()[0].code, "DE");
  EXPECT_EQ(scenario.members()[2].code, "GB");
  EXPECT_EQ(scenario.find_member("FR"), 1U);
  EXPECT_FALSE(scenario.find_member("SE"));
  EXPECT_EQ(scenario.body().id, "league");
  EXPECT_EQ(scenario.parts().rule, "consensus");
  EXPECT_TRUE(scenario.rule().any_no_blocks());
  EXPECT_EQ(scenario.find_evidence("E1")->grade, "B2");
  EXPECT_EQ(scenario.find_evidence("E2"), nullptr);
}

TEST(Scenario, WithReplacesOneNumberAndLeavesTheOriginal) {
  const Scenario before = made(good());
  const Scenario after = before.with(1, Scenario::Field::resolve, value("90"));
  EXPECT_EQ(after.members()[1].resolve.value.text(), "90");
  EXPECT_EQ(after.members()[1].resolve.sources, before.members()[1].resolve.sources);
  EXPECT_EQ(before.members()[1].resolve.value.text(), "5 (1 to 20)");
  EXPECT_EQ(before.with_proposal(30).parts().question.proposal, 30);
  EXPECT_EQ(before.parts().question.proposal, 60);
}

TEST(Scenario, OutcomeNamesReadBack) {
  for (std::size_t k = 0; k < outcome_count; ++k) {
    const auto outcome = static_cast<Outcome>(k);
    EXPECT_EQ(outcome_named(outcome_name(outcome)), outcome);
  }
  EXPECT_FALSE(outcome_named("rejected"));
}

TEST(Scenario, InfluenceIsEqualUnlessTheFileSaysOtherwise) {
  const Scenario equal = made(good());
  for (const double share : equal.influence_shares()) EXPECT_DOUBLE_EQ(share, 1.0 / 3);
  ScenarioParts parts = good();
  parts.influence.from = "spending-2023";
  const Scenario by_spending = made(parts);
  EXPECT_DOUBLE_EQ(by_spending.influence_shares()[0], 0.5);
  EXPECT_DOUBLE_EQ(by_spending.influence_shares()[2], 0.2);
  parts.influence.from = "members";
  for (Member& member : parts.members) member.influence = member.code == "FR" ? 3 : 1;
  const Scenario by_row = made(parts);
  EXPECT_DOUBLE_EQ(by_row.influence_shares()[1], 0.6);
}

TEST(Scenario, RefusesInfluenceWithoutNumbers) {
  ScenarioParts parts = good();
  parts.influence.from = "spending-1999";
  const Diagnostic unknown = only_problem(parts);
  EXPECT_EQ(unknown.code, "E306");
  EXPECT_EQ(unknown.place.pointer, "influence.from");
  EXPECT_EQ(unknown.notes.at(0), "Known: equal, members, spending-2023 and spending-2020.");
  parts.influence.from = "spending-2020";
  EXPECT_EQ(only_problem(parts).message, "\"spending-2020\" has no number for FR and GB");
  parts.influence.from = "members";
  parts.members[0].influence = 1;
  EXPECT_EQ(only_problem(parts).message, "2 rows have no influence = ...: DE and FR");
}

TEST(Scenario, PercentagesOfInfluenceMustSumToAHundred) {
  ScenarioParts parts = good();
  parts.influence.from = "members";
  for (Member& member : parts.members) member.influence = 33;
  const Diagnostic problem = only_problem(parts);
  EXPECT_EQ(problem.code, "E307");
  EXPECT_NE(problem.message.find("99"), std::string::npos);
  parts.influence.sum = 99;
  EXPECT_TRUE(problems_of(parts).empty());
  parts.influence.sum = 98;
  EXPECT_EQ(only_problem(parts).place.pointer, "influence.sum");
  parts.influence.sum.reset();
  for (Member& member : parts.members) member.influence = 2;  // another unit
  EXPECT_TRUE(problems_of(parts).empty());
}

TEST(Scenario, AnAliasIsNotACode) {
  ScenarioParts parts = good();
  parts.members[0].code = "UK";
  const Diagnostic problem = only_problem(parts);
  EXPECT_EQ(problem.code, "E101");
  EXPECT_EQ(problem.place.pointer, "members.UK");
  EXPECT_EQ(problem.message, "\"UK\" is not a member of the Assembly of the League on 2023-07-12");
  EXPECT_EQ(problem.fix, "did you mean GB (United Kingdom)?  ISO codes are used.");
  EXPECT_EQ(problem.notes.at(0), "Now 2 of 3 members have a row. Missing: GB.");
}

TEST(Scenario, SaysWhenAStateJoinedOrLeft) {
  ScenarioParts parts = good();
  parts.members.push_back(row("SE"));
  EXPECT_EQ(only_problem(parts).fix,
            "SE (Sweden) joined on 2024-03-07, after the decision of 2023-07-12");
  parts.members.back().code = "IT";
  EXPECT_EQ(only_problem(parts).fix,
            "IT (Italy) left on 2020-02-01, before the decision of 2023-07-12");
  parts.members.back().code = "Germony";  // a name, mistyped, of a state that has a row
  EXPECT_EQ(only_problem(parts).code, "E102");
  parts.members.back() = row("SE");
  parts.question.closes = {2024, 3, 7};
  EXPECT_TRUE(problems_of(parts).empty());
}

TEST(Scenario, RefusesTwoRowsOfOneMember) {
  ScenarioParts parts = good();
  parts.members.push_back(row("FR"));
  EXPECT_EQ(only_problem(parts).code, "E102");
  parts.members.back().code = "Britain";
  const Diagnostic problem = only_problem(parts);
  EXPECT_EQ(problem.code, "E102");
  EXPECT_EQ(problem.message, "\"Britain\" is GB (United Kingdom), which has a row already");
}

TEST(Scenario, NamesMembersWithoutARow) {
  ScenarioParts parts = good();
  parts.members.erase(parts.members.begin(), parts.members.begin() + 2);
  const Diagnostic problem = only_problem(parts);
  EXPECT_EQ(problem.code, "E103");
  EXPECT_EQ(problem.message, "2 members have no row: DE and GB");
}

TEST(Scenario, SuggestsABody) {
  ScenarioParts parts = good();
  parts.body = "leage";
  const Diagnostic problem = only_problem(parts);
  EXPECT_EQ(problem.code, "E104");
  EXPECT_EQ(problem.fix, "did you mean \"league\"?");
  EXPECT_EQ(problem.notes.at(0), "Known: league and council.");
}

TEST(Scenario, ElectedSeatsGoToThoseElected) {
  ScenarioParts parts = good();
  parts.body = "council";
  parts.members = {row("FR"), row("BR"), row("JP")};
  EXPECT_TRUE(problems_of(parts).empty());
  parts.members.push_back(row("DE"));
  const Diagnostic problem = only_problem(parts);
  EXPECT_EQ(problem.code, "E105");
  EXPECT_EQ(problem.notes.at(0), "Elected then: BR and JP.");
}

TEST(Scenario, TheFileFillsElectedSeatsOfDaysNobodyKnows) {
  ScenarioParts parts = good();
  parts.body = "council";
  parts.question.opens = {2029, 12, 1};
  parts.question.closes = {2030, 1, 1};
  parts.members = {row("FR"), row("DE"), row("SE")};
  EXPECT_TRUE(problems_of(parts).empty());
  parts.members.pop_back();
  EXPECT_EQ(only_problem(parts).code, "E105");
}

TEST(Scenario, RefusesDatesInTheWrongOrder) {
  ScenarioParts parts = good();
  parts.question.opens = {2023, 7, 13};
  EXPECT_EQ(only_problem(parts).code, "E303");
  parts.question.opens = {2023, 5, 0};
  EXPECT_EQ(only_problem(parts).code, "E302");
  parts = good();
  parts.silence = Silence{"2023-07-05T12:00:00Z", "2023-07-05T13:30:00+02:00", {}};
  EXPECT_EQ(only_problem(parts).place.pointer, "rule.silence.deadline");
  parts.silence->deadline = "2023-07-05T14:30:00+02:00";
  EXPECT_TRUE(made(parts).rule().parts().silence);
  parts.silence->deadline = "soon";
  EXPECT_EQ(only_problem(parts).code, "E302");
}

TEST(Scenario, RefusesAProposalThatChangesNothing) {
  ScenarioParts parts = good();
  parts.reversion = 60;
  EXPECT_EQ(only_problem(parts).code, "E304");
}

TEST(Scenario, RefusesNumbersOutOfBounds) {
  for (const double proposal : {-1.0, 100.5, std::numeric_limits<double>::quiet_NaN()}) {
    ScenarioParts parts = good();
    parts.question.proposal = proposal;
    EXPECT_EQ(only_problem(parts).code, "E204");
  }
  ScenarioParts parts = good();
  parts.interval = 1;
  EXPECT_EQ(only_problem(parts).place.pointer, "interval");
  parts = good();
  parts.question.horizon_months = 1e9;
  EXPECT_EQ(only_problem(parts).place.pointer, "question.horizon");
  parts = good();
  parts.members[0].influence = -1;
  EXPECT_EQ(only_problem(parts).place.pointer, "members.GB.influence");
}

TEST(Scenario, RefusesRulesThatCannotWork) {
  ScenarioParts parts = good();
  parts.rule = "consenus";
  EXPECT_EQ(only_problem(parts).code, "E301");
  parts.rule = "majority-cast";
  EXPECT_TRUE(problems_of(parts).empty());
  parts.silence = Silence{"2023-07-05T12:00:00Z", "2023-07-07T12:00:00Z", {}};
  EXPECT_EQ(only_problem(parts).code, "E305");
}

TEST(Scenario, ChecksForums) {
  ScenarioParts parts = good();
  parts.forums = {{"Chair", "chair", {"FR"}, {}}, {"Others", "consensus", {"GB", "FR"}, {}}};
  EXPECT_TRUE(problems_of(parts).empty());
  parts.forums[0].kind = "charm";
  EXPECT_EQ(only_problem(parts).code, "E301");
  parts.forums[0].kind = "chair";
  parts.forums[0].without = {"FR", "GB", "DE"};
  EXPECT_EQ(only_problem(parts).code, "E305");
}

TEST(Scenario, NamesOnlyMembersWithARow) {
  ScenarioParts parts = good();
  parts.question.sponsor = "JP";
  parts.side_payments = {{"UK", {value("10"), {"E1"}}}};
  parts.forums = {{"Others", "consensus", {"SE"}, {}}};
  parts.theatre.emplace();
  parts.theatre->gives = {{"BR", {value("5"), {"E1"}}, {}, {}, {}}};
  const Diagnostics problems = problems_of(parts);
  EXPECT_EQ(codes(problems), (std::vector<std::string>{"E310", "E310", "E310", "E310"}));
  EXPECT_EQ(problems[0].place.pointer, "question.sponsor");
  EXPECT_EQ(problems[1].fix, "did you mean GB (United Kingdom)?");
  EXPECT_EQ(problems[2].place.pointer, "forum[0].without[0]");
  EXPECT_EQ(problems[3].place.pointer, "theatre.gives.BR");
}

TEST(Scenario, EvidenceMustExistOnce) {
  ScenarioParts parts = good();
  parts.evidence.push_back(report("E1"));
  EXPECT_EQ(only_problem(parts).code, "E401");
  parts = good();
  parts.members[2].position.sources = {"E1", "E15"};
  const Diagnostic problem = only_problem(parts);
  EXPECT_EQ(problem.code, "E402");
  EXPECT_EQ(problem.message, "FR.position cites E15, which does not exist");
  EXPECT_EQ(problem.place.pointer, "members.FR.src.position[1]");
  EXPECT_EQ(problem.notes.at(0), "Known: E1. Nearest: E1.");
}

TEST(Scenario, GradesAreALetterAndADigit) {
  for (const char* grade : {"2B", "B7", "G1", "b2", "B", "B22"}) {
    ScenarioParts parts = good();
    parts.evidence[0].grade = grade;
    EXPECT_EQ(only_problem(parts).code, "E403") << grade;
  }
}

TEST(Scenario, CorrectionsTouchExistingPlaces) {
  ScenarioParts parts = good();
  parts.scale = {{0, "nothing"}, {60, "office"}};
  Correction correction{"a", "b", "publisher", {}, {}};
  correction.touches = {"members.FR",    "members.DE.salience", "scale.60",
                        "question.asks", "rule.reversion",      "evidence.E1"};
  parts.evidence[0].corrections = {correction};
  EXPECT_TRUE(problems_of(parts).empty());
  for (const char* pointer : {"members.XX", "members.FR.colour", "scale.61", "nothing", "",
                              "question.colour", "outsiders.JP", "members.FR.position.low"}) {
    parts.evidence[0].corrections[0].touches = {pointer};
    EXPECT_EQ(only_problem(parts).code, "E404") << pointer;
  }
}

TEST(Scenario, ContestedEvidenceSaysByWhat) {
  ScenarioParts parts = good();
  parts.evidence[0].status = Evidence::Status::contested;
  EXPECT_EQ(only_problem(parts).code, "E405");
  parts.evidence.push_back(report("E2"));
  parts.evidence[0].disputed_by = {"E2"};
  EXPECT_TRUE(problems_of(parts).empty());
}

TEST(Scenario, WarnsOfSharesOnTheScale) {
  ScenarioParts parts = good();
  parts.members[0].salience.value = value("0.8");
  const Diagnostic problem = only_problem(parts);
  EXPECT_EQ(problem.code, "W310");
  EXPECT_EQ(problem.place.pointer, "members.GB.salience");
  EXPECT_EQ(problem.message, "GB salience 0.8 looks like a 0-1 share on a 0-100 scale");
  EXPECT_EQ(
      problem.notes.at(0),
      "The other 2 members run from 30 to 30. If you meant 80, write 80; if 0.8 is right, say "
      "so: accept = [\"W310\"]");
  parts.members[0].accepted = {"W310"};
  EXPECT_TRUE(problems_of(parts).empty());
}

TEST(Scenario, ZeroIsNoShareAndAWholeColumnOfSharesIsOneWarning) {
  ScenarioParts parts = good();
  parts.members[0].salience.value = value("0");
  EXPECT_TRUE(problems_of(parts).empty());
  for (Member& member : parts.members) member.salience.value = value("0.2 to 0.7");
  const Diagnostic problem = only_problem(parts);
  EXPECT_EQ(problem.code, "W310");
  EXPECT_EQ(problem.place.pointer, "members");
}

TEST(Scenario, WarnsOfEvidenceNobodyCites) {
  ScenarioParts parts = good();
  parts.evidence.push_back(report("E2"));
  EXPECT_EQ(only_problem(parts).code, "W401");
  parts.scale = {{0, "as it is [E2]"}};
  EXPECT_TRUE(problems_of(parts).empty());
}

TEST(Scenario, WarnsOfNumbersWithoutSources) {
  ScenarioParts parts = good();
  parts.members[0].salience.sources.clear();
  parts.members[0].resolve.sources.clear();
  const Diagnostic problem = only_problem(parts);
  EXPECT_EQ(problem.code, "W402");
  EXPECT_EQ(problem.message, "GB: salience and resolve have no source");
  parts.members[0].salience.value = value("unknown");
  parts.members[0].resolve.value = value("unknown");
  EXPECT_TRUE(problems_of(parts).empty());
}

TEST(Scenario, WarnsOfNumbersThatRestOnWithdrawnEvidenceAlone) {
  ScenarioParts parts = good();
  Evidence withdrawn = report("E2");
  withdrawn.status = Evidence::Status::withdrawn;
  withdrawn.corrections = {{"a", "b", "publisher", Date{2023, 7, 20}, {}}};
  parts.evidence.push_back(withdrawn);
  parts.members[1].position.sources = {"E2"};
  EXPECT_EQ(only_problem(parts).message,
            "DE.position cites only E2, withdrawn on 2023-07-20. It now counts as judgement.");
  parts.members[1].position.sources = {"E1", "E2"};
  EXPECT_TRUE(problems_of(parts).empty());
}

TEST(Scenario, RefusesAHorizonBeforeTheDecision) {
  ScenarioParts parts = good();
  parts.question.horizon_months = 1;
  EXPECT_EQ(only_problem(parts).code, "E303");
  EXPECT_EQ(only_problem(parts).place.pointer, "question.horizon");
}

TEST(Scenario, RefusesTwoSidePaymentsToOneMember) {
  ScenarioParts parts = good();
  const Quantity worth{*Uncertain::parse("5 to 10", Support::scale, ""), {"E1"}};
  parts.side_payments = {{"DE", worth}, {"DE", worth}};
  EXPECT_EQ(only_problem(parts).code, "E311");
}

TEST(Scenario, RefusesMoreForumsThanAnyCaseHas) {
  ScenarioParts parts = good();
  for (int k = 0; k < 33; ++k)
    parts.forums.push_back({"F" + std::to_string(k), "chair", {}, {"E1"}});
  EXPECT_EQ(only_problem(parts).code, "E312");
}

TEST(Scenario, WarnsOfNumbersThatKnowTheOutcome) {
  ScenarioParts parts = good();
  parts.evidence.push_back(report("E2"));
  parts.evidence[1].published = Date{2023, 7, 13};
  parts.members[1].position.sources = {"E1", "E2"};
  const Diagnostic problem = only_problem(parts);
  EXPECT_EQ(problem.code, "W406");
  EXPECT_EQ(problem.place.pointer, "evidence[1].published");
  EXPECT_EQ(problem.notes.at(0), "Cited by DE.position.");
  parts.evidence[1].kind = Evidence::Kind::judgement;
  EXPECT_TRUE(problems_of(parts).empty());
  parts.evidence[1].kind = Evidence::Kind::report;
  parts.members[1].position.sources = {"E1"};
  parts.question.resolves_by = {"E2"};
  EXPECT_TRUE(problems_of(parts).empty());
}

TEST(Scenario, ReportsEverythingAtOnce) {
  ScenarioParts parts = good();
  parts.members[0].code = "UK";
  parts.reversion = 60;
  parts.evidence[0].grade = "??";
  parts.question.opens = {2024, 1, 1};
  EXPECT_EQ(codes(problems_of(parts)), (std::vector<std::string>{"E304", "E303", "E101", "E403"}));
}

}  // namespace
}  // namespace delian
