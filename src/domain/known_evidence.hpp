#pragma once
// A note for those who cite evidence that does not exist.

#include <span>
#include <string>
#include <string_view>

#include "delian/evidence.hpp"

namespace delian {

/// "Known: E1, E3 and 10 more. Nearest: E1."
std::string known_evidence(std::span<const Evidence> evidence, std::string_view id);

}  // namespace delian
