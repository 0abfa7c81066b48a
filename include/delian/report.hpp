#pragma once
// An answer as text. Strings only; whoever calls decides where they go.

#include <string>
#include <vector>

#include "delian/answer.hpp"
#include "delian/body.hpp"
#include "delian/scenario.hpp"
#include "delian/words.hpp"

namespace delian {

struct ReportOptions {
  Language language = Language::en;
  Yardstick yardstick = Yardstick::icd203;
  bool colour = false;                  ///< ANSI escapes, for a terminal
  std::vector<PointRange> within = {};  ///< ranges whose chance to hold the landing is told
};

/// The answer for a terminal of 80 columns: the sentence, the five outcomes, who blocks, where a
/// deal would land, confidence, what would change it, what it rests on. Each line ends in a
/// newline.
std::string text_report(const Answer& answer, const Scenario& scenario, const Atlas& atlas,
                        const ReportOptions& options);

}  // namespace delian
