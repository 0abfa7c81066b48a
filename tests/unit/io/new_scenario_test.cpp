#include "io/new_scenario.hpp"

#include <gtest/gtest.h>

#include "io/atlas.hpp"
#include "io/scenario.hpp"
#include "support/tables.hpp"

namespace delian::io {
namespace {

using delian::testing::table_of;

const Date vilnius{2023, 7, 12};

const Body& nato() {
  return *atlas().find_body("nato");
}

ScenarioFile parsed(const std::string& text) {
  return parse_scenario({"mine.toml", text}, {}, atlas());
}

const std::string some =
    "# title: Office\n"
    "actor,position,salience,capability,low,high,reversion\n"
    "France,4,80,3,4,14,10\n"
    "TR,9,40,1,4,14,10\n"
    "uk,14,60,2,4,14,10\n";

TEST(NumbersOfMembers, FillTheRowsOfThoseTheyKnow) {
  const ImportedTable table = table_of(some);
  const auto known = numbers_of_members(table, 0, "some.csv", nato(), vilnius, "en");
  ASSERT_TRUE(known);
  const std::string text = skeleton(nato(), vilnius, "en", &*known);
  const ScenarioFile read = parsed(text);
  ASSERT_TRUE(read.scenario.has_value()) << read.problems.front().message << '\n' << text;
  EXPECT_TRUE(read.problems.empty()) << read.problems.front().message;
  EXPECT_EQ(read.scenario->members().size(), 31U);
  EXPECT_EQ(read.scenario->parts().question.title, "Office");
  EXPECT_EQ(read.scenario->parts().reversion, 60);
  EXPECT_EQ(read.scenario->parts().question.proposal, 40);  // not what holds anyway
  EXPECT_NE(text.find("FR = { position = 0, salience = 80, resolve = 50, src"), std::string::npos);
  EXPECT_NE(text.find("TR = { position = 50, salience = 40"), std::string::npos);
  EXPECT_NE(text.find("GB = { position = 100, salience = 60"), std::string::npos);
  EXPECT_NE(text.find("DE = { position = \"unknown\""), std::string::npos);
  EXPECT_NE(text.find("0   = \"4 on the issue's own scale\""), std::string::npos);
  EXPECT_NE(text.find("table some.csv (Office)"), std::string::npos);
  EXPECT_NE(text.find("from = \"equal\""), std::string::npos);
}

TEST(NumbersOfMembers, WhenAllAreKnownTheirCapabilityIsInfluence) {
  std::string text = "# scale: 0 to 100\nactor,position,salience,capability\n";
  for (const std::string& code : nato().members_on(vilnius)) text += code + ",50,0.5,2.5\n";
  const ImportedTable table = table_of(text);
  const auto known = numbers_of_members(table, 0, "all.csv", nato(), vilnius, "fr");
  ASSERT_TRUE(known);
  const std::string scenario = skeleton(nato(), vilnius, "fr", &*known);
  const ScenarioFile read = parsed(scenario);
  ASSERT_TRUE(read.scenario.has_value()) << read.problems.front().message;
  EXPECT_TRUE(read.problems.empty()) << read.problems.front().message;
  EXPECT_NE(scenario.find("from = \"members\""), std::string::npos);
  EXPECT_NE(scenario.find("influence = 2.5"), std::string::npos);
}

TEST(NumbersOfMembers, RefuseEveryActorTheyCannotPlace) {
  const ImportedTable table = table_of(some +
                                       "Gondor,9,40,1,4,14,10\n"
                                       "Sweden,9,40,1,4,14,10\n"
                                       "Türkiye,9,40,1,4,14,10\n");
  const auto known = numbers_of_members(table, 0, "some.csv", nato(), vilnius, "en");
  ASSERT_FALSE(known);
  ASSERT_EQ(known.error().size(), 3U);
  for (const Diagnostic& problem : known.error()) EXPECT_EQ(problem.code, "E522");
  EXPECT_EQ(known.error()[0].place.line, 6);
  EXPECT_EQ(known.error()[0].message, "\"Gondor\" is no country that Delian knows");
  EXPECT_NE(known.error()[1].message.find("no member of"), std::string::npos);
  EXPECT_NE(known.error()[2].message.find("are both TR"), std::string::npos);
}

}  // namespace
}  // namespace delian::io
