// DEU, "Decision-Making in the European Union" (Arregui & Perarnaud, doi:10.34810/data53), in long
// form: issues, positions and actors. Capability is no part of DEU and comes from `actors`.

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "io/import_formats.hpp"
#include "io/table_builder.hpp"
#include "src/domain/text.hpp"

namespace delian::io {
namespace {

/// A file of DEU with its columns by name.
struct Sheet {
  csv::Document document;
  std::map<std::string, std::size_t, std::less<>> columns;
  int file = 0;

  bool has(std::string_view column) const { return columns.contains(column); }
  csv::Field cell(const csv::Record& row, std::string_view column) const {
    const auto at = columns.find(column);
    if (at == columns.end() || at->second >= row.fields.size()) {
      return {{}, row.fields.front().mark};
    }
    return row.fields[at->second];
  }
};

Sheet read_sheet(const TextFile& file, ProblemList& problems, int number) {
  const auto lines = first_records(file.text, 1);
  csv::Form form;
  form.delimiter = lines.empty() ? ',' : delimiter_of(lines.front());
  form.comments = true;
  Sheet sheet;
  sheet.document = csv::read(file.text, form, problems, number);
  sheet.file = number;
  if (sheet.document.records.empty()) return sheet;
  const csv::Record& header = sheet.document.records.front();
  for (std::size_t k = 0; k < header.fields.size(); ++k) {
    sheet.columns.emplace(header_word(header.fields[k].text), k);
  }
  return sheet;
}

/// The dataset's own codes of member states that are not those of ISO 3166-1, and its two bodies.
constexpr std::array<std::pair<std::string_view, std::string_view>, 6> names_by_code{
    {{"bu", "BG"},
     {"cr", "HR"},
     {"el", "GR"},
     {"uk", "GB"},
     {"com", "Commission"},
     {"ep", "Parliament"}}};

std::string name_of(std::string_view code) {
  const auto known = std::find_if(names_by_code.begin(), names_by_code.end(),
                                  [&](const auto& pair) { return pair.first == code; });
  if (known != names_by_code.end()) return std::string(known->second);
  std::string name(code);
  if (name.size() != 2) return name;
  for (char& c : name) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return name;
}

class DeuReader {
 public:
  DeuReader(std::span<const TextFile> files, const ImportOptions& options)
      : builder_(files, options, TableFormat::deu),
        source_(options.capability.value_or(CapabilitySource::gdp)),
        files_(files.size()) {}

  Expected<ImportedTable> read() {
    find_sheets();
    if (!complete()) return builder_.finish();
    builder_.set_scale(Scale{0, 100}, ReadingStep::scale_by_format);
    builder_.set_salience_top(100);
    builder_.fill_saliences();
    read_capabilities();
    for (std::size_t k = 1; k < issues_->document.records.size(); ++k) {
      read_issue(issues_->document.records[k]);
    }
    for (std::size_t k = 1; k < positions_->document.records.size(); ++k) {
      read_position(positions_->document.records[k]);
    }
    builder_.note(ReadingStep::names_by_code);
    if (!without_.empty()) {
      builder_.note(ReadingStep::actors_left_out, list_of(without_, ", "));
    }
    if (outside_ > 0) builder_.note(ReadingStep::codes_outside, std::to_string(outside_));
    return builder_.finish();
  }

 private:
  void find_sheets() {
    for (std::size_t k = 0; k < files_; ++k) {
      const int number = static_cast<int>(k);
      Sheet sheet = read_sheet(builder_.file(number), builder_.problems(), number);
      std::optional<Sheet>* role = nullptr;
      if (sheet.has("isnr") && sheet.has("actor")) {
        role = &positions_;
      } else if (sheet.has("isnr")) {
        role = &issues_;
      } else if (sheet.has("actor")) {
        role = &actors_;
      } else {
        builder_.problems().add("E510", {number, 0, 0, 0}, "this is no file of DEU",
                                "Issues have a column isnr, positions isnr and actor, actors a "
                                "column actor.");
        continue;
      }
      if (role->has_value()) {
        builder_.problems().add("E521", {number, 0, 0, 0},
                                "two of the files hold the same part of DEU",
                                "Give one file of issues, one of positions and one of actors.");
        continue;
      }
      *role = std::move(sheet);
    }
  }

  bool complete() {
    bool good = true;
    const auto need_file = [&](const std::optional<Sheet>& sheet, std::string_view name) {
      if (sheet) return;
      builder_.problems().add("E521", {}, "the " + std::string(name) + " of DEU are missing",
                              "Give the folder that holds issues.csv, positions.csv and "
                              "actors.csv.");
      good = false;
    };
    need_file(issues_, "issues");
    need_file(positions_, "positions");
    if (source_ != CapabilitySource::equal) need_file(actors_, "actors");
    if (!good) return false;
    const auto need = [&](const Sheet& sheet, std::string_view column) {
      if (sheet.has(column)) return;
      builder_.problems().add("E512", sheet.document.records.front().fields.front().mark,
                              "there is no column \"" + std::string(column) + '"', "Add it.");
      good = false;
    };
    need(*positions_, "position");
    need(*positions_, "salience");
    if (source_ != CapabilitySource::equal) need(*actors_, capability_column());
    return good;
  }

