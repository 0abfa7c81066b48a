#include "journal/record.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <tuple>

#include "delian/scenario.hpp"
#include "io/answer_json.hpp"
#include "io/sha256.hpp"

namespace delian::journal {
namespace {

/// "name:length:value\n" for each field: no value can pass for the end of another.
class Fields {
 public:
  void add(std::string_view name, std::string_view value) {
    text_.append(name).append(":").append(std::to_string(value.size())).append(":");
    text_.append(value).append("\n");
  }
  void add(std::string_view name, std::int64_t value) { add(name, std::to_string(value)); }
  /// 17 digits, as printf writes them in every language.
  void add(std::string_view name, double value) { add(name, fmt::format("{:.17g}", value)); }

  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

void add_entry(Fields& fields, const Entry& entry) {
  fields.add("number", entry.number);
  fields.add("question", entry.question);
  fields.add("title", entry.title);
  fields.add("asks", entry.asks);
  fields.add("marking", entry.marking);
  fields.add("body", entry.body);
  fields.add("opens", entry.opens);
  fields.add("closes", entry.closes);
  fields.add("proposal", entry.proposal);
  fields.add("horizon_months", entry.horizon_months);
  fields.add("states_result", static_cast<std::int64_t>(entry.states_result));
  fields.add("engine_version", entry.engine_version);
  fields.add("model", entry.model);
  fields.add("yardstick", entry.yardstick);
  fields.add("seed", entry.seed);
  fields.add("draws", entry.draws);
  for (std::size_t k = 0; k < outcome_count; ++k) {
    fields.add(outcome_name(static_cast<Outcome>(k)), entry.outcomes[k]);
  }
  fields.add("scenario_hash", entry.scenario_hash);
  for (const Document& text : entry.texts) {
    fields.add("text_name", text.name);
    fields.add("text_sha256", text.sha256);
  }
  fields.add("answer_sha256", entry.answer.sha256);
}

void add_resolution(Fields& fields, const Resolution& resolution) {
  fields.add("entry", resolution.entry);
  fields.add("outcome", resolution.outcome);
  fields.add("decided_on", resolution.decided_on);
  fields.add("note", resolution.note);
  fields.add("source", resolution.source);
}

Document document(std::string name, std::string content) {
  std::string sha256 = digest(content);
  return {std::move(name), std::move(sha256), std::move(content)};
}

}  // namespace

std::string digest(std::string_view text) {
  return "sha256:" + io::sha256(text);
}

std::string record_hash(const Record& record) {
  Fields fields;
  fields.add("format", "delian-journal/1");
  fields.add("seq", record.sequence);
  fields.add("at", record.at);
  fields.add("kind", record.kind);
  fields.add("previous", record.previous);
  if (const Entry* entry = record.entry()) add_entry(fields, *entry);
  if (const Resolution* resolution = record.resolution()) add_resolution(fields, *resolution);
  return digest(fields.text());
}

Entry make_entry(const Answer& answer, const Scenario& scenario, bool states_result,
                 const std::vector<io::TextFile>& texts, Yardstick yardstick,
                 const std::string& json) {
  const Question& question = scenario.parts().question;
  Entry entry;
  entry.question = question.id;
  entry.title = question.title;
  entry.asks = question.asks;
  entry.marking = scenario.parts().marking;
  entry.body = scenario.body().id;
  entry.opens = question.opens.text();
  entry.closes = question.closes.text();
  entry.proposal = question.proposal;
  entry.horizon_months = question.horizon_months;
  entry.states_result = states_result;
  entry.engine_version = answer.provenance.engine_version;
  entry.model = answer.provenance.model;
  entry.yardstick = yardstick_name(yardstick);
  entry.seed = static_cast<std::int64_t>(answer.provenance.seed);
  entry.draws = static_cast<std::int64_t>(answer.provenance.draws_done);
  entry.outcomes = answer.outcomes;
  entry.scenario_hash = io::scenario_hash(texts);
  for (const io::TextFile& text : texts) entry.texts.push_back(document(text.name, text.text));
  entry.answer = document("answer", json);
  return entry;
}

std::string_view yardstick_name(Yardstick yardstick) {
  return yardstick == Yardstick::uk ? "uk" : "icd203";
}

std::string entry_id(const Entry& entry) {
  constexpr std::size_t most = 48;
  std::string id = std::to_string(entry.number);
  char last = 0;
  for (const char c : entry.question) {
    const bool kept = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      c == '.' || c == '_';
    const char next = kept ? c : '-';
    if (last == 0) id += '-';
    if (next == '-' && (last == '-' || last == 0)) continue;
    id += next;
    last = next;
    if (id.size() == most) break;
  }
  while (id.ends_with('-')) id.pop_back();
  return id;
}

bool same_question(const Entry& a, const Entry& b) {
  const auto terms = [](const Entry& e) {
    return std::tie(e.question, e.body, e.opens, e.closes, e.proposal, e.horizon_months);
  };
  return terms(a) == terms(b);
}

std::string utc_text(std::int64_t seconds) {
  const std::chrono::sys_seconds time{std::chrono::seconds{seconds}};
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss clock{time - day};
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                     clock.hours().count(), clock.minutes().count(), clock.seconds().count());
}

}  // namespace delian::journal
