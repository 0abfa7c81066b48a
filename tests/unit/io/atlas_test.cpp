#include "io/atlas.hpp"

#include <gtest/gtest.h>

#include "delian/rule.hpp"
#include "domain/seats.hpp"
#include "io/new_scenario.hpp"
#include "io/scenario.hpp"

namespace delian::io {
namespace {

TEST(Atlas, KnowsTheAlliesOfTheVilniusSummit) {
  const Body* nato = atlas().find_body("North Atlantic Council");
  ASSERT_NE(nato, nullptr);
  EXPECT_EQ(nato->members_on({2023, 7, 12}).size(), 31U);
  EXPECT_EQ(nato->members_on({2024, 3, 7}).size(), 32U);
  EXPECT_EQ(atlas().guess_country("UK")->code, "GB");
}

TEST(Atlas, EveryMemberIsACountryWithNames) {
  for (const Body& body : atlas().bodies) {
    EXPECT_FALSE(body.id.empty());
    EXPECT_FALSE(body.memberships.empty()) << body.id;
    for (const Membership& m : body.memberships) {
      EXPECT_NE(atlas().find_country(m.code), nullptr) << body.id << ' ' << m.code;
      EXPECT_FALSE(m.source.empty()) << body.id << ' ' << m.code;
    }
  }
}

constexpr std::string_view small_body = R"(id = "duo"
name = { en = "Duo", fr = "Duo" }
rules = [{ preset = "consensus", from = "1990-01-01" }]
members = [{ code = "FR", joined = "1990-01-01" }, { code = "DE", joined = "1990" }]
[[weights]]
id = "votes-1990"
title = "Votes"
from = "1990-01-01"
value = { FR = 1, DE = 2 }
)";

std::string replaced(std::string text, std::string_view old, std::string_view with) {
  const std::size_t at = text.find(old);
  EXPECT_NE(at, std::string::npos) << old;
  return text.replace(at, old.size(), with);
}

std::string code_of(const std::string& text) {
  const Expected<Body> body = parse_body({"duo.toml", text});
  EXPECT_FALSE(body.has_value()) << text;
  return body ? "" : body.error().front().code;
}

TEST(ParseBody, ReadsABody) {
  const Expected<Body> body = parse_body({"duo.toml", std::string(small_body)});
  ASSERT_TRUE(body);
  EXPECT_EQ(body->members_on({2000, 1, 1}), (std::vector<std::string>{"DE", "FR"}));
  EXPECT_EQ(body->find_weights("votes-1990")->value.at("DE"), 2);
  EXPECT_EQ(body->rules.front().preset, "consensus");
}

TEST(ParseBody, RefusesWhatIsNoBody) {
  const std::string good(small_body);
  EXPECT_EQ(code_of("id = "), "E004");
  EXPECT_EQ(code_of(replaced(good, "id = \"duo\"", "")), "E007");
  EXPECT_EQ(code_of(replaced(good, "title", "titel")), "E008");
  EXPECT_EQ(code_of(replaced(good, "joined = \"1990\"", "joined = \"soon\"")), "E302");
  EXPECT_EQ(code_of(replaced(good, "code = \"DE\"", "code = \"FR\"")), "E102");
  EXPECT_EQ(code_of(replaced(good, "joined = \"1990\"", "joined = \"1990\", left = \"1980\"")),
            "E303");
  EXPECT_EQ(code_of(replaced(good, "\"consensus\"", "\"consenus\"")), "E301");
  EXPECT_EQ(code_of(replaced(good, "DE = 2", "DE = -2")), "E204");
  EXPECT_EQ(code_of(good + "[[weights]]\nid = \"votes-1990\"\ntitle = \"x\"\nfrom = \"1990\"\n"
                           "value = {}\n"),
            "E401");
}

TEST(Skeleton, OfEveryBodyAndDateIsAValidScenario) {
  for (const Body& body : atlas().bodies) {
    for (const Date& date : {Date{1996, 3, 1}, Date{2004, 6, 1}, Date{2011, 5, 9}, Date{2016, 1, 1},
                             Date{2023, 7, 11}, Date{2024}, Date{2025, 1, 1}}) {
      if (body.members_on(date).size() < 2 || elected_seats(body, date).open > 0) continue;
      for (const std::string_view language : {"en", "fr"}) {
        const std::string text = skeleton(body, date, language);
        const ScenarioFile read = parse_scenario({"new.toml", text}, {}, atlas());
        ASSERT_TRUE(read.scenario.has_value())
            << body.id << ' ' << date.text() << '\n'
            << (read.problems.empty() ? "" : read.problems.front().message) << '\n'
            << text;
        EXPECT_TRUE(read.problems.empty()) << body.id << read.problems.front().message;
        EXPECT_EQ(read.scenario->members().size(), body.members_on(date).size());
      }
    }
  }
}

TEST(Skeleton, AsksForElectedSeatsNobodyIsKnownToHold) {
  const std::string text = skeleton(*atlas().find_body("unsc"), {1996, 3, 1}, "en");
  EXPECT_NE(text.find("add a row for\n# each: 10\n"), std::string::npos);
  const ScenarioFile read = parse_scenario({"new.toml", text}, {}, atlas());
  ASSERT_EQ(read.problems.size(), 1U);
  EXPECT_EQ(read.problems[0].code, "E105");
}

TEST(Skeleton, SpeaksTheLanguageAskedFor) {
  const Body& nato = *atlas().find_body("nato");
  EXPECT_NE(skeleton(nato, {2023, 7, 11}, "fr").find("# Allemagne"), std::string::npos);
  EXPECT_NE(skeleton(nato, {2023, 7, 11}, "en").find("# Germany"), std::string::npos);
}

}  // namespace
}  // namespace delian::io