  std::string_view capability_column() const {
    switch (source_) {
      case CapabilitySource::council:
        return "nice_weight";
      case CapabilitySource::population:
        return "population_mn_2019";
      case CapabilitySource::gdp:
      case CapabilitySource::equal:
        break;
    }
    return "gdp_trn_usd";
  }

  void read_capabilities() {
    if (source_ == CapabilitySource::equal) return;
    for (std::size_t k = 1; k < actors_->document.records.size(); ++k) {
      const csv::Record& row = actors_->document.records[k];
      const csv::Field code = actors_->cell(row, "actor");
      const csv::Field cell = actors_->cell(row, capability_column());
      std::optional<double> value;
      if (!cell.text.empty()) {
        value = builder_.number_now(cell, capability_column());
        if (value && !(*value >= 0)) {
          builder_.problems().add(
              "E503", cell.mark,
              std::string(capability_column()) + " is " + cell.text + ", below 0",
              "Correct the number.");
          value = 0;
        }
      } else {
        without_.push_back(name_of(code.text));
      }
      if (!capability_.emplace(code.text, value).second) {
        builder_.problems().add("E502", code.mark, quoted(code.text) + " stands twice",
                                "Keep one of the two.");
      }
    }
    builder_.note(source_ == CapabilitySource::council      ? ReadingStep::capability_council
                  : source_ == CapabilitySource::population ? ReadingStep::capability_population
                                                            : ReadingStep::capability_gdp);
  }

  /// The dataset codes "not known" and the like by numbers outside the scale.
  csv::Field in_range(csv::Field field) {
    if (field.text.empty()) return field;
    const auto value = builder_.number_now(field, "value");
    if (!value || *value < 0 || *value > 100) {
      if (value) ++outside_;
      field.text.clear();
    }
    return field;
  }

  void read_issue(const csv::Record& row) {
    const csv::Field id = issues_->cell(row, "isnr");
    if (builder_.find_issue(id.text)) {
      builder_.problems().add("E502", id.mark, quoted(id.text) + " stands twice",
                              "Keep one of the two.");
      return;
    }
    const auto issue = builder_.issue(id);
    if (!issue) return;
    IssueCells& cells = builder_.issue_cells(*issue);
    cells.title = issues_->cell(row, "name");
    cells.group = issues_->cell(row, "prnr");
    cells.reversion = in_range(issues_->cell(row, "reference"));
    cells.outcome = in_range(issues_->cell(row, "outcome"));
  }

  void read_position(const csv::Record& row) {
    const csv::Field id = positions_->cell(row, "isnr");
    const csv::Field code = positions_->cell(row, "actor");
    const auto issue = builder_.find_issue(id.text);
    if (!issue) {
      builder_.problems().add("E520", id.mark, "no issue is called " + quoted(id.text),
                              "Add it to the issues, or correct the number.");
      return;
    }
    StandCells cells{in_range(positions_->cell(row, "position")),
                     in_range(positions_->cell(row, "salience")),
                     {},
                     {}};
    if (source_ != CapabilitySource::equal) {
      const auto known = capability_.find(code.text);
      if (known == capability_.end()) {
        builder_.problems().add("E520", code.mark, "no actor is called " + quoted(code.text),
                                "Add it to the actors, or correct the code.");
        return;
      }
      if (!known->second) return;  // left out, and named in a note
      cells.known_capability =
          source_ == CapabilitySource::gdp ? std::sqrt(*known->second) : *known->second;
    }
    if (cells.position.text.empty()) return;  // takes no part
    csv::Field name = code;
    name.text = name_of(code.text);
    if (const auto actor = builder_.actor(name)) builder_.stand(*actor, *issue, cells);
  }

  TableBuilder builder_;
  CapabilitySource source_;
  std::size_t files_;
  std::optional<Sheet> issues_, positions_, actors_;
  std::map<std::string, std::optional<double>, std::less<>> capability_;
  std::vector<std::string> without_;
  std::size_t outside_ = 0;
};

}  // namespace

bool looks_like_deu(std::string_view text) {
  const auto lines = first_records(text, 1);
  if (lines.empty()) return false;
  ProblemList ignored;
  const Sheet sheet = read_sheet({"", std::string(lines.front())}, ignored, 0);
  return sheet.has("isnr") || (sheet.has("actor") && sheet.has("gdp_trn_usd"));
}

Expected<ImportedTable> read_deu(std::span<const TextFile> files, const ImportOptions& options) {
  return DeuReader(files, options).read();
}

}  // namespace delian::io
