// From rotation arithmetic to the chain of times that the simulation follows.

#include <algorithm>
#include <type_traits>

#include "delian/presence_simulation.hpp"
#include "models/presence/requirements.hpp"

namespace delian::presence {
namespace {

/// `half` shares a turn-round between the two crews, each of which gets one stay in the yard.
void from_home(RotatingGroup& group, const RotationCase& given, double half) {
  const Cycle& cycle = given.cycle;
  const double passage = given.passage.days();
  const double n = cycle.deployments;
  group.stints = cycle.deployments;
  group.to_dock_days = given.visit_days + passage + half * cycle.sustainment_days / n;
  group.between_days = group.to_dock_days + passage;
  group.maintenance.planned_days = half * cycle.maintenance_days;
  group.to_station_days = half * (cycle.basic_days + cycle.integrated_days) + passage;
}

void fill(RotatingGroup& group, const RotationCase& given, const Rotation&, const HomeBased&) {
  from_home(group, given, 1);
}

void fill(RotatingGroup& group, const RotationCase& given, const Rotation&, const DualCrew&) {
  from_home(group, given, .5);
}

void fill(RotatingGroup& group, const RotationCase& given, const Rotation& days,
          const CrewSwap& posture) {
  group.to_dock_days = days.visit_days + days.handover_days + given.passage.days();
  group.maintenance.planned_days = posture.home_days;
  group.to_station_days = given.passage.days();
}

void fill(RotatingGroup& group, const RotationCase& given, const Rotation&,
          const ForwardBased& posture) {
  const double passage = given.passage.days();
  group.stints = posture.patrols;
  group.to_dock_days = given.visit_days + passage + posture.upkeep_days / posture.patrols;
  group.between_days = group.to_dock_days + passage;
  group.maintenance.planned_days = posture.depot_days;
  group.to_station_days = passage;
}

void fill(RotatingGroup& group, const RotationCase& given, const Rotation&,
          const Resident& posture) {
  group.to_dock_days = given.visit_days;
  group.maintenance.planned_days = posture.unavailable_days_per_year;
}

}  // namespace

Expected<RotatingGroup> rotating_group(std::string id, int hulls, const RotationCase& rotation_case,
                                       const Duration& overrun, std::string_view pointer) {
  const Expected<Rotation> days = rotation(rotation_case, pointer);
  if (!days) return tl::unexpected(days.error());
  if (days->on_station_days <= 0) {
    return tl::unexpected(Diagnostics{diagnose(
        "E661", std::string(pointer),
        fmt::format("Of {:.0f} days away, passage and visits take {:.0f}: nothing is left on "
                    "station.",
                    days->deployed_days, days->transit_days + days->visit_days),
        "A nearer base, a faster passage, a longer deployment or fewer visits.")});
  }
  RotatingGroup group;
  group.id = std::move(id);
  group.hulls = hulls;
  group.maintenance = overrun;
  std::visit([&](const auto& posture) { fill(group, rotation_case, *days, posture); },
             rotation_case.posture);
  const double crews = std::holds_alternative<DualCrew>(rotation_case.posture) ? 2 : 1;
  group.on_station.planned_days = days->on_station_days / (crews * group.stints);
  return group;
}

}  // namespace delian::presence
