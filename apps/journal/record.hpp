#pragma once
// What a journal holds: forecasts as they were frozen, and how the questions ended.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "delian/answer.hpp"
#include "io/text_file.hpp"

namespace delian::journal {

/// A text with its name and its digest, "sha256:...".
struct Document {
  std::string name;
  std::string sha256;
  std::optional<std::string> content;  ///< absent when it was not asked for, or is gone
};

/// A forecast: question, answer, and everything they were made from. Dates are text, since a file
/// edited by hand may hold anything.
struct Entry {
  std::int64_t number = 0;  ///< 1, 2, 3, ... by the journal
  std::string question;     ///< the scenario's id
  std::string title;
  std::string asks;
  std::string marking;
  std::string body;
  std::string opens;
  std::string closes;
  double proposal = 0;
  double horizon_months = 0;
  bool states_result = false;  ///< the scenario holds a [result]
  std::string engine_version;
  std::string model;
  std::string yardstick;  ///< "icd203" or "uk": by it the answer tells where a word changes
  std::int64_t seed = 0;
  std::int64_t draws = 0;
  OutcomeShares outcomes{};
  std::string scenario_hash;    ///< as in the answer
  std::vector<Document> texts;  ///< the scenario first, then evidence files as it names them
  Document answer;              ///< JSON, the bytes of `delian run --json`
};

/// How a question ended, said once about one entry and true of every entry that asks the same.
struct Resolution {
  std::int64_t entry = 0;  ///< its number
  std::string outcome;     ///< outcome_name()
  std::string decided_on;  ///< date, or empty
  std::string note;
  std::string source;
};

/// One link of the chain.
struct Record {
  std::int64_t sequence = 0;  ///< 1, 2, 3, ...
  std::string at;             ///< when it was added: "2026-11-23T12:00:00Z"
  std::string kind;           ///< "entry" or "outcome"
  std::string previous;       ///< hash of the record before it; empty for the first
  std::string hash;           ///< as stored
  std::variant<std::monostate, Entry, Resolution> content;  ///< nothing when it is gone

  const Entry* entry() const { return std::get_if<Entry>(&content); }
  const Resolution* resolution() const { return std::get_if<Resolution>(&content); }
};

/// "sha256:..." of a text.
std::string digest(std::string_view text);

/// The hash a record must have: over its own content and the hash of the record before it. The
/// format is described in docs/journal.md, so that anyone can check it.
std::string record_hash(const Record& record);

/// An entry from an answer and the texts its scenario was read from.
/// @param json  io::to_json() of the answer
Entry make_entry(const Answer& answer, const Scenario& scenario, bool states_result,
                 const std::vector<io::TextFile>& texts, Yardstick yardstick,
                 const std::string& json);

std::string_view yardstick_name(Yardstick yardstick);  // "icd203"

/// "3-nato-tokyo-2023": the number and what of the question's id fits a shell and a table.
std::string entry_id(const Entry& entry);

/// Do two entries ask the same, so that one outcome settles both?
bool same_question(const Entry& a, const Entry& b);

/// "2026-11-23T12:00:00Z" @param seconds  since 1970-01-01T00:00:00Z
std::string utc_text(std::int64_t seconds);

}  // namespace delian::journal
