#pragma once
// What can be believed of a journal: which records are as they were added, and which forecasts were
// frozen before their event. Pure functions of the contents.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "journal/record.hpp"
#include "journal/store.hpp"

namespace delian::journal {

/// Something a reader must know about a record.
enum class Mark : std::uint8_t {
  changed,          ///< it is not what was added
  outcome_changed,  ///< an entry whose outcome is not what was recorded
  missing_before,   ///< records between it and the one before are gone
  dated_back,       ///< its time lies before that of an earlier record
  late,             ///< added after the day the question closed
  after_decision,   ///< added on the day of the decision or later
  outcome_known,    ///< added after an outcome of the question was recorded
  states_result,    ///< its scenario says how the question ended
};
inline constexpr std::size_t mark_count = 8;

/// Does it tell that the journal was tampered with, rather than when a forecast was made?
bool tells_tampering(Mark mark);

std::string_view mark_name(Mark mark);  ///< for programs: "outcome_known"

/// For people: "added after the question closed". Said of an entry or of an outcome.
std::string_view mark_text(Mark mark, const Record& record);

/// An entry among its records. Numbers are places in Contents::records.
struct EntryReview {
  std::size_t record = 0;
  std::vector<std::size_t> resolutions;  ///< all that settle its question, the one in force last

  std::optional<Outcome> outcome;  ///< in force, if it can be read
};

struct Review {
  std::vector<std::vector<Mark>> marks;  ///< one list for each record, in the order of Mark
  std::vector<EntryReview> entries;      ///< in the order of their records

  bool has(std::size_t record, Mark mark) const;
};

/// Checks every record against its hash, its place in the chain, its texts (where they were read)
/// and its time.
///
/// A record is `changed` when its hash is not that of its content, when the next one was chained to
/// another hash, or when it holds what Delian never adds. Time only moves forward: a record counts
/// as added no earlier than any before it.
Review review(const Contents& contents);

/// May an entry be scored? Its outcome is recorded, neither was changed, and unless `all` it was
/// frozen before the event.
bool counts(const Review& review, const EntryReview& entry, bool all);

/// Was it frozen before the event, as far as the journal can tell?
bool frozen_before(const Review& review, const EntryReview& entry);

}  // namespace delian::journal
