#include "journal/store.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "support/journal.hpp"

namespace delian::journal {
namespace {

using Access = Store::Access;
using testing::at;
using testing::contents_of;
using testing::june_first;
using testing::open_store;
using testing::refusal_of;
using testing::sample_entry;
using testing::tamper;

class StoreTest : public ::testing::Test {
 protected:
  std::string path() const { return folder_.file("journal.db"); }
  std::string file(const std::string& name) const { return folder_.file(name); }

  void put(const std::string& name, const std::string& text) const {
    std::ofstream(file(name), std::ios::binary) << text;
  }

  std::string bytes() const {
    std::ifstream stream(path(), std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
  }

 private:
  testing::TemporaryFolder folder_;
};

TEST_F(StoreTest, WhatWasAddedIsReadBack) {
  Entry entry = sample_entry("Ægypten ☺", 9'007'199'254'740'991);
  entry.outcomes = {0.1, 1.0 / 3, 1e-300, 0, 2.0 / 3};
  entry.texts[0].content = std::string("a\0b\n\xEF\xBB\xBF", 7);
  entry.texts[0].sha256 = digest(*entry.texts[0].content);
  const Expected<Record> added = open_store(path()).add(entry, at(june_first));
  ASSERT_TRUE(added);
  EXPECT_EQ(added->sequence, 1);
  EXPECT_EQ(added->at, "2023-06-01T00:00:00Z");

  const Contents contents = contents_of(path());
  EXPECT_TRUE(contents.problems.empty());
  ASSERT_EQ(contents.records.size(), 1U);
  const Record& record = contents.records.front();
  EXPECT_EQ(record.hash, added->hash);
  EXPECT_EQ(record_hash(record), added->hash);
  ASSERT_NE(record.entry(), nullptr);
  const Entry& read = *record.entry();
  EXPECT_EQ(read.number, 1);
  EXPECT_EQ(read.question, entry.question);
  EXPECT_EQ(read.asks, entry.asks);
  EXPECT_EQ(read.seed, entry.seed);
  EXPECT_EQ(read.outcomes, entry.outcomes);
  ASSERT_EQ(read.texts.size(), 2U);
  EXPECT_EQ(read.texts[0].name, "scenario.toml");
  EXPECT_EQ(read.texts[0].content, entry.texts[0].content);
  EXPECT_EQ(read.texts[1].name, "evidence.toml");
  EXPECT_EQ(read.answer.content, entry.answer.content);
}

TEST_F(StoreTest, RecordsAreChained) {
  Store store = open_store(path());
  ASSERT_TRUE(store.add(sample_entry("a"), at(june_first)));
  ASSERT_TRUE(
      store.resolve({1, "late", "2023-06-05", "note", "https://example.org"}, at(june_first + 1)));
  ASSERT_TRUE(store.add(sample_entry("b"), at(june_first + 2)));
  const Contents contents = contents_of(path());
  ASSERT_EQ(contents.records.size(), 3U);
  EXPECT_EQ(contents.records[0].previous, "");
  EXPECT_EQ(contents.records[1].previous, contents.records[0].hash);
  EXPECT_EQ(contents.records[2].previous, contents.records[1].hash);
  const Resolution* resolution = contents.records[1].resolution();
  ASSERT_NE(resolution, nullptr);
  EXPECT_EQ(resolution->entry, 1);
  EXPECT_EQ(resolution->outcome, "late");
  EXPECT_EQ(resolution->decided_on, "2023-06-05");
  EXPECT_EQ(resolution->note, "note");
  EXPECT_EQ(resolution->source, "https://example.org");
  EXPECT_EQ(contents.records[2].entry()->number, 2);  // outcomes take no number
}

TEST_F(StoreTest, OneTextIsKeptOnce) {
  Store store = open_store(path());
  ASSERT_TRUE(store.add(sample_entry("a", 1), at(june_first)));
  ASSERT_TRUE(store.add(sample_entry("a", 2), at(june_first)));
  Database database(path(), Database::Create::no);
  // One scenario, one evidence file, two answers.
  EXPECT_EQ(database.number("SELECT count(*) FROM document"), 4);
}

TEST_F(StoreTest, TimeIsTakenFromTheClockOnly) {
  int asked = 0;
  ASSERT_TRUE(open_store(path()).add(sample_entry(), [&] {
    ++asked;
    return std::int64_t{951'782'400};  // a leap day
  }));
  EXPECT_EQ(asked, 1);
  EXPECT_EQ(contents_of(path()).records.front().at, "2000-02-29T00:00:00Z");
}

TEST_F(StoreTest, MissingFoldersAreCreatedForTheirOwnerAlone) {
  const std::string deep = file("a/b/journal.db");
  ASSERT_TRUE(open_store(deep).add(sample_entry(), at(june_first)));
  for (const char* folder : {"a", "a/b"}) {
    struct stat info{};
    ASSERT_EQ(::stat(file(folder).c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 0777, 0700U);
  }
  EXPECT_EQ(contents_of(deep).records.size(), 1U);
}

TEST_F(StoreTest, ReadingCreatesNothing) {
  EXPECT_EQ(refusal_of(path()), "E430");
  EXPECT_FALSE(std::filesystem::exists(path()));
}

TEST_F(StoreTest, AnEmptyFileIsAnEmptyJournal) {
  put("journal.db", "");
  EXPECT_TRUE(contents_of(path()).records.empty());
  ASSERT_TRUE(open_store(path()).add(sample_entry(), at(june_first)));
  EXPECT_EQ(contents_of(path()).records.size(), 1U);
}

TEST_F(StoreTest, AFileThatIsNoDatabaseIsLeftAlone) {
  put("journal.db", std::string(5000, 'x'));
  for (const Access access : {Access::read, Access::write}) {
    EXPECT_EQ(refusal_of(path(), access), "E431");
  }
  EXPECT_EQ(bytes(), std::string(5000, 'x'));
}

TEST_F(StoreTest, ADatabaseOfSomethingElseIsLeftAlone) {
  {
    Database database(path(), Database::Create::yes);
    database.run("CREATE TABLE record (title TEXT)");
    ASSERT_FALSE(database.error());
  }
  const std::string before = bytes();
  for (const Access access : {Access::read, Access::write}) {
    EXPECT_EQ(refusal_of(path(), access), "E432");
  }
  EXPECT_EQ(bytes(), before);
}

TEST_F(StoreTest, ANewerJournalIsLeftAlone) {
  ASSERT_TRUE(open_store(path()).add(sample_entry(), at(june_first)));
  tamper(path(), "PRAGMA user_version = 2");
  for (const Access access : {Access::read, Access::write}) {
    EXPECT_EQ(refusal_of(path(), access), "E433");
  }
}

TEST_F(StoreTest, OtherTablesAreRefused) {
  ASSERT_TRUE(open_store(path()).add(sample_entry(), at(june_first)));
  tamper(path(), "ALTER TABLE outcome ADD COLUMN more TEXT");
  EXPECT_EQ(refusal_of(path()), "E437");
}

TEST_F(StoreTest, WhatIsNoOrdinaryFileIsRefused) {
  EXPECT_EQ(refusal_of(file(".")), "E434");
  EXPECT_EQ(refusal_of("/dev/null", Access::write), "E434");
  put("file", "x");
  EXPECT_EQ(refusal_of(file("file/journal.db"), Access::write), "E434");
}

TEST_F(StoreTest, NoNameMeansAnythingSpecial) {
  const std::filesystem::path before = std::filesystem::current_path();
  std::filesystem::current_path(file("."));
  for (const std::string name : {":memory:", "file:x?mode=memory"}) {
    EXPECT_TRUE(open_store(name).add(sample_entry(), at(june_first)));
    EXPECT_TRUE(std::filesystem::exists(file(name))) << name;
  }
  std::filesystem::current_path(before);
}

TEST_F(StoreTest, AFileThatMayOnlyBeReadIsReadOnly) {
  ASSERT_TRUE(open_store(path()).add(sample_entry(), at(june_first)));
  ASSERT_EQ(::chmod(file(".").c_str(), 0755), 0);
  ASSERT_EQ(::chmod(path().c_str(), 0444), 0);
  const pid_t child = ::fork();
  if (child == 0) {
    constexpr uid_t nobody = 65534;  // root may write anything, so it steps down
    const bool plain = ::geteuid() != 0 || ::setuid(nobody) == 0;
    const bool read = contents_of(path()).records.size() == 1;
    const bool refused = refusal_of(path(), Access::write) == "E434";
    ::_exit(plain && read && refused ? 0 : 1);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << status;
}

TEST_F(StoreTest, ADamagedFileIsTold) {
  ASSERT_TRUE(open_store(path()).add(sample_entry(), at(june_first)));
  std::filesystem::resize_file(path(), std::filesystem::file_size(path()) / 2);
  EXPECT_EQ(refusal_of(path()), "E436");
}

TEST_F(StoreTest, AnOutcomeNeedsAnEntry) {
  Store store = open_store(path());
  ASSERT_TRUE(store.add(sample_entry(), at(june_first)));
  const Expected<Record> recorded = store.resolve({7, "late", "", "", ""}, at(june_first));
  ASSERT_FALSE(recorded);
  EXPECT_EQ(recorded.error().front().code, "E434");
  EXPECT_EQ(contents_of(path()).records.size(), 1U);
}

TEST_F(StoreTest, GuardsRefuseEveryChangeByHand) {
  Store store = open_store(path());
  ASSERT_TRUE(store.add(sample_entry("a"), at(june_first)));
  ASSERT_TRUE(store.resolve({1, "late", "", "", ""}, at(june_first)));
  ASSERT_TRUE(store.add(sample_entry("b"), at(june_first)));
  const std::string before = bytes();
  for (const std::string table : {"record", "document", "entry", "entry_text", "outcome"}) {
    const std::string column = table == "document" ? "sha256" : "seq";
    for (const std::string& sql :
         {"UPDATE " + table + " SET " + column + " = " + column, "DELETE FROM " + table,
          "INSERT OR REPLACE INTO " + table + " SELECT * FROM " + table}) {
      Database database(path(), Database::Create::no);
      database.run(sql);
      ASSERT_TRUE(database.error()) << sql;
      EXPECT_NE(database.error()->message.find("a journal only grows"), std::string::npos)
          << sql << ": " << database.error()->message;
    }
  }
  EXPECT_EQ(bytes(), before);
}

TEST_F(StoreTest, GuardsThatAreGoneAreToldAndPutBack) {
  ASSERT_TRUE(open_store(path()).add(sample_entry("a"), at(june_first)));
  tamper(path(), "DROP TRIGGER entry_stays");
  EXPECT_EQ(contents_of(path()).problems, std::vector<std::string>{"guard entry_stays is gone"});
  ASSERT_TRUE(open_store(path()).add(sample_entry("b"), at(june_first)));
  EXPECT_TRUE(contents_of(path()).problems.empty());
}

TEST_F(StoreTest, TriggersOfOthersAreToldAndNothingIsAdded) {
  ASSERT_TRUE(open_store(path()).add(sample_entry("a"), at(june_first)));
  tamper(path(),
         "CREATE TRIGGER mine AFTER INSERT ON entry BEGIN SELECT 1; END;"
         "DROP TRIGGER outcome_stays;"
         "CREATE TRIGGER outcome_stays BEFORE UPDATE ON outcome BEGIN SELECT 1; END");
  EXPECT_EQ(contents_of(path()).problems.size(), 2U);
  const Expected<Record> added = open_store(path()).add(sample_entry("b"), at(june_first));
  ASSERT_FALSE(added);
  EXPECT_EQ(added.error().front().code, "E437");
  EXPECT_EQ(added.error().front().notes.size(), 2U);
  EXPECT_EQ(contents_of(path()).records.size(), 1U);
}

TEST_F(StoreTest, ViewsAndIndexesOfOthersAreFine) {
  ASSERT_TRUE(open_store(path()).add(sample_entry("a"), at(june_first)));
  tamper(path(),
         "CREATE VIEW mine AS SELECT * FROM entry; CREATE INDEX by_question ON entry (question)");
  ASSERT_TRUE(open_store(path()).add(sample_entry("b"), at(june_first)));
  EXPECT_TRUE(contents_of(path()).problems.empty());
}

TEST_F(StoreTest, ATextChangedByHandIsNotReliedOn) {
  ASSERT_TRUE(open_store(path()).add(sample_entry("a", 1), at(june_first)));
  tamper(path(),
         "DROP TRIGGER document_stays; UPDATE document SET content = content || '#' "
         "WHERE content LIKE 'id = %'");
  const Expected<Record> added = open_store(path()).add(sample_entry("a", 2), at(june_first));
  ASSERT_FALSE(added);
  EXPECT_EQ(added.error().front().code, "E437");
}

TEST_F(StoreTest, AFailedAddingLeavesNothing) {
  Store store = open_store(path());
  ASSERT_TRUE(store.add(sample_entry("a"), at(june_first)));
  const std::string before = bytes();
  ASSERT_FALSE(store.resolve({7, "late", "", "", ""}, at(june_first)));
  EXPECT_EQ(bytes(), before);
}

TEST_F(StoreTest, TwoConnectionsTakeTurns) {
  Store first = open_store(path());
  Store second = open_store(path());  // both see an empty file
  for (std::int64_t k = 0; k < 5; ++k) {
    ASSERT_TRUE(first.add(sample_entry("a", 2 * k), at(june_first)));
    ASSERT_TRUE(second.add(sample_entry("a", 2 * k + 1), at(june_first)));
  }
  const Contents contents = contents_of(path());
  ASSERT_EQ(contents.records.size(), 10U);
  for (std::size_t k = 0; k < 10; ++k) {
    EXPECT_EQ(contents.records[k].entry()->seed, static_cast<std::int64_t>(k));
  }
}

TEST_F(StoreTest, AJournalSwitchedToAWriteAheadLogStillWorks) {
  ASSERT_TRUE(open_store(path()).add(sample_entry("a"), at(june_first)));
  tamper(path(), "PRAGMA journal_mode = WAL");
  ASSERT_TRUE(open_store(path()).add(sample_entry("b"), at(june_first)));
  EXPECT_EQ(contents_of(path()).records.size(), 2U);
}

}  // namespace
}  // namespace delian::journal
