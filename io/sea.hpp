#pragma once
// Facts about the sea and the files of its network: texts to types and back.

#include <string>
#include <string_view>
#include <vector>

#include "delian/diagnostic.hpp"
#include "delian/sea.hpp"
#include "io/text_file.hpp"

namespace delian::io {

/// The three files of facts, as data/sea/ holds them.
struct SeaFiles {
  TextFile gates, ports, classes;
};

/// Facts that pass every check of sea::Network::make, or all problems of the three files.
Expected<sea::Facts> parse_sea_facts(const SeaFiles& files);

/// Reads what tools/sea/coast.py writes: a ring a line, in hundredths of a degree. Problems: E616.
Expected<std::vector<sea::CoastRing>> parse_coast(const TextFile& file);

/// Links as bytes, the same for the same links, and back. Problems: E617.
std::string links_to_bytes(const sea::Links& links);
Expected<sea::Links> parse_links(std::string_view bytes);

/// The facts and the network that are compiled in.
const sea::Network& sea_network();

}  // namespace delian::io
