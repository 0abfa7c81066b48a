#pragma once
// Games of catalog/power and rules made in code.

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <string>
#include <vector>

#include "delian/power.hpp"
#include "delian/rule.hpp"
#include "io/atlas.hpp"
#include "io/toml.hpp"
#include "support/bundled.hpp"

namespace delian::testing {

struct WeightedGame {
  std::vector<std::string> members;
  std::vector<double> weights;
  double quota = 0;
};

inline io::toml::Node catalog_file(const std::string& name) {
  const std::string text = file_text(DELIAN_SOURCE_DIR "/catalog/power/" + name);
  const io::toml::Parsed parsed = io::toml::parse(text, name);
  EXPECT_TRUE(parsed.problems.empty()) << name;
  return parsed.document.root_node();
}

inline WeightedGame catalog_game(const std::string& id) {
  const io::toml::Node root = catalog_file("weighted-games.toml");
  WeightedGame result;
  for (const io::toml::Node& game : *root.table()->find("game")->value.array()) {
    if (*game.table()->find("id")->value.string() != id) continue;
    result.quota = *game.table()->find("quota")->value.number();
    for (const io::toml::Node& member : *game.table()->find("members")->value.array()) {
      result.members.push_back(*member.string());
    }
    for (const io::toml::Node& weight : *game.table()->find("weights")->value.array()) {
      result.weights.push_back(*weight.number());
    }
  }
  EXPECT_FALSE(result.members.empty()) << id;
  EXPECT_EQ(result.members.size(), result.weights.size()) << id;
  return result;
}

/// Populations by code, checked against the total that the file states.
inline std::map<std::string, double> catalog_population(const std::string& name) {
  const io::toml::Node root = catalog_file(name);
  std::map<std::string, double> result;
  double total = 0;
  for (const io::toml::Entry& entry : root.table()->find("population")->value.table()->entries()) {
    total += result[entry.key] = *entry.value.number();
  }
  EXPECT_EQ(total, *root.table()->find("total")->value.number()) << name;
  return result;
}

inline power::SimpleGame game_of(const std::vector<double>& weights, double quota) {
  return power::SimpleGame::weighted(weights, quota, "test").value();
}

/// A rule of a body on a day.
inline Rule body_rule(const std::string& body_id, const Date& date, const std::string& preset) {
  const Body* body = io::atlas().find_body(body_id);
  const std::vector<std::string> members = body->members_on(date);
  return rule_preset(preset, *body, date, members, "rule").value();
}

/// Heads and population, and a clause on blocking minorities, over members in ascending code.
inline Rule double_majority(const std::map<std::string, double>& population, double heads,
                            double share, int minimum_blockers) {
  Rule::Parts parts;
  parts.id = "double-majority";
  parts.members = population.size();
  parts.criteria.resize(2);
  parts.criteria[0].weight.assign(population.size(), 1);
  parts.criteria[0].quota = heads;
  for (const auto& [code, count] : population) parts.criteria[1].weight.push_back(count);
  parts.criteria[1].quota = share;
  parts.criteria[1].relative = true;
  parts.minimum_blockers = minimum_blockers;
  return Rule::make(std::move(parts), "test").value();
}

/// A whole number from `from` to below `to`, any with the same chance whatever the size of a test.
template <class Number>
Number any_in(Number from, Number to) {
  return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange(from, to));
}

inline std::vector<double> any_weights(std::size_t count, int most) {
  std::vector<double> weights;
  for (std::size_t i = 0; i < count; ++i) {
    weights.push_back(any_in(0, any_in(0, 3) == 0 ? 3 : most + 1));
  }
  return weights;
}

/// A weighted game with some weight, and any quota.
inline power::SimpleGame any_weighted_game(std::size_t least, std::size_t most, int most_weight) {
  std::vector<double> weights = any_weights(any_in(least, most + 1), most_weight);
  weights[0] += 1;
  const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
  return game_of(weights, any_in(1, static_cast<int>(total) + 1));
}

/// Any rule: up to three criteria of small weights, absolute and relative, vetoes, objections
/// allowed, a clause on blocking minorities.
inline rc::Gen<Rule> any_rule(std::size_t least, std::size_t most) {
  return rc::gen::exec([least, most] {
    Rule::Parts parts;
    parts.id = "any";
    parts.members = any_in(least, most + 1);
    const auto n = static_cast<int>(parts.members);
    const int criteria = any_in(0, 10) == 0 ? 0 : any_in(1, 4);
    for (int c = 0; c < criteria; ++c) {
      Criterion criterion;
      criterion.weight = any_in(0, 4) == 0 ? std::vector<double>(parts.members, 1)
                                           : any_weights(parts.members, 11);
      criterion.weight[0] += 1;
      const double total = std::accumulate(criterion.weight.begin(), criterion.weight.end(), 0.0);
      criterion.relative = any_in(0, 2) == 0;
      criterion.strict = any_in(0, 4) == 0 && (criterion.relative || total > 1);
      criterion.quota = criterion.relative
                            ? any_in(10, 90) / 100.0
                            : any_in(1, static_cast<int>(total) + (criterion.strict ? 0 : 1));
      parts.criteria.push_back(std::move(criterion));
    }
    if (any_in(0, 5) == 0) {
      for (int i = 0; i < n; ++i) parts.veto.push_back(any_in(0, 5) == 0 ? 1 : 0);
    }
    const bool has_veto = std::count(parts.veto.begin(), parts.veto.end(), 1) > 0;
    if ((criteria == 0 && !has_veto) || any_in(0, 5) == 0) parts.objections_allowed = any_in(0, n);
    if (any_in(0, 3) == 0) parts.minimum_blockers = any_in(0, n + 1);
    return Rule::make(std::move(parts), "any").value();
  });
}

}  // namespace delian::testing
