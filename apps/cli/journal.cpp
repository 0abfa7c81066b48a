// delian journal add|resolve|list|show|score|export|verify

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <ostream>
#include <utility>

#include "cli/answering.hpp"
#include "cli/commands.hpp"
#include "cli/files.hpp"
#include "domain/text.hpp"
#include "io/answer_json.hpp"
#include "io/atlas.hpp"
#include "io/diagnostics.hpp"
#include "io/toml_text.hpp"
#include "journal/journal_json.hpp"
#include "journal/report.hpp"
#include "journal/review.hpp"
#include "journal/score.hpp"
#include "journal/store.hpp"

namespace delian::cli {
namespace {

using journal::Contents;
using journal::Entry;
using journal::EntryReview;
using journal::Mark;
using journal::Record;
using journal::Review;
using journal::Store;

/// $XDG_DATA_HOME/delian/journal.db, by the XDG base directory specification: unset or relative
/// stands for ~/.local/share.
std::optional<std::string> users_own_journal() {
  const auto value = [](const char* name) {
    const char* text = std::getenv(name);
    return std::filesystem::path(text == nullptr ? "" : text);
  };
  std::filesystem::path folder = value("XDG_DATA_HOME");
  if (!folder.is_absolute()) {
    const std::filesystem::path home = value("HOME");
    if (!home.is_absolute()) return std::nullopt;
    folder = home / ".local" / "share";
  }
  return (folder / "delian" / "journal.db").string();
}

/// The journal's path, or nothing after telling why.
std::optional<std::string> journal_path(const std::optional<std::string>& asked, Streams& streams) {
  if (asked) {
    if (!asked->empty()) return asked;
    streams.err << "--journal: a file name is needed.\n";
    return std::nullopt;
  }
  std::optional<std::string> own = users_own_journal();
  if (!own) {
    streams.err << "There is no home folder to keep a journal in. Name a file with --journal.\n";
  }
  return own;
}

int refuse(const Diagnostics& problems, Streams& streams) {
  streams.err << io::render(problems, {}, streams.err_colour);
  return exit_bad_input;
}

/// A journal that was read, with what can be believed of it.
struct Opened {
  Store store;
  Contents contents;
  Review review;
};

Expected<Opened> open_journal(const std::string& path) {
  Expected<Store> store = Store::open(path, Store::Access::read);
  if (!store) return tl::unexpected(store.error());
  Expected<Contents> contents = store->read(Store::Depth::documents);
  if (!contents) return tl::unexpected(contents.error());
  Review review = journal::review(*contents);
  return Opened{*std::move(store), *std::move(contents), std::move(review)};
}

const Entry& entry_of(const Opened& opened, const EntryReview& entry) {
  return *opened.contents.records[entry.record].entry();
}

std::vector<const EntryReview*> entries_named(const Opened& opened, const std::string& id) {
  std::vector<const EntryReview*> named;
  for (const EntryReview& reviewed : opened.review.entries) {
    const Entry& entry = entry_of(opened, reviewed);
    if (std::to_string(entry.number) == id || entry_id(entry) == id) named.push_back(&reviewed);
  }
  if (!named.empty()) return named;
  for (const EntryReview& reviewed : opened.review.entries) {
    if (entry_of(opened, reviewed).question == id) named.push_back(&reviewed);
  }
  return named;
}

std::string ids_of(const Opened& opened, const std::vector<const EntryReview*>& entries) {
  std::vector<std::string> ids;
  for (const EntryReview* entry : entries) ids.push_back(entry_id(entry_of(opened, *entry)));
  return list_of(ids);
}

/// Entries a word names, or none after telling so.
std::vector<const EntryReview*> find_entries(const Opened& opened, const std::string& id,
                                             Streams& streams) {
  std::vector<const EntryReview*> named = entries_named(opened, id);
  if (!named.empty()) return named;
  streams.err << "\"" << printable(id) << "\" is no forecast in " << printable(opened.store.path())
              << ". ";
  constexpr std::size_t most_named = 8;
  std::vector<std::string> ids;
  for (const EntryReview& entry : opened.review.entries) {
    ids.push_back(entry_id(entry_of(opened, entry)));
  }
  const std::vector<std::string_view> known(ids.begin(), ids.end());
  if (ids.size() <= most_named || !nearest(id, known).empty()) {
    streams.err << (ids.empty() ? "It holds none." : did_you_mean(id, known)) << '\n';
  } else {
    streams.err << "`delian journal list` shows them.\n";
  }
  return named;
}

/// The one entry a word names, or nothing after telling why.
const EntryReview* find_entry(const Opened& opened, const std::string& id, Streams& streams) {
  const std::vector<const EntryReview*> named = find_entries(opened, id, streams);
  if (named.size() == 1) return named.front();
  if (named.size() > 1) {
    streams.err << "\"" << printable(id) << "\" stands for " << ids_of(opened, named)
                << ". Name one of them.\n";
  }
  return nullptr;
}

/// The texts of a scenario under the names by which it knows them: no folders of this machine.
std::vector<io::TextFile> named_texts(const LoadedScenario& loaded) {
  std::vector<io::TextFile> texts = loaded.texts;
  texts.front().name = std::filesystem::path(texts.front().name).filename().string();
  const std::vector<std::string> names = io::evidence_file_names(texts.front().text);
  for (std::size_t k = 1; k < texts.size(); ++k) texts[k].name = names[k - 1];
  return texts;
}

const EntryReview* reviewed_record(const Opened& opened, std::int64_t sequence) {
  for (const EntryReview& entry : opened.review.entries) {
    if (opened.contents.records[entry.record].sequence == sequence) return &entry;
  }
  return nullptr;
}

std::vector<journal::ScoredForecast> scored(const Opened& opened, bool all) {
  std::vector<journal::ScoredForecast> forecasts;
  std::vector<const Entry*> questions;
  for (const EntryReview& reviewed : opened.review.entries) {
    if (!counts(opened.review, reviewed, all)) continue;
    const Entry& entry = entry_of(opened, reviewed);
    std::size_t question = 0;
    while (question < questions.size() && !same_question(*questions[question], entry)) ++question;
    if (question == questions.size()) questions.push_back(&entry);
    forecasts.push_back({std::to_string(question), entry.outcomes, *reviewed.outcome});
  }
  return forecasts;
}

/// Opens a journal to read it; a message and an exit code when that fails.
struct Reading {
  std::optional<Opened> opened;
  int exit = exit_ok;
};

Reading start_reading(const JournalReadArguments& arguments, Streams& streams) {
  const std::optional<std::string> path = journal_path(arguments.journal, streams);
  if (!path) return {std::nullopt, exit_usage};
  Expected<Opened> opened = open_journal(*path);
  if (!opened) return {std::nullopt, refuse(opened.error(), streams)};
  return {*std::move(opened), exit_ok};
}

/// What is wrong with the date of a decision, empty if nothing is.
std::string wrong_date(const std::string& text, const Entry& entry, std::int64_t now) {
  const std::optional<Date> date = Date::parse(text);
  const std::string start = "--on: \"" + printable(text) + "\" ";
  if (!date || !date->complete()) return start + "is no whole date. Write it as 2023-07-11.\n";
  if (text > journal::utc_text(now).substr(0, 10)) {
    return start + "lies in the future. An outcome is recorded once it is there.\n";
  }
  if (text < entry.opens) {
    return start + "lies before " + printable(entry.opens) + ", when the question opened.\n";
  }
  return {};
}

/// Answers an entry's texts again. Tells in `verification`; false when interrupted.
bool answer_again(const Opened& opened, const EntryReview& reviewed,
                  const JournalReadArguments& arguments, journal::Verification& verification,
                  Streams& streams) {
  const Entry& entry = entry_of(opened, reviewed);
  const std::string id = entry_id(entry);
  if (opened.review.has(reviewed.record, Mark::changed)) {
    verification.notes.push_back(id + ": not answered again, since it was changed.");
    return true;
  }
  if (entry.engine_version != version()) {
    verification.notes.push_back(id + ": not answered again. It is an answer of delian " +
                                 printable(entry.engine_version) + "; this is " +
                                 std::string(version()) + ", which may answer otherwise.");
    return true;
  }
  std::vector<io::TextFile> texts;
  for (const journal::Document& text : entry.texts) texts.push_back({text.name, *text.content});
  const io::ScenarioFile file =
      io::parse_scenario(texts.front(), std::span(texts).subspan(1), io::atlas());
  if (!file.scenario) {
    verification.problems.push_back(id + ": its scenario is no longer accepted");
    return true;
  }
  AnswerOptions options;
  options.seed = static_cast<std::uint64_t>(entry.seed);
  options.draws = static_cast<std::uint64_t>(entry.draws);
  options.landing_draws = default_landing_draws;
  options.yardstick =
      entry.yardstick == journal::yardstick_name(Yardstick::uk) ? Yardstick::uk : Yardstick::icd203;
  const InterruptGuard guard;
  const Expected<Answer> answered =
      answer_watched(*file.scenario, options, arguments.threads, false, guard, streams);
  if (guard.interrupted()) return false;
  if (!answered) {
    verification.problems.push_back(id + ": its scenario can no longer be answered");
    return true;
  }
  const std::string json = io::to_json(*answered, *file.scenario, entry.scenario_hash);
  Record again = opened.contents.records[reviewed.record];
  Entry same = journal::make_entry(*answered, *file.scenario, file.result.has_value(), texts,
                                   options.yardstick, json);
  same.number = entry.number;
  again.content = std::move(same);
  if (json != *entry.answer.content) {
    verification.problems.push_back(id + ": answered again, it gives another answer");
  } else if (record_hash(again) != again.hash) {
    verification.problems.push_back(id + ": its row does not follow from its texts and answer");
  } else {
    verification.notes.push_back(id + ": answered again, the same bytes.");
  }
  return true;
}

void check_receipt(const Opened& opened, const std::string& receipt,
                   journal::Verification& verification) {
  for (const Record& record : opened.contents.records) {
    if (record.hash != receipt) continue;
    verification.notes.push_back("The receipt is that of record " +
                                 std::to_string(record.sequence) + ", added " +
                                 printable(record.at) + ".");
    return;
  }
  verification.problems.push_back("no record has the receipt " + printable(receipt));
}

}  // namespace

std::int64_t utc_now() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::floor<std::chrono::seconds>(now).count();
}

