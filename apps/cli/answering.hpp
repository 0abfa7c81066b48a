#pragma once
// Computing with a person waiting: progress, and Ctrl-C.

#include <csignal>
#include <memory>
#include <string>

#include "cli/commands.hpp"
#include "delian/answer.hpp"
#include "delian/run_context.hpp"
#include "delian/scenario.hpp"

namespace delian::cli {

/// Catches Ctrl-C for its lifetime: sampling stops, and what was done is still written. A second
/// Ctrl-C ends the program at once.
class InterruptGuard {
 public:
  InterruptGuard();
  InterruptGuard(const InterruptGuard&) = delete;
  InterruptGuard& operator=(const InterruptGuard&) = delete;
  ~InterruptGuard();

  bool interrupted() const;

 private:
  struct sigaction before_{};
};

/// A long computation under way: its context stops it on Ctrl-C and tells how far it is.
class Watch {
 public:
  /// Progress goes to stderr unless `quiet`.
  /// @param doing    "sampling"
  /// @param threads  0: one per processor
  Watch(std::string doing, int threads, bool quiet, const InterruptGuard& guard, Streams& streams);
  Watch(const Watch&) = delete;
  Watch& operator=(const Watch&) = delete;
  ~Watch();  ///< clears the line of progress

  const RunContext& context() const { return context_; }

 private:
  class ProgressLine;
  std::unique_ptr<ProgressLine> progress_;
  RunContext context_;
};

/// Answers a scenario until it is done or interrupted. Progress goes to stderr unless `quiet`.
/// @param threads  0: one per processor
Expected<Answer> answer_watched(const Scenario& scenario, const AnswerOptions& options, int threads,
                                bool quiet, const InterruptGuard& guard, Streams& streams);

}  // namespace delian::cli
