#include "io/sea.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <functional>
#include <map>
#include <set>

#include "delian/assert.hpp"
#include "io/embedded.hpp"
#include "io/table_reader.hpp"
#include "io/toml.hpp"

namespace delian::io {
namespace {

using Keys = std::span<const std::string_view>;

constexpr std::array<std::string_view, 2> gates_file_keys{"gates", "groups"};
constexpr std::array<std::string_view, 18> gate_keys{
    "id",         "name",         "aliases",           "lines",
    "channels",   "limit",        "width_m",           "depth_m",
    "max_beam_m", "max_length_m", "max_air_draught_m", "max_draught_m",
    "bars",       "shut",         "wait_hours",        "source",
    "grade",      "note"};
constexpr std::array<std::string_view, 2> name_keys{"en", "fr"};
constexpr std::array<std::string_view, 2> group_keys{"id", "gates"};
constexpr std::array<std::string_view, 3> ports_file_keys{"position_source", "approach_source",
                                                          "ports"};
constexpr std::array<std::string_view, 9> port_keys{"id", "name",     "country", "code",  "wpi",
                                                    "at", "approach", "aliases", "source"};
constexpr std::array<std::string_view, 1> classes_file_keys{"classes"};
constexpr std::array<std::string_view, 10> class_keys{
    "id",       "name",          "aliases", "draught_m", "beam_m",
    "length_m", "air_draught_m", "example", "source",    "grade"};
/// By sea::Measure.
constexpr std::array<std::string_view, sea::measure_count> largest_keys{
    "max_draught_m", "max_beam_m", "max_length_m", "max_air_draught_m"};
constexpr std::array<std::string_view, sea::measure_count> size_keys{"draught_m", "beam_m",
                                                                     "length_m", "air_draught_m"};

// --- positions and lines ----------------------------------------------------------------------

void wrong_kind(const TableReader& table, const std::string& pointer, const toml::Node& node,
                std::string_view wanted) {
  if (node.kind() == toml::Kind::broken) return;
  table.document().report(
      "E006", pointer, table.document().visible_span(node),
      std::string(toml::name(node.kind())) + " stands here; it must be " + std::string(wanted));
}

std::optional<sea::Position> read_position(const TableReader& table, const toml::Node& node,
                                           const std::string& pointer) {
  const std::vector<toml::Node>* pair = node.array();
  if (pair == nullptr || pair->size() != 2 || !(*pair)[0].number() || !(*pair)[1].number()) {
    wrong_kind(table, pointer, node, "a position: [latitude, longitude]");
    return {};
  }
  return sea::Position{*(*pair)[0].number(), *(*pair)[1].number()};
}

/// The elements of a list, each read by `read(node, pointer)`; what it could not read is left out.
template <class Read>
auto read_list(const TableReader& table, const toml::Node& node, const std::string& pointer,
               std::string_view wanted, Read read) {
  std::vector<typename decltype(read(node, pointer))::value_type> list;
  const std::vector<toml::Node>* items = node.array();
  if (items == nullptr) {
    wrong_kind(table, pointer, node, wanted);
    return list;
  }
  for (std::size_t k = 0; k < items->size(); ++k) {
    if (auto element = read((*items)[k], toml::pointer_to(pointer, k))) {
      list.push_back(*std::move(element));
    }
  }
  return list;
}

sea::Line read_line(const TableReader& table, const toml::Node& node, const std::string& pointer) {
  return read_list(table, node, pointer, "a line: a list of positions",
                   [&](const toml::Node& item, const std::string& at) {
                     return read_position(table, item, at);
                   });
}

sea::Line read_line(const TableReader& table, std::string_view key) {
  const toml::Entry* entry = table.node().table()->find(key);
  return entry == nullptr ? sea::Line{} : read_line(table, entry->value, table.pointer_to(key));
}

std::vector<sea::Line> read_lines(const TableReader& table, std::string_view key) {
  const toml::Entry* entry = table.node().table()->find(key);
  if (entry == nullptr) return {};
  return read_list(table, entry->value, table.pointer_to(key), "a list of lines",
                   [&](const toml::Node& item, const std::string& at) {
                     return std::optional<sea::Line>(read_line(table, item, at));
                   });
}

// --- the three files --------------------------------------------------------------------------

Name read_name(const TableReader& table) {
  Name name;
  if (const auto languages = table.table("name", "name", Need::required)) {
    languages->only(name_keys);
    name.en = languages->text("en", Need::required).value_or("");
    name.fr = languages->text("fr", Need::required).value_or("");
  }
  return name;
}

void read_gates(const TableReader& root, sea::Facts& facts) {
  root.only(gates_file_keys);
  for (const TableReader& table : root.tables("gates", "a gate")) {
    table.only(gate_keys);
    sea::Gate gate;
    gate.id = table.text("id", Need::required).value_or("");
    gate.name = read_name(table);
    gate.aliases = table.texts("aliases").value_or(std::vector<std::string>{});
    gate.lines = read_lines(table, "lines");
    gate.channels = read_lines(table, "channels");
    gate.limit = read_line(table, "limit");
    gate.width_m = table.number("width_m").value_or(0);
    gate.depth_m = table.number("depth_m").value_or(0);
    for (std::size_t m = 0; m < sea::measure_count; ++m) {
      gate.largest[m] = table.number(largest_keys[m]);
    }
    gate.bars = table.texts("bars").value_or(std::vector<std::string>{});
    gate.shut = table.boolean("shut").value_or(false);
    gate.wait_hours = table.number("wait_hours").value_or(0);
    gate.source = table.text("source", Need::required).value_or("");
    gate.grade = table.text("grade", Need::required).value_or("");
    gate.note = table.text("note").value_or("");
    facts.gates.push_back(std::move(gate));
  }
  for (const TableReader& table : root.tables("groups", "a group of gates")) {
    table.only(group_keys);
    sea::GateGroup group;
    group.id = table.text("id", Need::required).value_or("");
    group.gates = table.texts("gates").value_or(std::vector<std::string>{});
    facts.groups.push_back(std::move(group));
  }
}

void read_ports(const TableReader& root, sea::Facts& facts) {
  root.only(ports_file_keys);
  const std::string position_source = root.text("position_source", Need::required).value_or("");
  root.text("approach_source", Need::required);
  for (const TableReader& table : root.tables("ports", "a port")) {
    table.only(port_keys);
    sea::Port port;
    port.id = table.text("id", Need::required).value_or("");
    port.name = table.text("name", Need::required).value_or("");
    port.country = table.text("country", Need::required).value_or("");
    port.code = table.text("code").value_or("");
    port.aliases = table.texts("aliases").value_or(std::vector<std::string>{});
    const double number = table.number("wpi").value_or(0);
    if (number >= 0 && number < 1e6) port.world_port_index = static_cast<int>(number);
    if (const toml::Entry* at = table.node().table()->find("at")) {
      port.at = read_position(table, at->value, table.pointer_to("at")).value_or(sea::Position{});
    } else {
      table.document().report(diagnose("E007", table.pointer_to("at"), "a port needs at = ...",
                                       "Write at = [latitude, longitude]."));
    }
    port.approach = read_line(table, "approach");
    port.source = table.text("source").value_or(port.world_port_index > 0 ? position_source : "");
    if (port.source.empty()) {
      table.document().report(
          diagnose("E007", table.pointer_to("source"), "a port without wpi needs source = ..."));
    }
    facts.ports.push_back(std::move(port));
  }
}

void read_classes(const TableReader& root, sea::Facts& facts) {
  root.only(classes_file_keys);
  for (const TableReader& table : root.tables("classes", "a class of ships")) {
    table.only(class_keys);
    sea::ShipClass ship;
    ship.id = table.text("id", Need::required).value_or("");
    ship.name = read_name(table);
    ship.aliases = table.texts("aliases").value_or(std::vector<std::string>{});
    for (std::size_t m = 0; m < sea::measure_count; ++m) {
      ship.size[m] = table.number(size_keys[m], Need::required).value_or(1);
    }
    ship.example = table.text("example").value_or("");
    ship.source = table.text("source", Need::required).value_or("");
    ship.grade = table.text("grade", Need::required).value_or("");
    facts.classes.push_back(std::move(ship));
  }
}

/// One file: parsed, read, and able to say where a pointer leads.
class FactFile {
 public:
  FactFile(const TextFile& file, std::string title, sea::Facts& facts,
           void (*read)(const TableReader&, sea::Facts&))
      : parsed_(toml::parse(file.text, file.name)),
        document_(file, parsed_.document),
        problems_(parsed_.problems) {
    if (!problems_.empty()) return;
    const toml::Node& node = parsed_.document.root_node();
    read(TableReader(document_, node, node.span(), "", std::move(title)), facts);
    problems_ = document_.take_problems();
    for (const Diagnostic& problem : problems_) unread_.insert(row_of(problem.place.pointer));
  }