int journal_add(const JournalAddArguments& arguments, Streams& streams, const UtcClock& clock) {
  const std::optional<std::string> path = journal_path(arguments.journal, streams);
  if (!path) return exit_usage;
  const LoadedScenario loaded = load_scenario(arguments.file);
  if (!loaded.file.problems.empty() && (!arguments.quiet || !loaded.file.scenario)) {
    streams.err << io::render(loaded.file.problems, loaded.texts, streams.err_colour);
  }
  if (!loaded.file.scenario) {
    streams.err << "Nothing was added.\n";
    return exit_bad_input;
  }
  // A journal that cannot be used is told before the work, not after.
  Expected<Store> store = Store::open(*path, Store::Access::write);
  if (!store) return refuse(store.error(), streams);

  const Scenario& scenario = *loaded.file.scenario;
  AnswerOptions options;
  options.seed = arguments.seed;
  options.draws = arguments.draws;
  options.landing_draws = default_landing_draws;
  options.yardstick = arguments.yardstick;
  const InterruptGuard guard;
  const Expected<Answer> answered =
      answer_watched(scenario, options, arguments.threads, arguments.quiet, guard, streams);
  if (!answered) {  // the reader has checked the parameters, so this is not to be seen
    streams.err << io::render(answered.error(), loaded.texts, streams.err_colour);
    return exit_internal;
  }
  if (guard.interrupted()) {
    streams.err << "Interrupted. Nothing was added: a journal takes whole answers only.\n";
    return exit_interrupted;
  }
  const std::vector<io::TextFile> texts = named_texts(loaded);
  const std::string json = io::to_json(*answered, scenario, io::scenario_hash(texts));
  const Entry entry = journal::make_entry(*answered, scenario, loaded.file.result.has_value(),
                                          texts, arguments.yardstick, json);
  const Expected<Record> added = store->add(entry, clock);
  if (!added) return refuse(added.error(), streams);

  // Read back what is told, so that nothing is told but what is there.
  const Expected<Opened> opened = open_journal(*path);
  if (!opened) return refuse(opened.error(), streams);
  const EntryReview* reviewed = reviewed_record(*opened, added->sequence);
  if (reviewed == nullptr) {
    streams.err << "internal error: what was added is not there (please report)\n";
    return exit_internal;
  }
  streams.out << added_text(opened->contents, opened->review, *reviewed, *path,
                            arguments.yardstick);
  return exit_ok;
}

