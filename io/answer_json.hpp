#pragma once
// An answer as JSON, format "delian-answer/1" (docs/schema/answer-1.json).

#include <span>
#include <string>

#include "delian/answer.hpp"
#include "delian/scenario.hpp"
#include "io/text_file.hpp"

namespace delian::io {

/// The whole answer; numbers in full, words for both yardsticks. Ends without a newline.
/// @param scenario_hash  from scenario_hash()
std::string to_json(const Answer& answer, const Scenario& scenario,
                    const std::string& scenario_hash, std::span<const PointRange> within = {});

/// "sha256:..." over the texts a scenario was read from, in order, without their names.
std::string scenario_hash(std::span<const TextFile> texts);

}  // namespace delian::io
