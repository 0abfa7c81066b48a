#include "io/presence_json.hpp"

#include <cmath>
#include <nlohmann/json.hpp>

#include "delian/answer.hpp"
#include "io/fleets.hpp"
#include "io/sea.hpp"

namespace delian::io {
namespace {

using Json = nlohmann::ordered_json;
using presence::Interval;
using presence::StateStudy;
using presence::Study;

Json interval(const Interval& of) {
  return {{"low", of.low}, {"median", of.median}, {"high", of.high}};
}

Json number(const std::optional<double>& value) {
  if (!value || !std::isfinite(*value)) return nullptr;
  return *value;
}

Json need(const ShipNeed& of) {
  return {{"carriers", of.carriers},
          {"escorts", of.escorts},
          {"patrols", of.patrols},
          {"oilers", of.oilers}};
}

Json declared(const std::optional<presence::DeclaredGap>& gap) {
  if (!gap) return nullptr;
  return {{"goals", gap->goals},
          {"ships_away", gap->declared},
          {"kept", interval(gap->kept)},
          {"gap", interval(gap->gap)}};
}

Json arrivals(const std::optional<presence::Arrivals>& of) {
  if (!of) return nullptr;
  const auto curve = [](const presence::ArrivalCurve& one) {
    Json list = Json::array();
    for (const presence::Band& band : one.ships) {
      list.push_back({{"low", band.p10}, {"median", band.p50}, {"high", band.p90}});
    }
    return list;
  };
  Json states = Json::object();
  for (const presence::ArrivalCurve& one : of->states) states[one.member] = curve(one);
  return {{"days", of->days}, {"states", states}, {"members", curve(of->members)}};
}

Json levers(const StateStudy& state) {
  Json list = Json::array();
  for (const presence::LeverGain& lever : state.levers) {
    list.push_back({{"lever", presence::lever_id(lever.lever)},
                    {"ships", lever.ships},
                    {"million_usd_a_year", number(lever.million_usd_a_year)}});
  }
  return list;
}

Json states(const Study& study) {
  Json list = Json::array();
  for (const StateStudy& state : study.states) {
    const bool has_way = !state.home_port.empty();
    list.push_back({{"state", state.state},
                    {"member", state.member},
                    {"share_from",
                     state.share_from == presence::ShareFrom::scenario ? "scenario" : "observed"},
                    {"share", interval({state.share.low / 100, state.share.median / 100,
                                        state.share.high / 100})},
                    {"escorts", state.escorts},
                    {"cycle", state.cycle},
                    {"home_port", has_way ? Json(state.home_port) : Json(nullptr)},
                    {"distance_nm", has_way ? Json(state.distance_nm) : Json(nullptr)},
                    {"passage_days", has_way ? Json(state.passage_days) : Json(nullptr)},
                    {"rotating", interval(state.rotating)},
                    {"resident", interval(state.resident)},
                    {"on_station", interval(state.on_station)},
                    {"away", interval(state.away)},
                    {"at_most", interval(state.at_most)},
                    {"keeps_one", state.keeps_one},
                    {"standing", presence::standing_id(state.standing())},
                    {"at_least_one",
                     {{"staggered", state.one_staggered}, {"independent", state.one_independent}}},
                    {"hulls_per_station", number(state.hulls_per_station)},
                    {"limit", presence::constraint_id(state.binding)},
                    {"limit_share", state.binding_share},
                    {"observed", number(state.observed)},
                    {"declared", declared(state.declared)},
                    {"million_usd_a_year_per_ship", number(state.million_usd_a_year)},
                    {"levers", levers(state)}});
  }
  return list;
}

Json closures(const Study& study) {
  Json list = Json::array();
  for (const presence::ClosureStudy& closure : study.closures) {
    list.push_back({{"gate", closure.gate},
                    {"chance", closure.chance},
                    {"open", closure.without},
                    {"shut", closure.ships},
                    {"cut_off", closure.cut_off}});
  }
  return list;
}

Json cover_object(const presence::Cover& cover) {
  Json states = Json::array();
  for (const presence::CoverShips& state : cover.states) {
    Json sailings = Json::array();
    for (const presence::Sailing& sailing : state.sailings) {
      sailings.push_back({{"pattern", sailing.pattern},
                          {"start", sailing.start},
                          {"arrives", sailing.arrives},
                          {"leaves", sailing.leaves}});
    }
    states.push_back({{"state", state.state}, {"given", state.given}, {"sailings", sailings}});
  }
  Json without = Json::object();
  for (const presence::Relaxation& one : cover.schedule.relaxations) {
    without[presence::schedule_constraint_id(one.constraint)] = one.missing;
  }
  const presence::Schedule& schedule = cover.schedule;
  return {{"ships", cover.ships},
          {"months", cover.months},
          {"met", schedule.met},
          {"missing", schedule.missing},
          {"proven", schedule.proven},
          {"million_usd_a_year", number(cover.million_usd_a_year)},
          {"binding", schedule.binding ? Json(presence::schedule_constraint_id(*schedule.binding))
                                       : Json(nullptr)},
          {"missing_without", without},
          {"more_ships", schedule.ships_missing ? Json(*schedule.ships_missing) : Json(nullptr)},
          {"states", states}};
}

}  // namespace

presence::StudyFacts theatre_facts() {
  return {fleets(), sea_network()};
}

nlohmann::ordered_json presence_object(const Study& study) {
  return {
      {"theatre", study.theatre},
      {"station", study.station},
      {"speed_kn", study.speed_kn},
      {"seed", study.seed},
      {"draws", study.draws},
      {"observed_years", study.observed_years},
      {"states", states(study)},
      {"give_nothing", study.nothing},
      {"no_escorts", study.no_escort},
      {"unknown", study.unknown},
      {"members",
       {{"on_station", interval(study.members_on_station)},
        {"escorts", interval(study.members_escorts)},
        {"declared", declared(study.members_declared)}}},
      {"proposal",
       {{"text", study.proposal.text},
        {"need", need(study.proposal.need)},
        {"covered", study.proposal.covered}}},
      {"given_agreement",
       {{"chance", study.agreement},
        {"on_station", interval(study.given_agreement)},
        {"covered", study.covered_given_agreement}}},
      {"closures", closures(study)},
      {"arrivals", arrivals(study.arrivals)},
  };
}

std::string to_json(const Study& study, const std::optional<presence::Cover>& kept,
                    const Scenario& scenario) {
  Json json{
      {"format", "delian-presence/1"},
      {"engine", "delian"},
      {"version", version()},
      {"marking", scenario.parts().marking},
      {"scenario", scenario.parts().question.id},
      {"presence", presence_object(study)},
  };
  if (kept) json["cover"] = cover_object(*kept);
  return json.dump(2, ' ', true, Json::error_handler_t::replace);
}

}  // namespace delian::io
