#include <algorithm>

#include "ensemble/sampler.hpp"
#include "explain/explain.hpp"

namespace delian {
namespace {

using enum Scenario::Field;
constexpr std::array fields{position, salience, resolve};

// NATO grading: sources E and F, and information 5 and 6, support nothing.
bool is_credible(std::string_view grade) {
  return grade.size() == 2 && grade[0] >= 'A' && grade[0] <= 'D' && grade[1] >= '1' &&
         grade[1] <= '4';
}

bool is_supported(const Scenario& scenario, const Quantity& quantity) {
  return std::any_of(quantity.sources.begin(), quantity.sources.end(), [&](const std::string& id) {
    const Evidence* evidence = scenario.find_evidence(id);
    return evidence != nullptr && evidence->supports() && is_credible(evidence->grade);
  });
}

// A veto each means a say each; elsewhere the say follows influence.
double say(const Scenario& scenario, std::size_t member) {
  return scenario.rule().any_no_blocks() ? 1.0 / static_cast<double>(scenario.members().size())
                                         : scenario.influence_shares()[member];
}

// Edges of the checklist in docs/confidence.md.
constexpr double enough_sources = 2.0 / 3;
constexpr double some_sources = 1.0 / 3;
constexpr double steady_swing = 0.10;
constexpr double unsteady_swing = 0.30;

}  // namespace

Confidence judge_confidence(const Scenario& scenario, std::optional<double> swing,
                            bool one_report_decides) {
  Confidence confidence;
  confidence.swing = swing.value_or(0);
  std::vector<std::string> cited;
  for (std::size_t i = 0; i < scenario.members().size(); ++i) {
    const Member& member = scenario.members()[i];
    for (const Scenario::Field field : fields) {
      const Quantity& input = quantity(member, field);
      if (is_supported(scenario, input)) {
        confidence.sourced_share += say(scenario, i) / static_cast<double>(fields.size());
      }
      if (input.value.is_unknown()) ++confidence.unknown;
      cited.insert(cited.end(), input.sources.begin(), input.sources.end());
    }
    if (!is_supported(scenario, member.position)) ++confidence.judgement_only;
  }
  confidence.sourced_share = std::min(1.0, confidence.sourced_share);  // a sum of rounded shares
  std::sort(cited.begin(), cited.end());
  cited.erase(std::unique(cited.begin(), cited.end()), cited.end());
  confidence.contested =
      static_cast<std::size_t>(std::count_if(cited.begin(), cited.end(), [&](const auto& id) {
        const Evidence* evidence = scenario.find_evidence(id);
        return evidence != nullptr && evidence->status == Evidence::Status::contested;
      }));

  // The weakest check decides. A swing nobody measured is fair at best, and so is an answer whose
  // word one report decides.
  const auto check = [](bool good, bool fair) { return good ? 2 : fair ? 1 : 0; };
  const auto inputs = scenario.members().size() * fields.size();
  const int level = std::min(
      {check(confidence.sourced_share >= enough_sources, confidence.sourced_share >= some_sources),
       check(confidence.contested == 0, confidence.contested <= 2),
       check(swing.has_value() && *swing < steady_swing, swing.value_or(0) < unsteady_swing),
       check(!one_report_decides, true),
       check(confidence.unknown == 0, 3 * confidence.unknown <= inputs)});
  confidence.level = static_cast<Confidence::Level>(level);
  return confidence;
}

}  // namespace delian
