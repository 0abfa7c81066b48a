#include "io/route_json.hpp"

#include <array>
#include <cmath>
#include <nlohmann/json.hpp>

namespace delian::io {
namespace {

using Json = nlohmann::ordered_json;
using sea::Facts;
using sea::Position;

/// By sea::Bar::Why.
constexpr std::array<std::string_view, 4> reasons{"closed", "shut_unless_opened", "measure", "law"};

double rounded(double value, double steps) {
  return std::round(value * steps) / steps;
}
double miles(double nm) {
  return rounded(nm, 10);
}

Json place(const sea::Network& network, const sea::Place& p) {
  Json object;
  if (p.port) object["port"] = network.facts().ports[*p.port].id;
  object["name"] = sea::place_name(network, p);
  object["latitude"] = p.at.latitude;
  object["longitude"] = p.at.longitude;
  return object;
}

Json gates(const Facts& facts, const sea::Route& route) {
  Json list = Json::array();
  for (const sea::Passage& passage : route.gates) {
    const sea::Gate& gate = facts.gates[passage.gate];
    list.push_back({{"gate", gate.id},
                    {"name", gate.name.en},
                    {"nm", miles(passage.mile)},
                    {"lost_hours", gate.wait_hours}});
  }
  return list;
}

Json route_object(const Facts& facts, const sea::RouteAnswer& answer, double speed_kn) {
  if (!answer.route) return nullptr;
  const sea::Route& route = *answer.route;
  return {{"distance_nm", miles(route.distance_nm)},
          {"days", rounded(route.days(speed_kn), 100)},
          {"lost_hours", route.wait_hours},
          {"gates", gates(facts, route)}};
}

Json bars(const Facts& facts, const std::vector<sea::Bar>& list) {
  Json rows = Json::array();
  for (const sea::Bar& bar : list) {
    Json row = {{"gate", facts.gates[bar.gate].id},
                {"reason", reasons[static_cast<std::size_t>(bar.why)]}};
    if (bar.why == sea::Bar::Why::measure) {
      row["measure"] = sea::measure_name(bar.measure);
      row["ship_m"] = bar.ship;
      row["largest_m"] = bar.largest;
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

Json conditions(const sea::Conditions& c) {
  Json object = {{"close", c.close}, {"open", c.open}};
  object["class"] = c.ship_class.empty() ? Json(nullptr) : Json(c.ship_class);
  object["max_latitude_south"] = c.max_latitude_south ? Json(*c.max_latitude_south) : Json(nullptr);
  object["max_latitude_north"] = c.max_latitude_north ? Json(*c.max_latitude_north) : Json(nullptr);
  return object;
}

Json question_object(const sea::Network& network, const sea::Question& question,
                     const sea::Plan& plan) {
  Json via = Json::array();
  for (const sea::Stop& stop : plan.via) {
    if (const auto* p = std::get_if<sea::Place>(&stop)) {
      via.push_back(place(network, *p));
    } else if (const auto* over = std::get_if<sea::GateRef>(&stop)) {
      via.push_back({{"gate", network.facts().gates[over->gate].id}});
    }
  }
  return {{"from", place(network, plan.from)},
          {"to", place(network, plan.to)},
          {"via", std::move(via)},
          {"speed_kn", question.speed_kn},
          {"conditions", conditions(question.conditions)}};
}

std::string dump(const Json& json) {
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

/// Coordinates of a track in pieces that do not cross the 180th meridian.
Json pieces_of(const std::vector<sea::Waypoint>& track) {
  Json pieces = Json::array();
  Json piece = Json::array();
  const auto put = [&](double longitude, double latitude) {
    piece.push_back({rounded(longitude, 1e4), rounded(latitude, 1e4)});
  };
  Position last = track.front().at;
  put(last.longitude, last.latitude);
  for (std::size_t k = 0; k + 1 < track.size(); ++k) {
    for (const Position& next : sea::great_circle(track[k].at, track[k + 1].at)) {
      const double step = next.longitude - last.longitude;
      if (std::fabs(step) > 180) {
        // Where the straight line between the two meets the meridian; they are near each other.
        const double edge = last.longitude < 0 ? -180 : 180;
        const double whole = 360 - std::fabs(step);
        const double share = whole > 0 ? std::fabs(edge - last.longitude) / whole : 0;
        const double latitude = last.latitude + share * (next.latitude - last.latitude);
        put(edge, latitude);
        pieces.push_back(std::move(piece));
        piece = Json::array();
        put(-edge, latitude);
      }
      put(next.longitude, next.latitude);
      last = next;
    }
  }
  pieces.push_back(std::move(piece));
  return pieces;
}

}  // namespace

std::string route_json(const sea::Network& network, const sea::Question& question,
                       const sea::Plan& plan) {
  const Facts& facts = network.facts();
  Json json = {{"format", "delian-route/1"}};
  json.update(question_object(network, question, plan));
  json["route"] = route_object(facts, plan.answer, question.speed_kn);
  if (plan.answer.route) {
    Json track = Json::array();
    for (const sea::Waypoint& waypoint : plan.answer.route->track) {
      track.push_back({{"latitude", rounded(waypoint.at.latitude, 1e4)},
                       {"longitude", rounded(waypoint.at.longitude, 1e4)},
                       {"nm", miles(waypoint.mile)}});
    }
    json["route"]["track"] = std::move(track);
  } else {
    json["no_route"] = {{"latitude_limit", plan.answer.latitude_limit},
                        {"together", plan.answer.together},
                        {"barriers", bars(facts, plan.answer.barriers)}};
  }
  json["cannot_be_passed"] = bars(facts, plan.bars);
  if (plan.unhindered) {
    json["without_conditions"] = route_object(facts, *plan.unhindered, question.speed_kn);
  }
  return dump(json);
}

std::string route_geojson(const sea::Network& network, const sea::Question& question,
                          const sea::Plan& plan) {
  Json properties = question_object(network, question, plan);
  properties["route"] = route_object(network.facts(), plan.answer, question.speed_kn);
  Json geometry = nullptr;
  if (plan.answer.route) {
    geometry = {{"type", "MultiLineString"}, {"coordinates", pieces_of(plan.answer.route->track)}};
  }
  return dump({{"type", "Feature"},
               {"properties", std::move(properties)},
               {"geometry", std::move(geometry)}});
}

}  // namespace delian::io
