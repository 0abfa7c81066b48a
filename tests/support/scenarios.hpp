#pragma once
// Scenarios made in code, for tests and benchmarks.

#include <string>
#include <vector>

#include "delian/scenario.hpp"

namespace delian::testing {

inline Uncertain value(const std::string& text, Support support = Support::scale) {
  return *Uncertain::parse(text, support, "test");
}

/// A member's row in the words of a scenario file.
struct Row {
  std::string code;
  std::string position;
  std::string salience;
  std::string resolve;
  Grievance grievance = Grievance::principle;
};

/// A body "test" that has exactly these members for ever, under a rule.
inline Atlas atlas_of(const std::vector<Row>& rows, const std::string& rule) {
  Body body;
  body.id = "test";
  body.name = {"Test Council", "Conseil d'essai"};
  for (const Row& row : rows) {
    body.memberships.push_back({row.code, {1950, 1, 1}, std::nullopt, "test", false});
  }
  body.rules.push_back({rule, {1950, 1, 1}, std::nullopt, "test"});
  Atlas atlas;
  atlas.bodies.push_back(std::move(body));
  return atlas;
}

/// A scenario of these members; text 60 against reversion 0 unless changed by the caller.
inline ScenarioParts parts_of(const std::vector<Row>& rows) {
  ScenarioParts parts;
  parts.question.id = "test";
  parts.question.title = "Test";
  parts.question.asks = "Do they agree?";
  parts.question.opens = {2023, 1, 1};
  parts.question.closes = {2023, 3, 1};
  parts.question.proposal = 60;
  parts.body = "test";
  for (const Row& row : rows) {
    parts.members.push_back({row.code,
                             {value(row.position), {"J1"}},
                             {value(row.salience), {"J1"}},
                             {value(row.resolve), {"J1"}},
                             row.grievance,
                             {},
                             {},
                             {}});
  }
  Evidence judgement;
  judgement.id = "J1";
  judgement.kind = Evidence::Kind::judgement;
  judgement.says = "test";
  judgement.grade = "F6";
  parts.evidence.push_back(judgement);
  return parts;
}

inline std::string code_of(std::size_t i) {
  return {static_cast<char>('A' + i / 26), static_cast<char>('A' + i % 26)};
}

/// Like the Tokyo case: one resolute objector, a doubter, three in favour, the rest silent.
inline std::vector<Row> tokyo_like(std::size_t members = 31) {
  std::vector<Row> rows;
  for (std::size_t i = 0; i < members; ++i) {
    rows.push_back({code_of(i), "60 (30 to 85)", "5 to 25", "15"});
  }
  rows[0] = {code_of(0), "5 (1 to 20)", "60 to 90", "90"};
  if (members > 4) {
    rows[1] = {code_of(1), "45 (20 to 65)", "30 to 60", "35"};
    for (std::size_t i = 2; i < 5; ++i) {
      rows[i] = {code_of(i), "80 (65 to 92)", "45 to 75", "10"};
    }
  }
  return rows;
}

}  // namespace delian::testing
