// The commands with a clock of their own: a forecast frozen in time, and one that was not.

#include "support/journal.hpp"

#include <gtest/gtest.h>

#include <ctime>
#include <fstream>
#include <sstream>
#include <string>

#include "cli/commands.hpp"
#include "io/atlas.hpp"
#include "io/new_scenario.hpp"

namespace delian::cli {
namespace {

using testing::at;
using testing::june_first;
using testing::one_day;

class JournalCommands : public ::testing::Test {
 protected:
  JournalCommands() {
    const Body* body = io::atlas().find_body("aukus");
    std::ofstream(scenario()) << io::skeleton(*body, {2023, 6, 3}, "en");
  }

  std::string scenario() const { return folder_.file("scenario.toml"); }
  std::string journal() const { return folder_.file("journal.db"); }

  int add(std::int64_t seconds, std::uint64_t seed) {
    JournalAddArguments arguments;
    arguments.journal = journal();
    arguments.file = scenario();
    arguments.seed = seed;
    arguments.draws = 256;
    arguments.quiet = true;
    return journal_add(arguments, streams_, at(seconds));
  }
  int resolve(std::int64_t seconds, const std::string& on) {
    JournalResolveArguments arguments;
    arguments.journal = journal();
    arguments.id = "1";
    arguments.outcome = Outcome::as_drafted;
    arguments.on = on;
    return journal_resolve(arguments, streams_, at(seconds));
  }
  std::string score() {
    JournalReadArguments arguments;
    arguments.journal = journal();
    out_.str("");
    EXPECT_EQ(journal_score(arguments, streams_), exit_ok);
    return out_.str();
  }

  std::ostringstream out_;
  std::ostringstream err_;
  Streams streams_{out_, err_};

 private:
  testing::TemporaryFolder folder_;
};

TEST_F(JournalCommands, OnlyWhatWasFrozenInTimeIsScored) {
  ASSERT_EQ(add(june_first, 1), exit_ok) << err_.str();
  EXPECT_NE(out_.str().find("at       2023-06-01T00:00:00Z\n"), std::string::npos) << out_.str();
  EXPECT_EQ(out_.str().find('!'), std::string::npos);
  ASSERT_EQ(add(june_first + 3 * one_day, 2), exit_ok);
  EXPECT_NE(out_.str().find("! added after the question closed"), std::string::npos);
  ASSERT_EQ(resolve(june_first + 4 * one_day, "2023-06-03"), exit_ok) << err_.str();
  const std::string text = score();
  EXPECT_NE(text.find("1 forecast on 1 question"), std::string::npos) << text;
  EXPECT_NE(text.find("Left out: 1 not frozen before the event"), std::string::npos) << text;
}

TEST_F(JournalCommands, AnOutcomeIsNotRecordedBeforeItsDay) {
  ASSERT_EQ(add(june_first, 1), exit_ok);
  EXPECT_EQ(resolve(june_first + 2 * one_day - 1, "2023-06-03"), exit_usage);
  EXPECT_NE(err_.str().find("lies in the future"), std::string::npos);
  EXPECT_EQ(resolve(june_first + 2 * one_day, "2023-06-03"), exit_ok);
}

TEST_F(JournalCommands, TheirOwnClockIsThatOfTheMachine) {
  const std::int64_t before = std::time(nullptr);
  const std::int64_t now = utc_now();
  EXPECT_GE(now, before);
  EXPECT_LE(now, before + 60);
}

}  // namespace
}  // namespace delian::cli
