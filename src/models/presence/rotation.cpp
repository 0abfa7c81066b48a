// Rotation arithmetic: where the days of a cycle go under each posture.

#include <algorithm>
#include <array>
#include <limits>
#include <type_traits>

#include "delian/presence.hpp"
#include "models/presence/requirements.hpp"

namespace delian::presence {
namespace {

constexpr std::array conventions{Counting::on_station, Counting::in_theatre, Counting::deployed,
                                 Counting::forward_always};

/// Time away, eaten up by passage first, then by hand-overs, then by visits.
void divide_deployed(Rotation& rotation, double transit, double handover, double visits) {
  double left = rotation.deployed_days;
  const auto take = [&left](double wanted) {
    const double taken = std::min(wanted, left);
    left -= taken;
    return taken;
  };
  rotation.transit_days = take(transit);
  rotation.handover_days = take(handover);
  rotation.visit_days = take(visits);
  rotation.on_station_days = left;
}

/// A cycle with so many deployments between two stays in the yard.
Rotation from_home(const RotationCase& given, int deployments) {
  const Cycle& cycle = given.cycle;
  const double n = deployments;
  Rotation rotation;
  rotation.deployed_days = n * cycle.deployment_days;
  rotation.turn_round_days =
      cycle.maintenance_days + cycle.basic_days + cycle.integrated_days + cycle.sustainment_days;
  divide_deployed(rotation, n * 2 * given.passage.days(), 0, n * given.visit_days);
  return rotation;
}

Rotation days_of(const RotationCase& given, const HomeBased&) {
  return from_home(given, given.cycle.deployments);
}

Rotation days_of(const RotationCase& given, const DualCrew&) {
  return from_home(given, 2 * given.cycle.deployments);
}

Rotation days_of(const RotationCase& given, const CrewSwap& posture) {
  const double tours = posture.tours;
  Rotation rotation;
  rotation.deployed_days = tours * posture.tour_days;
  rotation.turn_round_days = posture.home_days;
  divide_deployed(rotation, 2 * given.passage.days(), (tours - 1) * posture.handover_days,
                  tours * given.visit_days);
  return rotation;
}

Rotation days_of(const RotationCase& given, const ForwardBased& posture) {
  const double n = posture.patrols;
  Rotation rotation;
  rotation.turn_round_days = posture.depot_days + posture.upkeep_days;
  rotation.deployed_days = posture.cycle_days - rotation.turn_round_days;
  divide_deployed(rotation, n * 2 * given.passage.days(), 0, n * given.visit_days);
  return rotation;
}

Rotation days_of(const RotationCase& given, const Resident& posture) {
  Rotation rotation;
  rotation.turn_round_days = posture.unavailable_days_per_year;
  rotation.deployed_days = days_per_year - posture.unavailable_days_per_year;
  divide_deployed(rotation, 0, 0, given.visit_days);
  return rotation;
}

double counted(const Rotation& rotation, const Posture& posture) {
  switch (rotation.counting) {
    case Counting::on_station:
      break;
    case Counting::in_theatre:
      return rotation.on_station_days + rotation.visit_days + rotation.handover_days;
    case Counting::deployed:
      return rotation.deployed_days;
    case Counting::forward_always:
      if (std::holds_alternative<ForwardBased>(posture) ||
          std::holds_alternative<Resident>(posture)) {
        return rotation.cycle_days;
      }
      break;
  }
  return rotation.on_station_days;
}

void check(Requirements& needs, const Cycle& cycle) {
  needs.between(cycle.maintenance_days, 0, most_days, "cycle.maintenance_days");
  needs.between(cycle.basic_days, 0, most_days, "cycle.basic_days");
  needs.between(cycle.integrated_days, 0, most_days, "cycle.integrated_days");
  needs.between(cycle.sustainment_days, 0, most_days, "cycle.sustainment_days");
  needs.above(cycle.deployment_days, 0, most_days, "cycle.deployment_days");
  needs.between(cycle.deployments, 1, 100, "cycle.deployments");
}

void check(Requirements& needs, const CrewSwap& posture) {
  needs.between(posture.tours, 1, 100, "posture.tours");
  needs.above(posture.tour_days, 0, most_days, "posture.tour_days");
  needs.between(posture.handover_days, 0, most_days, "posture.handover_days");
  needs.between(posture.home_days, 0, most_days, "posture.home_days");
}

void check(Requirements& needs, const ForwardBased& posture) {
  needs.above(posture.cycle_days, 0, most_days, "posture.cycle_days");
  needs.between(posture.depot_days, 0, most_days, "posture.depot_days");
  needs.between(posture.upkeep_days, 0, most_days, "posture.upkeep_days");
  needs.between(posture.patrols, 1, 10'000, "posture.patrols");
  needs.require(posture.depot_days + posture.upkeep_days <= posture.cycle_days,
                "posture.depot_days",
                fmt::format("Depot ({} days) and upkeep ({} days) are longer than the cycle ({}).",
                            posture.depot_days, posture.upkeep_days, posture.cycle_days),
                "Give all three for the same cycle, in days.");
}

void check(Requirements& needs, const Resident& posture) {
  needs.between(posture.unavailable_days_per_year, 0, days_per_year,
                "posture.unavailable_days_per_year");
  needs.between(posture.crew_changes_per_year, 0, 1000, "posture.crew_changes_per_year");
}

void check(Requirements& needs, const Passage& passage) {
  needs.between(passage.distance_nm, 0, most_nm, "passage.distance_nm");
  needs.above(passage.speed_kn, 0, 100, "passage.speed_kn");
  needs.between(passage.wait_days, 0, most_days, "passage.wait_days");
  needs.between(passage.stops, 0, 1000, "passage.stops");
  needs.between(passage.stop_days, 0, most_days, "passage.stop_days");
}

}  // namespace

double Cycle::length_days() const {
  return maintenance_days + basic_days + integrated_days + deployments * deployment_days +
         sustainment_days;
}

double Passage::days() const {
  return distance_nm / (24 * speed_kn) + wait_days + stops * stop_days;
}

std::string_view posture_id(const Posture& posture) {
  constexpr std::array<std::string_view, 5> names{"home", "crew_swap", "dual_crew", "forward",
                                                  "resident"};
  static_assert(names.size() == std::variant_size_v<Posture>);
  return names.at(posture.index());
}

std::span<const Counting> countings() {
  return conventions;
}

std::string_view counting_id(Counting counting) {
  switch (counting) {
    case Counting::on_station:
      return "on_station";
    case Counting::in_theatre:
      return "in_theatre";
    case Counting::deployed:
      return "deployed";
    case Counting::forward_always:
      break;
  }
  return "forward_always";
}

std::string_view counting_text(Counting counting) {
  switch (counting) {
    case Counting::on_station:
      return "Days on station count; passage, hand-over and port visits do not.";
    case Counting::in_theatre:
      return "Days on station, port visits and hand-overs count; passage does not.";
    case Counting::deployed:
      return "Every day away from the home port counts, passage included.";
    case Counting::forward_always:
      break;
  }
  return "Days on station count; ships based forward or resident count on every day, also in "
         "upkeep.";
}

double Rotation::hulls_per_station() const {
  return share > 0 ? 1 / share : std::numeric_limits<double>::infinity();
}

Expected<Rotation> rotation(const RotationCase& rotation_case, std::string_view pointer) {
  Requirements needs("E660", pointer);
  std::visit(
      [&](const auto& posture) {
        using Kind = std::decay_t<decltype(posture)>;
        if constexpr (std::is_same_v<Kind, HomeBased> || std::is_same_v<Kind, DualCrew>) {
          check(needs, rotation_case.cycle);
        } else {
          check(needs, posture);
        }
        if constexpr (!std::is_same_v<Kind, Resident>) check(needs, rotation_case.passage);
      },
      rotation_case.posture);
  needs.between(rotation_case.visit_days, 0, most_days, "visit_days");
  if (!needs.met()) return tl::unexpected(std::move(needs).problems());

  Rotation result = std::visit([&](const auto& posture) { return days_of(rotation_case, posture); },
                               rotation_case.posture);
  result.counting = rotation_case.counting;
  result.cycle_days = result.turn_round_days + result.deployed_days;
  result.counted_days = counted(result, rotation_case.posture);
  result.share = result.counted_days / result.cycle_days;
  return result;
}

}  // namespace delian::presence
