#include "journal/review.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <set>

#include "support/journal.hpp"

namespace delian::journal {
namespace {

using testing::at;
using testing::contents_of;
using testing::june_first;
using testing::one_day;
using testing::open_store;
using testing::sample_entry;
using testing::tamper;

using Marks = std::vector<Mark>;
constexpr std::int64_t closing_day = june_first + 41 * one_day;  // 2023-07-12

class ReviewTest : public ::testing::Test {
 protected:
  std::string path() const { return folder_.file("journal.db"); }

  void add(const Entry& entry, std::int64_t seconds) const {
    ASSERT_TRUE(open_store(path()).add(entry, at(seconds)));
  }
  void resolve(std::int64_t number, const std::string& outcome, std::int64_t seconds,
               const std::string& on = "") const {
    ASSERT_TRUE(open_store(path()).resolve({number, outcome, on, "", ""}, at(seconds)));
  }
  /// Two forecasts and an outcome of the first, all in time.
  void three_records() const {
    add(sample_entry("a"), june_first);
    add(sample_entry("b"), june_first + one_day);
    resolve(1, "late", closing_day);
  }
  Review reviewed() const { return review(contents_of(path())); }
  std::vector<Marks> marks() const { return reviewed().marks; }

  /// The journal with its guards off, so that SQL may do anything.
  void force(const std::string& sql) const {
    std::string all;
    for (const SchemaObject& guard : guards) all += "DROP TRIGGER " + std::string(guard.name) + ";";
    tamper(path(), "PRAGMA foreign_keys = OFF;" + all + sql);
  }

  /// Gives a record the hash it should have, as somebody would who knows how.
  void rehash(std::size_t k) const {
    const Contents contents = contents_of(path());
    tamper(path(), "UPDATE record SET hash = '" + record_hash(contents.records[k]) +
                       "' WHERE seq = " + std::to_string(contents.records[k].sequence));
  }

