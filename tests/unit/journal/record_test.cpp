#include "journal/record.hpp"

#include <gtest/gtest.h>

#include "support/journal.hpp"

namespace delian::journal {
namespace {

using testing::sample_entry;

Record record_of(Entry entry) {
  Record record;
  record.sequence = 1;
  record.at = "2023-06-01T00:00:00Z";
  record.kind = "entry";
  entry.number = 1;
  record.content = std::move(entry);
  return record;
}

// By the format of docs/journal.md: the shortest record there is.
TEST(RecordHash, IsOverNamedLengthsAndValues) {
  Record record;
  record.sequence = 2;
  record.at = "2023-06-01T00:00:00Z";
  record.kind = "outcome";
  record.previous = "sha256:00";
  record.content = Resolution{1, "late", "", "é", ""};
  EXPECT_EQ(record_hash(record), digest("format:16:delian-journal/1\n"
                                        "seq:1:2\n"
                                        "at:20:2023-06-01T00:00:00Z\n"
                                        "kind:7:outcome\n"
                                        "previous:9:sha256:00\n"
                                        "entry:1:1\n"
                                        "outcome:4:late\n"
                                        "decided_on:0:\n"
                                        "note:2:é\n"
                                        "source:0:\n"));
}

TEST(RecordHash, EveryFieldCounts) {
  const Record record = record_of(sample_entry());
  const std::string hash = record_hash(record);
  const std::vector<void (*)(Record&)> changes{
      [](Record& r) { r.sequence = 2; },
      [](Record& r) { r.at = "2023-06-01T00:00:01Z"; },
      [](Record& r) { r.kind = "outcome"; },
      [](Record& r) { r.previous = "x"; },
  };
  for (const auto change : changes) {
    Record other = record;
    change(other);
    EXPECT_NE(record_hash(other), hash);
  }
  const std::vector<void (*)(Entry&)> entry_changes{
      [](Entry& e) { e.number = 2; },
      [](Entry& e) { e.question += "x"; },
      [](Entry& e) { e.title += "x"; },
      [](Entry& e) { e.asks += "x"; },
      [](Entry& e) { e.marking += "x"; },
      [](Entry& e) { e.body += "x"; },
      [](Entry& e) { e.opens = "2023-05-04"; },
      [](Entry& e) { e.closes = "2023-07-13"; },
      [](Entry& e) { e.proposal += 1e-9; },
      [](Entry& e) { e.horizon_months += 1e-9; },
      [](Entry& e) { e.states_result = true; },
      [](Entry& e) { e.engine_version += "x"; },
      [](Entry& e) { e.model += "x"; },
      [](Entry& e) { e.yardstick = "uk"; },
      [](Entry& e) { e.seed += 1; },
      [](Entry& e) { e.draws += 1; },
      [](Entry& e) { e.outcomes[0] += 1e-15; },
      [](Entry& e) { e.outcomes[4] += 1e-15; },
      [](Entry& e) { e.scenario_hash += "x"; },
      [](Entry& e) { e.texts[1].name += "x"; },
      [](Entry& e) { e.texts[1].sha256 += "x"; },
      [](Entry& e) { e.texts.pop_back(); },
      [](Entry& e) { e.answer.sha256 += "x"; },
  };
  for (const auto change : entry_changes) {
    Record other = record;
    change(std::get<Entry>(other.content));
    EXPECT_NE(record_hash(other), hash);
  }
}

TEST(RecordHash, TextMovedToTheNextFieldCounts) {
  Entry a = sample_entry();
  a.title = "ab";
  a.asks = "c";
  Entry b = sample_entry();
  b.title = "a";
  b.asks = "bc";
  EXPECT_NE(record_hash(record_of(a)), record_hash(record_of(b)));
}

TEST(EntryId, IsANumberAndWhatFitsAShell) {
  const auto id = [](const std::string& question) {
    Entry entry = sample_entry(question);
    entry.number = 12;
    return entry_id(entry);
  };
  EXPECT_EQ(id("nato-tokyo-2023"), "12-nato-tokyo-2023");
  EXPECT_EQ(id("NATO: Tokyo / 2023?"), "12-NATO-Tokyo-2023");
  EXPECT_EQ(id("../x; rm -rf \x1b[2J"), "12-..-x-rm-rf-2J");
  EXPECT_EQ(id("日本"), "12");
  EXPECT_EQ(id(""), "12");
  EXPECT_EQ(id(std::string(500, 'x')).size(), 48U);
}

TEST(Entry, TheSameQuestionHasTheSameTerms) {
  const Entry entry = sample_entry("a", 1);
  EXPECT_TRUE(same_question(entry, sample_entry("a", 2)));
  EXPECT_FALSE(same_question(entry, sample_entry("b", 1)));
  for (const auto change : std::vector<void (*)(Entry&)>{
           [](Entry& e) { e.closes = "2023-08-01"; }, [](Entry& e) { e.opens = "2023-05-01"; },
           [](Entry& e) { e.proposal = 85; }, [](Entry& e) { e.horizon_months = 6; },
           [](Entry& e) { e.body = "eu-council"; }}) {
    Entry other = entry;
    change(other);
    EXPECT_FALSE(same_question(entry, other));
  }
}

TEST(UtcText, IsTheCivilTimeOfTheSeconds) {
  EXPECT_EQ(utc_text(0), "1970-01-01T00:00:00Z");
  EXPECT_EQ(utc_text(-1), "1969-12-31T23:59:59Z");
  EXPECT_EQ(utc_text(951'868'799), "2000-02-29T23:59:59Z");
  EXPECT_EQ(utc_text(4'102'444'800), "2100-01-01T00:00:00Z");
}

}  // namespace
}  // namespace delian::journal
