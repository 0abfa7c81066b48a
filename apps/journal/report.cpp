#include "journal/report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "domain/text.hpp"
#include "report/layout.hpp"
#include "report/messages.hpp"

namespace delian::journal {
namespace {

constexpr std::size_t id_width = 27;

const Entry& entry_of(const Contents& contents, const EntryReview& reviewed) {
  return *contents.records[reviewed.record].entry();
}

std::string day_of(const Record& record) {
  return plain(record.at.substr(0, 10));
}

std::string counted(std::size_t n, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", n, n == 1 ? one : many);
}

/// A line for each mark, below what it is about.
std::string mark_lines(const Review& review, const Record& record, std::size_t k) {
  std::string out;
  for (const Mark mark : review.marks[k]) {
    out += wrap(fmt::format("! {}", mark_text(mark, record)), 4, 6);
  }
  return out;
}

std::string problem_lines(const Contents& contents) {
  std::string out;
  for (const std::string& problem : contents.problems) {
    out += wrap("! the journal: " + plain(problem), 0, 2);
  }
  return out;
}

/// Records that are no entries have no line of their own in a list of entries.
std::string outcome_marks(const Contents& contents, const Review& review) {
  std::string out;
  for (std::size_t k = 0; k < contents.records.size(); ++k) {
    const Record& record = contents.records[k];
    if (record.entry() != nullptr || review.marks[k].empty()) continue;
    out += wrap(
        fmt::format("Record {} ({}, {}):", record.sequence, plain(record.kind), day_of(record)), 0,
        2);
    out += mark_lines(review, record, k);
  }
  return out;
}

std::string outcome_cell(const EntryReview& reviewed) {
  if (reviewed.outcome) return outcome_words(*reviewed.outcome);
  return reviewed.resolutions.empty() ? "open" : "?";
}

/// The two sentences that head a report.
std::string verdict(const Entry& entry, Yardstick yardstick) {
  const Messages& say = messages(Language::en);
  const auto worded = [yardstick](double p) { return word_and_number(p, yardstick, Language::en); };
  return wrap(fmt::format(fmt::runtime(say.as_drafted_by), plain(entry.closes),
                          worded(entry.outcomes[static_cast<std::size_t>(Outcome::as_drafted)])),
              0, 2) +
         wrap(fmt::format(
                  fmt::runtime(say.some_agreement), short_number(entry.horizon_months),
                  worded(1 - entry.outcomes[static_cast<std::size_t>(Outcome::not_adopted)])),
              0, 2);
}

/// A label and a value; a hash after the longest label just fits the line.
std::string field_line(std::string_view label, std::string_view value) {
  return wrap(fmt::format("{:<9}{}", label, plain(value)), 0, 9);
}

/// "delian 0.1.0, model silence, seed 1, 20,000 draws"
std::string run_words(const Entry& entry) {
  return fmt::format("delian {}, model {}, seed {}, {} draws", entry.engine_version, entry.model,
                     entry.seed, grouped(static_cast<std::uint64_t>(entry.draws), ','));
}

std::string hashes(const Record& record) {
  const Entry& entry = *record.entry();
  std::string out = field_line("scenario", entry.scenario_hash);
  out += field_line("answer", entry.answer.sha256);
  out += field_line("receipt", record.hash);
  return out;
}

std::string resolution_lines(const Record& record) {
  const Resolution& resolution = *record.resolution();
  const std::optional<Outcome> outcome = outcome_named(resolution.outcome);
  std::string line = outcome ? outcome_words(*outcome) : plain(resolution.outcome);
  if (!resolution.decided_on.empty()) line += ", decided on " + plain(resolution.decided_on);
  line += "; recorded " + plain(record.at);
  std::string out = wrap(line, 2, 4);
  if (!resolution.note.empty()) out += wrap(plain(resolution.note), 4, 4);
  if (!resolution.source.empty()) out += wrap(plain(resolution.source), 4, 4);
  return out;
}

std::string reliability_lines(std::string_view title, const std::vector<ReliabilityRow>& rows) {
  std::string out = fmt::format("\nReliability: {}\n", title);
  out += "  forecast     questions  mean forecast  came true  90 % interval\n";
  for (const ReliabilityRow& row : rows) {
    const Interval interval = wilson_interval(row.observed, row.count);
    out += fmt::format("  {:<11}  {:>9}  {:>13}  {:>9}  {:>13}\n",
                       fmt::format("{:.0f} to {:.0f} %", row.low * 100, row.high * 100), row.count,
                       table_percent(row.mean_forecast), table_percent(row.observed),
                       fmt::format("{:.0f} to {:.0f} %", interval.low * 100, interval.high * 100));
  }
  return out;
}

struct LeftOut {
  std::size_t open = 0;
  std::size_t changed = 0;
  std::size_t not_frozen = 0;
};

LeftOut left_out(const Review& review, bool all) {
  LeftOut left;
  for (const EntryReview& reviewed : review.entries) {
    if (counts(review, reviewed, all)) continue;
    if (review.has(reviewed.record, Mark::changed) ||
        review.has(reviewed.record, Mark::outcome_changed)) {
      ++left.changed;
    } else if (reviewed.resolutions.empty()) {
      ++left.open;
    } else {
      ++left.not_frozen;
    }
  }
  return left;
}

std::string left_out_line(const LeftOut& left) {
  std::vector<std::string> parts;
  if (left.open > 0) parts.push_back(fmt::format("{} without an outcome", left.open));
  if (left.not_frozen > 0) {
    parts.push_back(
        fmt::format("{} not frozen before the event (--all takes them in)", left.not_frozen));
  }
  if (left.changed > 0) parts.push_back(fmt::format("{} changed afterwards", left.changed));
  return parts.empty() ? "" : wrap("Left out: " + list_of(parts) + ".", 0, 2);
}

std::string score_row(std::string_view label, const ScoreCard& card, double Scores::* score) {
  return fmt::format("  {:<30}  {:>8.3f}  {:>10.3f}  {:>9.3f}  {:>11.3f}\n", label,
                     card.mean.*score, card.past.*score, card.hindsight.*score,
                     card.one_in_five.*score);
}

}  // namespace

std::string outcome_words(Outcome outcome) {
  return std::string(messages(Language::en).outcomes[static_cast<std::size_t>(outcome)]);
}

std::string list_text(const Contents& contents, const Review& review, const std::string& path) {
  std::string out = problem_lines(contents);
  if (review.entries.empty()) {
    out += wrap("No forecast in " + plain(path) + " yet.", 0, 2);
    return out + outcome_marks(contents, review);
  }
  out += fmt::format("{:<{}}  {:<10}  {:<10}  {:>7}  {:>5}  {}\n", "ID", id_width, "added",
                     "closes", "drafted", "some", "outcome");
  for (const EntryReview& reviewed : review.entries) {
    const Record& record = contents.records[reviewed.record];
    const Entry& entry = *record.entry();
    out += fmt::format(
        "{:<{}}  {:<10}  {:<10}  {:>7}  {:>5}  {}\n", cut(entry_id(entry), id_width), id_width,
        cut(day_of(record), 10), cut(plain(entry.closes), 10),
        table_percent(entry.outcomes[static_cast<std::size_t>(Outcome::as_drafted)]),
        table_percent(1 - entry.outcomes[static_cast<std::size_t>(Outcome::not_adopted)]),
        outcome_cell(reviewed));
    out += mark_lines(review, record, reviewed.record);
    if (reviewed.resolutions.size() > 1) out += "      its outcome was corrected; see show\n";
  }
  out += outcome_marks(contents, review);
  out += wrap(fmt::format("{} in {}. drafted: agreed as drafted; some: some agreement.",
                          counted(review.entries.size(), "forecast", "forecasts"), plain(path)),
              0, 2);
  return out;
}

std::string show_text(const Contents& contents, const Review& review, const EntryReview& entry,
                      const Atlas& atlas, Yardstick yardstick) {
  const Record& record = contents.records[entry.record];
  const Entry& shown = *record.entry();
  std::string out = problem_lines(contents);
  out += entry_id(shown) + '\n' + mark_lines(review, record, entry.record) + '\n';

  const std::string marking = cut(plain(shown.marking), text_width / 2);
  const std::size_t room = text_width - display_width(marking) - (marking.empty() ? 0 : 2);
  const std::string title = cut(plain(shown.title), room);
  out += title;
  if (!marking.empty()) {
    out += std::string(text_width - display_width(title) - display_width(marking), ' ') + marking;
  }
  out += '\n';
  if (!shown.asks.empty()) out += wrap(plain(shown.asks), 0, 0);
  const Body* body = atlas.find_body(shown.body);
  out += wrap(fmt::format("{}, opened {}, closes {}",
                          body == nullptr ? plain(shown.body) : body->name.in("en"),
                          plain(shown.opens), plain(shown.closes)),
              0, 0);
  out += '\n' + verdict(shown, yardstick) + '\n';
  for (std::size_t k = 0; k < outcome_count; ++k) {
    out += fmt::format("  {:<11}  {:>5}\n", outcome_words(static_cast<Outcome>(k)),
                       table_percent(shown.outcomes[k]));
  }

  out += "\nOutcome\n";
  if (entry.resolutions.empty()) out += "  none recorded\n";
  for (std::size_t k = entry.resolutions.size(); k-- > 0;) {
    const std::size_t at = entry.resolutions[k];
    out += resolution_lines(contents.records[at]) + mark_lines(review, contents.records[at], at);
    if (k > 0) out += "  corrects\n";
  }

  out += "\nStored\n";
  out += field_line("added", record.at);
  out += field_line("by", run_words(shown));
  for (const Document& text : shown.texts) out += field_line("text", text.name + " " + text.sha256);
  out += hashes(record);
  const bool changed = review.has(entry.record, Mark::changed);
  out += '\n' + wrap(changed ? "Integrity: this is not what was added."
                             : "Integrity: as it was added; every hash agrees.",
                     0, 2);
  if (!changed && !frozen_before(review, entry)) {
    out += wrap("It was not frozen before the event, so `score` leaves it out.", 0, 2);
  }
  return out;
}

std::string added_text(const Contents& contents, const Review& review, const EntryReview& entry,
                       const std::string& path, Yardstick yardstick) {
  const Record& record = contents.records[entry.record];
  const Entry& added = *record.entry();
  std::string out = wrap("Added " + entry_id(added) + " to " + plain(path), 0, 2);
  out += wrap(plain(added.title), 0, 2) + verdict(added, yardstick);
  out += field_line("at", record.at) + field_line("by", run_words(added)) + hashes(record);
  out += mark_lines(review, record, entry.record);
  if (!frozen_before(review, entry)) {
    out += wrap("It was not frozen before the event, so `score` leaves it out.", 0, 2);
  }
  for (const EntryReview& other : review.entries) {
    const Entry& earlier = entry_of(contents, other);
    if (other.record >= entry.record || earlier.question != added.question ||
        same_question(earlier, added)) {
      continue;
    }
    out += wrap(fmt::format("Note: {} has the same id but asks something else (body, dates, "
                            "proposal or horizon), so an outcome of one does not settle the other.",
                            entry_id(earlier)),
                0, 2);
    break;
  }
  return out;
}

std::string resolved_text(const Contents& contents, const Review& review,
                          const EntryReview& entry) {
  const std::size_t recorded = entry.resolutions.back();
  std::vector<std::string> settled;
  for (const EntryReview& other : review.entries) {
    if (!other.resolutions.empty() && other.resolutions.back() == recorded) {
      settled.push_back(entry_id(entry_of(contents, other)));
    }
  }
  std::string out = "Recorded\n" + resolution_lines(contents.records[recorded]);
  out += wrap("It settles " + list_of(settled) + ".", 0, 2);
  if (entry.resolutions.size() > 1) {
    out += "It corrects what was recorded before, which stays in the journal:\n";
    out += resolution_lines(contents.records[entry.resolutions[entry.resolutions.size() - 2]]);
  }
  out += field_line("receipt", contents.records[recorded].hash);
  return out;
}

std::string score_text(const Contents& contents, const Review& review,
                       const std::optional<ScoreCard>& card, bool all) {
  std::string out = problem_lines(contents);
  const std::string rest = left_out_line(left_out(review, all));
  if (!card) return out + "Nothing to score yet.\n" + rest;
  out += fmt::format("{:<{}}  {:>7}  {:>5}  {:<11}  {:>5}  {:>5}  {:>5}\n", "ID", id_width,
                     "drafted", "some", "outcome", "Brier", "Brier", "log");
  for (const EntryReview& reviewed : review.entries) {
    if (!counts(review, reviewed, all)) continue;
    const Record& record = contents.records[reviewed.record];
    const Entry& entry = *record.entry();
    const Scores scores = score(entry.outcomes, *reviewed.outcome);
    out += fmt::format(
        "{:<{}}  {:>7}  {:>5}  {:<11}  {:>5.3f}  {:>5.3f}  {:>5.2f}\n",
        cut(entry_id(entry), id_width), id_width,
        table_percent(entry.outcomes[static_cast<std::size_t>(Outcome::as_drafted)]),
        table_percent(1 - entry.outcomes[static_cast<std::size_t>(Outcome::not_adopted)]),
        outcome_words(*reviewed.outcome), scores.as_drafted, scores.some_agreement,
        scores.outcomes);
    out += mark_lines(review, record, reviewed.record);
  }
  out += fmt::format("\n{} on {}\n", counted(card->forecasts, "forecast", "forecasts"),
                     counted(card->questions, "question", "questions"));
  out += fmt::format("  {:<30}  {:>8}  {:>10}  {:>9}  {:>11}\n", "", "forecast", "past cases",
                     "hindsight", "one in five");
  out += score_row("Brier score, agreed as drafted", *card, &Scores::as_drafted);
  out += score_row("Brier score, some agreement", *card, &Scores::some_agreement);
  out += score_row("log score, the five outcomes", *card, &Scores::outcomes);
  out += wrap(
      "0 is best. In the lines above, Brier stands for agreed as drafted, then for some agreement. "
      "Forecasts of one question count once, by their mean. Constant forecasts: past cases, the "
      "outcomes of 25 decisions of NATO; hindsight, the outcomes of these very questions; one in "
      "five for each outcome.",
      0, 0);
  out += rest;
  if (card->questions < least_for_reliability) {
    out += wrap(fmt::format("Reliability is shown from {} questions on.", least_for_reliability), 0,
                0);
    return out;
  }
  out += reliability_lines("agreed as drafted", card->as_drafted);
  out += reliability_lines("some agreement", card->some_agreement);
  return out;
}

std::string verify_text(const Contents& contents, const Review& review,
                        const Verification& verification) {
  std::string out;
  std::size_t wrong = contents.problems.size() + verification.problems.size();
  for (std::size_t k = 0; k < contents.records.size(); ++k) {
    const std::vector<Mark>& marks = review.marks[k];
    if (std::none_of(marks.begin(), marks.end(), tells_tampering)) continue;
    ++wrong;
    const Record& record = contents.records[k];
    const Entry* entry = record.entry();
    out += wrap(
        fmt::format("Record {} ({}, {})", record.sequence,
                    entry == nullptr ? plain(record.kind) : entry_id(*entry), plain(record.at)),
        0, 2);
    out += mark_lines(review, record, k);
  }
  out += problem_lines(contents);
  for (const std::string& problem : verification.problems) out += wrap("! " + problem, 0, 2);
  for (const std::string& note : verification.notes) out += wrap(note, 0, 2);
  const std::size_t entries = review.entries.size();
  out += wrap(
      fmt::format("{}, {} of them {}: {}", counted(contents.records.size(), "record", "records"),
                  entries, entries == 1 ? "a forecast" : "forecasts",
                  wrong == 0 ? "all as they were added." : counted(wrong, "problem.", "problems.")),
      0, 2);
  if (!contents.records.empty()) out += field_line("receipt", contents.records.back().hash);
  return out;
}

}  // namespace delian::journal
