#pragma once
// Journals in a folder of their own, and entries without a forecast behind them.

#include <gtest/gtest.h>
#include <stdlib.h>  // NOLINT(modernize-deprecated-headers): mkdtemp is POSIX
#include <unistd.h>

#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "io/answer_json.hpp"
#include "journal/review.hpp"
#include "journal/store.hpp"

namespace delian::testing {

/// An empty folder that goes when the test ends.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    // In memory where there is such a place: journals wait for their disk.
    const std::filesystem::path memory = "/dev/shm";
    const bool fast = ::access(memory.c_str(), W_OK) == 0;
    std::string name =
        ((fast ? memory : std::filesystem::temp_directory_path()) / "delian-XXXXXX").string();
    EXPECT_NE(::mkdtemp(name.data()), nullptr);
    path_ = name;
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  std::string file(const std::string& name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

/// 2023-06-01T00:00:00Z
inline constexpr std::int64_t june_first = 1'685'577'600;
inline constexpr std::int64_t one_day = 86'400;

/// A clock that stands at one time.
inline journal::Clock at(std::int64_t seconds) {
  return [seconds] { return seconds; };
}

/// An entry that opens on 2023-05-03 and closes on 2023-07-12.
inline journal::Entry sample_entry(const std::string& question = "tokyo", std::int64_t seed = 1) {
  const auto document = [](std::string name, std::string content) {
    std::string sha256 = journal::digest(content);
    return journal::Document{std::move(name), std::move(sha256), std::move(content)};
  };
  journal::Entry entry;
  entry.question = question;
  entry.title = "An office in " + question;
  entry.asks = "Do they agree?";
  entry.marking = "PUBLIC";
  entry.body = "nato";
  entry.opens = "2023-05-03";
  entry.closes = "2023-07-12";
  entry.proposal = 60;
  entry.horizon_months = 12;
  entry.engine_version = "0.1.0";
  entry.model = "silence";
  entry.yardstick = "icd203";
  entry.seed = seed;
  entry.draws = 1000;
  entry.outcomes = {0.1, 0.2, 0.05, 0.05, 0.6};
  entry.texts = {document("scenario.toml", "id = \"" + question + "\"\n"),
                 document("evidence.toml", "# the same for all\n")};
  std::vector<io::TextFile> texts;
  for (const journal::Document& text : entry.texts) texts.push_back({text.name, *text.content});
  entry.scenario_hash = io::scenario_hash(texts);
  entry.answer = document("answer", "{\"seed\": " + std::to_string(seed) + "}");
  return entry;
}

inline journal::Store open_store(const std::string& path,
                                 journal::Store::Access access = journal::Store::Access::write) {
  Expected<journal::Store> store = journal::Store::open(path, access);
  EXPECT_TRUE(store) << (store ? "" : store.error().front().message);
  return *std::move(store);
}

inline journal::Contents contents_of(const std::string& path) {
  journal::Store store = open_store(path, journal::Store::Access::read);
  Expected<journal::Contents> contents = store.read(journal::Store::Depth::documents);
  EXPECT_TRUE(contents) << (contents ? "" : contents.error().front().message);
  return *std::move(contents);
}

/// Code of the one problem met on opening and reading a file; empty when it can be read.
inline std::string refusal_of(const std::string& path,
                              journal::Store::Access access = journal::Store::Access::read) {
  Expected<journal::Store> store = journal::Store::open(path, access);
  if (!store) return store.error().front().code;
  const Expected<journal::Contents> contents = store->read(journal::Store::Depth::documents);
  return contents ? "" : contents.error().front().code;
}

/// Changes a journal behind Delian's back.
inline void tamper(const std::string& path, const std::string& sql) {
  journal::Database database(path, journal::Database::Create::no);
  database.run(sql);
  EXPECT_FALSE(database.error()) << database.error()->message;
}

}  // namespace delian::testing
