#include "io/answer_json.hpp"

#include <array>
#include <nlohmann/json.hpp>
#include <string_view>
#include <vector>

#include "delian/words.hpp"
#include "io/presence_json.hpp"
#include "io/sha256.hpp"

namespace delian::io {
namespace {

using Json = nlohmann::ordered_json;

Json worded(double probability) {
  return {{"p", probability},
          {"icd203", probability_word(probability, Yardstick::icd203, Language::en)},
          {"uk", probability_word(probability, Yardstick::uk, Language::en)}};
}

Json outcome_object(const OutcomeShares& shares) {
  Json object;
  for (std::size_t k = 0; k < outcome_count; ++k) {
    object[std::string(outcome_name(static_cast<Outcome>(k)))] = shares[k];
  }
  return object;
}

std::string_view level_name(Confidence::Level level) {
  constexpr std::array names{"low", "moderate", "high"};
  return names[static_cast<std::size_t>(level)];
}

Json parameters_object(const ParameterMap& parameters) {
  Json object = Json::object();
  for (const auto& [name, value] : parameters) object[name] = value;
  return object;
}

Json provenance(const Provenance& p, const std::string& hash) {
  return {{"engine", "delian"},
          {"version", p.engine_version},
          {"scenario", p.scenario_id},
          {"scenario_hash", hash},
          {"seed", p.seed},
          {"draws_asked", p.draws_asked},
          {"draws_done", p.draws_done},
          {"model", p.model},
          {"defaults", p.defaults},
          {"parameters", parameters_object(p.parameters)}};
}

Json blockers(const Answer& answer) {
  Json rows = Json::array();
  for (const Blocker& b : answer.blockers) {
    rows.push_back({{"member", b.code},
                    {"objects", b.objects},
                    {"alone", b.alone},
                    {"agreed_if_absent", b.agreed_if_absent},
                    {"opts_out", b.opts_out},
                    {"blocking_share", b.blocking_share},
                    {"sources", b.sources},
                    {"judgement_only", b.judgement_only}});
  }
  return rows;
}

Json agreed_text(const Answer& answer) {
  Json points = Json::array();
  for (std::size_t t = 0; t < answer.agreed_text.size(); ++t) {
    if (answer.agreed_text[t] > 0) points.push_back({{"at", t}, {"p", answer.agreed_text[t]}});
  }
  return points;
}

Json tipping_points(const Answer& answer) {
  Json rows = Json::array();
  for (const TippingPoint& t : answer.tipping_points) {
    rows.push_back({{"member", t.member},
                    {"field", field_name(t.field)},
                    {"now", t.now},
                    {"at", t.at},
                    {"agreed_as_drafted", worded(t.probability)},
                    {"effect", t.effect}});
  }
  return rows;
}

Json load_bearing(const Answer& answer) {
  Json rows = Json::array();
  for (const LoadBearing& l : answer.load_bearing) {
    rows.push_back({{"evidence", l.evidence},
                    {"member", l.member},
                    {"agreed_as_drafted", worded(l.probability)},
                    {"change", l.change}});
  }
  return rows;
}

Json landing(const Landing& landing, std::span<const PointRange> within) {
  Json issues = Json::array();
  for (const IssueLanding& issue : landing.issues) {
    Json models = Json::array();
    for (const ModelLanding& m : issue.models) {
      models.push_back({{"model", m.model},
                        {"mean", m.mean},
                        {"q05", m.low},
                        {"q50", m.median},
                        {"q95", m.high},
                        {"unsettled", m.unsettled},
                        {"parameters", parameters_object(m.parameters)}});
    }
    Json ranges = Json::array();
    for (const PointRange& range : within) {
      ranges.push_back({{"from", range.low},
                        {"to", range.high},
                        {"chance", worded(probability_within(issue.distribution, range))}});
    }
    issues.push_back({{"id", issue.id},
                      {"title", issue.title},
                      {"distribution", issue.distribution},
                      {"within", ranges},
                      {"models", models}});
  }
  Json left_out = Json::array();
  for (const ModelLeftOut& m : landing.left_out) {
    left_out.push_back({{"model", m.model}, {"needs", m.needs}});
  }
  return {{"draws", landing.draws},
          {"weights", landing.weights},
          {"issues", issues},
          {"left_out", left_out}};
}

}  // namespace

std::string to_json(const Answer& answer, const Scenario& scenario,
                    const std::string& scenario_hash, std::span<const PointRange> within) {
  const ScenarioParts& parts = scenario.parts();
  Json remedies{{"side_payment", answer.remedies[0]},
                {"opt_out", answer.remedies[1]},
                {"smaller_text", answer.remedies[2]}};
  Json json{
      {"format", "delian-answer/1"},
      {"provenance", provenance(answer.provenance, scenario_hash)},
      {"marking", parts.marking},
      {"question",
       {{"id", parts.question.id},
        {"title", parts.question.title},
        {"asks", parts.question.asks},
        {"body", scenario.body().id},
        {"rule", scenario.rule().parts().id},
        {"members", scenario.members().size()},
        {"opens", parts.question.opens.text()},
        {"closes", parts.question.closes.text()},
        {"horizon_months", parts.question.horizon_months},
        {"proposal", parts.question.proposal},
        {"reversion", parts.reversion}}},
      {"procedure", answer.by_vote ? "vote" : "silence"},
      {"agreed_as_drafted", worded(answer.as_drafted())},
      {"standard_error", answer.standard_error},
      {"some_agreement", worded(answer.some_agreement())},
      {"outcomes", outcome_object(answer.outcomes)},
      {"equilibria",
       {{"uncoordinated", outcome_object(answer.uncoordinated)},
        {"coordinated", outcome_object(answer.coordinated)}}},
      {"weakened_by", remedies},
      {"adopted_in_month", answer.adopted_in_month},
      {"agreed_text", agreed_text(answer)},
      {"blockers", blockers(answer)},
      {"confidence",
       {{"level", level_name(answer.confidence.level)},
        {"sourced_share", answer.confidence.sourced_share},
        {"judgement_only", answer.confidence.judgement_only},
        {"contested", answer.confidence.contested},
        {"unknown", answer.confidence.unknown},
        {"swing", answer.confidence.swing}}},
      {"explained", answer.explained},
      {"tipping_points", tipping_points(answer)},
      {"load_bearing", load_bearing(answer)},
  };
  if (answer.landing) json["landing"] = landing(*answer.landing, within);
  if (answer.presence) json["presence"] = presence_object(*answer.presence);
  // Text from the file was checked to be UTF-8; anything else would be replaced, never thrown at.
  return json.dump(2, ' ', true, Json::error_handler_t::replace);
}

std::string scenario_hash(std::span<const TextFile> texts) {
  std::vector<std::string> lengths;
  for (const TextFile& file : texts) lengths.push_back(std::to_string(file.text.size()) + "\n");
  std::vector<std::string_view> parts;
  for (std::size_t k = 0; k < texts.size(); ++k) {
    // The length first, so that moving text from one file to the next changes the hash.
    parts.insert(parts.end(), {lengths[k], texts[k].text});
  }
  return "sha256:" + sha256(parts);
}

}  // namespace delian::io
