#include "models/sea/coast.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "support/sea_worlds.hpp"

namespace delian::sea {
namespace {

Coast coast_of(const std::vector<CoastRing>& rings) {
  std::vector<Vector> vertices;
  std::vector<Coast::Ring> made;
  for (const CoastRing& ring : rings) {
    made.push_back({static_cast<std::uint32_t>(vertices.size()),
                    static_cast<std::uint32_t>(ring.corners.size()), ring.land});
    for (const Position& p : ring.corners) vertices.push_back(to_vector(p));
  }
  return {vertices, made};
}

Arc arc(const Position& a, const Position& b) {
  return {to_vector(a), to_vector(b)};
}

TEST(Coast, BlocksWhatCrossesLandAndNothingElse) {
  const Coast coast = coast_of({testing::block(0, 10, 20, 30, 40)});
  EXPECT_TRUE(coast.blocks(arc({15, 20}, {15, 50})));
  EXPECT_TRUE(coast.blocks(arc({15, 20}, {15, 35}))) << "ends on land";
  EXPECT_FALSE(coast.blocks(arc({5, 20}, {5, 50})));
  EXPECT_FALSE(coast.blocks(arc({15, 20}, {15, 29})));
  EXPECT_TRUE(coast.blocks(arc({0, 30}, {10, 30}))) << "touching counts";
}

TEST(Coast, LetsAnArcLeaveFromACorner) {
  const Coast coast = coast_of({testing::block(0, 10, 20, 30, 40)});
  EXPECT_FALSE(coast.blocks(arc({10, 30}, {5, 20}), 0));
  EXPECT_FALSE(coast.blocks(arc({10, 30}, {10, 40}), 0, 1)) << "along a side";
  EXPECT_TRUE(coast.blocks(arc({20, 20}, {10, 40}), Coast::no_vertex, 1)) << "through the land";
}

TEST(Coast, BlocksAcrossThe180thMeridianAndRoundAPole) {
  const Coast coast = coast_of({{0, {{10, 170}, {10, -170}, {20, -170}, {20, 170}}}});
  EXPECT_TRUE(coast.blocks(arc({15, 160}, {15, -160})));
  EXPECT_FALSE(coast.blocks(arc({5, 160}, {5, -160})));
  EXPECT_TRUE(coast.is_land(to_vector({15, 180})));
  EXPECT_TRUE(coast.is_land(to_vector({15, -179})));

  Line ring;  // the ice on the left of who goes west
  for (int longitude = 175; longitude >= -180; longitude -= 5)
    ring.push_back({-70.0, 1.0 * longitude});
  const Coast ice = coast_of({{0, ring}});
  EXPECT_TRUE(ice.is_land(to_vector({-80, 12})));
  EXPECT_TRUE(ice.is_land(to_vector({-90, 0})));
  EXPECT_FALSE(ice.is_land(to_vector({-60, 12})));
  EXPECT_TRUE(ice.blocks(arc({-65, 0}, {-65, 170})));
}

TEST(Coast, KnowsASeaWithinLand) {
  CoastRing lake = testing::block(0, 12, 18, 32, 38);
  std::reverse(lake.corners.begin(), lake.corners.end());
  const Coast coast = coast_of({testing::block(0, 10, 20, 30, 40), lake});
  EXPECT_TRUE(coast.is_land(to_vector({11, 31})));
  EXPECT_FALSE(coast.is_land(to_vector({15, 35})));
  EXPECT_FALSE(coast.is_land(to_vector({25, 35})));
  EXPECT_FALSE(coast.corner(4).sticks_out()) << "a corner of a lake turns away from the water";
  EXPECT_TRUE(coast.corner(0).sticks_out());
}

TEST(Corner, KnowsWhereATightRopeBends) {
  const Corner corner = coast_of({testing::block(0, 10, 20, 30, 40)}).corner(0);  // (10, 30)
  EXPECT_TRUE(corner.is_touched_from(to_vector({15, 20})));
  EXPECT_FALSE(corner.hides(to_vector({15, 20})));
  EXPECT_FALSE(corner.is_touched_from(to_vector({5, 25}))) << "comes head on";
  EXPECT_TRUE(corner.hides(to_vector({15, 35})));
}

/// Rings with many corners, so that the search tree has several levels.
Coast many_islands() {
  std::vector<CoastRing> rings;
  std::uint32_t land = 0;
  for (int latitude = -60; latitude <= 60; latitude += 12) {
    for (int longitude = -170; longitude <= 170; longitude += 20) {
      CoastRing ring{land++, {}};
      for (int k = 0; k < 20; ++k) {
        const double turn = 2 * std::numbers::pi * k / 20;
        ring.corners.push_back({latitude + 3 * std::sin(turn), longitude + 4 * std::cos(turn)});
      }
      rings.push_back(std::move(ring));
    }
  }
  return coast_of(rings);
}

RC_GTEST_PROP(Coast, SearchTreeAgreesWithLookingAtEverySide, ()) {
  static const Coast coast = many_islands();
  const auto any = [] {
    return to_vector(
        {*rc::gen::inRange(-8'500, 8'500) / 100.0, *rc::gen::inRange(-18'000, 18'000) / 100.0});
  };
  const Vector a = any();
  const Vector b = any();
  RC_PRE(norm(a - b) > 1e-3 && dot(a, b) > -0.98);
  const Arc line(a, b);
  bool met = false;
  for (const Coast::Ring& ring : coast.rings()) {
    for (std::uint32_t k = 0; k < ring.count; ++k) {
      const Vector& p = coast.vertices()[ring.first + k];
      const Vector& q = coast.vertices()[ring.first + (k + 1) % ring.count];
      met = met || arcs_meet(line, p, q, cross(p, q));
    }
  }
  RC_ASSERT(coast.blocks(line) == met);
  // Inside an island: within the ellipse, but for a strip along its chords.
  const Position p = to_position(a);
  bool inside = false;
  bool on_the_edge = false;
  for (int latitude = -60; latitude <= 60; latitude += 12) {
    for (int longitude = -170; longitude <= 170; longitude += 20) {
      const double r = std::hypot((p.latitude - latitude) / 3, (p.longitude - longitude) / 4);
      inside = inside || r < 0.9;
      on_the_edge = on_the_edge || (r >= 0.9 && r <= 1.1);
    }
  }
  if (!on_the_edge) RC_ASSERT(coast.is_land(a) == inside);
}

}  // namespace
}  // namespace delian::sea