int journal_resolve(const JournalResolveArguments& arguments, Streams& streams,
                    const UtcClock& clock) {
  const std::optional<std::string> path = journal_path(arguments.journal, streams);
  if (!path) return exit_usage;
  for (const auto& [option, text] :
       {std::pair{"--note", &arguments.note}, std::pair{"--src", &arguments.source}}) {
    if (!io::toml::first_not_utf8(*text)) continue;
    streams.err << option << ": \"" << printable(*text) << "\" is not UTF-8.\n";
    return exit_usage;
  }
  const Expected<Opened> opened = open_journal(*path);
  if (!opened) return refuse(opened.error(), streams);
  const std::vector<const EntryReview*> named = find_entries(*opened, arguments.id, streams);
  if (named.empty()) return exit_usage;
  const Entry& entry = entry_of(*opened, *named.back());
  for (const EntryReview* other : named) {
    if (same_question(entry_of(*opened, *other), entry)) continue;
    streams.err << "\"" << printable(arguments.id) << "\" stands for " << ids_of(*opened, named)
                << ", which do not ask the same. Name one of them.\n";
    return exit_usage;
  }
  if (!arguments.on.empty()) {
    if (const std::string wrong = wrong_date(arguments.on, entry, clock()); !wrong.empty()) {
      streams.err << wrong;
      return exit_usage;
    }
  }
  Expected<Store> store = Store::open(*path, Store::Access::write);
  if (!store) return refuse(store.error(), streams);
  const Expected<Record> recorded =
      store->resolve({entry.number, std::string(outcome_name(arguments.outcome)), arguments.on,
                      arguments.note, arguments.source},
                     clock);
  if (!recorded) return refuse(recorded.error(), streams);

  const Expected<Opened> after = open_journal(*path);
  if (!after) return refuse(after.error(), streams);
  for (const EntryReview& reviewed : after->review.entries) {
    if (entry_of(*after, reviewed).number != entry.number) continue;
    streams.out << resolved_text(after->contents, after->review, reviewed);
    return exit_ok;
  }
  return exit_internal;
}

