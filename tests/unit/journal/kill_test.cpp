// A writer that dies in the middle of writing: at each single call by which SQLite changes a file,
// the process is killed, half of the data written. What was reported is there, nothing is broken,
// and the next writer goes on.

#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <string>

#include "support/journal.hpp"

namespace delian::journal {
namespace {

using testing::at;
using testing::june_first;
using testing::open_store;
using testing::sample_entry;

/// What a kind of file can do, and the same with deadly calls.
struct Methods {
  const sqlite3_io_methods* real = nullptr;
  sqlite3_io_methods deadly{};
};

/// SQLite's own file system, but for a call that kills. One process uses it once.
class DeadlyFiles {
 public:
  /// The process dies in call number `deadly` from now, counted from 1.
  static void install(int deadly) {
    calls_left = deadly;
    real = sqlite3_vfs_find(nullptr);
    deadly_vfs = *real;
    deadly_vfs.zName = "deadly";
    deadly_vfs.xOpen = open;
    deadly_vfs.xDelete = remove;
    sqlite3_vfs_register(&deadly_vfs, 1);
  }

 private:
  static bool last_call() { return --calls_left == 0; }
  [[noreturn]] static void die() {
    ::raise(SIGKILL);
    std::abort();
  }

  static const sqlite3_io_methods& real_of(sqlite3_file* file) {
    const auto* found = std::find_if(methods.begin(), methods.end(), [file](const Methods& m) {
      return &m.deadly == file->pMethods;
    });
    if (found == methods.end()) std::abort();
    return *found->real;
  }

  static int open(sqlite3_vfs* /*vfs*/, const char* name, sqlite3_file* file, int flags, int* out) {
    const int code = real->xOpen(real, name, file, flags, out);
    if (file->pMethods == nullptr) return code;
    auto* known = std::find_if(methods.begin(), methods.end(), [file](const Methods& m) {
      return m.real == file->pMethods || m.real == nullptr;
    });
    if (known == methods.end()) std::abort();
    if (known->real == nullptr) {
      known->real = file->pMethods;
      known->deadly = *file->pMethods;
      known->deadly.xWrite = write;
      known->deadly.xTruncate = truncate;
      known->deadly.xSync = sync;
    }
    file->pMethods = &known->deadly;
    return code;
  }
  static int write(sqlite3_file* file, const void* data, int bytes, sqlite3_int64 offset) {
    if (last_call()) {
      real_of(file).xWrite(file, data, bytes / 2, offset);
      die();
    }
    return real_of(file).xWrite(file, data, bytes, offset);
  }
  static int truncate(sqlite3_file* file, sqlite3_int64 size) {
    if (last_call()) die();
    return real_of(file).xTruncate(file, size);
  }
  static int sync(sqlite3_file* file, int flags) {
    if (last_call()) die();
    return real_of(file).xSync(file, flags);
  }
  static int remove(sqlite3_vfs* /*vfs*/, const char* name, int sync_folder) {
    if (last_call()) die();
    return real->xDelete(real, name, sync_folder);
  }

  static inline int calls_left = 0;
  static inline sqlite3_vfs* real = nullptr;
  static inline sqlite3_vfs deadly_vfs{};
  static inline std::array<Methods, 4> methods{};
};

struct Ended {
  bool killed = false;
  bool reported = false;
};

/// Runs `write` in a process of its own, which dies in its n-th call and else reports.
template <class Write>
Ended in_a_child(int deadly, Write write) {
  std::array<int, 2> pipe{};
  EXPECT_EQ(::pipe(pipe.data()), 0);
  const pid_t child = ::fork();
  if (child == 0) {
    DeadlyFiles::install(deadly);
    const char done = write() ? 'y' : 'n';
    const bool told = ::write(pipe[1], &done, 1) == 1;
    ::_exit(told ? 0 : 1);
  }
  ::close(pipe[1]);
  char done = 0;
  Ended ended;
  ended.reported = ::read(pipe[0], &done, 1) == 1 && done == 'y';
  ::close(pipe[0]);
  int status = 0;
  EXPECT_EQ(::waitpid(child, &status, 0), child);
  ended.killed = WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
  EXPECT_TRUE(ended.killed || (WIFEXITED(status) && WEXITSTATUS(status) == 0)) << status;
  return ended;
}

/// Kills a writer in call 1, 2, 3, ... until it lives.
/// @param records  that are there before each try
/// @return the number of calls it died in
int kill_in_every_call(int records) {
  const testing::TemporaryFolder folder;
  const std::string start = folder.file("start.db");
  for (int k = 0; k < records; ++k) {
    EXPECT_TRUE(open_store(start).add(sample_entry("q", k), at(june_first)));
  }
  for (int call = 1;; ++call) {
    const std::string path = folder.file(std::to_string(call) + ".db");
    if (records > 0) std::filesystem::copy_file(start, path);
    const Ended ended = in_a_child(call, [&] {
      Expected<Store> store = Store::open(path, Store::Access::write);
      return store && store->add(sample_entry("new", 99), at(june_first));
    });
    EXPECT_NE(ended.killed, ended.reported);

    // Another writer goes on, over whatever was left.
    Store store = open_store(path);
    const Expected<std::vector<std::string>> broken = store.integrity();
    EXPECT_TRUE(broken && broken->empty()) << "call " << call;
    const Expected<Contents> contents = store.read(Store::Depth::documents);
    EXPECT_TRUE(contents) << "call " << call;
    if (!contents) return call;
    const auto found = static_cast<int>(contents->records.size());
    EXPECT_GE(found, ended.reported ? records + 1 : records) << "call " << call;
    EXPECT_LE(found, records + 1) << "call " << call;
    EXPECT_TRUE(store.add(sample_entry("next"), at(june_first)));
    const Contents after = testing::contents_of(path);
    EXPECT_EQ(static_cast<int>(after.records.size()), found + 1) << "call " << call;
    EXPECT_TRUE(after.problems.empty()) << "call " << call;
    for (const std::vector<Mark>& marks : review(after).marks) EXPECT_TRUE(marks.empty());
    if (::testing::Test::HasFailure() || !ended.killed) return call - 1;
  }
}

TEST(Kill, WhileTheJournalIsMade) {
  const int calls = kill_in_every_call(0);
  RecordProperty("calls", calls);
  EXPECT_GT(calls, 10);
}

TEST(Kill, WhileAnEntryIsAdded) {
  const int calls = kill_in_every_call(3);
  RecordProperty("calls", calls);
  EXPECT_GT(calls, 10);
}

}  // namespace
}  // namespace delian::journal
