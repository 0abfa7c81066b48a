#pragma once
// A study of voting power as JSON, format "delian-power/1" (docs/schema/power-1.json).

#include <string>

#include "delian/body.hpp"
#include "delian/power_study.hpp"

namespace delian::io {

/// Everything of the study; numbers in full. Ends without a newline.
std::string to_json(const power::Study& study, const Atlas& atlas);

}  // namespace delian::io
