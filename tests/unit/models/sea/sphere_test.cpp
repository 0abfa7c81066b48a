#include "models/sea/sphere.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <boost/geometry/formulas/vincenty_inverse.hpp>
#include <boost/geometry/srs/spheroid.hpp>
#include <cmath>

#include "delian/random.hpp"

namespace delian::sea {
namespace {

constexpr double pi = std::numbers::pi;

/// Vincenty's iteration in Boost, within half a millimetre where it converges.
double vincenty_nm(const Position& a, const Position& b) {
  using Inverse = boost::geometry::formula::vincenty_inverse<double, true, false>;
  const boost::geometry::srs::spheroid<double> wgs84;
  const double k = pi / 180;
  return Inverse::apply(a.longitude * k, a.latitude * k, b.longitude * k, b.latitude * k, wgs84)
             .distance /
         1852;
}

std::vector<Position> positions(std::size_t count, std::string_view stream) {
  std::vector<double> draws(2 * count);
  Stream(1, stream).fill(0, draws.data(), draws.size());
  std::vector<Position> list;
  for (std::size_t k = 0; k < count; ++k) {
    list.push_back({170 * draws[2 * k] - 85, 360 * draws[2 * k + 1] - 180});
  }
  return list;
}

TEST(Distance, AgreesWithVincentyUpToAQuarterOfTheGlobe) {
  const std::vector<Position> p = positions(20'000, "near");
  int compared = 0;
  for (std::size_t k = 0; k + 1 < p.size(); ++k) {
    if (angle(to_vector(p[k]), to_vector(p[k + 1])) > pi / 2) continue;
    ASSERT_NEAR(distance_nm(p[k], p[k + 1]), vincenty_nm(p[k], p[k + 1]), 0.01)
        << p[k].latitude << ' ' << p[k].longitude << ' ' << p[k + 1].latitude;
    ++compared;
  }
  EXPECT_GT(compared, 5'000);
}

TEST(Distance, AgreesWithVincentyUpTo170Degrees) {
  const std::vector<Position> p = positions(20'000, "far");
  for (std::size_t k = 0; k + 1 < p.size(); ++k) {
    if (angle(to_vector(p[k]), to_vector(p[k + 1])) > 170 * radians_per_degree) continue;
    ASSERT_NEAR(distance_nm(p[k], p[k + 1]), vincenty_nm(p[k], p[k + 1]), 0.3);
  }
}

TEST(Distance, KnowsMinutesOfTheMeridianAndTheEquator) {
  EXPECT_EQ(distance_nm(Position{10, 20}, Position{10, 20}), 0);
  // a (pi/180) / 1852 at the equator; the quarter meridian is 10,001,965.73 m.
  EXPECT_NEAR(distance_nm(Position{0, 179.5}, Position{0, -179.5}), 60.10772, 1e-4);
  EXPECT_NEAR(distance_nm(Position{0, 30}, Position{90, 30}), 10'001'965.73 / 1852, 0.01);
}

TEST(Distance, IsNeverBelowTheSmallestRadius) {
  const std::vector<Position> p = positions(20'000, "radius");
  for (std::size_t k = 0; k + 1 < p.size(); ++k) {
    const double radians = angle(to_vector(p[k]), to_vector(p[k + 1]));
    if (radians > 170 * radians_per_degree) continue;
    ASSERT_GE(distance_nm(p[k], p[k + 1]), least_radius_nm * (1 - 1e-6) * radians);
  }
}

TEST(Positions, SurviveTheWayToVectorsAndBack) {
  for (const Position& p : positions(2'000, "back")) {
    const Position q = to_position(to_vector(p));
    ASSERT_NEAR(q.latitude, p.latitude, 1e-12);
    ASSERT_NEAR(q.longitude, p.longitude, 1e-12);
  }
}

// --- arcs -------------------------------------------------------------------------------------

Vector any_vector() {
  const double latitude = *rc::gen::inRange(-8'900, 8'900) / 100.0;
  const double longitude = *rc::gen::inRange(-18'000, 18'000) / 100.0;
  return to_vector({latitude, longitude});
}

/// Somewhere within `degrees` of a place.
Vector near(const Vector& v, int degrees) {
  const Position p = to_position(v);
  return to_vector(
      {std::clamp(p.latitude + *rc::gen::inRange(-100, 101) / 100.0 * degrees, -89.0, 89.0),
       p.longitude + *rc::gen::inRange(-100, 101) / 100.0 * degrees});
}

/// What a walk along one arc sees of another.
struct Walk {
  double least = 10;     ///< distance, in radians
  bool crosses = false;  ///< from one side to the other, between the ends
};
Walk walk(const Arc& arc, const Arc& other) {
  Walk seen;
  constexpr int steps = 400;
  double last = 0;
  for (int k = 0; k <= steps; ++k) {
    const Vector x = along(arc.from, arc.to, static_cast<double>(k) / steps);
    const bool beside = dot(other.ahead, x) > 0 && dot(other.back, x) > 0;
    const double away = dot(other.normal, x);
    seen.least = std::min(seen.least, beside ? std::asin(std::fabs(away))
                                             : std::min(angle(x, other.from), angle(x, other.to)));
    if (beside && away * last < 0) seen.crosses = true;
    last = beside ? away : 0;
  }
  return seen;
}

RC_GTEST_PROP(Arcs, MeetWhereAWalkAlongOneCrossesTheOther, ()) {
  const Vector a = any_vector();
  const Vector b = near(a, 60);
  const Vector c = near(along(a, b, *rc::gen::inRange(0, 101) / 100.0), 5);
  const Vector d = near(c, 5);
  RC_PRE(norm(a - b) > 0.01 && norm(c - d) > 0.001);
  const Arc arc(a, b);
  const Arc other(c, d);
  const bool meet = arcs_meet(arc, c, d, cross(c, d));
  const Walk seen = walk(arc, other);
  if (seen.crosses) RC_ASSERT(meet);
  if (meet) RC_ASSERT(seen.least <= angle(a, b) / 400);
  RC_ASSERT(arcs_meet(other, a, b, cross(a, b)) == meet);
  RC_TAG(meet);
}

TEST(Arcs, ThatCrossOnTheOtherSideOfTheEarthDoNotMeet) {
  const Arc arc(to_vector({0, -10}), to_vector({0, 10}));
  const Vector south = to_vector({-5, 0});
  const Vector north = to_vector({5, 0});
  EXPECT_TRUE(arcs_meet(arc, south, north, cross(south, north)));
  const Vector far_south = to_vector({-5, 180});
  const Vector far_north = to_vector({5, 180});
  EXPECT_FALSE(arcs_meet(arc, far_south, far_north, cross(far_south, far_north)));
}

TEST(Arcs, ThatTouchMeet) {
  const Vector a = to_vector({10, 0});
  const Vector b = to_vector({10, 20});
  const Vector c = to_vector({30, 20});
  EXPECT_TRUE(arcs_meet(Arc(a, b), b, c, cross(b, c)));
}

RC_GTEST_PROP(Arcs, LatitudesOfAnArcLieInItsRange, ()) {
  const Vector a = any_vector();
  const Vector b = any_vector();
  RC_PRE(norm(a - b) > 0.01 && dot(a, b) > -0.98);
  const Arc arc(a, b);
  const LatitudeRange range = latitude_range(arc);
  double lowest = 2;
  double highest = -2;
  for (int k = 0; k <= 1'000; ++k) {
    const double z = along(a, b, k / 1'000.0).z;
    RC_ASSERT(z >= range.lowest - 1e-12 && z <= range.highest + 1e-12);
    lowest = std::min(lowest, z);
    highest = std::max(highest, z);
  }
  RC_ASSERT(range.lowest > lowest - 1e-5 && range.highest < highest + 1e-5);
}

TEST(GreatCircle, IsCutIntoStepsOfADegree) {
  const Line line = great_circle({50, -10}, {20, 100});
  ASSERT_GT(line.size(), 80U);
  EXPECT_EQ(line.back(), (Position{20, 100}));
  Position before{50, -10};
  double length = 0;
  for (const Position& p : line) {
    const double step = angle(to_vector(before), to_vector(p));
    EXPECT_LE(step, 1.001 * radians_per_degree);
    length += distance_nm(before, p);
    before = p;
  }
  EXPECT_NEAR(length, distance_nm({50, -10}, {20, 100}), 1.0);
}

}  // namespace
}  // namespace delian::sea
