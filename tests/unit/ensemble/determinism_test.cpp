// An answer is a function of scenario, seed and number of draws, and of nothing else.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <iostream>
#include <string>
#include <utility>
#include <vector>

#include "delian/answer.hpp"
#include "ensemble/draw_table.hpp"
#include "io/answer_json.hpp"
#include "support/bundled.hpp"
#include "support/scenarios.hpp"

namespace delian {
namespace {

using testing::bundled;
using testing::bundled_ids;
using testing::parts_of;
using testing::Row;
using testing::tokyo_like;

Scenario make(ScenarioParts parts, const std::vector<Row>& rows,
              const std::string& rule = "consensus") {
  Diagnostics problems;
  parts.rule = rule;
  auto scenario = Scenario::make(std::move(parts), testing::atlas_of(rows, rule), problems);
  EXPECT_TRUE(scenario.has_value()) << (problems.empty() ? "" : problems.front().message);
  return scenario.value();
}

/// Small enough to be quick, with deals, forums and every outcome.
ScenarioParts rich_parts(const std::vector<Row>& rows) {
  ScenarioParts parts = parts_of(rows);
  parts.question.divisible = true;
  parts.question.opt_out = true;
  parts.side_payments.push_back({rows[1].code, {testing::value("5 to 20"), {"J1"}}});
  parts.forums.push_back({"Smaller committee", "consensus", {rows[0].code}, {}});
  return parts;
}

Scenario silent_council() {
  const auto rows = tokyo_like(9);
  return make(rich_parts(rows), rows);
}
Scenario voting_council() {
  const auto rows = tokyo_like(9);
  return make(rich_parts(rows), rows, "two-thirds-cast");
}

BoundModel bind(const Scenario& scenario) {
  return decision_model_for(scenario.rule()).bind(scenario.parts().parameters).value();
}

DecisionTally streamed(const Scenario& scenario, std::uint64_t seed, std::uint64_t draws,
                       const RunContext& context = {}) {
  return count_streaming(scenario, make_setting(scenario), bind(scenario).decide, seed, draws,
                         context);
}

void expect_same(const DecisionTally& a, const DecisionTally& b) {
  EXPECT_EQ(a.least, b.least);
  EXPECT_EQ(a.greatest, b.greatest);
}

std::string json(const Scenario& scenario, const AnswerOptions& options,
                 const RunContext& context = {}) {
  return io::to_json(answer(scenario, options, context).value(), scenario, "");
}

RunContext on_threads(int threads) {
  RunContext context;
  context.threads = threads;
  return context;
}

TEST(Determinism, ThreadsNeverChangeACount) {
  for (const Scenario& scenario : {silent_council(), voting_council()}) {
    // Not a whole number of blocks, nor of chunks of blocks.
    const DecisionTally one = streamed(scenario, 3, 10'007);
    EXPECT_EQ(one.least.draws, 10'007U);
    for (const int threads : {2, 3, 8, 64}) {
      expect_same(one, streamed(scenario, 3, 10'007, on_threads(threads)));
    }
  }
}

TEST(Determinism, ThreadsNeverChangeAnAnswer) {
  AnswerOptions options;
  options.draws = 3000;
  for (const Scenario& scenario : {silent_council(), voting_council(), bundled("eu-cars-2023")}) {
    const std::string one = json(scenario, options);
    EXPECT_EQ(one, json(scenario, options, on_threads(2)));
    EXPECT_EQ(one, json(scenario, options, on_threads(8)));
  }
}

TEST(Determinism, KeptAndPassingDrawsCountAlike) {
  for (const Scenario& scenario : {silent_council(), voting_council()}) {
    for (const std::uint64_t draws : {1U, 255U, 256U, 257U, 1024U, 5000U}) {
      const auto kept = Forecaster::make(scenario, 11, draws).value();
      EXPECT_EQ(kept.draws(), draws);
      const DecisionTally tally = kept.tally({});
      EXPECT_EQ(tally.least.draws, draws);
      expect_same(tally, streamed(scenario, 11, draws));
    }
  }
}

TEST(Determinism, MoreDrawsBeginWithTheSameOnes) {
  const Scenario scenario = silent_council();
  const auto kept = Forecaster::make(scenario, 11, 4000).value();
  const auto fewer = Forecaster::make(scenario, 11, 1500).value();
  EXPECT_EQ(kept.as_drafted({}, 1500), fewer.as_drafted({}));
}

TEST(Determinism, ChangingAnInputIsTheSameAsAnotherScenario) {
  const Scenario scenario = silent_council();
  const auto kept = Forecaster::make(scenario, 11, 2000).value();
  const Forecaster::Change change{0, Scenario::Field::position, testing::value("30 to 50")};
  const Scenario other = scenario.with(0, Scenario::Field::position, change.value);
  expect_same(kept.tally({&change, 1}), streamed(other, 11, 2000));
}

TEST(Determinism, TheSeedDecides) {
  const Scenario scenario = silent_council();
  expect_same(streamed(scenario, 5, 2000), streamed(scenario, 5, 2000));
  EXPECT_NE(streamed(scenario, 5, 2000).least, streamed(scenario, 6, 2000).least);
}

TEST(Determinism, TheOrderOfRowsIsIrrelevant) {
  auto rows = tokyo_like(9);
  AnswerOptions options;
  options.draws = 2000;
  for (const std::string rule : {"consensus", "two-thirds-cast"}) {
    const std::string sorted = json(make(rich_parts(rows), rows, rule), options);
    ScenarioParts shuffled = rich_parts(rows);
    std::reverse(shuffled.members.begin(), shuffled.members.end());
    std::swap(shuffled.members[2], shuffled.members[5]);
    EXPECT_EQ(sorted, json(make(std::move(shuffled), rows, rule), options));
  }
}

TEST(Determinism, WhatNoNumberUsesChangesNothing) {
  const auto rows = tokyo_like(9);
  const ScenarioParts plain = rich_parts(rows);
  const DecisionTally before = streamed(make(plain, rows), 1, 2000);

  ScenarioParts evidence = plain;
  Evidence report;
  report.id = "E99";
  report.says = "unrelated";
  report.source = "test";
  report.grade = "B2";
  evidence.evidence.insert(evidence.evidence.begin(), report);
  expect_same(before, streamed(make(evidence, rows), 1, 2000));

  ScenarioParts theatre = plain;
  theatre.theatre.emplace();
  theatre.theatre->gives = {{rows[0].code, {testing::value("5 to 20"), {}}, {}, {}, {}}};
  theatre.outsiders.push_back(
      {"ZZ", "opposed", Quantity{testing::value("5 to 20"), {}}, {}, {}, {}});
  expect_same(before, streamed(make(theatre, rows), 1, 2000));
}

TEST(Determinism, AnotherMemberHasDrawsOfItsOwn) {
  // Under a majority of members a tenth changes the rule, but nobody's own vote.
  const DecisionTally nine =
      streamed(make(parts_of(tokyo_like(9)), tokyo_like(9), "majority-members"), 1, 2000);
  const DecisionTally ten =
      streamed(make(parts_of(tokyo_like(10)), tokyo_like(10), "majority-members"), 1, 2000);
  for (std::size_t i = 0; i < 9; ++i) EXPECT_EQ(nine.least.objects[i], ten.least.objects[i]) << i;
}

TEST(Cancelling, UpFrontLeavesNothing) {
  const std::atomic<bool> cancelled{true};
  for (const int threads : {1, 8}) {
    RunContext context = on_threads(threads);
    context.cancelled = &cancelled;
    for (const std::uint64_t draws : {std::uint64_t{1000}, std::uint64_t{1'000'000'000}}) {
      AnswerOptions options;
      options.draws = draws;
      const Answer a = answer(silent_council(), options, context).value();
      EXPECT_EQ(a.provenance.draws_done, 0U);
      EXPECT_EQ(a.provenance.draws_asked, draws);
      EXPECT_FALSE(a.explained);
      EXPECT_EQ(a.as_drafted(), 0);
    }
  }
}

TEST(Cancelling, LeavesTheAnswerOfAsManyDraws) {
  const Scenario scenario = silent_council();
  for (const int threads : {1, 4}) {
    std::atomic<bool> cancelled{false};
    RunContext context = on_threads(threads);
    context.cancelled = &cancelled;
    context.progress = [&](std::uint64_t done, std::uint64_t) {
      if (done >= 3) cancelled = true;
    };
    const DecisionTally cut = streamed(scenario, 9, 1'000'000'000, context);
    EXPECT_GE(cut.least.draws, std::size_t{12} * block_draws);
    EXPECT_LT(cut.least.draws, 1'000'000U);
    expect_same(cut, streamed(scenario, 9, cut.least.draws));
  }
}

TEST(Cancelling, APrefixOfTheTableIsKept) {
  const Scenario scenario = silent_council();
  std::atomic<bool> cancelled{false};
  RunContext context = on_threads(2);
  context.cancelled = &cancelled;
  context.progress = [&](std::uint64_t, std::uint64_t) { cancelled = true; };
  const auto kept = Forecaster::make(scenario, 9, Forecaster::most_draws, context).value();
  EXPECT_GT(kept.draws(), 0U);
  EXPECT_LT(kept.draws(), Forecaster::most_draws);
  expect_same(kept.tally({}), streamed(scenario, 9, kept.draws()));
}

TEST(Progress, RisesAndEndsAtTheTotal) {
  for (const int threads : {1, 2, 8}) {
    for (const std::uint64_t draws : {1U, 1024U, 30'000U}) {
      RunContext context = on_threads(threads);
      std::vector<std::pair<std::uint64_t, std::uint64_t>> seen;
      context.progress = [&](std::uint64_t done, std::uint64_t total) {
        seen.emplace_back(done, total);
      };
      streamed(silent_council(), 1, draws, context);
      ASSERT_FALSE(seen.empty());
      EXPECT_TRUE(std::is_sorted(seen.begin(), seen.end()));
      EXPECT_EQ(seen.back().first, seen.back().second) << threads << " threads, " << draws;
    }
  }
}

/// FNV-1a over whole numbers.
class Signature {
 public:
  void add(std::uint64_t value) {
    for (int byte = 0; byte < 8; ++byte) {
      hash_ = (hash_ ^ (value >> (8 * byte) & 0xFF)) * 0x100000001B3U;
    }
  }
  template <class Counts>
  void add_all(const Counts& counts) {
    for (const std::uint64_t count : counts) add(count);
  }
  void add(const Tally& tally) {
    add(tally.draws);
    add_all(tally.outcomes);
    add_all(tally.remedies);
    add_all(tally.adopted_in_month);
    add_all(tally.agreed_text);
    add_all(tally.objects);
    add_all(tally.alone);
    add_all(tally.agreed_if_absent);
    add_all(tally.exempt);
    add_all(tally.objects_among);
  }
  std::uint64_t value() const { return hash_; }

 private:
  std::uint64_t hash_ = 0xCBF29CE484222325U;
};

std::uint64_t signature(const Scenario& scenario) {
  const DecisionTally tally = streamed(scenario, 20'261'123, 3000);
  Signature result;
  result.add(tally.least);
  result.add(tally.greatest);
  return result.value();
}

// Every count of a fixed set of runs, folded into one number for each. The same on every compiler,
// processor and number of threads. A change here means that forecasts have changed: when that is
// what you want (a model, a default, a bundled scenario, the order of random numbers), put the
// numbers that the failure prints below, and say in CHANGELOG.md what changed and why.
TEST(Signature, EveryCountIsAsPinned) {
  const std::vector<std::pair<std::string, std::uint64_t>> pinned{
      {"silence", 0x49FA2E1F1C20EA59U},          {"ballot", 0xC0F1BFFED51A95D5U},
      {"eu-cars-2023", 0x80957AD2F0781B4DU},     {"nato-amman-2024", 0x89C677D9C4DA7AADU},
      {"nato-sweden-2022", 0x658321BBE92E8AF5U}, {"nato-tokyo-2023", 0x82EF8C89990D009BU},
      {"nato-turkey-2003", 0xA58046BE1F9194C6U},
  };
  std::vector<std::pair<std::string, std::uint64_t>> found{{"silence", signature(silent_council())},
                                                           {"ballot", signature(voting_council())}};
  for (const char* id : bundled_ids) found.emplace_back(id, signature(bundled(id)));
  EXPECT_EQ(found, pinned);
  if (found == pinned) return;
  for (const auto& [name, number] : found) {
    std::cout << fmt::format("      {{\"{}\", 0x{:016X}U}},\n", name, number);
  }
}

}  // namespace
}  // namespace delian
