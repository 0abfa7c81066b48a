#pragma once
// A study of presence as JSON, docs/schema/presence-1.json.

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>

#include "delian/presence_cover.hpp"
#include "delian/presence_study.hpp"

namespace delian::io {

/// What is known of fleets and of the sea, from data/.
presence::StudyFacts theatre_facts();

/// A study without the file it is of; part of an answer too.
nlohmann::ordered_json presence_object(const presence::Study& study);

/// The whole study. Times are days, distances nautical miles, money million US dollars a year;
/// shares and chances are of 1. What has no number is null.
std::string to_json(const presence::Study& study, const std::optional<presence::Cover>& cover,
                    const Scenario& scenario);

}  // namespace delian::io
