#pragma once
// Routes at sea as text for a terminal of 80 columns.

#include <string>

#include "delian/sea.hpp"
#include "delian/words.hpp"

namespace delian::sea {

/// The route or why there is none, the gates on the way, and what the conditions cost.
std::string route_report(const Network& network, const Question& question, const Plan& plan,
                         Language language = Language::en);

/// Every port, gate or class that the network knows, a row each.
std::string list_ports(const Facts& facts, Language language = Language::en);
std::string list_gates(const Facts& facts, Language language = Language::en);
std::string list_classes(const Facts& facts, Language language = Language::en);

}  // namespace delian::sea