  /// Takes a problem of a row, unless the row could not be read in the first place.
  void report(Diagnostic problem) {
    if (!unread_.contains(row_of(problem.place.pointer))) document_.report(std::move(problem));
  }
  void take_problems(Diagnostics& all) {
    const Diagnostics found = document_.take_problems();
    all.insert(all.end(), problems_.begin(), problems_.end());
    all.insert(all.end(), found.begin(), found.end());
  }

 private:
  /// "gates[3]" of "gates[3].lines[0]".
  static std::string row_of(const std::string& pointer) {
    return pointer.substr(0, pointer.find(']'));
  }

  toml::Parsed parsed_;
  DocumentReader document_;
  Diagnostics problems_;
  std::set<std::string> unread_;
};

// --- bytes ------------------------------------------------------------------------------------

constexpr std::string_view links_magic = "delian sea links 1\n";

std::uint64_t hash_of(std::string_view bytes) {  // FNV-1a
  std::uint64_t hash = 0xcbf29ce484222325U;
  for (const char c : bytes) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
  return hash;
}

class Writer {
 public:
  void number(std::uint64_t value) {
    while (value >= 0x80) {
      bytes_ += static_cast<char>((value & 0x7fU) | 0x80U);
      value >>= 7U;
    }
    bytes_ += static_cast<char>(value);
  }
  void fixed(std::uint64_t value) {
    for (unsigned k = 0; k < 8; ++k) bytes_ += static_cast<char>((value >> (8 * k)) & 0xffU);
  }
  void text(std::string_view text) { bytes_ += text; }
  std::string& bytes() { return bytes_; }

