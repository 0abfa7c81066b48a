#pragma once
// A study of presence as text. Strings only; whoever calls decides where they go.

#include <string>

#include "delian/body.hpp"
#include "delian/presence_cover.hpp"
#include "delian/presence_study.hpp"
#include "delian/report.hpp"

namespace delian::presence {

/// The study for a terminal of 80 columns, with the schedule that keeps so many ships there if
/// `cover` is not null. Each line ends in a newline.
std::string text_report(const Study& study, const Cover* cover, const StudyFacts& facts,
                        const Atlas& atlas, const ReportOptions& options);

/// Its main points, in the few lines that an answer has room for.
std::string summary(const Study& study, const ReportOptions& options);

}  // namespace delian::presence
