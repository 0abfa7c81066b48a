#pragma once
// A journal for people, on a terminal of 80 columns. Strings only.

#include <optional>
#include <string>
#include <vector>

#include "delian/body.hpp"
#include "delian/words.hpp"
#include "journal/review.hpp"
#include "journal/score.hpp"
#include "journal/store.hpp"

namespace delian::journal {

/// One line for each entry, with what must be known of it below.
std::string list_text(const Contents& contents, const Review& review, const std::string& path);

/// One entry: the head of its answer, how the question ended, and what was stored.
std::string show_text(const Contents& contents, const Review& review, const EntryReview& entry,
                      const Atlas& atlas, Yardstick yardstick);

/// What was stored, for the person who just added it.
std::string added_text(const Contents& contents, const Review& review, const EntryReview& entry,
                       const std::string& path, Yardstick yardstick);

/// What was recorded, and which entries it settles.
std::string resolved_text(const Contents& contents, const Review& review, const EntryReview& entry);

/// Scores beside two constant forecasts, and which entries were left out.
/// @param card  of the entries that count; nothing when none does
std::string score_text(const Contents& contents, const Review& review,
                       const std::optional<ScoreCard>& card, bool all);

/// What was checked beyond single records.
struct Verification {
  std::vector<std::string> problems;  ///< something is wrong
  std::vector<std::string> notes;     ///< nothing is wrong, yet to be known
};

/// Every record with marks that tell of tampering, then what `verification` says.
std::string verify_text(const Contents& contents, const Review& review,
                        const Verification& verification);

/// "as drafted", as reports call it.
std::string outcome_words(Outcome outcome);

}  // namespace delian::journal
