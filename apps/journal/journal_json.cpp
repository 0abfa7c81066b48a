#include "journal/journal_json.hpp"

#include <nlohmann/json.hpp>

#include "delian/scenario.hpp"

namespace delian::journal {
namespace {

using Json = nlohmann::ordered_json;

std::string text_of(const Json& json, int indent) {
  return json.dump(indent, ' ', true, Json::error_handler_t::replace) + "\n";
}

Json marks_array(const std::vector<Mark>& marks) {
  Json names = Json::array();
  for (const Mark mark : marks) names.push_back(mark_name(mark));
  return names;
}

Json shares_object(const OutcomeShares& shares) {
  Json object;
  for (std::size_t k = 0; k < outcome_count; ++k) {
    object[std::string(outcome_name(static_cast<Outcome>(k)))] = shares[k];
  }
  return object;
}

Json outcome_json(const std::optional<Outcome>& outcome) {
  return outcome ? Json(outcome_name(*outcome)) : Json(nullptr);
}

Json content_json(const std::optional<std::string>& content) {
  return content ? Json(*content) : Json(nullptr);
}

void put_entry(Json& object, const Entry& entry) {
  object["id"] = entry_id(entry);
  object["number"] = entry.number;
  object["question"] = entry.question;
  object["title"] = entry.title;
  object["asks"] = entry.asks;
  object["marking"] = entry.marking;
  object["body"] = entry.body;
  object["opens"] = entry.opens;
  object["closes"] = entry.closes;
  object["proposal"] = entry.proposal;
  object["horizon_months"] = entry.horizon_months;
  object["states_result"] = entry.states_result;
  object["engine_version"] = entry.engine_version;
  object["model"] = entry.model;
  object["yardstick"] = entry.yardstick;
  object["seed"] = entry.seed;
  object["draws"] = entry.draws;
  object["outcomes"] = shares_object(entry.outcomes);
  object["scenario_hash"] = entry.scenario_hash;
  object["texts"] = Json::array();
  for (const Document& text : entry.texts) {
    object["texts"].push_back(
        {{"name", text.name}, {"sha256", text.sha256}, {"text", content_json(text.content)}});
  }
  object["answer_sha256"] = entry.answer.sha256;
  object["answer"] = content_json(entry.answer.content);
}

void put_resolution(Json& object, const Resolution& resolution) {
  object["entry"] = resolution.entry;
  object["outcome"] = resolution.outcome;
  object["decided_on"] = resolution.decided_on;
  object["note"] = resolution.note;
  object["source"] = resolution.source;
}

Json record_json(const Record& record, const std::vector<Mark>& marks) {
  Json object{{"format", "delian-journal/1"}, {"seq", record.sequence},      {"at", record.at},
              {"kind", record.kind},          {"previous", record.previous}, {"hash", record.hash}};
  if (const Entry* entry = record.entry()) put_entry(object, *entry);
  if (const Resolution* resolution = record.resolution()) put_resolution(object, *resolution);
  object["marks"] = marks_array(marks);
  return object;
}

Json scores_json(const Scores& scores) {
  return {{"brier_as_drafted", scores.as_drafted},
          {"brier_some_agreement", scores.some_agreement},
          {"log_score", scores.outcomes}};
}

Json rows_json(const std::vector<ReliabilityRow>& rows) {
  Json array = Json::array();
  for (const ReliabilityRow& row : rows) {
    const Interval interval = wilson_interval(row.observed, row.count);
    array.push_back({{"low", row.low},
                     {"high", row.high},
                     {"questions", row.count},
                     {"mean_forecast", row.mean_forecast},
                     {"came_true", row.observed},
                     {"interval", {interval.low, interval.high}}});
  }
  return array;
}

}  // namespace

std::string to_json_lines(const Contents& contents, const Review& review) {
  std::string lines;
  for (std::size_t k = 0; k < contents.records.size(); ++k) {
    lines += text_of(record_json(contents.records[k], review.marks[k]), -1);
  }
  return lines;
}

std::string list_json(const Contents& contents, const Review& review) {
  Json array = Json::array();
  for (const EntryReview& reviewed : review.entries) {
    const Record& record = contents.records[reviewed.record];
    const Entry& entry = *record.entry();
    array.push_back({{"id", entry_id(entry)},
                     {"number", entry.number},
                     {"question", entry.question},
                     {"title", entry.title},
                     {"marking", entry.marking},
                     {"added", record.at},
                     {"closes", entry.closes},
                     {"outcomes", shares_object(entry.outcomes)},
                     {"outcome", outcome_json(reviewed.outcome)},
                     {"outcomes_recorded", reviewed.resolutions.size()},
                     {"counts", counts(review, reviewed, false)},
                     {"marks", marks_array(review.marks[reviewed.record])}});
  }
  return text_of(array, 2);
}

std::string show_json(const Contents& contents, const Review& review, const EntryReview& entry) {
  Json object = record_json(contents.records[entry.record], review.marks[entry.record]);
  object["counts"] = counts(review, entry, false);
  object["outcome"] = outcome_json(entry.outcome);
  object["outcomes_recorded"] = Json::array();
  for (const std::size_t k : entry.resolutions) {
    object["outcomes_recorded"].push_back(record_json(contents.records[k], review.marks[k]));
  }
  return text_of(object, 2);
}

std::string score_json(const Contents& contents, const Review& review,
                       const std::optional<ScoreCard>& card, bool all) {
  Json scored = Json::array();
  for (const EntryReview& reviewed : review.entries) {
    if (!counts(review, reviewed, all)) continue;
    const Entry& entry = *contents.records[reviewed.record].entry();
    Json row{{"id", entry_id(entry)},
             {"question", entry.question},
             {"outcome", outcome_json(reviewed.outcome)}};
    row.update(scores_json(score(entry.outcomes, *reviewed.outcome)));
    row["marks"] = marks_array(review.marks[reviewed.record]);
    scored.push_back(std::move(row));
  }
  Json object{{"entries", review.entries.size()}, {"scored", std::move(scored)}};
  if (!card) {
    object["questions"] = 0;
    object["mean"] = nullptr;
    return text_of(object, 2);
  }
  object["questions"] = card->questions;
  object["mean"] = scores_json(card->mean);
  object["baselines"] = {{"past_cases", scores_json(card->past)},
                         {"hindsight", scores_json(card->hindsight)},
                         {"one_in_five", scores_json(card->one_in_five)}};
  object["shares"] = shares_object(card->shares);
  object["reliability"] = {{"as_drafted", rows_json(card->as_drafted)},
                           {"some_agreement", rows_json(card->some_agreement)}};
  return text_of(object, 2);
}

std::string verify_json(const Contents& contents, const Review& review,
                        const Verification& verification) {
  Json marked = Json::array();
  for (std::size_t k = 0; k < contents.records.size(); ++k) {
    if (review.marks[k].empty()) continue;
    marked.push_back(
        {{"seq", contents.records[k].sequence}, {"marks", marks_array(review.marks[k])}});
  }
  return text_of({{"records", contents.records.size()},
                  {"entries", review.entries.size()},
                  {"receipt", contents.records.empty() ? "" : contents.records.back().hash},
                  {"marked", std::move(marked)},
                  {"problems", verification.problems},
                  {"notes", verification.notes}},
                 2);
}

}  // namespace delian::journal
