#pragma once
// Routes at sea for other programs.

#include <string>

#include "delian/sea.hpp"

namespace delian::io {

/// {"format": "delian-route/1", "from": {...}, "to": {...}, "route": {...} or null, ...}. Distances
/// in nautical miles to a tenth, times in days to a hundredth.
std::string route_json(const sea::Network& network, const sea::Question& question,
                       const sea::Plan& plan);

/// A GeoJSON Feature (RFC 7946): a MultiLineString cut at the 180th meridian, with a point at least
/// every degree so that it shows as the great circles it is made of. The geometry is null without a
/// route.
std::string route_geojson(const sea::Network& network, const sea::Question& question,
                          const sea::Plan& plan);

}  // namespace delian::io