 private:
  testing::TemporaryFolder folder_;
};

TEST_F(ReviewTest, AnHonestJournalHasNoMarks) {
  three_records();
  const Review review = reviewed();
  EXPECT_EQ(review.marks, (std::vector<Marks>{{}, {}, {}}));
  ASSERT_EQ(review.entries.size(), 2U);
  EXPECT_EQ(review.entries[0].outcome, Outcome::late);
  EXPECT_EQ(review.entries[1].outcome, std::nullopt);
  EXPECT_TRUE(counts(review, review.entries[0], false));
  EXPECT_FALSE(counts(review, review.entries[1], true));  // no outcome
}

TEST_F(ReviewTest, AnyChangedColumnIsSeen) {
  const std::vector<std::string> changes{
      "UPDATE record SET at = '2023-05-04T00:00:00Z' WHERE seq = 1",
      "UPDATE record SET previous = 'x' WHERE seq = 1",
      "UPDATE record SET hash = 'sha256:00' WHERE seq = 1",
      "UPDATE entry SET number = 9 WHERE seq = 1",
      "UPDATE entry SET closes = '2099-01-01' WHERE seq = 1",
      "UPDATE entry SET as_drafted = 0.9 WHERE seq = 1",
      "UPDATE entry SET not_adopted = 0.6000000000000001 WHERE seq = 1",
      "UPDATE entry SET seed = 2 WHERE seq = 1",
      "UPDATE entry SET engine_version = '9' WHERE seq = 1",
      "UPDATE entry_text SET name = 'x' WHERE seq = 1 AND position = 0",
      "UPDATE entry_text SET position = 5 WHERE seq = 1 AND position = 0",
      "DELETE FROM entry_text WHERE seq = 1 AND position = 1",
      "UPDATE document SET content = 'x' WHERE content LIKE 'id = \"a\"%'",
      "DELETE FROM document WHERE content LIKE 'id = \"a\"%'",
      "DELETE FROM entry WHERE seq = 1",
      "UPDATE record SET kind = 'outcome' WHERE seq = 1",
  };
  for (const std::string& change : changes) {
    std::filesystem::remove(path());
    three_records();
    force(change);
    const Review review = reviewed();
    EXPECT_TRUE(review.has(0, Mark::changed)) << change;
    EXPECT_FALSE(review.has(1, Mark::changed)) << change;
    EXPECT_FALSE(review.has(2, Mark::changed)) << change;
    for (const EntryReview& entry : review.entries) {
      EXPECT_FALSE(counts(review, entry, true)) << change;
    }
  }
}

TEST_F(ReviewTest, AChangeWithANewHashIsSeenByTheRecordAfterIt) {
  three_records();
  force("UPDATE entry SET as_drafted = 0.9 WHERE seq = 1");
  rehash(0);
  EXPECT_EQ(marks(), (std::vector<Marks>{{Mark::changed}, {}, {}}));
}

TEST_F(ReviewTest, WhatDelianNeverAddsIsSeenWhateverItsHash) {
  for (const std::string change :
       {"as_drafted = 9e999", "as_drafted = -1", "as_drafted = 0.2", "draws = 0", "seed = -1",
        "draws = 1000000000001", "closes = '9999'", "opens = ''", "number = 0"}) {
    std::filesystem::remove(path());
    add(sample_entry("a"), june_first);
    force("UPDATE entry SET " + change);
    rehash(0);
    EXPECT_EQ(marks()[0], Marks{Mark::changed}) << change;
  }
  std::filesystem::remove(path());
  add(sample_entry("a"), june_first);
  force("DELETE FROM entry_text");
  rehash(0);
  EXPECT_EQ(marks()[0], Marks{Mark::changed});
}

TEST_F(ReviewTest, AChangedOutcomeIsSeenAtTheOutcomeAndAtItsEntry) {
  three_records();
  add(sample_entry("c"), closing_day);
  force("UPDATE outcome SET outcome = 'as_drafted'");
  const Review review = reviewed();
  EXPECT_EQ(review.marks, (std::vector<Marks>{{Mark::outcome_changed}, {}, {Mark::changed}, {}}));
  EXPECT_FALSE(counts(review, review.entries[0], true));
}

TEST_F(ReviewTest, ARecordTakenOutIsMissed) {
  three_records();
  force(
      "DELETE FROM entry_text WHERE seq = 2; DELETE FROM entry WHERE seq = 2;"
      "DELETE FROM record WHERE seq = 2");
  EXPECT_EQ(marks(), (std::vector<Marks>{{}, {Mark::missing_before}}));
}

TEST_F(ReviewTest, TheFirstRecordIsMissed) {
  three_records();
  force(
      "DELETE FROM entry_text WHERE seq = 1; DELETE FROM entry WHERE seq = 1;"
      "DELETE FROM record WHERE seq = 1");
  EXPECT_EQ(marks()[0], Marks{Mark::missing_before});
}

TEST_F(ReviewTest, TheLastRecordIsMissed) {
  three_records();
  force("DELETE FROM outcome; DELETE FROM record WHERE seq = 3");
  const Contents contents = contents_of(path());
  EXPECT_EQ(contents.problems.back(), "the last record is missing");
  // What is added next shows the gap for ever.
  add(sample_entry("c"), closing_day);
  EXPECT_EQ(marks(), (std::vector<Marks>{{}, {}, {Mark::missing_before}}));
}

TEST_F(ReviewTest, ARecordPutInBetweenIsSeen) {
  three_records();
  force(
      "UPDATE record SET seq = 4 WHERE seq = 3; UPDATE outcome SET seq = 4;"
      "INSERT INTO record SELECT 3, '2023-06-03T00:00:00Z', kind, hash, 'sha256:1' FROM record "
      "WHERE seq = 2;"
      "INSERT INTO entry SELECT 3, 3, question, title, asks, marking, body, opens, closes, "
      "proposal, horizon_months, states_result, engine_version, model, yardstick, seed, draws, "
      "0.9, 0.1, 0, 0, 0, scenario_hash, answer_sha256 FROM entry WHERE seq = 2;"
      "INSERT INTO entry_text SELECT 3, position, name, sha256 FROM entry_text WHERE seq = 2");
  rehash(2);
  const std::vector<Marks> found = marks();
  ASSERT_EQ(found.size(), 4U);
  EXPECT_TRUE(found[3] == Marks{Mark::changed});  // it was renumbered
}

TEST_F(ReviewTest, RowsWithoutARecordAreTold) {
  three_records();
  force("INSERT INTO outcome VALUES (77, 1, 'as_drafted', '', '', '')");
  EXPECT_THAT(contents_of(path()).problems,
              ::testing::Contains("table outcome holds rows of no record"));
  EXPECT_EQ(reviewed().entries[0].outcome, Outcome::late);
}

TEST_F(ReviewTest, TheClosingDayIsInTime) {
  add(sample_entry("a"), closing_day + one_day - 1);
  add(sample_entry("b"), closing_day + one_day);
  EXPECT_EQ(marks(), (std::vector<Marks>{{}, {Mark::late}}));
}

TEST_F(ReviewTest, AClockSetBackDoesNotHelp) {
  add(sample_entry("a"), closing_day + one_day);
  add(sample_entry("b"), june_first);
  EXPECT_EQ(marks(), (std::vector<Marks>{{Mark::late}, {Mark::dated_back, Mark::late}}));
}

TEST_F(ReviewTest, ClocksThatDifferALittleAreNotTold) {
  add(sample_entry("a"), june_first + 60);
  add(sample_entry("b"), june_first);
  add(sample_entry("c"), june_first - 1);
  EXPECT_EQ(marks(), (std::vector<Marks>{{}, {}, {Mark::dated_back}}));
}

TEST_F(ReviewTest, AForecastAfterTheOutcomeIsMarked) {
  three_records();
  add(sample_entry("a", 2), closing_day);
  const Review review = reviewed();
  EXPECT_EQ(review.marks[3], Marks{Mark::outcome_known});
  EXPECT_EQ(review.entries[2].outcome, Outcome::late);
  EXPECT_FALSE(counts(review, review.entries[2], false));
  EXPECT_TRUE(counts(review, review.entries[2], true));
}

TEST_F(ReviewTest, OtherTermsUnderTheSameIdAreAnotherQuestionYetMarked) {
  three_records();
  Entry entry = sample_entry("a");
  entry.closes = "2024-07-12";
  add(entry, closing_day);
  const Review review = reviewed();
  EXPECT_EQ(review.marks[3], Marks{Mark::outcome_known});
  EXPECT_EQ(review.entries[2].outcome, std::nullopt);
}

TEST_F(ReviewTest, AForecastOnTheDayOfTheDecisionIsMarked) {
  add(sample_entry("a", 1), june_first);
  add(sample_entry("a", 2), june_first + one_day);
  resolve(1, "as_drafted", june_first + 3 * one_day, "2023-06-02");
  const Review review = reviewed();
  EXPECT_EQ(review.marks, (std::vector<Marks>{{}, {Mark::after_decision}, {}}));
  EXPECT_FALSE(counts(review, review.entries[1], false));
}

TEST_F(ReviewTest, AScenarioThatStatesItsResultIsMarked) {
  Entry entry = sample_entry();
  entry.states_result = true;
  add(entry, june_first);
  EXPECT_EQ(marks()[0], Marks{Mark::states_result});
}

TEST_F(ReviewTest, ACorrectionCountsAndTheFirstStays) {
  three_records();
  resolve(1, "weakened", closing_day + one_day);
  const Review review = reviewed();
  EXPECT_EQ(review.entries[0].resolutions, (std::vector<std::size_t>{2, 3}));
  EXPECT_EQ(review.entries[0].outcome, Outcome::weakened);
}

TEST_F(ReviewTest, OneOutcomeSettlesEveryForecastOfTheQuestion) {
  add(sample_entry("a", 1), june_first);
  add(sample_entry("a", 2), june_first);
  add(sample_entry("b"), june_first);
  resolve(2, "late", closing_day);
  const Review review = reviewed();
  EXPECT_EQ(review.entries[0].outcome, Outcome::late);
  EXPECT_EQ(review.entries[1].outcome, Outcome::late);
  EXPECT_EQ(review.entries[2].outcome, std::nullopt);
}

TEST(Mark, EachHasItsOwnName) {
  std::set<std::string_view> names;
  for (std::size_t k = 0; k < mark_count; ++k) names.insert(mark_name(static_cast<Mark>(k)));
  EXPECT_EQ(names.size(), mark_count);
  EXPECT_FALSE(names.contains(""));
  Record outcome;
  outcome.kind = "outcome";
  EXPECT_EQ(mark_text(Mark::changed, outcome), "changed after it was recorded");
}

// Whatever byte of the file changes: either it is told, or what is read is what was written.
TEST_F(ReviewTest, NoByteChangesUnseen) {
  three_records();
  const Contents before = contents_of(path());
  std::string bytes;
  {
    std::ifstream stream(path(), std::ios::binary);
    bytes.assign(std::istreambuf_iterator<char>(stream), {});
  }
  std::mt19937 engine(1);
  std::size_t told = 0;
  for (int round = 0; round < 600; ++round) {
    std::string other = bytes;
    char& byte = other[engine() % other.size()];
    byte = static_cast<char>(static_cast<unsigned char>(byte) ^ (1U << (engine() % 8)));
    std::ofstream(path(), std::ios::binary | std::ios::trunc) << other;
    Expected<Store> store = Store::open(path(), Store::Access::read);
    if (!store) {
      ++told;
      continue;
    }
    const Expected<Contents> contents = store->read(Store::Depth::documents);
    if (!contents) {
      ++told;
      continue;
    }
    const Review found = review(*contents);
    const bool marked = !contents->problems.empty() ||
                        std::any_of(found.marks.begin(), found.marks.end(),
                                    [](const Marks& marks) { return !marks.empty(); });
    if (marked) {
      ++told;
      continue;
    }
    ASSERT_EQ(contents->records.size(), before.records.size());
    for (std::size_t k = 0; k < before.records.size(); ++k) {
      EXPECT_EQ(contents->records[k].hash, before.records[k].hash);
    }
  }
  EXPECT_GT(told, 50U);
}

}  // namespace
}  // namespace delian::journal
