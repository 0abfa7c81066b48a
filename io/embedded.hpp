#pragma once
// Texts compiled into the program by delian_embed() (cmake/embed.cmake).

#include <string_view>
#include <vector>

namespace delian::io {

struct EmbeddedText {
  std::string_view name;
  std::string_view text;
};

/// data/bodies/*.toml, by name.
std::vector<EmbeddedText> embedded_bodies();
/// data/sea/: gates, ports, classes, coast, links.
std::vector<EmbeddedText> embedded_sea();
/// data/fleets/*.toml, by state.
std::vector<EmbeddedText> embedded_fleets();
/// data/theatres/*.toml, by name.
std::vector<EmbeddedText> embedded_theatres();
/// data/hull-costs.toml.
std::vector<EmbeddedText> embedded_hull_costs();
/// data/countries.toml.
std::vector<EmbeddedText> embedded_countries();

}  // namespace delian::io