int journal_list(const JournalReadArguments& arguments, Streams& streams) {
  const Reading reading = start_reading(arguments, streams);
  if (!reading.opened) return reading.exit;
  const Opened& opened = *reading.opened;
  streams.out << (arguments.json ? list_json(opened.contents, opened.review)
                                 : list_text(opened.contents, opened.review, opened.store.path()));
  return exit_ok;
}

int journal_show(const JournalReadArguments& arguments, Streams& streams) {
  const Reading reading = start_reading(arguments, streams);
  if (!reading.opened) return reading.exit;
  const Opened& opened = *reading.opened;
  const EntryReview* entry = find_entry(opened, arguments.ids.front(), streams);
  if (entry == nullptr) return exit_usage;
  streams.out << (arguments.json ? show_json(opened.contents, opened.review, *entry)
                                 : show_text(opened.contents, opened.review, *entry, io::atlas(),
                                             arguments.yardstick));
  return exit_ok;
}

int journal_score(const JournalReadArguments& arguments, Streams& streams) {
  const Reading reading = start_reading(arguments, streams);
  if (!reading.opened) return reading.exit;
  const Opened& opened = *reading.opened;
  const std::optional<journal::ScoreCard> card = journal::score_card(scored(opened, arguments.all));
  streams.out << (arguments.json ? score_json(opened.contents, opened.review, card, arguments.all)
                                 : score_text(opened.contents, opened.review, card, arguments.all));
  return exit_ok;
}

int journal_export(const JournalReadArguments& arguments, Streams& streams) {
  const Reading reading = start_reading(arguments, streams);
  if (!reading.opened) return reading.exit;
  const Opened& opened = *reading.opened;
  const std::string lines = to_json_lines(opened.contents, opened.review);
  if (!arguments.output) {
    streams.out << lines;
    return exit_ok;
  }
  if (same_file(*arguments.output, opened.store.path())) {
    streams.err << "--output: " << printable(*arguments.output)
                << " is the journal itself. Nothing was written; choose another name.\n";
    return exit_usage;
  }
  if (const std::string error = write_file(*arguments.output, lines); !error.empty()) {
    streams.err << "cannot write " << printable(*arguments.output) << ": " << error << '\n';
    return exit_usage;
  }
  return exit_ok;
}

int journal_verify(const JournalReadArguments& arguments, Streams& streams) {
  Reading reading = start_reading(arguments, streams);
  if (!reading.opened) return reading.exit;
  Opened& opened = *reading.opened;
  std::vector<const EntryReview*> chosen;
  for (const std::string& id : arguments.ids) {
    const std::vector<const EntryReview*> named = find_entries(opened, id, streams);
    if (named.empty()) return exit_usage;
    chosen.insert(chosen.end(), named.begin(), named.end());
  }
  if (arguments.ids.empty()) {
    for (const EntryReview& entry : opened.review.entries) chosen.push_back(&entry);
  }
  journal::Verification verification;
  const Expected<std::vector<std::string>> broken = opened.store.integrity();
  if (!broken) return refuse(broken.error(), streams);
  for (const std::string& problem : *broken) {
    verification.problems.push_back("the file's structure: " + printable(problem));
  }
  if (!arguments.receipt.empty()) check_receipt(opened, arguments.receipt, verification);
  if (arguments.rerun || !arguments.ids.empty()) {
    for (const EntryReview* entry : chosen) {
      if (answer_again(opened, *entry, arguments, verification, streams)) continue;
      streams.err << "Interrupted.\n";
      return exit_interrupted;
    }
  }
  streams.out << (arguments.json ? verify_json(opened.contents, opened.review, verification)
                                 : verify_text(opened.contents, opened.review, verification));
  bool wrong = !opened.contents.problems.empty() || !verification.problems.empty();
  for (const std::vector<Mark>& marks : opened.review.marks) {
    wrong = wrong || std::any_of(marks.begin(), marks.end(), journal::tells_tampering);
  }
  return wrong ? exit_warnings : exit_ok;
}

}  // namespace delian::cli
