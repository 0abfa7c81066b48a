#pragma once
// The facts that come with the program: bodies with members by date, and the names of countries.

#include "delian/body.hpp"
#include "delian/diagnostic.hpp"
#include "io/text_file.hpp"

namespace delian::io {

/// Every body and country of data/. Read on the first call, from any thread; kept for good.
const Atlas& atlas();

/// A body as in data/bodies/*.toml.
///
/// Errors  those of form (E00x, E302); E102 overlapping memberships of one state; E303 a period
/// that
///         ends before it begins; E204 a negative weight; E301 an unknown rule; E401 a weight
///         series or rule id used twice.
Expected<Body> parse_body(const TextFile& file);

/// Countries as in data/countries.toml. Errors as above.
Expected<std::vector<Country>> parse_countries(const TextFile& file);

}  // namespace delian::io
