#include "io/table_builder.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <set>

#include "src/domain/text.hpp"

namespace delian::io {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool all_digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), is_digit);
}

std::string_view without_sign(std::string_view text) {
  if (!text.empty() && (text.front() == '-' || text.front() == '+')) text.remove_prefix(1);
  return text;
}

enum class Comma { none, decimal, unclear };

/// What the comma of a number means. "1,234" may be either; "0,234" and "1,23" may not.
Comma comma_in(std::string_view text) {
  text = without_sign(text);
  const std::size_t at = text.find(',');
  if (at == std::string_view::npos) return Comma::none;
  const std::string_view whole = text.substr(0, at);
  const std::string_view fraction = text.substr(at + 1);
  if (fraction.empty() || !all_digits(whole) || !all_digits(fraction)) return Comma::none;
  const bool groups =
      fraction.size() == 3 && !whole.empty() && whole.size() <= 3 && whole.front() != '0';
  return groups ? Comma::unclear : Comma::decimal;
}

std::optional<double> plain_number(std::string_view text) {
  if (text.starts_with('+') && !text.starts_with("+-")) text.remove_prefix(1);
  const bool right_marks = std::all_of(text.begin(), text.end(), [](char c) {
    return is_digit(c) || c == '.' || c == '-' || c == '+' || c == 'e' || c == 'E';
  });
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (!right_marks || text.empty() || error != std::errc{} || end != text.data() + text.size()) {
    return std::nullopt;
  }
  return value;
}

