// KTAB, Spatial Model of Politics, CSV (lsyaseen/KTAB, examples/smp/doc). Positions and saliences
// run from 0 to 100; a comma may end a line.
//
//   NAME, DESCRIPTION, ACTORS, DIMENSIONS,
//   Actor,Description,Power,Position 1,Salience 1,Position 2,Salience 2,
//   XJ,Xi Jinping,100,30,24,20,48,

#include <algorithm>
#include <charconv>

#include "io/import_formats.hpp"
#include "io/table_builder.hpp"
#include "src/domain/text.hpp"

namespace delian::io {
namespace {

std::optional<std::size_t> whole(std::string_view text) {
  std::size_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc{} || end != text.data() + text.size()) {
    return std::nullopt;
  }
  return value;
}

void drop_empty_end(csv::Record& record) {
  while (record.fields.size() > 1 && record.fields.back().text.empty()) record.fields.pop_back();
}

class KtabCsvReader {
 public:
  KtabCsvReader(std::span<const TextFile> files, const ImportOptions& options)
      : builder_(files, options, TableFormat::ktab_csv) {}

  Expected<ImportedTable> read() {
    const auto lines = first_records(builder_.file().text, 2);
    csv::Form form;
    form.delimiter = lines.empty() ? ',' : delimiter_of(lines.back());
    csv::Document document = csv::read(builder_.file().text, form, builder_.problems());
    for (csv::Record& record : document.records) drop_empty_end(record);
    if (document.records.size() < 2) {
      builder_.problems().add("E512", {}, "a KTAB file has two lines above those of the actors",
                              "The first holds name, description, number of actors, number of "
                              "dimensions; the second names the columns.");
      return builder_.finish();
    }
    builder_.set_scale(Scale{0, 100}, ReadingStep::scale_by_format);
    builder_.set_salience_top(100);
    note_delimiter(builder_, form.delimiter);
    if (!read_first_line(document.records[0]) || !read_header(document.records[1])) {
      return builder_.finish();
    }
    bool described = false;
    for (std::size_t k = 2; k < document.records.size(); ++k) {
      described = read_actor(document.records[k]) || described;
    }
    if (described) builder_.note(ReadingStep::columns_not_read, document.records[1].fields[1].text);
    const std::size_t found = document.records.size() - 2;
    if (actors_ && *actors_ != found) {
      builder_.problems().add("E515", actors_mark_,
                              "the first line says " + std::to_string(*actors_) + " actors, and " +
                                  std::to_string(found) + " follow",
                              "Correct the number, or look for a missing line.");
    }
    return builder_.finish();
  }

 private:
  std::optional<std::size_t> count(const csv::Field& field, std::string_view what) {
    const auto value = whole(field.text);
    if (!value) {
      builder_.problems().add("E514", field.mark,
                              "the number of " + std::string(what) + " is " + quoted(field.text) +
                                  ", which is no whole number",
                              "A comma inside a name needs quotes around the name.");
    }
    return value;
  }

  bool read_first_line(const csv::Record& line) {
    if (line.fields.size() != 4) {
      builder_.problems().add("E515", line.fields.front().mark,
                              "the first line has " + std::to_string(line.fields.size()) +
                                  " cells, not name, description, actors, dimensions",
                              "A comma inside a name needs quotes around the name.");
      return false;
    }
    builder_.set_title(line.fields[0].text);
    actors_ = count(line.fields[2], "actors");
    actors_mark_ = line.fields[2].mark;
    dimensions_ = count(line.fields[3], "dimensions");
    dimensions_mark_ = line.fields[3].mark;
    return true;
  }

  bool read_header(const csv::Record& header) {
    const std::size_t cells = header.fields.size();
    if (cells < 5 || (cells - 3) % 2 != 0) {
      builder_.problems().add("E515", header.fields.front().mark,
                              "the second line names " + std::to_string(cells) + " columns",
                              "There are actor, description, power, and for each dimension a "
                              "position and a salience.");
      return false;
    }
    const std::size_t found = (cells - 3) / 2;
    if (dimensions_ && *dimensions_ != found) {
      builder_.problems().add("E515", dimensions_mark_,
                              "the first line says " + std::to_string(*dimensions_) +
                                  " dimensions, and the second has columns for " +
                                  std::to_string(found),
                              "Correct the number or the columns.");
    }
    for (std::size_t k = 3; k + 1 < cells; k += 2) {
      const csv::Field& id = header.fields[k];
      if (builder_.find_issue(id.text)) {
        builder_.problems().add("E502", id.mark, "two dimensions are called " + quoted(id.text),
                                "Give each a name of its own.");
      }
      issues_.push_back(builder_.issue(id));
    }
    return true;
  }

  /// Was there a description?
  bool read_actor(const csv::Record& line) {
    const std::size_t cells = 3 + 2 * issues_.size();
    if (line.fields.size() != cells) {
      builder_.problems().add("E515", line.fields.front().mark,
                              "the line has " + std::to_string(line.fields.size()) +
                                  " cells, the header " + std::to_string(cells),
                              "A comma inside a name needs quotes around the name.");
      return false;
    }
    const csv::Field& name = line.fields[0];
    const bool twice = builder_.find_actor(name.text).has_value();
    const auto i = builder_.actor(name);
    if (twice) {
      builder_.problems().add("E502", name.mark, quoted(name.text) + " stands twice",
                              "Keep one of the two.");
    } else if (i) {
      for (std::size_t k = 0; k < issues_.size(); ++k) {
        if (!issues_[k]) continue;
        builder_.stand(*i, *issues_[k],
                       {line.fields[3 + 2 * k], line.fields[4 + 2 * k], line.fields[2], {}});
      }
    }
    return !line.fields[1].text.empty();
  }

  TableBuilder builder_;
  std::optional<std::size_t> actors_, dimensions_;
  Mark actors_mark_, dimensions_mark_;
  std::vector<std::optional<std::size_t>> issues_;
};

}  // namespace

bool looks_like_ktab_csv(std::string_view text) {
  const auto lines = first_records(text, 2);
  if (lines.size() < 2) return false;
  ProblemList ignored;
  csv::Form form;
  form.delimiter = delimiter_of(lines[1]);
  csv::Document first = csv::read(lines[0], form, ignored);
  csv::Document second = csv::read(lines[1], form, ignored);
  if (first.records.empty() || second.records.empty()) return false;
  drop_empty_end(first.records.front());
  const auto& cells = first.records.front().fields;
  return cells.size() >= 3 && whole(cells.back().text) && whole(cells[cells.size() - 2].text) &&
         second.records.front().fields.size() >= 5 &&
         header_word(second.records.front().fields.front().text) == "actor";
}

Expected<ImportedTable> read_ktab_csv(std::span<const TextFile> files,
                                      const ImportOptions& options) {
  return KtabCsvReader(files, options).read();
}

}  // namespace delian::io
