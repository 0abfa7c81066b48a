#include "io/route_json.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "support/sea_worlds.hpp"

namespace delian::io {
namespace {

using Json = nlohmann::json;
using testing::network_of;
using testing::port;
using testing::wall_coast;
using testing::wall_facts;

Json json_of(const sea::Network& network, const sea::Question& question) {
  return Json::parse(route_json(network, question, sea::plan(network, question).value()));
}
Json geojson_of(const sea::Network& network, const sea::Question& question) {
  return Json::parse(route_geojson(network, question, sea::plan(network, question).value()));
}

TEST(RouteJson, HoldsTheRoute) {
  const sea::Network network = network_of(wall_facts(), wall_coast());
  const Json json = json_of(network, {.from = "west", .to = "20N 30E", .via = {"east", "canal"}});
  EXPECT_EQ(json["format"], "delian-route/1");
  EXPECT_EQ(json["from"]["port"], "west");
  EXPECT_FALSE(json["to"].contains("port"));
  EXPECT_EQ(json["to"]["latitude"], 20);
  EXPECT_EQ(json["via"][0]["port"], "east");
  EXPECT_EQ(json["via"][1]["gate"], "canal");
  EXPECT_EQ(json["route"]["gates"][0]["gate"], "canal");
  EXPECT_EQ(json["route"]["track"][0]["nm"], 0);
  EXPECT_EQ(json["route"]["track"].back()["nm"], json["route"]["distance_nm"]);
  EXPECT_TRUE(json.contains("without_conditions"));
  EXPECT_FALSE(json.contains("no_route"));
}

TEST(RouteJson, SaysWhyThereIsNoRoute) {
  sea::Facts facts = wall_facts();
  facts.ports[1].at = {-60, 10};
  sea::Question question{.from = "west", .to = "east"};
  question.conditions.max_latitude_south = 50;
  const Json json = json_of(network_of(facts, wall_coast()), question);
  EXPECT_TRUE(json["route"].is_null());
  EXPECT_EQ(json["no_route"]["latitude_limit"], true);
  EXPECT_EQ(json["conditions"]["max_latitude_south"], 50);
  const Json feature = geojson_of(network_of(facts, wall_coast()), question);
  EXPECT_TRUE(feature["geometry"].is_null());
  EXPECT_TRUE(feature["properties"]["route"].is_null());
}

/// Coordinates in order, and how often the line is cut.
void expect_whole(const Json& feature, std::size_t pieces) {
  ASSERT_EQ(feature["type"], "Feature");
  ASSERT_EQ(feature["geometry"]["type"], "MultiLineString");
  const Json& lines = feature["geometry"]["coordinates"];
  ASSERT_EQ(lines.size(), pieces);
  for (std::size_t k = 0; k < lines.size(); ++k) {
    ASSERT_GE(lines[k].size(), 2U);
    for (std::size_t i = 0; i < lines[k].size(); ++i) {
      const double longitude = lines[k][i][0];
      const double latitude = lines[k][i][1];
      EXPECT_TRUE(std::fabs(longitude) <= 180 && std::fabs(latitude) <= 90);
      if (i == 0) continue;
      EXPECT_LT(std::fabs(longitude - lines[k][i - 1][0].get<double>()), 3.0);
    }
    if (k == 0) continue;
    EXPECT_EQ(lines[k][0][0].get<double>(), -lines[k - 1].back()[0].get<double>());
    EXPECT_EQ(lines[k][0][1], lines[k - 1].back()[1]);
  }
}

TEST(RouteJson, SaysWhyAGateIsBarred) {
  const sea::Network network = network_of(wall_facts(), wall_coast());
  sea::Question question{.from = "west", .to = "east"};
  question.conditions.ship_class = "large";
  const Json large = json_of(network, question)["cannot_be_passed"];
  EXPECT_EQ(large, Json::parse(R"([{"gate": "canal", "reason": "measure", "measure": "draught",
                                    "ship_m": 20, "largest_m": 10}])"));
  question.conditions = {.close = {"canal"}};
  const Json closed = json_of(network, question)["cannot_be_passed"];
  EXPECT_EQ(closed, Json::parse(R"([{"gate": "canal", "reason": "closed"}])"));
}

TEST(RouteGeojson, IsCutAtThe180thMeridian) {
  sea::Facts facts;
  facts.ports = {port("japan", {35, 140}), port("america", {35, -120}), port("edge", {10, 180}),
                 port("hawaii", {21, -158})};
  const sea::Network network = network_of(facts, {});
  expect_whole(geojson_of(network, {.from = "japan", .to = "america"}), 2);
  expect_whole(geojson_of(network, {.from = "america", .to = "japan"}), 2);
  expect_whole(geojson_of(network, {.from = "america", .to = "hawaii"}), 1);
  expect_whole(geojson_of(network, {.from = "japan", .to = "edge"}), 1);
  expect_whole(
      geojson_of(network, {.from = "japan", .to = "japan", .via = {"hawaii", "japan", "america"}}),
      5);
}

}  // namespace
}  // namespace delian::io
