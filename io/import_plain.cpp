// The plain form: a row for each actor and issue, columns by name. The form that Delian writes.
//
//   # title: Emission standards for cars
//   # scale: 4 to 10
//   actor,position,salience,capability
//   Netherlands,4,80,0.08

#include <algorithm>
#include <array>

#include "io/import_formats.hpp"
#include "io/table_builder.hpp"
#include "src/domain/text.hpp"

namespace delian::io {
namespace {

struct Column {
  std::string_view name;
  std::string_view also;  ///< another name in use; may be empty
  bool required;
};
constexpr std::array columns{
    Column{"actor", "member", true},     Column{"position", "pos", true},
    Column{"salience", "sal", true},     Column{"capability", "influence", true},
    Column{"issue", "dimension", false}, Column{"issue_title", "", false},
    Column{"group", "", false},          Column{"low", "", false},
    Column{"high", "", false},           Column{"reversion", "", false},
    Column{"outcome", "", false},
};
enum ColumnNumber : std::size_t {
  actor,
  position,
  salience,
  capability,
  issue,
  issue_title,
  group,
  low,
  high,
  reversion,
  outcome
};

std::size_t column_of(std::string_view header) {
  const std::string word = header_word(header);
  const auto found = std::find_if(columns.begin(), columns.end(), [&](const Column& c) {
    return word == c.name || (!c.also.empty() && word == c.also);
  });
  return static_cast<std::size_t>(found - columns.begin());
}

/// Texts that a spreadsheet would run as a formula stand behind an apostrophe.
constexpr std::string_view formula_marks = "=+-@'";

std::string unescaped(const std::string& text) {
  const bool escaped =
      text.size() > 1 && text[0] == '\'' && formula_marks.find(text[1]) != std::string_view::npos;
  return escaped ? text.substr(1) : text;
}

std::string escaped(std::string_view text) {
  const std::string line = TableBuilder::one_line(text);
  const bool needed = !line.empty() && formula_marks.find(line[0]) != std::string_view::npos;
  return csv::write(needed ? "'" + line : line);
}

class PlainReader {
 public:
  PlainReader(std::span<const TextFile> files, const ImportOptions& options)
      : builder_(files, options, TableFormat::plain) {}

  Expected<ImportedTable> read() {
    const auto lines = first_records(builder_.file().text, 1);
    csv::Form form;
    form.comments = true;
    form.delimiter = lines.empty() ? ',' : delimiter_of(lines.front());
    const csv::Document document = csv::read(builder_.file().text, form, builder_.problems());
    for (const csv::Field& comment : document.comments) read_comment(comment);
    if (document.records.empty()) {
      builder_.problems().add("E512", {}, "there is no line with the names of the columns",
                              "Start with \"actor,position,salience,capability\".");
      return builder_.finish();
    }
    if (!read_header(document.records.front())) return builder_.finish();
    note_delimiter(builder_, form.delimiter);
    for (std::size_t k = 1; k < document.records.size(); ++k) read_row(document.records[k]);
    return builder_.finish();
  }

 private:
  /// "# title: ...", "# scale: 4 to 10", "# salience: 0 to 100"; any other comment is for people.
  void read_comment(const csv::Field& comment) {
    const std::size_t colon = comment.text.find(':');
    if (colon == std::string::npos) return;
    const std::string key = header_word(std::string_view(comment.text).substr(0, colon));
    const std::string_view value = csv::trimmed(std::string_view(comment.text).substr(colon + 1));
    if (key != "title" && key != "scale" && key != "salience") return;
    if (std::find(said_.begin(), said_.end(), key) != said_.end()) {
      builder_.problems().add("E519", comment.mark, "the " + key + " is said twice",
                              "Keep one of the lines.");
      return;
    }
    said_.push_back(key);
    if (key == "title") {
      title_ = {unescaped(std::string(value)), comment.mark};
      builder_.set_title(title_.text);
      return;
    }
    const std::size_t to = value.find(" to ");
    if (to == std::string_view::npos) {
      builder_.problems().add("E514", comment.mark,
                              "the " + key + " is " + quoted(value) + ", which is no range",
                              "Write \"# " + key + ": 0 to 100\".");
      if (key == "scale") builder_.lose_scale();
      return;
    }
    const csv::Field from{std::string(csv::trimmed(value.substr(0, to))), comment.mark};
    const csv::Field until{std::string(csv::trimmed(value.substr(to + 4))), comment.mark};
    if (key == "scale") {
      builder_.set_scale(from, until, ReadingStep::scale_by_file);
    } else if (from.text == "0") {
      builder_.set_salience_top(until);
    } else {
      builder_.problems().add("E504", comment.mark, "salience starts at " + shown(from.text),
                              "Salience starts at 0: somebody may not care at all.");
    }
  }