/// "2023-05-10", "10.05.2023", "5/10", "10-May", "May-10": what a spreadsheet makes of 5-10.
bool looks_like_a_date(std::string_view text) {
  constexpr std::string_view months = "jan feb mar apr may jun jul aug sep oct nov dec";
  std::size_t parts = 0;
  bool month = false;
  std::string part;
  const auto end_part = [&] {
    const bool word = !part.empty() && !is_digit(part.front());
    month = month || (word && part.size() == 3 && months.find(part) != std::string_view::npos);
    const bool good = !part.empty() && (word ? month : all_digits(part) && part.size() <= 4);
    part.clear();
    ++parts;
    return good;
  };
  for (const char c : text) {
    if (c == '-' || c == '/' || c == '.') {
      if (!end_part()) return false;
    } else {
      part += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
  }
  return end_part() &&
         (parts == 3 ||
          (parts == 2 && (month || text.find_first_of("/-", 1) != std::string_view::npos)));
}

std::string fix_of(std::string_view text) {
  if (looks_like_a_date(text)) {
    return "It looks like a date; a spreadsheet makes one of 5-10. Write the number.";
  }
  if (all_digits(without_sign(text))) return "No number is that large; write it in another unit.";
  if (text.ends_with('%')) return "Write the number without %.";
  if (text.find(" to ") != std::string_view::npos) {
    return "A table holds one number for each cell; ranges belong in a scenario.";
  }
  const bool digits_and_gaps = std::all_of(text.begin(), text.end(), [](char c) {
    return is_digit(c) || c == ' ' || c == '\'' || c == ',' || c == '.' || c == '\xC2' ||
           c == '\xA0' || c == '\xE2' || c == '\x80' || c == '\xAF';
  });
  if (digits_and_gaps) {
    return "Write it without marks between the thousands, decimals after a point.";
  }
  return "Write a number such as 60 or 0.5; take the row out if nothing is known.";
}

std::string folded(std::string_view name) {
  std::string text;
  for (const char c : name) {
    if (c == ' ' && text.ends_with(' ')) continue;
    text += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return text;
}

}  // namespace

std::string shown(std::string_view text) {
  constexpr std::size_t most = 60;
  // A character has four bytes at most, so that no more need be looked at.
  const std::vector<Cell> cells = cells_of(text.substr(0, 4 * (most + 1)));
  std::string kept;
  for (std::size_t k = 0; k < std::min(most, cells.size()); ++k) kept += cells[k].shown;
  return cells.size() > most ? kept + "..." : kept;
}

std::string quoted(std::string_view text) {
  return '"' + shown(text) + '"';
}

TableBuilder::TableBuilder(std::span<const TextFile> files, const ImportOptions& options,
                           TableFormat format)
    : files_(files), options_(options), format_(format) {}

void TableBuilder::note(ReadingStep step, std::string first, std::string second) {
  notes_.push_back({step, {std::move(first), std::move(second)}});
}

void TableBuilder::set_scale(const csv::Field& low, const csv::Field& high, ReadingStep from) {
  scale_cells_ = {low, high};
  scale_from_ = from;
}

void TableBuilder::set_scale(const Scale& scale, ReadingStep from) {
  scale_ = scale;
  scale_from_ = from;
}

std::string TableBuilder::one_line(std::string_view text) {
  std::string line(csv::trimmed(text));
  std::replace_if(line.begin(), line.end(), [](char c) { return c == '\n' || c == '\r'; }, ' ');
  return std::string(csv::trimmed(line));
}

std::optional<std::size_t> TableBuilder::add_name(Names& names, const csv::Field& name,
                                                  std::string_view what, std::string_view plural,
                                                  std::size_t limit) {
  const std::string text = one_line(name.text);
  if (text.empty()) {
    problems_.add("E513", name.mark, std::string(what) + " has no name", "Fill in the cell.");
    return std::nullopt;
  }
  if (text.size() > most_name_bytes) {
    problems_.add(
        "E518", name.mark,
        std::string(what) + " has a name of " + std::to_string(text.size()) + " bytes",
        "Shorten it to at most " + std::to_string(most_name_bytes) + "; is a quote missing?");
    return std::nullopt;
  }
  if (const auto known = names.index.find(text); known != names.index.end()) return known->second;
  if (names.list.size() == limit) {
    if (names.first.size() == limit) {
      names.first.push_back(name.mark);  // told once
      problems_.add("E518", name.mark,
                    "there are more than " + std::to_string(limit) + " " + std::string(plural),
                    "Split the table. Is this column the right one?");
    }
    return std::nullopt;
  }
  names.index.emplace(text, names.list.size());
  names.list.push_back(text);
  names.first.push_back(name.mark);
  return names.list.size() - 1;
}

std::optional<std::size_t> TableBuilder::actor(const csv::Field& name) {
  return add_name(actor_names_, name, "an actor", "actors", most_actors);
}

std::optional<std::size_t> TableBuilder::issue(const csv::Field& id) {
  const auto number = add_name(issue_names_, id, "an issue", "issues", most_issues);
  if (number && *number == issues_.size()) issues_.push_back({id, {}, {}, {}, {}, {}, {}});
  return number;
}

std::optional<std::size_t> TableBuilder::find_actor(std::string_view name) const {
  const auto known = actor_names_.index.find(one_line(name));
  if (known == actor_names_.index.end()) return std::nullopt;
  return known->second;
}

std::optional<std::size_t> TableBuilder::find_issue(std::string_view id) const {
  const auto known = issue_names_.index.find(one_line(id));
  if (known == issue_names_.index.end()) return std::nullopt;
  return known->second;
}

void TableBuilder::stand(std::size_t actor, std::size_t issue, const StandCells& cells) {
  const auto [known, is_new] = stands_.try_emplace({issue, actor}, cells);
  if (is_new) return;
  std::string message = quoted(actor_names_.list[actor]) + " stands twice";
  if (issue_names_.list.size() > 1) message += " on " + quoted(issue_names_.list[issue]);
  problems_.add("E502", cells.position.mark, std::move(message), "Keep one of the two.",
                {"First on line " + std::to_string(known->second.position.mark.line) + "."});
}

std::optional<double> TableBuilder::number_now(const csv::Field& field, std::string_view what) {
  decimal_comma_ = true;  // finish() settles it
  const std::optional<double> value = number(field, what, true);
  decimal_comma_ = false;
  return value;
}

std::vector<const csv::Field*> TableBuilder::number_cells() const {
  std::vector<const csv::Field*> cells;
  for (const auto& [key, stand] : stands_) {
    for (const csv::Field* f : {&stand.position, &stand.salience, &stand.capability}) {
      cells.push_back(f);
    }
  }
  for (const IssueCells& issue : issues_) {
    for (const csv::Field* f : {&issue.low, &issue.high, &issue.reversion, &issue.outcome}) {
      cells.push_back(f);
    }
  }
  if (scale_cells_) {
    cells.push_back(&scale_cells_->first);
    cells.push_back(&scale_cells_->second);
  }
  if (salience_top_) cells.push_back(&*salience_top_);
  return cells;
}

void TableBuilder::settle_decimal_mark() {
  const csv::Field* comma = nullptr;
  const csv::Field* point = nullptr;
  bool decisive = false;
  for (const csv::Field* field : number_cells()) {
    const Comma meaning = comma_in(field->text);
    if (meaning != Comma::none && (comma == nullptr || (meaning == Comma::decimal && !decisive))) {
      comma = field;
    }
    decisive = decisive || meaning == Comma::decimal;
    if (point == nullptr && field->text.find('.') != std::string::npos &&
        plain_number(field->text)) {
      point = field;
    }
  }
  if (comma == nullptr) return;
  decimal_comma_ = true;  // if it is not clear, nothing is made of it but further messages
  if (point != nullptr) {
    problems_.add("E517", comma->mark,
                  quoted(comma->text) + " has a comma, " + quoted(point->text) + " on line " +
                      std::to_string(point->mark.line) + " a point",
                  "Write all decimals with a point.");
  } else if (!decisive) {
    problems_.add("E517", comma->mark,
                  quoted(comma->text) + " may be a whole number or have three decimals",
                  "Write decimals with a point, and nothing between thousands.");
  } else {
    note(ReadingStep::decimal_comma);
  }
}

std::optional<double> TableBuilder::number(const csv::Field& field, std::string_view what,
                                           bool required) {
  if (field.text.empty()) {
    if (required) {
      problems_.add("E513", field.mark, "the " + std::string(what) + " is missing",
                    "Fill in the number; an actor without a row takes no part.");
    }
    return std::nullopt;
  }
  std::string text = field.text;
  if (decimal_comma_ && comma_in(text) != Comma::none) text[text.find(',')] = '.';
  const std::optional<double> value = plain_number(text);
  if (!value) {
    problems_.add("E514", field.mark,
                  "the " + std::string(what) + " is " + quoted(field.text) + ", which is no number",
                  fix_of(field.text));
  }
  return value;
}

void TableBuilder::read_numbers() {
  const bool equal = options_.capability == CapabilitySource::equal;
  for (const auto& [key, cells] : stands_) {
    StandNumbers read;
    read.position = number(cells.position, "position", true);
    read.salience = number(cells.salience, "salience", !fill_saliences_);
    if (equal) {
      read.capability = 1;
    } else if (cells.known_capability) {
      read.capability = cells.known_capability;
    } else {
      read.capability = number(cells.capability, "capability", true);
    }
    numbers_.emplace(key, read);
  }
}

/// Without a word in the file, a table whose saliences pass 1 is in per cent; what could be either
/// is refused.
void TableBuilder::settle_salience_unit() {
  const csv::Field* most = nullptr;
  const csv::Field* share = nullptr;
  double largest = 0;
  for (const auto& [key, read] : numbers_) {
    if (!read.salience) continue;
    const csv::Field& cell = stands_.at(key).salience;
    if (*read.salience > largest) {
      most = &cell;
      largest = *read.salience;
    }
    if (share == nullptr && *read.salience > 0 && *read.salience < 1) share = &cell;
  }
  top_ = largest > 1 ? 100 : 1;
  if (top_ == 1) return;
  const std::string fix =
      format_ == TableFormat::plain
          ? "Write all in one unit, or say it above the table: \"# salience: 0 to 100\"."
          : "Write all in one unit: from 0 to 1, or from 0 to 100.";
  constexpr double least_percent = 10;  // in a table in per cent somebody cares more than this
  if (share != nullptr) {
    problems_.add("E516", share->mark,
                  "salience is " + shown(share->text) + " here and " + shown(most->text) +
                      " on line " + std::to_string(most->mark.line) +
                      ": is the unit 0 to 1 or 0 to 100?",
                  fix);
  } else if (largest <= least_percent) {
    problems_.add("E516", most->mark,
                  "the largest salience is " + shown(most->text) +
                      ": it may run to this number, to 10 or to 100",
                  fix);
  }
}

void TableBuilder::settle_saliences() {
  if (fixed_top_) {
    top_ = *fixed_top_;
  } else if (salience_top_) {
    top_ = number(*salience_top_, "upper end of salience", true).value_or(1);
    if (!(top_ > 0)) {
      problems_.add("E504", salience_top_->mark, "salience runs from 0 to " + short_number(top_),
                    "The upper end is above 0.");
      top_ = 1;
    }
  } else {
    settle_salience_unit();
  }
  if (top_ == 1) {
    note(ReadingStep::salience_as_shares);
  } else {
    note(ReadingStep::salience_divided, short_number(top_));
  }
  if (!fill_saliences_) return;

  std::size_t filled = 0;
  std::vector<double> sum(issues_.size());
  std::vector<double> count(issues_.size());
  for (const auto& [key, read] : numbers_) {
    if (!read.salience) continue;
    sum[key.first] += *read.salience;
    ++count[key.first];
  }
  std::set<std::size_t> told;
  for (auto& [key, read] : numbers_) {
    const csv::Field& cell = stands_.at(key).salience;
    if (read.salience || !cell.text.empty()) continue;
    if (count[key.first] > 0) {
      read.salience = sum[key.first] / count[key.first];
      ++filled;
    } else if (told.insert(key.first).second) {
      problems_.add("E513", cell.mark,
                    "no salience is given on " + quoted(issue_names_.list[key.first]),
                    "Give one at least; the others take their mean.");
    }
  }
  if (filled > 0) note(ReadingStep::mean_salience, std::to_string(filled));
}

/// An issue whose scale cannot be read gets one that fits, so that nothing more is said about it.
Issue TableBuilder::settle_scale(std::size_t k, const Scale& reach,
                                 const std::optional<Scale>& common) {
  const IssueCells& cells = issues_[k];
  Issue issue;
  issue.id = issue_names_.list[k];
  issue.title = one_line(cells.title.text);
  issue.group = one_line(cells.group.text);
  issue.reversion = number(cells.reversion, "reversion", false);
  issue.outcome = number(cells.outcome, "outcome", false);

  const bool positions = reach.low <= reach.high;
  Scale fitting = positions ? reach : Scale{0, 0};
  for (const auto& value : {issue.reversion, issue.outcome}) {
    if (value) fitting = {std::min(fitting.low, *value), std::max(fitting.high, *value)};
  }
  if (!(fitting.low < fitting.high)) fitting.high = fitting.low + 1;

  Scale scale = fitting;
  if (!cells.low.text.empty() || !cells.high.text.empty()) {
    const auto low = number(cells.low, "lower end of the scale", true);
    const auto high = number(cells.high, "upper end of the scale", true);
    if (low && high) scale = {*low, *high};
  } else if (common) {
    scale = *common;
    common_scale_used_ = true;
  } else if (!scale_cells_ && !scale_lost_ && positions) {
    scale = reach;
    guessed_scales_.push_back(quoted(issue.id) + " " + short_number(scale.low) + " to " +
                              short_number(scale.high));
  }
  issue.low = scale.low;
  issue.high = scale.high;
  return issue;
}

void TableBuilder::settle_scales() {
  std::vector<Scale> reach(issues_.size(), {HUGE_VAL, -HUGE_VAL});
  for (const auto& [key, read] : numbers_) {
    if (!read.position) continue;
    Scale& scale = reach[key.first];
    scale = {std::min(scale.low, *read.position), std::max(scale.high, *read.position)};
  }
  std::optional<Scale> common = scale_;
  if (scale_cells_) {
    const auto low = number(scale_cells_->first, "lower end of the scale", true);
    const auto high = number(scale_cells_->second, "upper end of the scale", true);
    if (low && high) common = Scale{*low, *high};
  } else if (!common && options_.scale) {
    common = options_.scale;
    scale_from_ = ReadingStep::scale_by_option;
  }
  for (std::size_t k = 0; k < issues_.size(); ++k) {
    made_issues_.push_back(settle_scale(k, reach[k], common));
  }
  if (common_scale_used_) {
    note(scale_from_, short_number(common->low), short_number(common->high));
  }
  if (guessed_scales_.empty()) return;
  constexpr std::size_t told = 5;
  if (const std::size_t all = guessed_scales_.size(); all > told) {
    guessed_scales_.resize(told);
    guessed_scales_.push_back(std::to_string(all - told) + " more");
  }
  problems_.add("W512", {},
                "no scale is given; it goes from the lowest to the highest position: " +
                    list_of(guessed_scales_),
                format_ == TableFormat::plain
                    ? "Say it above the table, \"# scale: 0 to 100\", or with --scale."
                    : "Say it with --scale.");
}

void TableBuilder::warn_of_names(const Names& names) {
  std::map<std::string, std::size_t> seen;
  std::optional<Mark> first;
  std::string message;
  std::vector<std::string> more;
  for (std::size_t k = 0; k < names.list.size(); ++k) {
    const auto [known, is_new] = seen.emplace(folded(names.list[k]), k);
    if (is_new) continue;
    const std::string pair = quoted(names.list[known->second]) + " and " + quoted(names.list[k]);
    if (!first) {
      first = names.first[k];
      message = pair + " differ only in case or blanks and count as two";
    } else if (more.size() < 5) {
      more.push_back("So do " + pair + ".");
    }
  }
  if (first) {
    problems_.add("W511", *first, std::move(message), "Write one name one way.", std::move(more));
  }
}

std::map<std::string, const csv::Field*> TableBuilder::cells_by_pointer() const {
  std::map<std::string, const csv::Field*> cells;
  for (const auto& [key, stand] : stands_) {
    const std::string place =
        "actors." + actor_names_.list[key.second] + "." + issue_names_.list[key.first];
    cells.emplace(place + ".position", &stand.position);
    cells.emplace(place + ".salience", &stand.salience);
    cells.emplace(place + ".capability", &stand.capability);
  }
  for (std::size_t k = 0; k < issues_.size(); ++k) {
    const IssueCells& issue = issues_[k];
    const std::string place = "issues." + issue_names_.list[k];
    const bool no_scale = !(made_issues_[k].low < made_issues_[k].high);
    const csv::Field* scale = !issue.low.text.empty() ? &issue.low
                              : scale_cells_          ? &scale_cells_->first
                                                      : &issue.id;
    cells.emplace(place, no_scale ? scale : &issue.id);
    cells.emplace(place + ".reversion", &issue.reversion);
    cells.emplace(place + ".outcome", &issue.outcome);
  }
  return cells;
}

/// Problems of the finished table, each at its cell and in the file's own numbers.
void TableBuilder::tell(const Diagnostics& found) {
  const auto cells = cells_by_pointer();
  for (const Diagnostic& problem : found) {
    const std::string& pointer = problem.place.pointer;
    const auto cell = cells.find(pointer);
    std::string message = problem.message;
    std::string fix = "Correct the number.";
    if (problem.code == "E503" && pointer.ends_with(".salience") && cell != cells.end()) {
      message = "salience is " + shown(cell->second->text) + ", outside 0 to " + short_number(top_);
    } else if (problem.code == "E503" && !pointer.ends_with(".capability")) {
      fix = "Correct the number, or the scale of the issue.";
    } else if (problem.code == "E504") {
      fix = format_ == TableFormat::plain
                ? "Give the lower end first: \"# scale: 0 to 100\", or columns low and high."
                : "Give the lower end first.";
    } else if (problem.code == "E501") {
      fix = pointer.starts_with("issues.")
                ? "Fill in salience and capability, or take the issue out."
                : "A table has a row for each actor and issue.";
    }
    problems_.add(problem.code, cell == cells.end() ? Mark{} : cell->second->mark,
                  std::move(message), std::move(fix), problem.notes);
  }
}

Expected<ImportedTable> TableBuilder::finish() {
  std::vector<std::string_view> names;
  for (const TextFile& file : files_) names.push_back(file.name);

  settle_decimal_mark();
  read_numbers();
  settle_saliences();
  settle_scales();
  warn_of_names(actor_names_);
  warn_of_names(issue_names_);
  if (options_.capability == CapabilitySource::equal) {
    note(ReadingStep::capability_equal);
  } else if (options_.capability && format_ != TableFormat::deu) {
    const auto source = static_cast<std::size_t>(*options_.capability);
    problems_.add("E512", {},
                  "capability by " + std::string(capability_source_names[source]) +
                      " comes from the files of DEU, which this is not",
                  "Leave --capability out, or say --capability equal.");
  }

  ActorTable::Parts parts;
  parts.title = title_;
  parts.actors = actor_names_.list;
  parts.issues = made_issues_;
  parts.stands.resize(parts.actors.size() * parts.issues.size());
  for (const auto& [key, read] : numbers_) {
    // What could not be read has been told of; in its place stands what nobody objects to.
    Stand stand{read.position.value_or(made_issues_[key.first].low), 1, 1};
    if (read.salience) stand.salience = *read.salience / top_;
    if (read.capability) stand.capability = *read.capability;
    parts.stands[key.second * parts.issues.size() + key.first] = stand;
  }
  const bool something = !parts.actors.empty() && !parts.issues.empty();
  std::optional<ActorTable> table;
  if (something || !problems_.has_errors()) {
    Expected<ActorTable> made = ActorTable::make(std::move(parts));
    if (made) {
      table = *std::move(made);
    } else {
      tell(made.error());
    }
  }
  const bool failed = problems_.has_errors();
  Diagnostics told = problems_.take(names);
  if (failed) return tl::unexpected(std::move(told));
  ImportedTable imported{*std::move(table), format_, std::move(notes_), std::move(told), {}};
  for (std::size_t i = 0; i < imported.table.actors().size(); ++i) {
    const Mark& mark = actor_names_.first[i];
    imported.actor_places.push_back({"", std::string(names[static_cast<std::size_t>(mark.file)]),
                                     mark.line, mark.column, mark.length});
  }
  return imported;
}

}  // namespace delian::io
