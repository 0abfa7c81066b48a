// delian_sea_links FOLDER [--check]
//
// Reads gates.toml, ports.toml, classes.toml and coast.txt of a folder such as data/sea, finds
// every pair of nodes that see each other, and writes links.bin. With --check it writes nothing and
// exits with 1 if links.bin is not what it would write. docs/sea.md tells more.

#include <fstream>
#include <iostream>
#include <sstream>
#include <string>

#include "io/diagnostics.hpp"
#include "io/sea.hpp"
#include "models/sea/network.hpp"

namespace {

using namespace delian;

std::string read_bytes(const std::string& path) {
  const std::ifstream file(path, std::ios::binary);
  std::ostringstream bytes;
  bytes << file.rdbuf();
  return bytes.str();
}

int fail(const Diagnostics& problems, const std::vector<io::TextFile>& files) {
  std::cerr << io::render(problems, files, false);
  return 2;
}

/// Says what a network would not notice: gates and ports that lead nowhere.
int complain(const sea::Facts& facts, const std::vector<sea::CoastRing>& coast) {
  const sea::Sea sea(facts, coast);
  int problems = 0;
  const auto complain_of = [&](const std::string& what, const sea::Position& p) {
    std::cerr << what << " (" << p.latitude << ", " << p.longitude << ")\n";
    ++problems;
  };
  for (const sea::Gate& gate : facts.gates) {
    for (const sea::Line& line : gate.lines) {
      for (const sea::Position& end : {line.front(), line.back()}) {
        if (!sea.coast.is_land(sea::to_vector(end))) {
          complain_of(gate.id + ": a line ends at sea, so that the gate is no cut", end);
        }
      }
    }
  }
  return problems;
}

int make_links(const std::string& folder, bool check) {
  std::vector<io::TextFile> files;
  for (const char* name : {"gates.toml", "ports.toml", "classes.toml", "coast.txt"}) {
    files.push_back({folder + '/' + name, read_bytes(folder + '/' + name)});
  }
  const Expected<sea::Facts> facts = io::parse_sea_facts({files[0], files[1], files[2]});
  if (!facts) return fail(facts.error(), files);
  const Expected<std::vector<sea::CoastRing>> coast = io::parse_coast(files[3]);
  if (!coast) return fail(coast.error(), files);
  const Expected<sea::Links> links = sea::find_links(*facts, *coast);
  if (!links) return fail(links.error(), files);
  if (complain(*facts, *coast) != 0) return 2;

  const std::string bytes = io::links_to_bytes(*links);
  const std::string path = folder + "/links.bin";
  if (check) {
    if (read_bytes(path) == bytes) return 0;
    std::cerr << path << " is out of date; run delian_sea_links " << folder << '\n';
    return 1;
  }
  std::ofstream out(path, std::ios::binary);
  out << bytes;
  out.close();
  if (!out) {
    std::cerr << "cannot write " << path << '\n';
    return 2;
  }
  std::cout << path << ": " << links->links.size() << " links, " << bytes.size() << " bytes\n";
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  const bool check = argc == 3 && std::string_view(argv[2]) == "--check";
  if (argc != 2 && !check) {
    std::cerr << "usage: delian_sea_links FOLDER [--check]\n";
    return 2;
  }
  return make_links(argv[1], check);
}
