#include "cli/answering.hpp"

#include <atomic>
#include <chrono>
#include <ostream>
#include <string>
#include <thread>
#include <utility>

namespace delian::cli {
namespace {

using Clock = std::chrono::steady_clock;

std::atomic<bool> interrupt_seen{false};
static_assert(std::atomic<bool>::is_always_lock_free, "a signal handler sets it");

extern "C" void on_interrupt(int /*signal*/) {
  interrupt_seen.store(true, std::memory_order_relaxed);
}

int processors() {
  const unsigned count = std::thread::hardware_concurrency();
  return count == 0 ? 1 : static_cast<int>(count);
}

}  // namespace

/// For runs of more than a second: one line rewritten on a terminal, else a line now and then.
class Watch::ProgressLine {
 public:
  ProgressLine(std::string doing, Streams& streams)
      : doing_(std::move(doing)), streams_(streams), start_(Clock::now()) {}

  void operator()(std::uint64_t done, std::uint64_t total) {
    const auto now = Clock::now();
    const double elapsed = std::chrono::duration<double>(now - start_).count();
    const double since = std::chrono::duration<double>(now - last_).count();
    if (elapsed < 1 || (shown_ && since < (streams_.err_terminal ? 0.2 : 5))) return;
    last_ = now;
    shown_ = true;
    const double share = static_cast<double>(done) / static_cast<double>(total);
    const double left = share > 0 ? elapsed * (1 - share) / share : 0;
    const std::string text = doing_ + " " + std::to_string(static_cast<int>(share * 100)) + " %  " +
                             std::to_string(static_cast<int>(left + 0.5)) + " s left";
    if (streams_.err_terminal) {
      streams_.err << '\r' << text << "   " << std::flush;
    } else {
      streams_.err << text << '\n' << std::flush;
    }
  }

  void finish() {
    if (shown_ && streams_.err_terminal) streams_.err << '\r' << std::string(40, ' ') << '\r';
  }

 private:
  std::string doing_;
  Streams& streams_;
  Clock::time_point start_;
  Clock::time_point last_{};
  bool shown_ = false;
};

Watch::Watch(std::string doing, int threads, bool quiet, const InterruptGuard& /*guard*/,
             Streams& streams)
    : progress_(std::make_unique<ProgressLine>(std::move(doing), streams)) {
  context_.cancelled = &interrupt_seen;
  context_.threads = threads > 0 ? threads : processors();
  if (quiet) return;
  context_.progress = [line = progress_.get()](std::uint64_t done, std::uint64_t total) {
    (*line)(done, total);
  };
}

Watch::~Watch() {
  progress_->finish();
}

InterruptGuard::InterruptGuard() {
  interrupt_seen.store(false);
  struct sigaction action{};
  action.sa_handler = on_interrupt;
  action.sa_flags = static_cast<int>(SA_RESETHAND);
  ::sigaction(SIGINT, &action, &before_);
}

InterruptGuard::~InterruptGuard() {
  ::sigaction(SIGINT, &before_, nullptr);
}

bool InterruptGuard::interrupted() const {
  return interrupt_seen.load();
}

Expected<Answer> answer_watched(const Scenario& scenario, const AnswerOptions& options, int threads,
                                bool quiet, const InterruptGuard& guard, Streams& streams) {
  const Watch watch("sampling", threads, quiet, guard, streams);
  return answer(scenario, options, watch.context());
}

}  // namespace delian::cli