 private:
  std::string bytes_;
};

class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}

  std::uint64_t number() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      const std::uint64_t byte = take();
      value |= (byte & 0x7fU) << shift;
      if (byte < 0x80) return value;
    }
    good_ = false;
    return 0;
  }
  std::uint64_t fixed() {
    std::uint64_t value = 0;
    for (unsigned k = 0; k < 8; ++k) value |= std::uint64_t{take()} << (8 * k);
    return value;
  }
  bool good() const { return good_; }
  bool at_end() const { return at_ == bytes_.size(); }
  std::size_t left() const { return bytes_.size() - at_; }

 private:
  unsigned char take() {
    if (at_ == bytes_.size()) {
      good_ = false;
      return 0;
    }
    return static_cast<unsigned char>(bytes_[at_++]);
  }

  std::string_view bytes_;
  std::size_t at_ = 0;
  bool good_ = true;
};

constexpr std::uint64_t most_nodes = 1'000'000;

std::optional<sea::Links> read_links(std::string_view bytes) {
  if (!bytes.starts_with(links_magic) || bytes.size() < links_magic.size() + 16) return {};
  const std::string_view body = bytes.substr(0, bytes.size() - 8);
  if (Reader(bytes.substr(body.size())).fixed() != hash_of(body)) return {};
  Reader in(body.substr(links_magic.size()));
  sea::Links links{in.fixed(), {}};
  const std::uint64_t nodes = in.number();
  if (nodes > most_nodes) return {};
  for (std::uint64_t from = 0; from < nodes && in.good(); ++from) {
    const std::uint64_t count = in.number();
    if (count > in.left()) return {};
    std::uint64_t to = from;
    for (std::uint64_t k = 0; k < count; ++k) {
      const std::uint64_t step = in.number();
      to += step;
      if (step == 0 || step > most_nodes || to > most_nodes) return {};
      links.links.push_back({static_cast<std::uint32_t>(from), static_cast<std::uint32_t>(to), 0});
    }
  }
  std::vector<std::uint64_t> sets;
  const std::uint64_t set_count = in.number();
  if (set_count > in.left()) return {};
  for (std::uint64_t k = 0; k < set_count; ++k) sets.push_back(in.number());
  const std::uint64_t crossing = in.number();
  std::uint64_t next = 0;
  for (std::uint64_t k = 0; k < crossing && in.good(); ++k) {
    const std::uint64_t skip = in.number();
    if (skip >= links.links.size() - next) return {};
    next += skip;
    const std::uint64_t set = in.number();
    if (set >= sets.size()) return {};
    links.links[next++].gates = sets[set];
    if (next == links.links.size() && k + 1 < crossing) return {};
  }
  if (!in.good() || !in.at_end()) return {};
  return links;
}

