#include <gtest/gtest.h>

#include <sstream>

#include "delian/sea_report.hpp"
#include "report/layout.hpp"
#include "report/sea_messages.hpp"
#include "support/sea_worlds.hpp"

namespace delian::sea {
namespace {

using testing::gate;
using testing::network_of;
using testing::wall_coast;
using testing::wall_facts;

std::string report(const Network& network, const Question& question,
                   Language language = Language::en) {
  return route_report(network, question, plan(network, question).value(), language);
}

std::size_t widest(const std::string& text) {
  std::size_t most = 0;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) most = std::max(most, display_width(line));
  return most;
}

Network wall() {
  Facts facts = wall_facts();
  facts.gates[0].wait_hours = 12;
  facts.ports[0].name = "West";
  facts.gates[0].name = {"The Canal", "Le Canal"};
  return network_of(facts, wall_coast());
}

TEST(RouteReport, TellsDistanceTimeAndGates) {
  EXPECT_EQ(report(wall(), {.from = "west", .to = "east", .speed_kn = 12}),
            "West to east at 12 kn\n"
            "\n"
            "  distance   1,202 nm\n"
            "  time         4.7 days: 4.2 under way, 0.5 lost at gates\n"
            "\n"
            "       nm  gate                                               lost\n"
            "      601  The Canal                                          12 h\n");
}

TEST(RouteReport, TellsWhatTheConditionsCost) {
  Question question{.from = "west", .to = "east"};
  question.conditions.ship_class = "large";
  EXPECT_EQ(report(wall(), question),
            "West to east at 16 kn (large)\n"
            "\n"
            "  distance   5,048 nm\n"
            "  time        13.1 days\n"
            "\n"
            "  No gate on the way.\n"
            "\n"
            "This class cannot pass The Canal (draught 20 m, at most 10 m).\n"
            "\n"
            "Without these conditions: 1,202 nm, 3.6 days, through The Canal.\n"
            "They add 3,846 nm and 9.5 days.\n");
  question.conditions = {.max_latitude_north = 70};
  const std::string text = report(wall(), question);
  EXPECT_NE(text.find("Kept within 70 N.\n"), std::string::npos);
  EXPECT_NE(text.find("The conditions change nothing"), std::string::npos);
}

TEST(RouteReport, SaysWhyThereIsNoRoute) {
  Facts facts = wall_facts();
  facts.gates[0].channels = {{{0, -6}, {0, 3}}};
  facts.gates.push_back(gate("lock", {{-1, -1}, {1, -1}}));
  CoastRing lake = testing::block(0, -3, 3, -15, -5);
  std::reverse(lake.corners.begin(), lake.corners.end());
  const Network network = network_of(facts, {testing::block(0, -40, 40, -20, 2), lake});
  Question question{.from = "west", .to = "east"};
  question.conditions.close = {"lock"};
  EXPECT_EQ(report(network, question),
            "west to east at 16 kn\n"
            "\n"
            "  No route.\n"
            "\n"
            "Every way passes a gate that is shut; without it there is a route:\n"
            "  lock (lock): closed at your request.\n");
  question.conditions.close = {"lock", "canal"};
  EXPECT_NE(report(network, question).find("if these gates open together"), std::string::npos);
  question.conditions = {.max_latitude_south = 35};
  Facts south = wall_facts();
  south.ports[0].at = {-60, -10};
  EXPECT_NE(report(network_of(south, wall_coast()), question).find("The latitude limit leaves"),
            std::string::npos);
}

TEST(RouteReport, FitsEightyColumns) {
  Facts facts = wall_facts();
  facts.ports[0].name = std::string(90, 'x');
  facts.gates[0].name = {std::string(90, 'y'), std::string(90, 'z')};
  const Network network = network_of(facts, wall_coast());
  Question question{.from = "west", .to = "east", .via = {"60S 10.25E", "canal"}};
  for (const Language language : {Language::en, Language::fr}) {
    EXPECT_LE(widest(report(network, {.from = "west", .to = "east"}, language)), text_width);
    question.conditions.close = {};
    question.conditions.ship_class = "small";
    EXPECT_LE(widest(report(network, question, language)), text_width);
    question.conditions.close = {"canal"};
    EXPECT_LE(widest(report(network, question, language)), text_width);
    for (const std::string& list : {list_ports(facts, language), list_gates(facts, language),
                                    list_classes(facts, language)}) {
      EXPECT_LE(widest(list), text_width);
    }
  }
}

TEST(RouteReport, SpeaksFrench) {
  Question question{.from = "west", .to = "13.5S 10.25W", .speed_kn = 12.5};
  EXPECT_EQ(report(wall(), question, Language::fr),
            "West – 13,5 S 10,25 O à 12,5 nœuds\n"
            "\n"
            "  distance     806 milles\n"
            "  durée        2,7 jours\n"
            "\n"
            "  Aucun passage en chemin.\n");
  question = {.from = "west", .to = "east"};
  question.conditions.ship_class = "large";
  EXPECT_EQ(report(wall(), question, Language::fr),
            "West – east à 16 nœuds (large)\n"
            "\n"
            "  distance   5 048 milles\n"
            "  durée       13,1 jours\n"
            "\n"
            "  Aucun passage en chemin.\n"
            "\n"
            "Cette classe ne passe pas : Le Canal (tirant d'eau 20 m, au plus 10 m).\n"
            "\n"
            "Sans ces conditions : 1 202 milles, 3,6 jours, par Le Canal.\n"
            "Elles ajoutent 3 846 milles et 9,5 jours.\n");
}

// One mile and one hour, and what lies about them.
TEST(RouteReport, CountsInSingularAndPlural) {
  const Network network = network_of(wall_facts(), wall_coast());
  const auto says = [&](const char* to, Language language, const std::string& words) {
    const std::string text = report(network, {.from = "west", .to = to, .speed_kn = 1}, language);
    EXPECT_NE(text.find(words), std::string::npos) << text;
  };
  says("0.0166N 10W", Language::en, " 1 hour\n");
  says("0.0166N 10W", Language::fr, " 1 mille\n");
  says("0.0166N 10W", Language::fr, " 1 heure\n");
  says("0.0332N 10W", Language::en, " 2 hours\n");
  says("0.0332N 10W", Language::fr, " 2 heures\n");
}

// A phrase that is missing in one language would be an empty line in the report.
TEST(SeaMessages, AreThereInEachLanguage) {
  for (const Language language : {Language::en, Language::fr}) {
    const SeaMessages& say = sea_messages(language);
    for (const std::string_view phrase : {say.from_to,
                                          say.by,
                                          say.at_speed,
                                          say.with_class,
                                          say.distance,
                                          say.time,
                                          say.lost_of_time,
                                          say.no_gate,
                                          say.shut,
                                          say.row,
                                          say.cannot_pass,
                                          say.with_reason,
                                          say.kept_within,
                                          say.without_no_route,
                                          say.nothing_changes,
                                          say.without_no_gate,
                                          say.without,
                                          say.add,
                                          say.save,
                                          say.add_and_save,
                                          say.save_and_add,
                                          say.no_route,
                                          say.latitude_limit,
                                          say.no_water,
                                          say.one_gate,
                                          say.any_gate,
                                          say.together,
                                          say.named,
                                          say.closed,
                                          say.unless_opened,
                                          say.too_large,
                                          say.by_law,
                                          say.classes_note,
                                          say.and_more,
                                          say.at_most,
                                          say.bars,
                                          say.lost,
                                          say.list_and}) {
      EXPECT_FALSE(phrase.empty());
    }
  }
}

TEST(Lists, NameEverything) {
  Facts facts = wall_facts();
  facts.gates[0].shut = true;
  facts.gates[0].bars = {"small"};
  facts.groups = {{"all", {"canal"}}};
  EXPECT_NE(list_ports(facts).find("west"), std::string::npos);
  EXPECT_EQ(list_gates(facts),
            "canal: canal; shut unless opened; at most draught 10 m; bars small.\n"
            "all: canal.\n");
  EXPECT_NE(list_classes(facts).find("large"), std::string::npos);
}

}  // namespace
}  // namespace delian::sea
