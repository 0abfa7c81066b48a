// Legal test vectors: thresholds of treaties, and votes that were taken under them.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <array>
#include <bit>
#include <map>
#include <numeric>

#include "delian/rule.hpp"

namespace delian {
namespace {

using testing::HasSubstr;
using enum Vote;
using Values = std::map<std::string, double>;

const Date in_2024{2024, 6, 17};

// Eurostat, population on 1 January 2023 (demo_gind).
const Values population_2023{{"DE", 84358845}, {"FR", 68070697}, {"IT", 58850717}, {"ES", 48059777},
                             {"PL", 36753736}, {"RO", 19051562}, {"NL", 17811291}, {"BE", 11754004},
                             {"CZ", 10827529}, {"SE", 10521556}, {"PT", 10467366}, {"GR", 10394055},
                             {"HU", 9597085},  {"AT", 9104772},  {"BG", 6447710},  {"DK", 5932654},
                             {"FI", 5563970},  {"SK", 5428792},  {"IE", 5194336},  {"HR", 3850894},
                             {"LT", 2857279},  {"SI", 2116792},  {"LV", 1883008},  {"EE", 1365884},
                             {"CY", 920701},   {"LU", 660809},   {"MT", 542051}};

const Values nice_votes{{"DE", 29}, {"FR", 29}, {"IT", 29}, {"GB", 29}, {"ES", 27}, {"PL", 27},
                        {"RO", 14}, {"NL", 13}, {"BE", 12}, {"CZ", 12}, {"GR", 12}, {"HU", 12},
                        {"PT", 12}, {"AT", 10}, {"BG", 10}, {"SE", 10}, {"DK", 7},  {"IE", 7},
                        {"LT", 7},  {"SK", 7},  {"FI", 7},  {"CY", 4},  {"EE", 4},  {"LV", 4},
                        {"LU", 4},  {"SI", 4},  {"MT", 3}};

Body body_of(const Values& values, const std::string& weights_id) {
  Body body;
  body.id = "test";
  WeightSeries series;
  series.id = weights_id;
  series.from = {1950, 0, 0};
  series.value = values;
  for (const auto& [code, value] : values) {
    Membership m;
    m.code = code;
    m.joined = {1950, 0, 0};
    body.memberships.push_back(m);
  }
  body.weights.push_back(series);
  return body;
}

Rule preset(std::string_view id, const Body& body, const Date& date = in_2024) {
  const std::vector<std::string> members = body.members_on(date);
  Expected<Rule> rule = rule_preset(id, body, date, members, "rule");
  EXPECT_TRUE(rule) << (rule ? "" : rule.error().front().message);
  return *rule;
}

/// All in favour but for those named.
std::vector<Vote> votes(const Body& body, const std::vector<std::string>& against,
                        const std::vector<std::string>& abstaining = {},
                        const Date& date = in_2024) {
  std::vector<Vote> result;
  for (const std::string& code : body.members_on(date)) {
    const auto among = [&](const std::vector<std::string>& codes) {
      return std::find(codes.begin(), codes.end(), code) != codes.end();
    };
    result.push_back(among(against) ? no : among(abstaining) ? abstain : yes);
  }
  return result;
}

Body eu_2024() {
  return body_of(population_2023, "population-2023");
}

// ---- Consensus
// -----------------------------------------------------------------------------------

TEST(RulePreset, NatoSilenceIsBrokenByAnObjectionAndNotByAbstention) {
  const Body nato = body_of({{"US", 1}, {"FR", 1}, {"BE", 1}, {"DE", 1}}, "votes");
  const Rule rule = preset("consensus", nato, {2003, 2, 10});
  EXPECT_TRUE(rule.parts().silence);
  EXPECT_TRUE(rule.any_no_blocks());
  // 10 February 2003: Belgium, France and Germany broke silence over the defence of Turkey.
  EXPECT_FALSE(rule.passes(votes(nato, {"BE", "FR", "DE"})));
  EXPECT_FALSE(rule.passes(votes(nato, {"BE"})));
  EXPECT_TRUE(rule.passes(votes(nato, {}, {"FR", "DE", "BE"})));
}

// CSCE, 8 July 1992: Yugoslavia suspended without its consent.
TEST(RulePreset, CsceConsensusMinusOneSuspendsTheStateConcerned) {
  const Body csce = body_of({{"YU", 1}, {"US", 1}, {"RU", 1}, {"AT", 1}}, "votes");
  EXPECT_FALSE(preset("consensus", csce).passes(votes(csce, {"YU"})));
  EXPECT_TRUE(preset("consensus-minus-1", csce).passes(votes(csce, {"YU"})));
  EXPECT_FALSE(preset("consensus-minus-1", csce).passes(votes(csce, {"YU", "RU"})));
  EXPECT_TRUE(preset("consensus-minus-2", csce).passes(votes(csce, {"YU", "RU"})));
}

TEST(RulePreset, UnanimityAsksForEveryYesAndTheEuropeanOneForNoNo) {
  const Body eu = eu_2024();
  EXPECT_FALSE(preset("unanimity", eu).passes(votes(eu, {}, {"HU"})));
  EXPECT_TRUE(preset("unanimity", eu).passes(votes(eu, {})));
  EXPECT_TRUE(preset("eu-unanimity", eu).passes(votes(eu, {}, {"HU"})));
  EXPECT_FALSE(preset("eu-unanimity", eu).passes(votes(eu, {"HU"})));
}

// Nine of 27 are a third; with Germany, France and Italy they have far more than a third of people.
TEST(RulePreset, ConstructiveAbstentionStopsAtAThirdOfMembersAndPeople) {
  const Body eu = eu_2024();
  const Rule rule = preset("eu-cfsp-constructive-abstention", eu);
  EXPECT_TRUE(rule.passes(votes(eu, {}, {"HU"})));
  EXPECT_TRUE(rule.passes(votes(eu, {}, {"DE", "FR", "IT", "ES", "PL", "RO", "NL", "BE"})));
  EXPECT_FALSE(rule.passes(votes(eu, {}, {"DE", "FR", "IT", "ES", "PL", "RO", "NL", "BE", "CZ"})));
  EXPECT_TRUE(rule.passes(
      votes(eu, {}, {"MT", "LU", "CY", "EE", "LV", "SI", "LT", "HR", "IE", "SK", "FI", "DK"})));
  EXPECT_FALSE(rule.passes(votes(eu, {"HU"})));
}

// As composed in the law, where a no always blocks, it is monotone after all.
RC_GTEST_PROP(RulePreset, UnderTheCfspRuleMoreSupportNeverStopsAProposal, ()) {
  static const Rule rule = preset("eu-cfsp-constructive-abstention", eu_2024());
  auto ballot = *rc::gen::container<std::vector<Vote>>(27, rc::gen::element(abstain, yes, yes));
  const auto i = *rc::gen::inRange<std::size_t>(0, 27);
  const Vote before = *rc::gen::element(no, abstain);
  ballot[i] = before;
  const bool passed = rule.passes(ballot);
  ballot[i] = before == no ? abstain : yes;
  RC_ASSERT(!passed || rule.passes(ballot));
}

// ---- EU: Lisbon
// ----------------------------------------------------------------------------------

// Council 3785 (Environment), 17 June 2024: twenty in favour.
TEST(EuQualifiedMajority, AdoptsTheNatureRestorationLaw) {
  const Body eu = eu_2024();
  const auto ballot = votes(eu, {"IT", "HU", "NL", "PL", "FI", "SE"}, {"BE"});
  EXPECT_EQ(std::count(ballot.begin(), ballot.end(), yes), 20);
  EXPECT_TRUE(preset("eu-qmv-lisbon", eu).passes(ballot));
  // Had Austria's minister voted no, as her coalition wished: 66.4 % less 2.0 %.
  EXPECT_FALSE(preset("eu-qmv-lisbon", eu)
                   .passes(votes(eu, {"IT", "HU", "NL", "PL", "FI", "SE", "AT"}, {"BE"})));
}

// Council, 28 March 2023: CO2 standards for cars and vans.
TEST(EuQualifiedMajority, AdoptsCarbonStandardsForCars) {
  const Body eu = eu_2024();
  EXPECT_TRUE(preset("eu-qmv-lisbon", eu).passes(votes(eu, {"PL"}, {"IT", "BG", "RO"})));
  // Four weeks before, Germany was on their side, abstaining or against.
  EXPECT_FALSE(preset("eu-qmv-lisbon", eu).passes(votes(eu, {"DE", "IT", "PL", "BG"})));
  EXPECT_FALSE(preset("eu-qmv-lisbon", eu).passes(votes(eu, {"PL"}, {"DE", "IT", "BG"})));
}

TEST(EuQualifiedMajority, AsksFifteenOf27AndSixteenOf28) {
  const Body eu = eu_2024();
  // The fifteen and the fourteen largest have far more than 65 % of the population.
  EXPECT_TRUE(preset("eu-qmv-lisbon", eu)
                  .passes(votes(eu, {"MT", "LU", "CY", "EE", "LV", "SI", "LT", "HR", "IE", "SK",
                                     "FI", "DK"})));
  EXPECT_FALSE(preset("eu-qmv-lisbon", eu)
                   .passes(votes(eu, {"MT", "LU", "CY", "EE", "LV", "SI", "LT", "HR", "IE", "SK",
                                      "FI", "DK", "BG"})));
  Values with_uk = population_2023;
  with_uk["GB"] = 67'000'000;
  const Body eu28 = body_of(with_uk, "population-2016");
  const std::vector<std::string> twelve{"MT", "LU", "CY", "EE", "LV", "SI",
                                        "LT", "HR", "IE", "SK", "FI", "DK"};
  EXPECT_TRUE(preset("eu-qmv-lisbon", eu28).passes(votes(eu28, twelve)));
  std::vector<std::string> thirteen = twelve;
  thirteen.emplace_back("BG");
  EXPECT_FALSE(preset("eu-qmv-lisbon", eu28).passes(votes(eu28, thirteen)));
}

TEST(EuQualifiedMajority, ThreeCannotBlockHoweverLarge) {
  const Body eu = eu_2024();
  EXPECT_TRUE(preset("eu-qmv-lisbon", eu).passes(votes(eu, {"DE", "FR", "IT"})));
  EXPECT_TRUE(preset("eu-qmv-lisbon", eu).passes(votes(eu, {"DE"}, {"FR", "IT"})));
  EXPECT_FALSE(preset("eu-qmv-lisbon", eu).passes(votes(eu, {"DE", "FR", "IT", "MT"})));
  EXPECT_FALSE(preset("eu-qmv-lisbon-reinforced", eu).passes(votes(eu, {"DE", "FR", "IT"})));
}

TEST(EuQualifiedMajority, ReinforcedAsksTwentyOf27) {
  const Body eu = eu_2024();
  const Rule rule = preset("eu-qmv-lisbon-reinforced", eu);
  EXPECT_TRUE(rule.passes(votes(eu, {"MT", "LU", "CY", "EE", "LV", "SI", "LT"})));
  EXPECT_FALSE(rule.passes(votes(eu, {"MT", "LU", "CY", "EE", "LV", "SI", "LT", "HR"})));
}

// The table's 2^27 coalitions, counted through two tables of sums. Expected numbers: full
// enumeration and meet-in-the-middle of an independent program.
TEST(EuQualifiedMajority, TheClauseTurnsExactly24Coalitions) {
  std::vector<std::int64_t> population;
  for (const auto& [code, value] : population_2023) {
    population.push_back(static_cast<std::int64_t>(value));
  }
  const std::int64_t total = std::accumulate(population.begin(), population.end(), std::int64_t{0});
  ASSERT_EQ(total, 448'387'872);
  const auto sums = [&](std::size_t first, std::size_t count) {
    std::vector<std::int64_t> result(std::size_t{1} << count, 0);
    for (std::size_t set = 1; set < result.size(); ++set) {
      const auto lowest = static_cast<std::size_t>(std::countr_zero(set));
      result[set] = result[set & (set - 1)] + population[first + lowest];
    }
    return result;
  };
  const std::vector<std::int64_t> low = sums(0, 14);
  const std::vector<std::int64_t> high = sums(14, 13);
  const std::int64_t needed = (65 * total + 99) / 100;
  EXPECT_EQ(needed, 291'452'117);
  int winning = 0;
  int winning_without_clause = 0;
  std::array<int, 5> blocking_sets{};
  const Rule rule = preset("eu-qmv-lisbon", eu_2024());
  std::vector<Vote> ballot(27);
  for (std::size_t h = 0; h < high.size(); ++h) {
    for (std::size_t l = 0; l < low.size(); ++l) {
      const int heads = std::popcount(h) + std::popcount(l);
      const bool enough_people = low[l] + high[h] >= needed;
      const bool without_clause = enough_people && heads >= 15;
      const bool with_clause = without_clause || heads >= 24;
      winning += static_cast<int>(with_clause);
      winning_without_clause += static_cast<int>(without_clause);
      if (heads >= 23 && !enough_people) ++blocking_sets[static_cast<std::size_t>(27 - heads)];
      // The rule itself: wherever the clause may matter, and on one coalition in 509 elsewhere.
      if (heads >= 23 || (h * low.size() + l) % 509 == 0) {
        for (std::size_t i = 0; i < 27; ++i) {
          const std::size_t bit = i < 14 ? l >> i : h >> (i - 14);
          ballot[i] = (bit & 1) != 0 ? yes : no;
        }
        ASSERT_EQ(rule.passes(ballot), with_clause) << h << ' ' << l;
      }
    }
  }
  EXPECT_EQ(winning, 17'787'201);
  EXPECT_EQ(winning_without_clause, 17'787'177);
  EXPECT_EQ(blocking_sets[0] + blocking_sets[1] + blocking_sets[2] + blocking_sets[3], 24);
  EXPECT_EQ(blocking_sets[4], 533);
}

// Denmark and Ireland outside, as in measures on asylum. Of 437,260,882 people Germany and France
// have 34.9 %, so a third is needed to exceed 35 %, and one more to block: four.
TEST(EuQualifiedMajority, AmongParticipantsTheClauseFollowsTheirPopulation) {
  const Body eu = eu_2024();
  std::vector<std::string> members = eu.members_on(in_2024);
  std::erase(members, "DK");
  std::erase(members, "IE");
  const Expected<Rule> rule = rule_preset("eu-qmv-lisbon", eu, in_2024, members, "rule");
  ASSERT_TRUE(rule);
  EXPECT_EQ(rule->parts().minimum_blockers, 4);
  // Among these eight Germany and France exceed 35 %, and neither does alone: two, plus one.
  const std::vector<std::string> few{"DE", "FR", "ES", "EE", "IT", "LT", "LV", "PL"};
  const Expected<Rule> small = rule_preset("eu-qmv-lisbon", eu, in_2024, few, "rule");
  ASSERT_TRUE(small);
  EXPECT_EQ(small->parts().minimum_blockers, 3);
}

// 22 September 2015, relocation of asylum seekers: four against, Finland abstaining, in a vote
// without Denmark, Ireland and the United Kingdom. Populations of 2023 tell the same story.
TEST(EuQualifiedMajority, AdoptsRelocationAmongParticipants) {
  const Body eu = eu_2024();
  Rule rule = preset("eu-qmv-lisbon", eu);
  std::vector<Vote> ballot = votes(eu, {"CZ", "HU", "RO", "SK"}, {"FI"});
  for (const char* outside : {"DK", "IE"}) {
    const std::vector<std::string> members = eu.members_on(in_2024);
    auto i = std::find(members.begin(), members.end(), outside) - members.begin();
    if (ballot.size() < 27) --i;  // Denmark has gone before Ireland
    rule = rule.without(static_cast<std::size_t>(i));
    ballot.erase(ballot.begin() + i);
  }
  EXPECT_TRUE(rule.passes(ballot));
}

// ---- EU: weighted votes
// --------------------------------------------------------------------------

TEST(EuWeightedVotes, Nice255Of345) {
  const Body eu = body_of(nice_votes, "votes-2007");
  const Date date{2008, 1, 1};
  const Rule rule = preset("eu-qmv-nice", eu, date);
  EXPECT_EQ(rule.parts().criteria[0].quota, 255);
  // 91 votes block, 90 do not.
  EXPECT_TRUE(rule.passes(votes(eu, {"DE", "FR", "GB", "MT"}, {}, date)));
  EXPECT_FALSE(rule.passes(votes(eu, {"DE", "FR", "GB", "LU"}, {}, date)));
  EXPECT_FALSE(rule.passes(votes(eu, {"DE", "FR", "GB"}, {"LU"}, date)));
}

TEST(EuWeightedVotes, Nice260Of352WithCroatia) {
  Values with_croatia = nice_votes;
  with_croatia["HR"] = 7;
  const Body eu = body_of(with_croatia, "votes-2013");
  const Date date{2014, 1, 1};
  const Rule rule = preset("eu-qmv-nice", eu, date);
  EXPECT_EQ(rule.parts().criteria[0].quota, 260);
  EXPECT_TRUE(rule.passes(votes(eu, {"DE", "FR", "GB", "LU"}, {}, date)));
  EXPECT_FALSE(rule.passes(votes(eu, {"DE", "FR", "GB", "DK"}, {}, date)));
}

TEST(EuWeightedVotes, ThePopulationCheckIsARuleOfItsOwn) {
  Body eu = body_of(nice_votes, "votes-2007");
  WeightSeries population = body_of(population_2023, "population-2023").weights[0];
  population.value["GB"] = 67'000'000;
  eu.weights.push_back(population);
  const Date date{2012, 1, 1};
  const Rule rule = preset("eu-qmv-nice-population", eu, date);
  ASSERT_EQ(rule.parts().criteria.size(), 3U);
  // Three large states are 87 votes, too few to block, and 41 % of the population.
  EXPECT_TRUE(preset("eu-qmv-nice", eu, date).passes(votes(eu, {"DE", "FR", "IT"}, {}, date)));
  EXPECT_FALSE(rule.passes(votes(eu, {"DE", "FR", "IT"}, {}, date)));
}

// Winning coalitions of weighted votes, by enumeration through the rule. The shares of all
// coalitions are published to eight digits: .21875, .146484375, .13671875, .09814453, .07778931.
TEST(EuWeightedVotes, CountsOfWinningCoalitionsBeforeNice) {
  struct Era {
    Values votes;
    double quota;
    int winning;
  };
  const Values six{{"DE", 4}, {"FR", 4}, {"IT", 4}, {"BE", 2}, {"NL", 2}, {"LU", 1}};
  const Values nine{{"DE", 10}, {"FR", 10}, {"IT", 10}, {"GB", 10}, {"BE", 5},
                    {"NL", 5},  {"DK", 3},  {"IE", 3},  {"LU", 2}};
  Values ten = nine;
  ten["GR"] = 5;
  Values twelve = ten;
  twelve["ES"] = 8;
  twelve["PT"] = 5;
  Values fifteen = twelve;
  fifteen["AT"] = 4;
  fifteen["SE"] = 4;
  fifteen["FI"] = 3;
  for (const Era& era : {Era{six, 12, 14}, Era{nine, 41, 75}, Era{ten, 45, 140},
                         Era{twelve, 54, 402}, Era{fifteen, 62, 2549}}) {
    const Rule rule = preset("eu-qmv-votes", body_of(era.votes, "votes"), {2000, 1, 1});
    EXPECT_EQ(rule.parts().criteria[0].quota, era.quota);
    const std::size_t n = era.votes.size();
    std::vector<Vote> ballot(n);
    int winning = 0;
    for (std::size_t set = 0; set < std::size_t{1} << n; ++set) {
      for (std::size_t i = 0; i < n; ++i) ballot[i] = ((set >> i) & 1) != 0 ? yes : no;
      winning += static_cast<int>(rule.passes(ballot));
    }
    EXPECT_EQ(winning, era.winning) << n;
  }
}

// Luxembourg's one vote never mattered: the others' votes are even.
TEST(EuWeightedVotes, LuxembourgIsNeverPivotalIn1958) {
  const Body eec =
      body_of({{"DE", 4}, {"FR", 4}, {"IT", 4}, {"BE", 2}, {"NL", 2}, {"LU", 1}}, "votes-1958");
  const Rule rule = preset("eu-qmv-votes", eec, {1958, 1, 1});
  const std::vector<std::string> members = eec.members_on({1958, 1, 1});
  const auto luxembourg =
      static_cast<std::size_t>(std::find(members.begin(), members.end(), "LU") - members.begin());
  for (std::size_t set = 0; set < 64; ++set) {
    std::vector<Vote> ballot;
    for (std::size_t i = 0; i < 6; ++i) ballot.push_back(((set >> i) & 1) != 0 ? yes : no);
    EXPECT_EQ(rule.pivotal(ballot)[luxembourg], 0);
  }
}

// ---- Security Council
// ----------------------------------------------------------------------------

Body security_council() {
  Values seats;
  for (const char* code :
       {"CN", "FR", "GB", "RU", "US", "BA", "BR", "CO", "DE", "GA", "IN", "LB", "NG", "PT", "ZA"}) {
    seats[code] = 1;
  }
  Body body = body_of(seats, "none");
  for (Membership& m : body.memberships) {
    constexpr std::array<std::string_view, 5> permanent{"CN", "FR", "GB", "RU", "US"};
    m.elected = std::find(permanent.begin(), permanent.end(), m.code) == permanent.end();
  }
  return body;
}

// Resolution 1973 (Libya), 17 March 2011: ten in favour, five abstentions.
TEST(SecurityCouncil, AdoptsResolution1973OverAbstentionsOfTwoPermanentMembers) {
  const Body council = security_council();
  EXPECT_TRUE(preset("unsc", council).passes(votes(council, {}, {"BR", "CN", "DE", "IN", "RU"})));
}

TEST(SecurityCouncil, OneVetoDefeatsFourteen) {
  const Body council = security_council();
  EXPECT_FALSE(preset("unsc", council).passes(votes(council, {"US"})));
  EXPECT_TRUE(preset("unsc", council).passes(votes(council, {"LB"})));
  EXPECT_TRUE(preset("unsc-procedural", council).passes(votes(council, {"US"})));
  EXPECT_FALSE(preset("unsc", council).any_no_blocks());
}

TEST(SecurityCouncil, EightVotesAreNotEnough) {
  const Body council = security_council();
  EXPECT_FALSE(preset("unsc", council)
                   .passes(votes(council, {}, {"BR", "CN", "DE", "IN", "RU", "LB", "NG"})));
  EXPECT_TRUE(
      preset("unsc", council).passes(votes(council, {}, {"BR", "CN", "DE", "IN", "RU", "LB"})));
}

TEST(SecurityCouncil, SevenOfElevenBefore1966) {
  Body council = security_council();
  std::erase_if(council.memberships,
                [](const Membership& m) { return m.code > "LB" && m.elected; });
  std::erase_if(council.memberships, [](const Membership& m) { return m.code == "GA"; });
  const Date date{1960, 1, 1};
  const Rule rule = preset("unsc", council, date);
  ASSERT_EQ(rule.parts().members, 11U);
  EXPECT_TRUE(rule.passes(votes(council, {}, {"BA", "BR", "CO", "DE"}, date)));
  EXPECT_FALSE(rule.passes(votes(council, {}, {"BA", "BR", "CO", "DE", "IN"}, date)));
}

/// Profiles in which each of the first `n` members takes one of `choices`, counted through
/// passes().
int count_passing(const Rule& rule, std::vector<Vote>& ballot, std::size_t n,
                  std::span<const Vote> choices) {
  if (n == 0) return static_cast<int>(rule.passes(ballot));
  int count = 0;
  for (const Vote vote : choices) {
    ballot[n - 1] = vote;
    count += count_passing(rule, ballot, n - 1, choices);
  }
  return count;
}

double choose(int n, int k) {
  double result = 1;
  for (int i = 1; i <= k; ++i) result = result * (n - k + i) / i;
  return result;
}

// Closed form: a permanent members say yes and 5 - a abstain, b elected ones say yes and the other
// 10 - b say no or abstain: sum over a + b >= 9 of C(5,a) C(10,b) 2^(10-b).
TEST(SecurityCouncil, Passes146796Of3To15TernaryProfiles) {
  double expected = 0;
  for (int a = 0; a <= 5; ++a) {
    for (int b = std::max(0, 9 - a); b <= 10; ++b) {
      expected += choose(5, a) * choose(10, b) * static_cast<double>(1 << (10 - b));
    }
  }
  EXPECT_EQ(expected, 146'796);
  const Rule rule = preset("unsc", security_council());
  std::vector<Vote> ballot(15);
  EXPECT_EQ(count_passing(rule, ballot, 15, std::array{no, abstain, yes}), 146'796);
}

TEST(SecurityCouncil, Passes848Of2To15BinaryProfiles) {
  const Rule rule = preset("unsc", security_council());
  std::vector<Vote> ballot(15);
  EXPECT_EQ(count_passing(rule, ballot, 15, std::array{no, yes}), 848);
}

// ---- Assemblies
// ----------------------------------------------------------------------------------

TEST(RulePreset, MajoritiesOfVotesCastLeaveAbstentionsOut) {
  const Body body = body_of({{"AA", 1}, {"BB", 1}, {"CC", 1}, {"DD", 1}, {"EE", 1}}, "votes");
  EXPECT_TRUE(preset("majority-cast", body).passes(votes(body, {"AA"}, {"CC", "DD"})));
  EXPECT_FALSE(preset("majority-members", body).passes(votes(body, {"AA"}, {"CC", "DD"})));
  EXPECT_FALSE(preset("majority-cast", body).passes(votes(body, {"AA", "BB"}, {"CC"}))) << "tie";
  EXPECT_TRUE(preset("two-thirds-cast", body).passes(votes(body, {"AA"}, {"CC", "DD"})));
  EXPECT_FALSE(preset("two-thirds-cast", body).passes(votes(body, {"AA", "BB"})));
  EXPECT_TRUE(preset("eu-simple-majority", body).passes(votes(body, {"AA"}, {"CC"})));
}

// ---- Refusals
// ------------------------------------------------------------------------------------

TEST(RulePreset, SuggestsTheNearestName) {
  const Body eu = eu_2024();
  const auto members = eu.members_on(in_2024);
  const auto rule = rule_preset("eu-qmv-lisbonn", eu, in_2024, members, "rule.preset");
  ASSERT_FALSE(rule);
  EXPECT_EQ(rule.error().front().code, "E301");
  EXPECT_EQ(rule.error().front().place.pointer, "rule.preset");
  EXPECT_EQ(rule.error().front().fix, "Did you mean \"eu-qmv-lisbon\"?");
  for (const char* text : {"consensus-minus-0", "consensus-minus-x", "consensus-minus-", ""}) {
    EXPECT_FALSE(rule_preset(text, eu, in_2024, members, "")) << text;
  }
}

TEST(RulePreset, SaysWhichWeightsAreMissing) {
  Body eu = eu_2024();
  eu.weights[0].until = Date{2024, 1, 1};
  const auto members = eu.members_on(in_2024);
  auto rule = rule_preset("eu-qmv-lisbon", eu, in_2024, members, "rule");
  ASSERT_FALSE(rule);
  ASSERT_EQ(rule.error().size(), 1U);
  EXPECT_EQ(rule.error().front().code, "E306");
  EXPECT_THAT(rule.error().front().notes, testing::ElementsAre(HasSubstr("until 2024-01-01")));
  eu.weights[0].until.reset();
  eu.weights[0].value.erase("MT");
  eu.weights[0].value.erase("FR");
  rule = rule_preset("eu-qmv-lisbon", eu, in_2024, members, "rule");
  ASSERT_FALSE(rule);
  ASSERT_EQ(rule.error().size(), 2U) << "every member without a value";
  EXPECT_THAT(rule.error()[1].message, HasSubstr("MT"));
}

TEST(RulePreset, RefusesBodiesItCannotWorkFor) {
  const Body small = body_of({{"AA", 1}, {"BB", 1}}, "votes");
  const auto members = small.members_on(in_2024);
  for (const char* id : {"unsc", "eu-qmv-nice", "consensus-minus-2"}) {
    const auto rule = rule_preset(id, small, in_2024, members, "rule");
    ASSERT_FALSE(rule) << id;
    EXPECT_EQ(rule.error().front().code, "E305") << id;
  }
}

TEST(RulePreset, EveryListedPresetCanBeBuiltAndHasASource) {
  Body body = body_of(nice_votes, "votes-2007");
  body.weights.push_back(body.weights.front());
  body.weights.back().id = "population";
  for (const RulePresetInfo& info : rule_presets()) {
    const Rule rule = preset(info.id, body);
    EXPECT_EQ(rule.parts().id, info.id);
    EXPECT_FALSE(rule.parts().source.empty()) << info.id;
    EXPECT_FALSE(rule.parts().title.en.empty()) << info.id;
    EXPECT_FALSE(rule.parts().title.fr.empty()) << info.id;
    EXPECT_TRUE(rule.passes(std::vector(27, yes))) << info.id;
    EXPECT_FALSE(rule.passes(std::vector(27, no))) << info.id;
  }
}

}  // namespace
}  // namespace delian
