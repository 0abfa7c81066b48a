#include "delian/body.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace delian {
namespace {

using testing::ElementsAre;

Membership membership(std::string code, std::string_view joined, std::string_view left = {}) {
  Membership m;
  m.code = std::move(code);
  m.joined = *Date::parse(joined);
  if (!left.empty()) m.left = Date::parse(left);
  return m;
}

WeightSeries series(std::string id, std::string_view from, std::string_view until = {}) {
  WeightSeries s;
  s.id = std::move(id);
  s.from = *Date::parse(from);
  if (!until.empty()) s.until = Date::parse(until);
  return s;
}

TEST(Body, MembershipIsHalfOpen) {
  Body eu;
  eu.memberships = {membership("GB", "1973-01-01", "2020-02-01"), membership("FR", "1958-01-01")};
  EXPECT_THAT(eu.members_on({2020, 1, 31}), ElementsAre("FR", "GB"));
  EXPECT_THAT(eu.members_on({2020, 2, 1}), ElementsAre("FR"));
  EXPECT_THAT(eu.members_on({1973, 1, 1}), ElementsAre("FR", "GB"));
  EXPECT_THAT(eu.members_on({1972, 12, 31}), ElementsAre("FR"));
}

TEST(Body, PartDatesCountFromTheirEarliestDay) {
  Body body;
  body.memberships = {membership("AA", "1992-02", "1995")};
  EXPECT_TRUE(body.members_on({1992, 1, 31}).empty());
  EXPECT_THAT(body.members_on({1992, 2, 1}), ElementsAre("AA"));
  EXPECT_THAT(body.members_on({1994, 12, 31}), ElementsAre("AA"));
  EXPECT_TRUE(body.members_on({1995, 1, 1}).empty());
  EXPECT_THAT(body.members_on({1994, 0, 0}), ElementsAre("AA"));
}

TEST(Body, AStateThatComesBackIsListedOnce) {
  Body csto;
  csto.memberships = {membership("UZ", "1994-04-20", "1999-04-02"),
                      membership("UZ", "2006-06-23", "2012-12-19")};
  EXPECT_THAT(csto.members_on({1996, 1, 1}), ElementsAre("UZ"));
  EXPECT_TRUE(csto.members_on({2002, 1, 1}).empty());
  EXPECT_EQ(csto.find_membership("UZ", {2007, 1, 1}), &csto.memberships[1]);
  EXPECT_EQ(csto.find_membership("UZ", {2002, 1, 1}), nullptr);
  EXPECT_EQ(csto.find_membership("KZ", {2007, 1, 1}), nullptr);
}

TEST(Body, FindsWeightsByIdAndByKindOnADate) {
  Body eu;
  eu.weights = {series("nice-votes-2007", "2007-01-01", "2013-06-30"),
                series("nice-votes-2013", "2013-07-01", "2017-03-31"),
                series("population-2023", "2020-02-01"), series("population-2024", "2025-01")};
  EXPECT_EQ(eu.find_weights("population-2023"), &eu.weights[2]);
  EXPECT_EQ(eu.find_weights("population"), nullptr);
  EXPECT_EQ(eu.find_weights_on("nice-votes", {2013, 6, 30}), &eu.weights[0]);
  EXPECT_EQ(eu.find_weights_on("nice-votes", {2013, 7, 1}), &eu.weights[1]);
  EXPECT_EQ(eu.find_weights_on("nice-votes", {2017, 4, 1}), nullptr);
  EXPECT_EQ(eu.find_weights_on("population", {2024, 12, 31}), &eu.weights[2]);
  EXPECT_EQ(eu.find_weights_on("population", {2025, 1, 1}), &eu.weights[3]);
  EXPECT_EQ(eu.find_weights_on("popul", {2025, 1, 1}), nullptr);
}

Atlas small_atlas() {
  Atlas atlas;
  Body nato;
  nato.id = "nato";
  nato.name = {"North Atlantic Treaty Organization", "Organisation du traité de l'Atlantique nord"};
  nato.aliases = {"North Atlantic Council", "OTAN"};
  atlas.bodies = {nato};
  atlas.countries = {{"TR", {"Türkiye", "Turquie"}, {"Turkey"}},
                     {"GB", {"United Kingdom", "Royaume-Uni"}, {"UK", "Britain"}},
                     {"GR", {"Greece", "Grèce"}, {"EL"}},
                     {"XX", {"Elsewhere", "Ailleurs"}, {"GB"}}};
  return atlas;
}

TEST(Atlas, FindsABodyByIdNameOrAliasInAnyCase) {
  const Atlas atlas = small_atlas();
  for (const char* text : {"nato", "NATO", "otan", "North atlantic council",
                           "ORGANISATION DU TRAITé DE L'ATLANTIQUE NORD"}) {
    EXPECT_EQ(atlas.find_body(text), atlas.bodies.data()) << text;
  }
  EXPECT_EQ(atlas.find_body("nat"), nullptr);
  EXPECT_EQ(atlas.find_body(""), nullptr);
}

TEST(Atlas, CodesAreExactAndGuessesAreNot) {
  const Atlas atlas = small_atlas();
  EXPECT_EQ(atlas.find_country("TR"), atlas.countries.data());
  EXPECT_EQ(atlas.find_country("tr"), nullptr);
  EXPECT_EQ(atlas.find_country("Turkey"), nullptr);
  for (const char* text : {"tr", "turkey", "TüRKIYE", "Türkiye", "turquie"}) {
    EXPECT_EQ(atlas.guess_country(text), atlas.countries.data()) << text;
  }
  EXPECT_EQ(atlas.guess_country("uk"), &atlas.countries[1]);
  EXPECT_EQ(atlas.guess_country("gb"), &atlas.countries[1]) << "a code wins over an alias";
  EXPECT_EQ(atlas.guess_country("el"), &atlas.countries[2]);
  EXPECT_EQ(atlas.guess_country("Atlantis"), nullptr);
}

}  // namespace
}  // namespace delian