// --- coast ------------------------------------------------------------------------------------

constexpr int most_hundredths = 18'000;

/// The whole numbers of a line; nothing if something else stands there.
std::optional<std::vector<int>> numbers_of(std::string_view line) {
  std::vector<int> numbers;
  while (!line.empty()) {
    int value = 0;
    const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), value);
    if (error != std::errc{} || std::abs(value) > 2 * most_hundredths) return {};
    numbers.push_back(value);
    line.remove_prefix(static_cast<std::size_t>(end - line.data()));
    if (line.empty()) break;
    if (line.front() != ' ') return {};
    line.remove_prefix(1);
  }
  return numbers;
}

std::optional<sea::CoastRing> ring_of(std::string_view line) {
  const std::optional<std::vector<int>> numbers = numbers_of(line);
  if (!numbers || numbers->size() < 7 || numbers->size() % 2 == 0 || (*numbers)[0] < 0) return {};
  sea::CoastRing ring;
  ring.land = static_cast<std::uint32_t>((*numbers)[0]);
  int latitude = 0;
  int longitude = 0;
  for (std::size_t k = 1; k < numbers->size(); k += 2) {
    latitude += (*numbers)[k];
    longitude += (*numbers)[k + 1];
    if (longitude >= most_hundredths) longitude -= 2 * most_hundredths;
    if (longitude < -most_hundredths) longitude += 2 * most_hundredths;
    if (std::abs(latitude) > most_hundredths / 2 || std::abs(longitude) > most_hundredths)
      return {};
    ring.corners.push_back({latitude / 100.0, longitude / 100.0});
  }
  return ring;
}

TextFile embedded(const std::vector<EmbeddedText>& texts, std::string_view name) {
  for (const EmbeddedText& text : texts) {
    if (text.name == name) return {std::string(name), std::string(text.text)};
  }
  DELIAN_ASSERT(false);
  return {};
}

sea::Network read_network() {
  // The files are compiled in and tested, so an error here is a bug.
  const std::vector<EmbeddedText> texts = embedded_sea();
  Expected<sea::Facts> facts = parse_sea_facts(
      {embedded(texts, "gates"), embedded(texts, "ports"), embedded(texts, "classes")});
  DELIAN_ASSERT(facts.has_value());
  Expected<std::vector<sea::CoastRing>> coast = parse_coast(embedded(texts, "coast"));
  DELIAN_ASSERT(coast.has_value());
  Expected<sea::Links> links = parse_links(embedded(texts, "links").text);
  DELIAN_ASSERT(links.has_value());
  Expected<sea::Network> network =
      sea::Network::make(*std::move(facts), *std::move(coast), *std::move(links));
  DELIAN_ASSERT(network.has_value());
  return *std::move(network);
}

}  // namespace