  bool read_header(const csv::Record& header) {
    at_.fill(header.fields.size());
    width_ = header.fields.size();
    std::vector<std::string> strange;
    std::vector<csv::Field> strange_fields;
    bool good = true;
    for (std::size_t k = 0; k < header.fields.size(); ++k) {
      const csv::Field& field = header.fields[k];
      if (field.text.empty()) continue;
      const std::size_t column = column_of(field.text);
      if (column == columns.size()) {
        strange.push_back(shown(field.text));
        strange_fields.push_back(field);
      } else if (at_[column] < width_) {
        builder_.problems().add("E512", field.mark,
                                "two columns hold the " + std::string(columns[column].name),
                                "Keep one, or give the other a name of its own.");
        good = false;
      } else {
        at_[column] = k;
      }
    }
    const bool equal = builder_.options().capability == CapabilitySource::equal;
    for (std::size_t column = 0; column < columns.size(); ++column) {
      if (at_[column] < width_) continue;
      // A name that is nearly this column's would be passed over, and nobody would notice.
      const auto near =
          std::find_if(strange_fields.begin(), strange_fields.end(), [&](const csv::Field& field) {
            const std::string word = header_word(field.text);
            return nearest(word, std::array{columns[column].name}) == columns[column].name &&
                   edit_distance(word, columns[column].name) <= 2;
          });
      const bool needed = columns[column].required && !(column == capability && equal);
      const std::string name(columns[column].name);
      if (near != strange_fields.end()) {
        builder_.problems().add("E512", near->mark, "there is no column " + quoted(near->text),
                                "Did you mean \"" + name + "\"?");
        good = false;
      } else if (needed) {
        std::string fix = "Add it; a table has the columns actor, position, salience, capability.";
        if (column == capability) fix = "Add it, or say --capability equal.";
        builder_.problems().add("E512", header.fields.front().mark,
                                "there is no column \"" + name + '"', fix);
        good = false;
      }
    }
    if ((at_[low] < width_) != (at_[high] < width_)) {
      const bool has_low = at_[low] < width_;
      builder_.problems().add("E512", header.fields[at_[has_low ? low : high]].mark,
                              std::string("a scale has two ends, and there is no column \"") +
                                  (has_low ? "high" : "low") + '"',
                              "Add it, or take this one out.");
      good = false;
    }
    constexpr std::size_t told = 20;
    if (strange.size() > told) {
      strange.resize(told);
      strange.emplace_back("...");
    }
    if (good && !strange.empty()) {
      builder_.note(ReadingStep::columns_not_read, list_of(strange, ", "));
    }
    return good;
  }

  csv::Field cell(const csv::Record& row, std::size_t column) const {
    if (at_[column] < row.fields.size()) return row.fields[at_[column]];
    return {{}, row.fields.front().mark};
  }

  void read_row(const csv::Record& row) {
    for (std::size_t k = width_; k < row.fields.size(); ++k) {
      if (row.fields[k].text.empty()) continue;
      builder_.problems().add("E515", row.fields[k].mark,
                              "the row has " + std::to_string(row.fields.size()) +
                                  " cells, the header " + std::to_string(width_),
                              "A cell that holds the mark between cells stands in quotes.");
      return;
    }
    if (row.fields.size() < width_ && row.fields.size() <= last_needed()) {
      builder_.problems().add("E515", row.end,
                              "the row has " + std::to_string(row.fields.size()) +
                                  " cells, the header " + std::to_string(width_),
                              "Fill in the cells; an empty one still needs its mark.");
      return;
    }
    csv::Field name = cell(row, actor);
    name.text = unescaped(name.text);
    const auto i = builder_.actor(name);
    const auto k = issue_of(row);
    if (!i || !k) return;
    const StandCells cells{cell(row, position), cell(row, salience), cell(row, capability), {}};
    // A row without numbers says that the actor takes no part.
    if (cells.position.text.empty() && cells.salience.text.empty() &&
        cells.capability.text.empty()) {
      return;
    }
    builder_.stand(*i, *k, cells);
  }

