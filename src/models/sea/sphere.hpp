#pragma once
// The Earth as unit vectors, so that great circles are planes and nothing is special about poles
// and the 180th meridian. The vector of a place is the normal of the ellipsoid there: it has the
// geodetic latitude and longitude of charts.

#include <algorithm>
#include <cmath>

#include "delian/sea.hpp"
#include "numerics/trigonometry.hpp"

namespace delian::sea {

struct Vector {
  double x = 0, y = 0, z = 0;
};

inline Vector operator+(const Vector& a, const Vector& b) {
  return {a.x + b.x, a.y + b.y, a.z + b.z};
}
inline Vector operator-(const Vector& a, const Vector& b) {
  return {a.x - b.x, a.y - b.y, a.z - b.z};
}
inline Vector operator*(double k, const Vector& a) {
  return {k * a.x, k * a.y, k * a.z};
}
inline double dot(const Vector& a, const Vector& b) {
  return a.x * b.x + a.y * b.y + a.z * b.z;
}
inline Vector cross(const Vector& a, const Vector& b) {
  return {a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x};
}
inline double norm(const Vector& a) {
  return std::sqrt(dot(a, a));
}
inline Vector unit(const Vector& a) {
  return (1.0 / norm(a)) * a;
}

inline constexpr double radians_per_degree = std::numbers::pi / 180;

inline Vector to_vector(const Position& p) {
  const double latitude = p.latitude * radians_per_degree;
  const double longitude = p.longitude * radians_per_degree;
  const double flat = numerics::cos(latitude);
  return {flat * numerics::cos(longitude), flat * numerics::sin(longitude),
          numerics::sin(latitude)};
}

inline Position to_position(const Vector& v) {
  return {numerics::atan2(v.z, std::sqrt(v.x * v.x + v.y * v.y)) / radians_per_degree,
          numerics::atan2(v.y, v.x) / radians_per_degree};
}

/// The angle at the centre of the Earth, in radians, accurate for near and far alike.
inline double angle(const Vector& a, const Vector& b) {
  return numerics::atan2(norm(cross(a, b)), dot(a, b));
}

/// Is c left of the great circle from a to b? Positive if so; its size is the sine of the distance
/// from the circle times that of the arc.
inline double side(const Vector& a, const Vector& b, const Vector& c) {
  return dot(cross(a, b), c);
}

// WGS 84, and the nautical mile of the International Hydrographic Bureau, 1929.
inline constexpr double equatorial_radius_nm = 6378137.0 / 1852.0;
inline constexpr double flattening = 1 / 298.257223563;
/// No two places are nearer along the ellipsoid than this many nautical miles per radian: the least
/// radius of curvature, a (1 - e^2), in the meridian at the equator.
inline constexpr double least_radius_nm =
    equatorial_radius_nm * (1 - flattening) * (1 - flattening);

/// Length in nautical miles along the ellipsoid, Lambert's formula on parametric latitudes: within
/// 0.01 nm up to a quarter of the globe, within 0.3 nm up to 170 degrees. Source: Lambert 1942.
inline double geodesic_nm(const Vector& a, const Vector& b) {
  const Vector p = unit({a.x, a.y, (1 - flattening) * a.z});
  const Vector q = unit({b.x, b.y, (1 - flattening) * b.z});
  const Vector n = cross(p, q);
  const double sine = norm(n);
  const double cosine = dot(p, q);
  const double sigma = numerics::atan2(sine, cosine);
  const double sum = p.z + q.z;
  const double difference = p.z - q.z;
  // (sigma - sin sigma) (sin P cos Q / cos(sigma/2))^2 and its twin, with half-angle formulas that
  // lose nothing: 4 cos^2(sigma/2) = |p + q|^2, 4 sin^2(sigma/2) = |p - q|^2.
  const Vector added = p + q;
  const Vector taken = p - q;
  const double far = dot(added, added);
  const double near = dot(taken, taken);
  const double x = far > 0 ? (sigma - sine) * sum * sum / far : 0.0;
  const double y = near > 0 ? (sigma + sine) * difference * difference / near : 0.0;
  return equatorial_radius_nm * (sigma - flattening / 2 * (x + y));
}

/// A great circle arc of less than 180 degrees.
struct Arc {
  Vector from, to;
  Vector normal;  ///< from x to, as a unit vector
  Vector ahead;   ///< normal x from: x lies past the start if ahead . x > 0
  Vector back;    ///< to x normal: x lies before the end if back . x > 0

  Arc(const Vector& a, const Vector& b) : from(a), to(b), normal(unit(cross(a, b))) {
    ahead = cross(normal, a);
    back = cross(b, normal);
  }
};

/// Rounding moves a unit vector by less than this; arcs nearer than that touch.
inline constexpr double touching = 1e-12;

/// Do the arcs a-b and p-q share a point? Touching counts. `normal` is any multiple of p x q.
inline bool arcs_meet(const Arc& arc, const Vector& p, const Vector& q, const Vector& normal) {
  const double of_p = dot(arc.normal, p);
  const double of_q = dot(arc.normal, q);
  if (of_p > touching && of_q > touching) return false;
  if (of_p < -touching && of_q < -touching) return false;
  const double of_from = dot(normal, arc.from);
  const double of_to = dot(normal, arc.to);
  if (of_from > touching && of_to > touching) return false;
  if (of_from < -touching && of_to < -touching) return false;
  // The circles cross twice, on opposite sides of the Earth; here it must be between the ends of
  // both.
  return of_p * of_to > -touching && of_q * of_from > -touching;
}

/// The highest and lowest latitude of an arc, as sines.
struct LatitudeRange {
  double lowest, highest;
};
inline LatitudeRange latitude_range(const Arc& arc) {
  LatitudeRange range{std::min(arc.from.z, arc.to.z), std::max(arc.from.z, arc.to.z)};
  // The circle's summit is ahead of the start and before the end if the arc turns there.
  if (arc.ahead.z > 0 && arc.back.z > 0) {
    range.highest = std::sqrt(arc.normal.x * arc.normal.x + arc.normal.y * arc.normal.y);
  }
  if (arc.ahead.z < 0 && arc.back.z < 0) {
    range.lowest = -std::sqrt(arc.normal.x * arc.normal.x + arc.normal.y * arc.normal.y);
  }
  return range;
}

/// The point a share of the way along an arc.
inline Vector along(const Vector& a, const Vector& b, double share) {
  const double whole = angle(a, b);
  if (whole == 0) return a;
  const double sine = numerics::sin(whole);
  return unit((numerics::sin((1 - share) * whole) / sine) * a +
              (numerics::sin(share * whole) / sine) * b);
}

}  // namespace delian::sea
