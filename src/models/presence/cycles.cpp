// Cycles by name. What a source says and what we judge is told for each.

#include <algorithm>
#include <array>

#include "delian/presence.hpp"

namespace delian::presence {
namespace {

constexpr double month = days_per_month;

constexpr std::array presets{
    CyclePreset{"escort-36-7", "Escort: 36 months with one deployment of seven",
                Cycle{8 * month, 4 * month, 3 * month, 7 * month, 1, 14 * month}, HomeBased{},
                Provenance::judgement, Provenance::judgement,
                "Seven months away are what European frigates did in 2021 and 2024; a cycle of 36 "
                "months is "
                "the US one. No European navy publishes its cycle.",
                "usni2014, bundeswehr2021, forcesnews2021"},
    CyclePreset{"us-ofrp", "US Optimized Fleet Response Plan, as announced in 2014",
                Cycle{6 * month, 6 * month, 3 * month, 8 * month, 1, 13 * month}, HomeBased{},
                Provenance::published, Provenance::judgement,
                "36 months with a single deployment of eight are published; how maintenance, "
                "work-up and sustainment share the rest is our judgement.",
                "usni2014, gao2016"},
    CyclePreset{"six-in-eighteen", "US practice before 2003: six months away in eighteen",
                Cycle{4 * month, 4 * month, 3 * month, 6 * month, 1, 1 * month}, HomeBased{},
                Provenance::published, Provenance::judgement,
                "Six months overseas, then about a year of maintenance and training, is published; "
                "it is also the rule of three. The phases of that year are our judgement.",
                "offley2004"},
    CyclePreset{"rule-of-four", "One hull in four at sea",
                Cycle{7 * month, 5 * month, 2 * month, 6 * month, 1, 4 * month}, HomeBased{},
                Provenance::derived, Provenance::judgement,
                "Of four ships one is always at sea, as quoted in Canadian debate; deployments of "
                "six months then make a cycle of 24. The phases are our judgement.",
                "armyca2016"},
    CyclePreset{"ssbn-two-crews", "Ballistic-missile submarine with two crews",
                Cycle{70, 0, 0, 77, 1, 0}, DualCrew{}, Provenance::published, Provenance::published,
                "A 112-day cycle: 77 days on patrol, 35 in refit, the crews taking turns. Long "
                "overhauls of seven months and more come on top and are left out.",
                "hansen1999, dodig2018"},
    CyclePreset{"sea-swap", "Sea Swap: one hull out for eighteen months with three crews", Cycle{},
                CrewSwap{3, 6 * month, 5, 18 * month}, Provenance::published, Provenance::judgement,
                "Eighteen months out, crews changed every six months, are published; five days "
                "lost at each change and eighteen months at home between are our judgement.",
                "nns2003, nns2004, cbo2007"},
    CyclePreset{"forward-based", "Based near the station", Cycle{},
                ForwardBased{24 * month, 4 * month, 5 * month, 6}, Provenance::judgement,
                Provenance::judgement,
                "Our judgement, chosen so that 1.5 to 2.5 hulls keep one on station and so that a "
                "ship based in Japan replaces three to five rotating ones, as the US Seventh Fleet "
                "used to say.",
                "seventhfleet2004, gao2015"},
    CyclePreset{"resident-patrol",
                "Patrol ship living in the theatre, half its crew changed at a time", Cycle{},
                Resident{30, 12}, Provenance::judgement, Provenance::judgement,
                "Said to be available all year; thirty days a year for maintenance and a change of "
                "half the crew each month are our judgement.",
                "royalnavy2021, forces2021"},
};

}  // namespace

std::string_view provenance_id(Provenance provenance) {
  switch (provenance) {
    case Provenance::published:
      return "published";
    case Provenance::derived:
      return "derived";
    case Provenance::judgement:
      break;
  }
  return "judgement";
}

std::span<const CyclePreset> cycles() {
  return presets;
}

const CyclePreset* find_cycle(std::string_view id) {
  const auto found = std::find_if(presets.begin(), presets.end(),
                                  [id](const CyclePreset& preset) { return preset.id == id; });
  return found == presets.end() ? nullptr : &*found;
}

}  // namespace delian::presence
