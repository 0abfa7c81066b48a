// Voting power as published and as two unrelated algorithms agree on. Figures with few digits are
// printed in the literature; longer ones come from full enumeration or from the program EPIC
// (Staudacher and others) run with fifteen digits, and agree with a second way of counting.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "support/games.hpp"

namespace delian::power {
namespace {

using delian::testing::body_rule;
using delian::testing::catalog_game;
using delian::testing::catalog_population;
using delian::testing::double_majority;
using delian::testing::game_of;
using delian::testing::WeightedGame;

const Date day{2023, 1, 1};

Indices of(const SimpleGame& game, std::optional<Method> method = std::nullopt) {
  Expected<Indices> result = indices(game, method);
  EXPECT_TRUE(result) << result.error().front().message;
  return std::move(*result);
}

struct Published {
  const char* game;
  std::vector<double> shapley_shubik;  ///< of the members whose weight differs from that before
  std::vector<double> banzhaf;
  std::optional<double> act;
};

// EEC 1958 and Nassau: Banzhaf 1965, Brams and Affuso 1976 and many since. The others: EPIC.
const std::vector<Published> bodies{
    {"eec-1958", {.233333, .15, 0}, {.238095, .142857, 0}, .21875},
    {"ec-1973",
     {.178571, .080952, .057143, .009524},
     {.167192, .091483, .066246, .015773},
     .146484375},
    {"ec-1981",
     {.173810, .071429, .030159, .030159},
     {.157729, .082019, .041009, .041009},
     .13671875},
    {"ec-1986",
     {.134199, .111255, .063745, .042569, .011833},
     {.128713, .108911, .066607, .045905, .018002},
     .09814453},
    {"eu-1995",
     {.116667, .095460, .055175, .045360, .035254, .020690},
     {.111621, .092424, .058738, .047872, .035919, .022638},
     .07778931},
    {"eu-2007-votes",
     {.0867377, .0799746, .0399366, .0368250, .0340683, .0281931, .0196060, .0110419, .0081777},
     {.0778270, .0741981, .0425916, .0397403, .0368437, .0309246, .0218084, .0125015, .0094218},
     .02025644},
    {"unsc", {.196270396, .001864802}, {.166929134, .016535433}, 848.0 / 32768},
    {"nassau-1958", {1.0 / 3, 1.0 / 3, 0, 0}, {1.0 / 3, 1.0 / 3, 0, 0}, {}},
};

class PublishedBodies : public ::testing::TestWithParam<Method> {};

TEST_P(PublishedBodies, IndicesAndPowerToAct) {
  for (const Published& body : bodies) {
    SCOPED_TRACE(body.game);
    // Once its vetoes are taken out, numbers of members decide in the Security Council.
    if (GetParam() == Method::integral && std::string_view(body.game) == "unsc") continue;
    const WeightedGame game = catalog_game(body.game);
    const Indices found = of(game_of(game.weights, game.quota), GetParam());
    std::size_t kind = 0;
    for (std::size_t i = 0; i < game.weights.size(); ++i) {
      if (i > 0 && game.weights[i] != game.weights[i - 1]) ++kind;
      ASSERT_LT(kind, body.shapley_shubik.size());
      EXPECT_NEAR(found.members[i].shapley_shubik, body.shapley_shubik[kind], 1e-6);
      EXPECT_NEAR(found.members[i].banzhaf_index, body.banzhaf[kind], 1e-6);
    }
    EXPECT_EQ(kind + 1, body.shapley_shubik.size());
    if (body.act) {
      EXPECT_NEAR(found.act, *body.act, 1e-8);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(EveryMethod, PublishedBodies,
                         ::testing::Values(Method::enumeration, Method::meet_in_the_middle,
                                           Method::integral),
                         [](const auto& method) {
                           std::string name(method_name(method.param));
                           std::erase(name, '-');
                           return name;
                         });

TEST(PowerReplication, EuropeanEconomicCommunityInEveryIndex) {
  const WeightedGame game = catalog_game("eec-1958");
  const SimpleGame eec = game_of(game.weights, game.quota);
  const Indices found = of(eec);
  EXPECT_DOUBLE_EQ(found.members[0].banzhaf_measure, .3125);
  EXPECT_DOUBLE_EQ(found.members[3].banzhaf_measure, .1875);
  EXPECT_DOUBLE_EQ(found.members[5].banzhaf_measure, 0);
  EXPECT_NEAR(found.members[0].prevent, .714286, 1e-6);
  EXPECT_NEAR(found.members[3].prevent, .428571, 1e-6);
  EXPECT_NEAR(found.members[0].initiate, .2, 1e-6);
  EXPECT_NEAR(found.members[3].initiate, .12, 1e-6);
  EXPECT_EQ(found.winning, 14);
  const CoalitionIndices other = coalition_indices(eec).value();
  EXPECT_NEAR(other.deegan_packel[0], .208333, 1e-6);
  EXPECT_NEAR(other.deegan_packel[3], .1875, 1e-6);
  EXPECT_NEAR(other.public_good[0], .2, 1e-6);
  EXPECT_NEAR(other.public_good[3], .2, 1e-6);
  EXPECT_NEAR(other.johnston[0], .25, 1e-6);
  EXPECT_NEAR(other.johnston[3], .125, 1e-6);
  EXPECT_EQ(other.johnston[5], 0);
}

TEST(PowerReplication, SecurityCouncilByItsOwnRuleAndAsAWeightedGame) {
  const WeightedGame weighted = catalog_game("unsc");
  const Rule charter = body_rule("unsc", day, "unsc");
  const SimpleGame as_weighted = game_of(weighted.weights, weighted.quota);
  const SimpleGame as_rule(charter);
  for (const SimpleGame& game : {as_weighted, as_rule}) {
    const Indices found = of(game);
    EXPECT_EQ(found.method, Method::closed_form);
    EXPECT_EQ(found.winning, 848);
    EXPECT_EQ(count_minimal_coalitions(game, CoalitionKind::winning), 210);
    std::size_t permanent = 0;
    for (const MemberPower& member : found.members) {
      permanent += member.veto ? 1 : 0;
      EXPECT_NEAR(member.shapley_shubik, member.veto ? .196270396 : .001864802, 1e-9);
      EXPECT_NEAR(member.banzhaf_index, member.veto ? .166929134 : .016535433, 1e-9);
      EXPECT_EQ(member.veto, member.prevent == 1);
    }
    EXPECT_EQ(permanent, 5U);
    EXPECT_TRUE(nakamura_number(game).infinite);
  }
  const CoalitionIndices other = coalition_indices(as_weighted).value();
  EXPECT_NEAR(other.deegan_packel[0], .111111, 1e-6);
  EXPECT_NEAR(other.public_good[0], .111111, 1e-6);
  EXPECT_NEAR(other.deegan_packel[5], .044444, 1e-6);
  EXPECT_NEAR(other.johnston[0], .177987, 1e-6);
  EXPECT_NEAR(other.johnston[5], .011006, 1e-6);
}

// Of 3^15 votes 146,796 pass: the sum over yes votes of the ten elected members (at least 9 less
// those of the permanent ones) and over permanent members who do not say no.
TEST(PowerReplication, SecurityCouncilWithAbstentions) {
  const ProfileCount count = count_profiles(body_rule("unsc", day, "unsc")).value();
  EXPECT_EQ(count.passing, 146'796);
  EXPECT_NEAR(count.share, .010230466, 1e-9);
}

TEST(PowerReplication, UnitedStatesElectoralCollege2024) {
  const WeightedGame states = catalog_game("us-college-2024");
  const SimpleGame college = game_of(states.weights, states.quota);
  const Indices found = of(college);
  const std::array shapley{.108036834, .077428257, .056849808, .052844188};
  const std::array banzhaf{.110796412, .076364776, .056031988, .052102115};
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_NEAR(found.members[i].shapley_shubik, shapley[i], 1e-9);
    EXPECT_NEAR(found.members[i].banzhaf_index, banzhaf[i], 1e-9);
  }
  EXPECT_NEAR(found.members.back().shapley_shubik, .005402279, 1e-9);
  EXPECT_NEAR(found.members.back().banzhaf_index, .005457312, 1e-9);
  EXPECT_NEAR(found.members[0].banzhaf_measure, .460711307, 1e-9);
  EXPECT_NEAR(found.members[0].prevent, .464221984, 1e-9);
  EXPECT_NEAR(found.members[0].initiate, .457253330, 1e-9);
}

TEST(PowerReplication, ConsensusOfThirtyOneSaysNothing) {
  const Indices found = of(SimpleGame(body_rule("nato", {2023, 7, 11}, "consensus")));
  ASSERT_EQ(found.members.size(), 31U);
  EXPECT_DOUBLE_EQ(found.act, 0x1p-31);
  for (const MemberPower& member : found.members) {
    EXPECT_DOUBLE_EQ(member.shapley_shubik, 1.0 / 31);
    EXPECT_DOUBLE_EQ(member.banzhaf_index, 1.0 / 31);
    EXPECT_DOUBLE_EQ(member.banzhaf_measure, 0x1p-30);
    EXPECT_DOUBLE_EQ(member.prevent, 1);
    EXPECT_DOUBLE_EQ(member.initiate, 1 / (0x1p31 - 1));
    EXPECT_TRUE(member.veto);
  }
}

// ---- The Council of the European Union ---------------------------------------------------------

struct CouncilRow {
  const char* code;
  double shapley_shubik;
  double banzhaf;
  double prevent;
};

// Own figures: full enumeration and meeting in the middle agree on every swing.
const std::vector<CouncilRow> council_2023{{"DE", .178948195, .122133123, .804090},
                                           {"FR", .133889939, .100804932, .663671},
                                           // NOLINTNEXTLINE(modernize-use-std-numbers): a share
                                           {"IT", .114273220, .087711250, .577466},
                                           {"ES", .092553909, .076920099, .506420},
                                           {"PL", .066279603, .062088811, .408775},
                                           {"RO", .038224900, .039406564, .259442},
                                           {"NL", .036126792, .037932378, .249736},
                                           {"BE", .026437038, .030783706, .202671},
                                           {"CZ", .024945664, .029684223, .195433},
                                           {"SE", .024476779, .029320296, .193037},
                                           {"PT", .024393640, .029254970, .192607},
                                           {"GR", .024282860, .029170585, .192051},
                                           {"HU", .023027171, .028221667, .185804},
                                           {"AT", .022289669, .027637068, .181955},
                                           {"BG", .018042680, .024474718, .161135},
                                           {"DK", .017256132, .023859446, .157084},
                                           {"FI", .016696469, .023419314, .154186},
                                           {"SK", .016487254, .023256863, .153117},
                                           {"IE", .016126307, .022976929, .151274},
                                           {"HR", .014026088, .021362749, .140646},
                                           {"LT", .012405056, .020179377, .132855},
                                           {"SI", .011182708, .019281335, .126943},
                                           {"LV", .010801088, .019000564, .125094},
                                           {"EE", .009973299, .018375762, .120981},
                                           {"CY", .009281225, .017838641, .117445},
                                           {"LU", .008884623, .017524618, .115377},
                                           {"MT", .008687690, .017380014, .114425}};

std::vector<std::string> council() {
  return io::atlas().find_body("eu")->members_on(day);
}

std::size_t seat(const std::string& code) {
  const std::vector<std::string> members = council();
  return static_cast<std::size_t>(std::find(members.begin(), members.end(), code) -
                                  members.begin());
}

TEST(PowerReplication, CatalogAndBodyHoldTheSamePopulations) {
  EXPECT_EQ(catalog_population("eu-population-2023.toml"),
            io::atlas().find_body("eu")->find_weights("population-2023")->value);
}

TEST(PowerReplication, CouncilUnderTheLisbonRule) {
  const SimpleGame game(body_rule("eu", day, "eu-qmv-lisbon"));
  for (const Method method : {Method::meet_in_the_middle, Method::enumeration}) {
    SCOPED_TRACE(method_name(method));
    const Indices found = of(game, method);
    EXPECT_EQ(found.winning, 17'787'201);
    EXPECT_NEAR(found.act, .132524974644, 1e-12);
    double swings = 0;
    double shapley = 0;
    for (const MemberPower& member : found.members) {
      swings += member.swings.value();
      shapley += member.shapley_shubik;
      EXPECT_FALSE(member.veto);
    }
    EXPECT_EQ(swings, 117'105'947);
    EXPECT_NEAR(shapley, 1, 1e-12);
    for (const CouncilRow& row : council_2023) {
      const MemberPower& member = found.members[seat(row.code)];
      EXPECT_NEAR(member.shapley_shubik, row.shapley_shubik, 1e-9) << row.code;
      EXPECT_NEAR(member.banzhaf_index, row.banzhaf, 1e-9) << row.code;
      EXPECT_NEAR(member.prevent, row.prevent, 1e-6) << row.code;
    }
  }
  EXPECT_EQ(count_minimal_coalitions(game, CoalitionKind::winning), 4'379'988);
}

TEST(PowerReplication, CouncilNakamuraNumberIsThree) {
  const NakamuraNumber number = nakamura_number(SimpleGame(body_rule("eu", day, "eu-qmv-lisbon")));
  EXPECT_FALSE(number.infinite);
  EXPECT_EQ(number.least, 3);
  EXPECT_EQ(number.most, 3);
}

// 24 sets of up to three members hold more than 35 % of the population. The clause takes their
// blocking power away: it turns the 24 coalitions that they would have stopped.
TEST(PowerReplication, CouncilWithoutTheFourMemberClause) {
  const auto population = catalog_population("eu-population-2023.toml");
  const Indices found = of(SimpleGame(double_majority(population, 15, .65, 0)));
  EXPECT_EQ(found.winning, 17'787'177);
  double swings = 0;
  for (const MemberPower& member : found.members) swings += member.swings.value();
  EXPECT_EQ(swings, 117'105'443);
  EXPECT_NEAR(found.members[seat("DE")].shapley_shubik, .181426828, 1e-9);
  EXPECT_NEAR(found.members[seat("FR")].shapley_shubik, .135983957, 1e-9);
  EXPECT_NEAR(found.members[seat("IT")].shapley_shubik, .114828776, 1e-9);
  EXPECT_NEAR(found.members[seat("DE")].banzhaf_index, .122133819, 1e-9);
}

TEST(PowerReplication, CouncilByPopulationAlone) {
  const auto population = catalog_population("eu-population-2023.toml");
  const Indices found = of(SimpleGame(double_majority(population, 1, .65, 0)));
  EXPECT_NEAR(found.members[seat("DE")].shapley_shubik, .210310508, 1e-9);
  EXPECT_NEAR(found.members[seat("FR")].shapley_shubik, .160180878, 1e-9);
  EXPECT_NEAR(found.members[seat("IT")].shapley_shubik, .134846366, 1e-9);
  EXPECT_NEAR(found.members[seat("DE")].banzhaf_index, .187330176, 1e-9);
}

TEST(PowerReplication, CouncilReinforced) {
  const Indices found = of(SimpleGame(body_rule("eu", day, "eu-qmv-lisbon-reinforced")));
  EXPECT_NEAR(found.act, .007783510, 1e-9);
  EXPECT_NEAR(found.members[seat("DE")].shapley_shubik, .091321641, 1e-9);
  EXPECT_NEAR(found.members[seat("FR")].shapley_shubik, .070188933, 1e-9);
  EXPECT_NEAR(found.members[seat("IT")].shapley_shubik, .062742829, 1e-9);
}

TEST(PowerReplication, CouncilOfTwentyEightIn2017) {
  const auto population = catalog_population("eu-population-2017.toml");
  const Indices found = of(SimpleGame(double_majority(population, 16, .65, 4)));
  const auto power = [&](const std::string& code) {
    const auto at = std::distance(population.begin(), population.find(code));
    return found.members[static_cast<std::size_t>(at)].shapley_shubik;
  };
  EXPECT_NEAR(power("DE"), .146079882, 1e-9);
  EXPECT_NEAR(power("FR"), .112610548, 1e-9);
  EXPECT_NEAR(power("GB"), .110259719, 1e-9);
  EXPECT_NEAR(power("IT"), .100404721, 1e-9);
}

TEST(PowerReplication, CouncilWithUnions) {
  const SimpleGame game(body_rule("eu", day, "eu-qmv-lisbon"));
  const std::vector<std::vector<std::size_t>> unions{
      {seat("PL"), seat("CZ"), seat("HU"), seat("SK")},
      {seat("BE"), seat("NL"), seat("LU")},
      {seat("EE"), seat("LV"), seat("LT")}};
  const UnionPower found = union_power(game, unions).value();
  const std::map<std::string, double> owen{
      {"DE", .176713581}, {"FR", .129218013}, {"PL", .069955102}, {"CZ", .028156339},
      {"HU", .026019818}, {"SK", .018756706}, {"NL", .036746724}, {"BE", .027227565},
      {"LU", .009441373}, {"LT", .012895396}};
  for (const auto& [code, value] : owen) EXPECT_NEAR(found.owen[seat(code)], value, 1e-9) << code;
  EXPECT_NEAR(found.banzhaf_owen[seat("PL")], .101372719, 1e-9);
  EXPECT_NEAR(found.banzhaf_owen[seat("NL")], .056700706, 1e-9);
  EXPECT_NEAR(std::accumulate(found.owen.begin(), found.owen.end(), 0.0), 1, 1e-12);
}

// EPIC gives the same to 1e-12. The seats are given by their votes: 27, 12, 12, 7 and 14, 12, 4 and
// 4, 4, 4.
TEST(PowerReplication, NiceVotesWithUnions) {
  const WeightedGame nice = catalog_game("eu-2007-votes");
  std::vector<std::vector<std::size_t>> unions;
  std::vector<std::uint8_t> taken(nice.weights.size(), 0);
  for (const std::vector<double>& votes :
       std::vector<std::vector<double>>{{27, 12, 12, 7}, {14, 12, 4}, {4, 4, 4}}) {
    unions.emplace_back();
    for (const double wanted : votes) {
      std::size_t seat_of = 0;
      while (nice.weights[seat_of] != wanted || taken[seat_of] != 0) ++seat_of;
      taken[seat_of] = 1;
      unions.back().push_back(seat_of);
    }
  }
  const UnionPower found = union_power(game_of(nice.weights, nice.quota), unions).value();
  const std::size_t largest = unions[0][0];
  EXPECT_NEAR(found.owen[largest], .087423109, 1e-9);
  EXPECT_NEAR(found.banzhaf_owen[largest], .037001610, 1e-9);
}

// ---- P(pass) -----------------------------------------------------------------------------------

TEST(PowerReplication, PassingTheCouncilWithChancesByMember) {
  const SimpleGame game(body_rule("eu", day, "eu-qmv-lisbon"));
  std::vector<double> p(27);
  for (std::size_t k = 0; k < council_2023.size(); ++k) {
    p[seat(council_2023[k].code)] = 0.50 + 0.02 * static_cast<double>(k % 20);
  }
  for (const Method method : {Method::meet_in_the_middle, Method::enumeration}) {
    SCOPED_TRACE(method_name(method));
    const PassProbability found = pass_probability(game, p, method).value();
    EXPECT_NEAR(found.probability, .350383630631, 1e-12);
    EXPECT_NEAR(found.gradient[seat("DE")], .4737679525, 1e-10);
    EXPECT_NEAR(found.gradient[seat("FR")], .3535113907, 1e-10);
    EXPECT_NEAR(found.gradient[seat("IT")], .3019751805, 1e-10);
    EXPECT_NEAR(found.gradient[seat("ES")], .2453940870, 1e-10);
    EXPECT_NEAR(found.gradient[seat("PL")], .1671071200, 1e-10);
  }
}

TEST(PowerReplication, PassingTheCouncilWithOneChanceForAll) {
  const SimpleGame game(body_rule("eu", day, "eu-qmv-lisbon"));
  const std::map<double, double> published{{.5, .132524974644},
                                           {.7, .642499513682},
                                           {.8, .865683989723},
                                           {.9, .981440628664},
                                           {.95, .998107683586}};
  for (const auto& [chance, probability] : published) {
    EXPECT_NEAR(pass_probability(game, std::vector<double>(27, chance)).value().probability,
                probability, 1e-12);
  }
}

TEST(PowerReplication, ThirtyOneNearlyCertainMembersAreACoinToss) {
  const SimpleGame nato(body_rule("nato", {2023, 7, 11}, "consensus"));
  const PassProbability found = pass_probability(nato, std::vector<double>(31, .98)).value();
  EXPECT_NEAR(found.probability, .5346, 5e-5);
  EXPECT_NEAR(found.gradient[0], found.probability / .98, 1e-15);
}

// ---- Random games ------------------------------------------------------------------------------

struct RandomGame {
  std::uint64_t largest;
  std::size_t members;
  double sum;
  double quota;
  std::array<double, 2> shapley_shubik;
  std::array<double, 2> banzhaf;
  double tolerance;
};

// Weights 1 + (x >> 33) mod largest from x <- 6364136223846793005 x + 1442695040888963407 mod 2^64,
// x0 = 20240000 + members; majority of the sum. Digits as far as they are known.
const std::vector<RandomGame> random_games{
    {100, 50, 2482, 1242, {.001963780708, .032798901085}, {.001993425310, .032710686683}, 1e-12},
    {100, 100, 5037, 2519, {.014517568, .014315804}, {.014502765, .014301928}, 1e-9},
    {100, 200, 9947, 4974, {.000599463836, .000399563177}, {.000601666, .000401107}, 1e-12},
    {10000, 50, 284682, 142342, {.016383832284, .028481283545}, {0, 0}, 1e-12},
};

SimpleGame random_game(const RandomGame& game) {
  std::uint64_t x = 20'240'000 + game.members;
  std::vector<double> weights;
  for (std::size_t i = 0; i < game.members; ++i) {
    x = 6'364'136'223'846'793'005U * x + 1'442'695'040'888'963'407U;
    weights.push_back(1 + static_cast<double>((x >> 33) % game.largest));
  }
  EXPECT_EQ(std::accumulate(weights.begin(), weights.end(), 0.0), game.sum);
  EXPECT_EQ(std::floor(game.sum / 2) + 1, game.quota);
  return game_of(weights, game.quota);
}

TEST(PowerReplication, RandomGames) {
  for (const RandomGame& game : random_games) {
    SCOPED_TRACE(game.members);
    const Indices found = of(random_game(game));
    EXPECT_EQ(found.method, Method::integral);
    double sum = 0;
    for (const MemberPower& member : found.members) sum += member.shapley_shubik;
    EXPECT_NEAR(sum, 1, 1e-12);
    for (std::size_t i = 0; i < 2; ++i) {
      EXPECT_NEAR(found.members[i].shapley_shubik, game.shapley_shubik[i], game.tolerance);
      if (game.banzhaf[i] > 0) {
        EXPECT_NEAR(found.members[i].banzhaf_index, game.banzhaf[i], 1e-9);
      }
    }
  }
}

}  // namespace
}  // namespace delian::power