  /// The last column that every row has to reach.
  std::size_t last_needed() const {
    std::size_t last = 0;
    for (const std::size_t column : {actor, position, salience, capability, issue}) {
      if (at_[column] < width_) last = std::max(last, at_[column]);
    }
    return last;
  }

  /// The issue of a row; what several rows say about it must be the same.
  std::optional<std::size_t> issue_of(const csv::Record& row) {
    csv::Field id{"issue", row.fields.front().mark};
    if (at_[issue] < width_) {
      id = cell(row, issue);
      id.text = unescaped(id.text);
    }
    const auto number = builder_.issue(id);
    if (!number) return std::nullopt;
    IssueCells& known = builder_.issue_cells(*number);
    const std::array<csv::Field*, 6> kept{&known.title, &known.group,     &known.low,
                                          &known.high,  &known.reversion, &known.outcome};
    constexpr std::array about{issue_title, group, low, high, reversion, outcome};
    const bool is_new = *number == described_;
    if (is_new) ++described_;
    if (at_[issue] == width_) known.title = title_;  // a table of one issue is about that
    for (std::size_t k = 0; k < about.size(); ++k) {
      if (about[k] == issue_title && at_[issue_title] == width_) continue;
      csv::Field said = cell(row, about[k]);
      if (k < 2) said.text = unescaped(said.text);
      if (is_new) {
        *kept[k] = std::move(said);
      } else if (said.text != kept[k]->text) {
        builder_.problems().add("E519", said.mark,
                                "the " + std::string(columns[about[k]].name) + " of " +
                                    quoted(id.text) + " is " + quoted(said.text) + " here and " +
                                    quoted(kept[k]->text) + " on line " +
                                    std::to_string(kept[k]->mark.line),
                                "Say the same on every row of an issue.");
      }
    }
    return number;
  }

  TableBuilder builder_;
  std::array<std::size_t, columns.size()> at_{};  // place in the row; width_ where there is none
  std::size_t width_ = 0;
  std::size_t described_ = 0;  // issues met so far
  std::vector<std::string> said_;
  csv::Field title_;
};

}  // namespace

bool looks_like_plain(std::string_view text) {
  const auto lines = first_records(text, 1);
  if (lines.empty()) return false;
  ProblemList ignored;
  csv::Form form;
  form.delimiter = delimiter_of(lines.front());
  const csv::Document header = csv::read(lines.front(), form, ignored);
  if (header.records.empty()) return false;
  std::size_t known = 0;
  for (const csv::Field& field : header.records.front().fields) {
    const std::size_t column = column_of(field.text);
    if (column < columns.size() && columns[column].required) ++known;
  }
  return known >= 2;
}

Expected<ImportedTable> read_plain(std::span<const TextFile> files, const ImportOptions& options) {
  return PlainReader(files, options).read();
}

std::string write_plain_table(const ActorTable& table) {
  std::string out;
  if (!table.title().empty()) {
    const std::string title = TableBuilder::one_line(table.title());
    out += "# title: " + (title.starts_with('\'') ? "'" + title : title) + '\n';
  }
  out += "# salience: 0 to 1\n";
  out += "issue,actor,position,salience,capability,low,high,reversion,outcome,group,issue_title\n";
  const auto optional = [](const std::optional<double>& value) {
    return value ? short_number(*value) : std::string();
  };
  for (std::size_t k = 0; k < table.issues().size(); ++k) {
    const Issue& issue = table.issues()[k];
    for (std::size_t i = 0; i < table.actors().size(); ++i) {
      out += escaped(issue.id) + ',' + escaped(table.actors()[i]) + ',';
      if (const auto& stand = table.stand(i, k)) {
        out += short_number(stand->position) + ',' + short_number(stand->salience) + ',' +
               short_number(stand->capability);
      } else {
        out += ",,";
      }
      out += ',' + short_number(issue.low) + ',' + short_number(issue.high) + ',' +
             optional(issue.reversion) + ',' + optional(issue.outcome) + ',' +
             escaped(issue.group) + ',' + escaped(issue.title) + '\n';
    }
  }
  return out;
}

}  // namespace delian::io
