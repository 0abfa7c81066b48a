#include "domain/known_evidence.hpp"

#include <algorithm>
#include <compare>
#include <vector>

#include "domain/text.hpp"

namespace delian {

std::string known_evidence(std::span<const Evidence> evidence, std::string_view id) {
  if (evidence.empty()) return "There is no evidence in this file.";
  constexpr std::size_t most = 8;
  std::string known = "Known: ";
  for (std::size_t k = 0; k < evidence.size() && k < most; ++k) {
    known.append(k == 0 ? "" : ", ").append(evidence[k].id);
  }
  if (evidence.size() > most) known += " and " + std::to_string(evidence.size() - most) + " more";

  struct Near {
    std::size_t distance;
    std::size_t length;
    std::size_t index;

    auto operator<=>(const Near&) const = default;
  };
  std::vector<Near> nearest_ids;
  for (std::size_t k = 0; k < evidence.size(); ++k) {
    const std::string& known_id = evidence[k].id;
    if (known_id.size() > 100 || id.size() > 100) continue;
    nearest_ids.push_back({edit_distance(known_id, id), known_id.size(), k});
  }
  // A key pressed too often is likelier than a wrong one, so shorter ids come first.
  std::sort(nearest_ids.begin(), nearest_ids.end());
  std::string near;
  for (std::size_t k = 0; k < nearest_ids.size() && k < 2; ++k) {
    if (nearest_ids[k].distance > 1) break;
    near.append(near.empty() ? " Nearest: " : ", ").append(evidence[nearest_ids[k].index].id);
  }
  return known + '.' + (near.empty() ? "" : near + '.');
}

}  // namespace delian
