#include "io/power_json.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "delian/answer.hpp"

namespace delian::io {
namespace {

using Json = nlohmann::ordered_json;
using power::CoalitionKind;
using power::Study;

constexpr double exact_below = 9'007'199'254'740'992.0;  // 2^53

/// Whole numbers as such while they are exact; null for none.
Json count(const std::optional<double>& value) {
  if (!value) return nullptr;
  if (*value < exact_below) return static_cast<std::uint64_t>(*value);
  return *value;
}

Json codes(const Study& study, const std::vector<std::size_t>& members) {
  Json list = Json::array();
  for (const std::size_t i : members) list.push_back(study.subject.members[i]);
  return list;
}

Json members(const Study& study, const Atlas& atlas) {
  Json rows = Json::array();
  for (const std::size_t i : study.by_power()) {
    const power::MemberPower& m = study.indices.members[i];
    const std::string& code = study.subject.members[i];
    const Country* country = atlas.find_country(code);
    Json row{{"member", code},
             {"name", country == nullptr ? code : country->name.en},
             {"shapley_shubik", m.shapley_shubik},
             {"banzhaf_measure", m.banzhaf_measure},
             {"banzhaf_index", m.banzhaf_index},
             {"prevent", m.prevent},
             {"initiate", m.initiate},
             {"swings", count(m.swings)},
             {"blocks_alone", m.veto}};
    if (study.union_power) {
      row["owen"] = study.union_power->owen[i];
      row["banzhaf_owen"] = study.union_power->banzhaf_owen[i];
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

Json unions(const Study& study) {
  Json list = Json::array();
  for (const power::NamedUnion& named : study.unions) {
    double owen = 0;
    for (const std::size_t i : named.members) owen += study.union_power->owen[i];
    list.push_back(
        {{"name", named.name}, {"members", codes(study, named.members)}, {"owen", owen}});
  }
  return list;
}

Json pass(const Study& study) {
  if (!study.pass) return nullptr;
  const power::Consent& consent = *study.consent;
  Json rows = Json::array();
  for (const std::size_t i : study.by_gradient()) {
    rows.push_back({{"member", study.subject.members[i]},
                    {"consent", consent.chance[i]},
                    {"gradient", study.pass->gradient[i]}});
  }
  Json result{{"if_independent", study.pass->probability},
              {"method", power::method_name(study.pass->method)},
              {"chances", consent.from_forecast ? "forecast" : "given"}};
  if (consent.from_forecast) {
    result["forecast"] = {{"model", consent.model},
                          {"draws", consent.draws},
                          {"agreed_as_drafted", consent.forecast}};
  }
  result["members"] = std::move(rows);
  return result;
}

Json coalitions(const Study& study) {
  if (!study.listed) return nullptr;
  Json list = Json::array();
  for (const auto& coalition : study.list.coalitions) list.push_back(codes(study, coalition));
  return {{"kind", *study.listed == CoalitionKind::winning ? "winning" : "blocking"},
          {"complete", study.list.complete},
          {"list", std::move(list)}};
}

Json profiles(const Study& study) {
  if (!study.profiles) return nullptr;
  return {{"passing", count(study.profiles->passing)}, {"share", study.profiles->share}};
}

Json nakamura(const Study& study) {
  if (study.nakamura.infinite) return {{"infinite", true}};
  return {{"infinite", false}, {"least", study.nakamura.least}, {"most", study.nakamura.most}};
}

}  // namespace

std::string to_json(const Study& study, const Atlas& atlas) {
  const power::Subject& subject = study.subject;
  const Json json{
      {"format", "delian-power/1"},
      {"engine", "delian"},
      {"version", version()},
      {"marking", subject.marking},
      {"title", subject.title},
      {"body", subject.body_id},
      {"rule", subject.rule.parts().id},
      {"on", subject.date.text()},
      {"method", power::method_name(study.indices.method)},
      {"act", study.indices.act},
      {"winning_coalitions", count(study.indices.winning)},
      {"votes_with_abstentions", profiles(study)},
      {"minimal_winning", count(study.minimal_winning)},
      {"minimal_blocking", count(study.minimal_blocking)},
      {"nakamura", nakamura(study)},
      {"block_alone", codes(study, study.vetoers)},
      {"unions", unions(study)},
      {"members", members(study, atlas)},
      {"pass", pass(study)},
      {"coalitions", coalitions(study)},
  };
  // A scenario's text was checked to be UTF-8; what the command line says is replaced if not.
  return json.dump(2, ' ', true, Json::error_handler_t::replace);
}

}  // namespace delian::io
