#pragma once
// A scenario file to fill in.

#include <string>
#include <string_view>

#include "delian/body.hpp"
#include "delian/date.hpp"

namespace delian::io {

/// A commented file with a row for every member of `body` on `date`, every value open. It parses
/// without errors as it stands, unless the body has elected seats that nobody is known to hold on
/// that day: a comment asks for those rows then. Comments and texts in `language`: "fr", else
/// English.
/// @param date  the day of the decision; a part date counts as its first day
std::string skeleton(const Body& body, const Date& date, std::string_view language);

}  // namespace delian::io