Expected<sea::Facts> parse_sea_facts(const SeaFiles& files) {
  sea::Facts facts;
  FactFile gates(files.gates, "the list of gates", facts, read_gates);
  FactFile ports(files.ports, "the list of ports", facts, read_ports);
  FactFile classes(files.classes, "the list of classes", facts, read_classes);
  for (Diagnostic& problem : sea::check(facts)) {
    const std::string& pointer = problem.place.pointer;
    FactFile& file = pointer.starts_with("ports")     ? ports
                     : pointer.starts_with("classes") ? classes
                                                      : gates;
    file.report(std::move(problem));
  }
  Diagnostics problems;
  gates.take_problems(problems);
  ports.take_problems(problems);
  classes.take_problems(problems);
  if (!problems.empty()) return tl::unexpected(std::move(problems));
  return facts;
}

Expected<std::vector<sea::CoastRing>> parse_coast(const TextFile& file) {
  std::vector<sea::CoastRing> rings;
  Diagnostics problems;
  std::string_view text = file.text;
  for (int number = 1; !text.empty(); ++number) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    if (line.empty() || line.front() == '#') continue;
    if (std::optional<sea::CoastRing> ring = ring_of(line)) {
      rings.push_back(*std::move(ring));
      continue;
    }
    Diagnostic problem = diagnose("E616", "", "this line is no ring of positions",
                                  "Write the file anew: tools/sea/coast.py (docs/sea.md).");
    problem.place.file = file.name;
    problem.place.line = number;
    problems.push_back(std::move(problem));
  }
  if (!problems.empty()) return tl::unexpected(std::move(problems));
  return rings;
}

std::string links_to_bytes(const sea::Links& links) {
  Writer out;
  out.text(links_magic);
  out.fixed(links.fingerprint);
  const std::uint64_t nodes = links.links.empty() ? 0 : links.links.back().from + 1;
  out.number(nodes);
  std::size_t k = 0;
  for (std::uint64_t from = 0; from < nodes; ++from) {
    const std::size_t first = k;
    while (k < links.links.size() && links.links[k].from == from) ++k;
    out.number(k - first);
    std::uint64_t before = from;
    for (std::size_t j = first; j < k; ++j) {
      out.number(links.links[j].to - before);
      before = links.links[j].to;
    }
  }
  // Few sets of gates are crossed together; the commonest have the shortest numbers.
  std::map<std::uint64_t, std::size_t> uses;
  for (const sea::Link& link : links.links) ++uses[link.gates];
  uses.erase(0);
  std::vector<std::pair<std::size_t, std::uint64_t>> sets;
  for (const auto& [gates, count] : uses) sets.emplace_back(count, gates);
  std::sort(sets.begin(), sets.end(), std::greater<>());
  std::map<std::uint64_t, std::size_t> number;
  out.number(sets.size());
  for (const auto& [count, gates] : sets) {
    out.number(gates);
    number.emplace(gates, number.size());
  }
  const auto crosses = [](const sea::Link& link) { return link.gates != 0; };
  out.number(
      static_cast<std::uint64_t>(std::count_if(links.links.begin(), links.links.end(), crosses)));
  std::size_t after = 0;
  for (std::size_t j = 0; j < links.links.size(); ++j) {
    if (!crosses(links.links[j])) continue;
    out.number(j - after);
    out.number(number.at(links.links[j].gates));
    after = j + 1;
  }
  out.fixed(hash_of(out.bytes()));
  return std::move(out.bytes());
}

Expected<sea::Links> parse_links(std::string_view bytes) {
  if (std::optional<sea::Links> links = read_links(bytes)) return *std::move(links);
  return tl::unexpected(Diagnostics{diagnose("E617", "links", "the file of links is damaged",
                                             "Write it anew: delian_sea_links (docs/sea.md).")});
}

const sea::Network& sea_network() {
  static const sea::Network network = read_network();
  return network;
}

}  // namespace delian::io
