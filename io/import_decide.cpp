// The text of the Decide exchange model (foarsitter/decide-exchange-model). The first cell of a row
// says what the row holds; cells may stand in single quotes.
//
//   #O  title of the case            #/  comment
//   #A  actor, full name             #P  issue, full name
//   #M  issue, scale point, meaning
//   #D  actor, issue, position, salience, power

#include <algorithm>
#include <limits>

#include "io/import_formats.hpp"
#include "io/table_builder.hpp"
#include "src/domain/text.hpp"

namespace delian::io {
namespace {

/// Quotes around a whole cell, of either kind, belong to the form.
csv::Field unquoted(csv::Field field) {
  const std::string& text = field.text;
  const bool has_quotes = text.size() >= 2 && text.front() == text.back() &&
                          (text.front() == '\'' || text.front() == '"');
  if (has_quotes) field.text = std::string(csv::trimmed(text.substr(1, text.size() - 2)));
  return field;
}

char decide_delimiter(std::string_view text) {
  // Comments hold any mark, so the rows of numbers decide.
  for (const char mark : {'\t', ';', ','}) {
    for (const std::string_view start : {"#D", "'#D'", "\"#D\""}) {
      const std::string wanted = '\n' + std::string(start) + mark;
      if (text.starts_with(wanted.substr(1)) || text.find(wanted) != std::string_view::npos) {
        return mark;
      }
    }
  }
  return '\t';
}

class DecideReader {
 public:
  DecideReader(std::span<const TextFile> files, const ImportOptions& options)
      : builder_(files, options, TableFormat::decide) {}

  Expected<ImportedTable> read() {
    csv::Form form;
    form.delimiter = decide_delimiter(builder_.file().text);
    form.quote = 0;
    csv::Document document = csv::read(builder_.file().text, form, builder_.problems());
    for (csv::Record& record : document.records) {
      for (csv::Field& field : record.fields) field = unquoted(std::move(field));
      while (record.fields.size() > 1 && record.fields.back().text.empty()) {
        record.fields.pop_back();
      }
    }
    for (const csv::Record& record : document.records) declare(record);
    for (const csv::Record& record : document.records) {
      if (record.fields.front().text == "#M") read_point(record);
      if (record.fields.front().text == "#D") read_stand(record);
    }
    settle_scales();
    note_delimiter(builder_, form.delimiter);
    if (meanings_ > 0) {
      builder_.note(ReadingStep::meanings_not_read, std::to_string(meanings_));
    }
    return builder_.finish();
  }

 private:
  struct Ends {
    std::optional<csv::Field> low, high;
    double low_value = std::numeric_limits<double>::infinity();
    double high_value = -std::numeric_limits<double>::infinity();
  };

  bool has_cells(const csv::Record& record, std::size_t needed, std::string_view what) {
    if (record.fields.size() >= needed) return true;
    builder_.problems().add("E515", record.fields.front().mark,
                            "a row " + record.fields.front().text + " holds " + std::string(what),
                            "Fill in the cells that are missing.");
    return false;
  }

  void declare(const csv::Record& record) {
    const std::string& kind = record.fields.front().text;
    if (kind == "#A") {
      if (!has_cells(record, 2, "an actor")) return;
      twice(builder_.find_actor(record.fields[1].text).has_value(), record.fields[1]);
      builder_.actor(record.fields[1]);
    } else if (kind == "#P") {
      if (!has_cells(record, 2, "an issue")) return;
      twice(builder_.find_issue(record.fields[1].text).has_value(), record.fields[1]);
      const auto issue = builder_.issue(record.fields[1]);
      if (issue && record.fields.size() > 2) builder_.issue_cells(*issue).title = record.fields[2];
    } else if (kind == "#O") {
      if (record.fields.size() > 1) builder_.set_title(record.fields[1].text);
    } else if (kind != "#M" && kind != "#D" && !kind.starts_with("#/")) {
      builder_.problems().add("E511", record.fields.front().mark,
                              "a row starts with " + quoted(kind),
                              "Rows start with #A, #P, #M, #D, #O or #/ (a comment).");
    }
  }

  void twice(bool known, const csv::Field& name) {
    if (!known) return;
    builder_.problems().add("E502", name.mark, quoted(name.text) + " stands twice",
                            "Keep one of the two.");
  }

  std::optional<std::size_t> known_issue(const csv::Field& field) {
    const auto issue = builder_.find_issue(field.text);
    if (!issue) unknown("issue", "#P", field);
    return issue;
  }

  void unknown(std::string_view what, std::string_view row, const csv::Field& field) {
    builder_.problems().add(
        "E520", field.mark,
        "no row " + std::string(row) + " names the " + std::string(what) + " " + quoted(field.text),
        "Add the row, or correct the name.");
  }

  void read_point(const csv::Record& record) {
    if (!has_cells(record, 3, "issue, scale point and meaning")) return;
    const auto issue = known_issue(record.fields[1]);
    if (!issue) return;
    if (record.fields.size() > 3) ++meanings_;
    if (ends_.size() <= *issue) ends_.resize(*issue + 1);
    Ends& ends = ends_[*issue];
    const csv::Field& point = record.fields[2];
    const std::optional<double> value = builder_.number_now(point, "scale point");
    if (!value) return;
    if (*value < ends.low_value) {
      ends.low = point;
      ends.low_value = *value;
    }
    if (*value > ends.high_value) {
      ends.high = point;
      ends.high_value = *value;
    }
  }

  void settle_scales() {
    for (std::size_t issue = 0; issue < ends_.size(); ++issue) {
      const Ends& ends = ends_[issue];
      if (!ends.low || !ends.high) continue;
      builder_.issue_cells(issue).low = *ends.low;
      builder_.issue_cells(issue).high = *ends.high;
    }
  }

  void read_stand(const csv::Record& record) {
    if (!has_cells(record, 6, "actor, issue, position, salience and power")) return;
    const auto actor = builder_.find_actor(record.fields[1].text);
    if (!actor) unknown("actor", "#A", record.fields[1]);
    const auto issue = known_issue(record.fields[2]);
    if (!actor || !issue) return;
    builder_.stand(*actor, *issue, {record.fields[3], record.fields[4], record.fields[5], {}});
  }

  TableBuilder builder_;
  std::vector<Ends> ends_;
  std::size_t meanings_ = 0;
};

}  // namespace

bool looks_like_decide(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.starts_with('\'') || line.starts_with('"')) line.remove_prefix(1);
    const bool row = line.starts_with("#D") || line.starts_with("#A") || line.starts_with("#P");
    if (row && line.size() > 3 &&
        std::string_view("\t;,'\"").find(line[2]) != std::string_view::npos) {
      return true;
    }
  }
  return false;
}

Expected<ImportedTable> read_decide(std::span<const TextFile> files, const ImportOptions& options) {
  return DecideReader(files, options).read();
}

}  // namespace delian::io
