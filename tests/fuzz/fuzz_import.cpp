// Any texts as a table of actors, in every form: nothing crashes, every place lies inside its text,
// a table that was read survives being written and read again, and models answer about it.
//
// The first byte chooses the form (0: as it looks) and the capability; a line "---" parts the texts
// of DEU.

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "delian/assert.hpp"
#include "delian/table_landing.hpp"
#include "io/diagnostics.hpp"
#include "io/import_table.hpp"
#include "src/report/table_landing.hpp"
#include "src/report/table_summary.hpp"

namespace {

using namespace delian;

void check_clean(std::string_view text) {
  for (const char c : text) {
    DELIAN_ASSERT(c == '\n' || (static_cast<unsigned char>(c) >= 0x20 && c != 0x7F));
  }
}

void check_places(const std::vector<io::TextFile>& files, const Diagnostics& problems) {
  for (const Diagnostic& problem : problems) {
    const auto file = std::find_if(files.begin(), files.end(), [&](const io::TextFile& f) {
      return f.name == problem.place.file;
    });
    DELIAN_ASSERT(file != files.end());
    const auto lines = 1 + std::count(file->text.begin(), file->text.end(), '\n');
    DELIAN_ASSERT(problem.place.line >= 0 && problem.place.line <= lines);
    DELIAN_ASSERT(problem.place.column >= 0 && problem.place.length >= 0);
    DELIAN_ASSERT(static_cast<std::size_t>(problem.place.column) <= file->text.size() + 2);
    DELIAN_ASSERT(!problem.message.empty() && !problem.fix.empty());
  }
}

/// Issues without their floating-point numbers, which are compared one by one.
bool same(const ActorTable& a, const ActorTable& b) {
  const auto same_issue = [](const Issue& x, const Issue& y) {
    return x.id == y.id && x.title == y.title && x.group == y.group && x.low == y.low &&
           x.high == y.high && x.reversion == y.reversion && x.outcome == y.outcome;
  };
  return a.title() == b.title() && a.parts().actors == b.parts().actors &&
         a.parts().stands == b.parts().stands &&
         std::equal(a.issues().begin(), a.issues().end(), b.issues().begin(), b.issues().end(),
                    same_issue);
}

}  // namespace

// The name is libFuzzer's. NOLINTNEXTLINE(readability-identifier-naming)
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  io::ImportOptions options;
  const unsigned form = data[0] % 8U;
  if (form > 0 && form <= io::table_format_names.size()) {
    options.format = static_cast<io::TableFormat>(form - 1);
  }
  const unsigned source = (data[0] / 8U) % 8U;
  if (source > 0 && source <= io::capability_source_names.size()) {
    options.capability = static_cast<io::CapabilitySource>(source - 1);
  }
  std::vector<io::TextFile> files;
  std::string_view rest(reinterpret_cast<const char*>(data) + 1, size - 1);
  constexpr std::string_view cut = "\n---\n";
  while (files.size() < 3) {
    const std::size_t end = files.size() == 2 ? rest.size() : std::min(rest.find(cut), rest.size());
    files.push_back({"f" + std::to_string(files.size()), std::string(rest.substr(0, end))});
    if (end == rest.size()) break;
    rest.remove_prefix(end + cut.size());
  }

  const Expected<io::ImportedTable> read = io::read_actor_table(files, options);
  const Diagnostics& problems = read ? read->warnings : read.error();
  check_places(files, problems);
  check_clean(io::render(problems, files, false));
  DELIAN_ASSERT(read.has_value() != has_errors(problems));
  if (!read) return 0;

  const ActorTable& table = read->table;
  const std::string written = io::write_plain_table(table);
  const std::vector<io::TextFile> again_files{{"again.csv", written}};
  io::ImportOptions plain;
  plain.format = io::TableFormat::plain;
  const Expected<io::ImportedTable> again = io::read_actor_table(again_files, plain);
  DELIAN_ASSERT(again.has_value());
  DELIAN_ASSERT(same(table, again->table));
  static_cast<void>(io::to_json(*read, "fuzz"));
  check_clean(table_summary(table, {"fuzz", "form", read->notes}, Language::fr, false));

  // The mean is enough to see that the table is fit to be asked about.
  const LandingRequest mean{find_bargaining_model("compromise_mean"), {}};
  const auto landed = land(table, {&mean, 1});
  DELIAN_ASSERT(landed.has_value());
  TableLandingView view;
  for (std::size_t k = 0; k < std::min<std::size_t>(table.issues().size(), 8); ++k) {
    view.issues.push_back(k);
  }
  check_clean(table_landing_report(table, *landed, view));
  return 0;
}
