#include "journal/review.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <string>

#include "delian/date.hpp"
#include "domain/instant.hpp"
#include "io/answer_json.hpp"

namespace delian::journal {
namespace {

/// Clocks of several machines on one journal may differ by so much.
constexpr std::int64_t clock_tolerance_seconds = 60;

bool whole_date(const std::string& text) {
  const std::optional<Date> date = Date::parse(text);
  return date && date->complete();
}

/// Could Delian have added it? Somebody who knows how may give any row a fitting hash.
bool plausible(const Entry& entry) {
  constexpr std::int64_t most_seed = (std::int64_t{1} << 53) - 1;
  constexpr std::int64_t most_draws = 1'000'000'000'000;
  constexpr double rounding = 1e-9;
  double sum = 0;
  for (const double share : entry.outcomes) {
    if (!(share >= 0 && share <= 1)) return false;
    sum += share;
  }
  return std::fabs(sum - 1) < rounding && entry.number >= 1 && entry.seed >= 0 &&
         entry.seed <= most_seed && entry.draws >= 1 && entry.draws <= most_draws &&
         !entry.texts.empty() && whole_date(entry.opens) && whole_date(entry.closes);
}

/// Is each text what its digest says? Those that were not read are taken on trust.
bool texts_agree(const Entry& entry, bool with_documents) {
  if (!with_documents) return true;
  std::vector<io::TextFile> texts;
  for (const Document& text : entry.texts) {
    if (!text.content || digest(*text.content) != text.sha256) return false;
    texts.push_back({text.name, *text.content});
  }
  return entry.answer.content && digest(*entry.answer.content) == entry.answer.sha256 &&
         io::scenario_hash(texts) == entry.scenario_hash;
}

/// Seconds of a record's time, if it is written as records are.
std::optional<std::int64_t> seconds_of(const std::string& at) {
  constexpr std::size_t length = 20;  // 2026-11-23T12:00:00Z
  const std::optional<Instant> instant = parse_instant(at);
  if (!instant || instant->local || at.size() != length) return std::nullopt;
  return instant->seconds;
}

class Reviewer {
 public:
  Reviewer(const Contents& contents, bool with_documents)
      : records_(contents.records), with_documents_(with_documents) {}

  Review review() {
    result_.marks.resize(records_.size());
    chain();
    for (std::size_t k = 0; k < records_.size(); ++k) {
      time(k);
      if (const Entry* entry = records_[k].entry()) {
        result_.entries.push_back({k, {}, std::nullopt});
        numbered_.try_emplace(entry->number, entry);
      }
    }
    for (EntryReview& entry : result_.entries) settle(entry);
    for (std::vector<Mark>& marks : result_.marks) std::sort(marks.begin(), marks.end());
    return std::move(result_);
  }

 private:
  void mark(std::size_t record, Mark mark) {
    if (!result_.has(record, mark)) result_.marks[record].push_back(mark);
  }

  void chain() {
    for (std::size_t k = 0; k < records_.size(); ++k) {
      const Record& record = records_[k];
      const Entry* entry = record.entry();
      const bool whole =
          record_hash(record) == record.hash && record.content.index() != 0 &&
          (entry == nullptr || (plausible(*entry) && texts_agree(*entry, with_documents_)));
      if (!whole) mark(k, Mark::changed);
      const std::int64_t before = k == 0 ? 0 : records_[k - 1].sequence;
      if (record.sequence != before + 1) {
        mark(k, Mark::missing_before);
      } else if (whole && record.previous != (k == 0 ? "" : records_[k - 1].hash)) {
        // This record is as it was added, so it is the one before that was changed, hash and all.
        mark(k == 0 ? 0 : k - 1, Mark::changed);
      }
    }
  }

  /// Moves the time on, and marks what is dated before it.
  void time(std::size_t k) {
    const Record& record = records_[k];
    const std::optional<std::int64_t> seconds = seconds_of(record.at);
    if (!result_.has(k, Mark::changed) && seconds) {
      if (*seconds + clock_tolerance_seconds < latest_seconds_) mark(k, Mark::dated_back);
      if (*seconds > latest_seconds_) {
        latest_seconds_ = *seconds;
        latest_day_ = record.at.substr(0, 10);
      }
    }
    day_.push_back(latest_day_);
  }

  void settle(EntryReview& review) {
    const std::size_t own = review.record;
    const Entry& entry = *records_[own].entry();
    for (std::size_t k = 0; k < records_.size(); ++k) {
      const Resolution* resolution = records_[k].resolution();
      if (resolution == nullptr) continue;
      const auto settled = numbered_.find(resolution->entry);
      if (settled == numbered_.end()) continue;
      if (k < own && settled->second->question == entry.question) mark(own, Mark::outcome_known);
      if (same_question(*settled->second, entry)) review.resolutions.push_back(k);
    }
    if (day_[own] > entry.closes) mark(own, Mark::late);
    if (entry.states_result) mark(own, Mark::states_result);
    if (review.resolutions.empty()) return;
    const std::size_t in_force = review.resolutions.back();
    const Resolution& resolution = *records_[in_force].resolution();
    review.outcome = outcome_named(resolution.outcome);
    if (result_.has(in_force, Mark::changed) || !review.outcome) mark(own, Mark::outcome_changed);
    if (!resolution.decided_on.empty() && day_[own] >= resolution.decided_on) {
      mark(own, Mark::after_decision);
    }
  }

  const std::vector<Record>& records_;
  bool with_documents_;
  Review result_;
  std::map<std::int64_t, const Entry*> numbered_;
  std::int64_t latest_seconds_ = 0;
  std::string latest_day_;
  std::vector<std::string> day_;  // on which each record counts as added
};

}  // namespace

bool tells_tampering(Mark mark) {
  return mark <= Mark::dated_back;
}

std::string_view mark_name(Mark mark) {
  constexpr std::array<std::string_view, mark_count> names{
      "changed", "outcome_changed", "missing_before", "dated_back",
      "late",    "after_decision",  "outcome_known",  "states_result"};
  return names[static_cast<std::size_t>(mark)];
}

std::string_view mark_text(Mark mark, const Record& record) {
  constexpr std::array<std::string_view, mark_count> texts{
      "changed after it was added",           "its outcome was changed after it was recorded",
      "records before it are missing",        "dated before a record that was added earlier",
      "added after the question closed",      "added on the day of the decision or later",
      "added after the outcome was recorded", "its scenario states the result"};
  if (mark == Mark::changed && record.kind == "outcome") return "changed after it was recorded";
  return texts[static_cast<std::size_t>(mark)];
}

bool Review::has(std::size_t record, Mark mark) const {
  return std::find(marks[record].begin(), marks[record].end(), mark) != marks[record].end();
}

Review review(const Contents& contents) {
  return Reviewer(contents, contents.with_documents).review();
}

bool frozen_before(const Review& review, const EntryReview& entry) {
  return !review.has(entry.record, Mark::late) && !review.has(entry.record, Mark::after_decision) &&
         !review.has(entry.record, Mark::outcome_known) &&
         !review.has(entry.record, Mark::states_result);
}

bool counts(const Review& review, const EntryReview& entry, bool all) {
  return entry.outcome && !review.has(entry.record, Mark::changed) &&
         !review.has(entry.record, Mark::outcome_changed) && (all || frozen_before(review, entry));
}

}  // namespace delian::journal
