// Networks small enough to know the answer.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "delian/sea.hpp"
#include "models/sea/sphere.hpp"
#include "support/sea_worlds.hpp"

namespace delian::sea {
namespace {

using testing::block;
using testing::gate;
using testing::network_of;
using testing::port;
using testing::ship;
using testing::wall_coast;
using testing::wall_facts;

std::vector<std::string> codes(const Diagnostics& problems) {
  std::vector<std::string> list;
  for (const Diagnostic& problem : problems) list.push_back(problem.code);
  return list;
}

std::vector<std::string> codes_of(const Facts& facts, const std::vector<CoastRing>& coast = {}) {
  const auto links = find_links(facts, coast);
  return links ? std::vector<std::string>{} : codes(links.error());
}

Place at_port(const Network& network, std::size_t port) {
  return {port, network.facts().ports[port].at};
}

RouteAnswer route(const Network& network, const Conditions& conditions = {},
                  std::vector<Stop> via = {}) {
  return Chart::make(network, conditions)
      .value()
      .route(at_port(network, 0), at_port(network, 1), via);
}

// --- routes -----------------------------------------------------------------------------------

TEST(Route, TakesTheCanal) {
  const Network network = network_of(wall_facts(), wall_coast());
  const RouteAnswer answer = route(network);
  ASSERT_TRUE(answer.route);
  EXPECT_NEAR(answer.route->distance_nm, distance_nm({0, -10}, {0, 10}), 1e-6);
  ASSERT_EQ(answer.route->gates.size(), 1U);
  EXPECT_NEAR(answer.route->gates[0].mile, distance_nm({0, -10}, {0, 0}), 1e-6);
}

TEST(Route, GoesRoundWhenTheCanalIsShut) {
  const Network network = network_of(wall_facts(), wall_coast());
  const RouteAnswer answer = route(network, {.close = {"canal"}});
  ASSERT_TRUE(answer.route);
  // By hand: to a northern corner of the wall, along its end, and back.
  const double by_hand = distance_nm({0, -10}, {40, -2}) + distance_nm({40, -2}, {40, 2}) +
                         distance_nm({40, 2}, {0, 10});
  EXPECT_NEAR(answer.route->distance_nm, by_hand, 1e-6);
  EXPECT_EQ(answer.route->track.size(), 4U);
  EXPECT_TRUE(answer.route->gates.empty());
}

TEST(Route, KeepsALargeShipOutOfTheCanal) {
  const Network network = network_of(wall_facts(), wall_coast());
  EXPECT_EQ(route(network, {.ship_class = "small"}).route->gates.size(), 1U);
  EXPECT_EQ(route(network, {.ship_class = "large"}).route->gates.size(), 0U);
  const Chart chart = Chart::make(network, {.ship_class = "large"}).value();
  ASSERT_EQ(chart.bars().size(), 1U);
  EXPECT_EQ(chart.bars()[0].why, Bar::Why::measure);
  EXPECT_EQ(chart.bars()[0].measure, Measure::draught);
  EXPECT_EQ(chart.bars()[0].ship, 20);
  EXPECT_EQ(chart.bars()[0].largest, 10);
}

TEST(Route, CountsTheTimeLostAtAGate) {
  Facts facts = wall_facts();
  facts.gates[0].wait_hours = 12;
  const Network network = network_of(facts, wall_coast());
  const Route taken = *route(network).route;
  EXPECT_EQ(taken.wait_hours, 12);
  EXPECT_NEAR(taken.days(10), taken.distance_nm / 240 + 0.5, 1e-12);
}

TEST(Route, OfAGateBarredByLawSaysSo) {
  Facts facts = wall_facts();
  facts.gates[0].bars = {"small"};
  const Chart chart = Chart::make(network_of(facts, wall_coast()), {.ship_class = "small"}).value();
  ASSERT_EQ(chart.bars().size(), 1U);
  EXPECT_EQ(chart.bars()[0].why, Bar::Why::law);
}

/// "west" in a lake whose only way out is the canal.
Facts lake_facts() {
  Facts facts = wall_facts();
  facts.gates[0].channels = {{{0, -6}, {0, 3}}};
  return facts;
}
std::vector<CoastRing> lake_coast() {
  CoastRing lake = block(0, -3, 3, -15, -5);
  std::reverse(lake.corners.begin(), lake.corners.end());
  return {block(0, -40, 40, -20, 2), lake};
}

TEST(Route, OfAnEnclosedPortEndsWithTheGate) {
  const Network network = network_of(lake_facts(), lake_coast());
  EXPECT_TRUE(route(network).route);
  const RouteAnswer answer = route(network, {.close = {"canal"}});
  EXPECT_FALSE(answer.route);
  ASSERT_EQ(answer.barriers.size(), 1U);
  EXPECT_EQ(answer.barriers[0].gate, 0U);
  EXPECT_EQ(answer.barriers[0].why, Bar::Why::closed);
  EXPECT_FALSE(answer.together);
  EXPECT_FALSE(answer.latitude_limit);
}

TEST(Route, NamesGatesThatMustOpenTogether) {
  Facts facts = lake_facts();
  facts.gates.push_back(gate("lock", {{-1, -1}, {1, -1}}));
  const Network network = network_of(facts, lake_coast());
  EXPECT_EQ(route(network).route->gates.size(), 2U);
  const RouteAnswer answer = route(network, {.close = {"canal", "lock"}});
  EXPECT_FALSE(answer.route);
  EXPECT_TRUE(answer.together);
  EXPECT_EQ(answer.barriers.size(), 2U);
}

TEST(Route, NamesEachGateThatWouldDoAlone) {
  Facts facts = lake_facts();
  facts.gates.push_back(gate("other", {{1.5, 0}, {2.5, 0}}, {{{2, -6}, {2, 3}}}));
  const Network network = network_of(facts, lake_coast());
  const RouteAnswer answer = route(network, {.close = {"canal", "other"}});
  EXPECT_FALSE(answer.together);
  EXPECT_EQ(answer.barriers.size(), 2U);
}

TEST(Route, GoesByAPlaceOrAGate) {
  const Network network = network_of(wall_facts(), wall_coast());
  const Place south{{}, {-50, 0}};
  const RouteAnswer by_place = route(network, {}, {south});
  const double by_hand = distance_nm({0, -10}, {-50, 0}) + distance_nm({-50, 0}, {0, 10});
  EXPECT_GE(by_place.route->distance_nm, by_hand - 1e-6);
  EXPECT_LE(by_place.route->distance_nm, by_hand * 1.02);
  EXPECT_TRUE(by_place.route->gates.empty());

  const Chart chart = Chart::make(network, {}).value();
  // Both ends west of the wall: through the canal and back.
  const RouteAnswer there_and_back =
      chart.route(at_port(network, 0), {{}, {0, -12}}, std::vector<Stop>{GateRef{0}});
  EXPECT_NEAR(there_and_back.route->distance_nm,
              distance_nm({0, -10}, {0, 3}) + distance_nm({0, 3}, {0, -12}), 1e-6);
  const RouteAnswer none = route(network, {.close = {"canal"}}, {GateRef{0}});
  EXPECT_FALSE(none.route);
  ASSERT_EQ(none.barriers.size(), 1U);
}

TEST(Route, MayStartAndEndAtSea) {
  const Network network = network_of(wall_facts(), wall_coast());
  const Chart chart = Chart::make(network, {.close = {"canal"}}).value();
  const Place a{{}, {45, -30}};
  const Place b{{}, {45, 30}};
  EXPECT_NEAR(chart.route(a, b).route->distance_nm, distance_nm(a.at, b.at), 1e-9) << "in sight";
  const Place c{{}, {30, -30}};
  const Place d{{}, {30, 30}};
  EXPECT_GT(chart.route(c, d).route->distance_nm, distance_nm(c.at, d.at)) << "round the wall";
  EXPECT_EQ(chart.route(c, c).route->distance_nm, 0);
}

// --- latitude limits --------------------------------------------------------------------------

// Composite sailing in closed form: great circles that touch the parallel, and the parallel
// between.
TEST(LatitudeLimit, GivesCompositeSailing) {
  Facts facts;
  facts.ports = {port("cape", {-35, 20}), port("leeuwin", {-34, 115})};
  const Network network = network_of(facts, {});
  for (const double limit : {36.0, 40.0, 44.5}) {
    const auto touch = [&](double latitude) {
      return std::acos(std::tan(latitude * radians_per_degree) /
                       std::tan(limit * radians_per_degree)) /
             radians_per_degree;
    };
    const double first = 20 + touch(35);
    const double last = 115 - touch(34);
    const double e2 = flattening * (2 - flattening);
    const double sine = std::sin(limit * radians_per_degree);
    const double radius = equatorial_radius_nm / std::sqrt(1 - e2 * sine * sine) *
                          std::cos(limit * radians_per_degree);
    const double by_hand = distance_nm({-35, 20}, {-limit, first}) +
                           radius * (last - first) * radians_per_degree +
                           distance_nm({-limit, last}, {-34, 115});
    const Route taken = *route(network, {.max_latitude_south = limit}).route;
    EXPECT_NEAR(taken.distance_nm, by_hand, 0.6) << limit;
    for (const Waypoint& w : taken.track) EXPECT_GE(w.at.latitude, -limit);
  }
  const double free_nm = route(network).route->distance_nm;
  EXPECT_NEAR(free_nm, distance_nm({-35, 20}, {-34, 115}), 1e-9);
  EXPECT_NEAR(route(network, {.max_latitude_south = 55}).route->distance_nm, free_nm, 1e-9)
      << "a limit beyond the way changes nothing";
}

TEST(LatitudeLimit, HoldsInTheNorthToo) {
  Facts facts;
  facts.ports = {port("west", {40, -120}), port("east", {40, 140})};
  const Network network = network_of(facts, {});
  const Route taken = *route(network, {.max_latitude_north = 45}).route;
  EXPECT_GT(taken.distance_nm, distance_nm({40, -120}, {40, 140}) + 10);
  for (const Waypoint& w : taken.track) EXPECT_LE(w.at.latitude, 45);
}

TEST(LatitudeLimit, LeavesAPortBeyondItWithoutARoute) {
  Facts facts;
  facts.ports = {port("north", {0, 0}), port("south", {-55, 0})};
  const RouteAnswer answer = route(network_of(facts, {}), {.max_latitude_south = 50});
  EXPECT_FALSE(answer.route);
  EXPECT_TRUE(answer.latitude_limit);
}

/// A gate whose limit is the parallel of 40 S.
Facts limited_facts() {
  Facts facts;
  facts.ports = {port("cape", {-35, 20}), port("leeuwin", {-34, 115})};
  Gate far;
  far.id = "far-south";
  far.limit = {{-40, -180}, {-40, 0}, {-40, 180}};
  far.shut = true;
  facts.gates = {far};
  return facts;
}

TEST(Limit, OfAGateIsSailedRoundUnlessOpened) {
  const Network network = network_of(limited_facts(), {});
  const Route round_it = *route(network).route;
  const Route through = *route(network, {.open = {"far-south"}}).route;
  EXPECT_TRUE(round_it.gates.empty());
  ASSERT_EQ(through.gates.size(), 1U);
  EXPECT_NEAR(through.distance_nm, distance_nm({-35, 20}, {-34, 115}), 1e-9);
  // The same as a limit of the user's own, but for the corners being further apart.
  Facts plain = limited_facts();
  plain.gates.clear();
  EXPECT_NEAR(round_it.distance_nm,
              route(network_of(plain, {}), {.max_latitude_south = 40}).route->distance_nm, 1);
}

// --- refusals ---------------------------------------------------------------------------------

TEST(Conditions, AreCheckedAllAtOnce) {
  const Network network = network_of(wall_facts(), wall_coast());
  const auto chart = Chart::make(network, {.close = {"canal", "sues"},
                                           .open = {"canal"},
                                           .ship_class = "huge",
                                           .max_latitude_south = 30,
                                           .max_latitude_north = 80});
  ASSERT_FALSE(chart);
  EXPECT_EQ(codes(chart.error()),
            (std::vector<std::string>{"E601", "E605", "E602", "E603", "E603"}));
}

TEST(Plan, NamesEveryProblemOfAQuestion) {
  const Network network = network_of(wall_facts(), wall_coast());
  Question question{.from = "wast", .to = "20N 1E", .via = {"nowhere at all"}, .speed_kn = 0};
  question.conditions.close = {"x"};
  const auto asked = plan(network, question);
  ASSERT_FALSE(asked);
  EXPECT_EQ(codes(asked.error()),
            (std::vector<std::string>{"E600", "E606", "E600", "E604", "E601"}));
  EXPECT_EQ(asked.error()[0].fix, "Did you mean \"west\"?");
  EXPECT_NE(asked.error()[1].fix.find("nearest port"), std::string::npos);
}

TEST(Plan, RefusesARouteToItself) {
  const Network network = network_of(wall_facts(), wall_coast());
  const auto nowhere = plan(network, {.from = "west", .to = "west"});
  ASSERT_FALSE(nowhere);
  EXPECT_EQ(codes(nowhere.error()), std::vector<std::string>{"E607"});
  EXPECT_TRUE(plan(network, {.from = "west", .to = "west", .via = {"east"}, .conditions = {}}));
}

TEST(Plan, AsksWhichOfSeveralPortsIsMeant) {
  Facts facts = wall_facts();
  facts.ports[0].aliases = facts.ports[1].aliases = {"Newport"};
  const auto asked = plan(network_of(facts, wall_coast()), {.from = "newport", .to = "east"});
  ASSERT_FALSE(asked);
  EXPECT_EQ(codes(asked.error()), std::vector<std::string>{"E608"});
  EXPECT_NE(asked.error()[0].fix.find("west"), std::string::npos);
}

TEST(Plan, FindsPortsByCodeNameAndAlias) {
  Facts facts = wall_facts();
  facts.ports[0].code = "XXWES";
  facts.ports[0].name = "Port Occident";
  facts.ports[0].aliases = {"Ouest"};
  const Network network = network_of(facts, wall_coast());
  for (const char* name : {"west", "WEST", "xxwes", "XX WES", "port occident", "Ouest", "OUEST"}) {
    const auto asked = plan(network, {.from = name, .to = "east"});
    ASSERT_TRUE(asked) << name;
    EXPECT_EQ(asked->from.port, 0U);
  }
}

TEST(Plan, ReadsPositions) {
  const Network network = network_of(wall_facts(), wall_coast());
  const auto position = [&](const char* text) -> std::optional<Position> {
    const auto asked = plan(network, {.from = text, .to = "east"});
    if (!asked) return {};
    return asked->from.at;
  };
  EXPECT_EQ(position("35.5N 139.7E"), (Position{35.5, 139.7}));
  EXPECT_EQ(position("35.5 S, 139.7 W"), (Position{-35.5, -139.7}));
  EXPECT_EQ(position("-35.5,139.7"), (Position{-35.5, 139.7}));
  EXPECT_EQ(position("35.5n139.7e"), (Position{35.5, 139.7}));
  for (const char* text : {"95N 10E", "10N 200E", "10N", "10N 10E 10", "-10S 10E", "10E 10N",
                           "nan nan", "1e400N 2E", "", "10N 10X"}) {
    EXPECT_FALSE(position(text)) << text;
  }
}

TEST(Facts, AreRefusedWithEveryProblem) {
  Facts facts = wall_facts();
  facts.ports[0].at = {91, 0};
  facts.ports[1].approach = {{0, 10}};
  facts.ports.push_back(facts.ports[1]);
  facts.gates[0].channels[0] = {{0, 0}};
  facts.gates[0].wait_hours = -1;
  facts.gates[0].bars = {"tiny"};
  facts.gates.push_back(gate("nothing", {}));
  facts.gates[1].lines.clear();
  facts.classes[0].size[2] = std::nan("");
  facts.groups = {{"canals", {"canal", "suez"}}};
  EXPECT_EQ(codes_of(facts), (std::vector<std::string>{"E611", "E612", "E614", "E613", "E615",
                                                       "E614", "E610", "E612", "E612", "E613"}));
}

TEST(Facts, NeedALimitThatGoesRound) {
  for (const Line& limit :
       {Line{{-40, -180}, {-40, 180}}, Line{{-40, -170}, {-40, 0}, {-40, 180}},
        Line{{-40, -180}, {-40, 0}, {-41, 180}}, Line{{-40, -180}, {40, 0}, {-40, 180}},
        Line{{-40, -180}, {-40, 0}, {-40, -10}, {-40, 180}}}) {
    Facts facts = limited_facts();
    facts.gates[0].limit = limit;
    const std::vector<std::string> found = codes_of(facts);
    EXPECT_TRUE(found == std::vector<std::string>{"E615"} ||
                found == std::vector<std::string>{"E612"});
  }
}

TEST(Facts, HoldSixtyFourGates) {
  Facts facts = wall_facts();
  while (facts.gates.size() < 64) {
    facts.gates.push_back(gate("g" + std::to_string(facts.gates.size()), {{10, 0}, {11, 0}}));
  }
  EXPECT_TRUE(codes_of(facts, wall_coast()).empty());
  EXPECT_TRUE(route(network_of(facts, wall_coast())).route);
  facts.gates.push_back(gate("one too many", {{10, 0}, {11, 0}}));
  EXPECT_EQ(codes_of(facts), std::vector<std::string>{"E619"});
}

TEST(Facts, NeedACoastOfRings) {
  EXPECT_EQ(codes_of(wall_facts(), {{0, {{0, 0}, {1, 1}}}}), std::vector<std::string>{"E612"});
  EXPECT_EQ(codes_of(wall_facts(), {{0, {{0, 0}, {99, 1}, {5, 5}}}}),
            std::vector<std::string>{"E610"});
}

TEST(Network, RefusesLinksOfOtherFactsAndBrokenLinks) {
  const Facts facts = wall_facts();
  const Links links = find_links(facts, wall_coast()).value();
  Facts moved = facts;
  moved.ports[0].at.longitude = -11;
  EXPECT_EQ(codes(Network::make(moved, wall_coast(), links).error()),
            std::vector<std::string>{"E618"});
  for (const Link& wrong : {Link{0, 999, 0}, Link{3, 2, 0}, Link{0, 1, 2}}) {
    Links broken = links;
    broken.links.push_back(wrong);
    EXPECT_EQ(codes(Network::make(facts, wall_coast(), broken).error()),
              std::vector<std::string>{"E617"});
  }
  moved = facts;
  moved.classes.push_back(ship("other", 1, 1, 1, 1));
  EXPECT_TRUE(Network::make(moved, wall_coast(), links)) << "classes do not change links";
}

}  // namespace
}  // namespace delian::sea
