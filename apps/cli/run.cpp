// delian run FILE [--seed N] [--draws N] [--threads N] [--words ...] [--lang ...] [--json] [-o
// FILE]

#include <atomic>
#include <chrono>
#include <csignal>
#include <ostream>
#include <thread>

#include "cli/commands.hpp"
#include "cli/files.hpp"
#include "delian/answer.hpp"
#include "delian/report.hpp"
#include "domain/text.hpp"
#include "io/answer_json.hpp"
#include "io/atlas.hpp"
#include "io/diagnostics.hpp"

namespace delian::cli {
namespace {

using Clock = std::chrono::steady_clock;

std::atomic<bool> interrupted{false};
static_assert(std::atomic<bool>::is_always_lock_free, "a signal handler sets it");

extern "C" void on_interrupt(int /*signal*/) {
  interrupted.store(true, std::memory_order_relaxed);
}

/// Catches Ctrl-C for its lifetime.
class InterruptGuard {
 public:
  InterruptGuard() {
    interrupted.store(false);
    struct sigaction action{};
    action.sa_handler = on_interrupt;
    // A second Ctrl-C ends the program at once.
    action.sa_flags = static_cast<int>(SA_RESETHAND);
    ::sigaction(SIGINT, &action, &before_);
  }
  InterruptGuard(const InterruptGuard&) = delete;
  InterruptGuard& operator=(const InterruptGuard&) = delete;
  ~InterruptGuard() { ::sigaction(SIGINT, &before_, nullptr); }

 private:
  struct sigaction before_{};
};

/// Progress on stderr for runs of more than a second: one line rewritten on a terminal, else a line
/// now and then.
class ProgressLine {
 public:
  explicit ProgressLine(Streams& streams) : streams_(streams), start_(Clock::now()) {}

  void operator()(std::uint64_t done, std::uint64_t total) {
    const auto now = Clock::now();
    const double elapsed = std::chrono::duration<double>(now - start_).count();
    const double since = std::chrono::duration<double>(now - last_).count();
    if (elapsed < 1 || (shown_ && since < (streams_.err_terminal ? 0.2 : 5))) return;
    last_ = now;
    shown_ = true;
    const double share = static_cast<double>(done) / static_cast<double>(total);
    const double left = share > 0 ? elapsed * (1 - share) / share : 0;
    const std::string text = "sampling " + std::to_string(static_cast<int>(share * 100)) + " %  " +
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
  Streams& streams_;
  Clock::time_point start_;
  Clock::time_point last_{};
  bool shown_ = false;
};

int processors() {
  const unsigned count = std::thread::hardware_concurrency();
  return count == 0 ? 1 : static_cast<int>(count);
}

}  // namespace

int run(const RunArguments& arguments, Streams& streams) {
  const LoadedScenario loaded = load_scenario(arguments.file);
  if (!loaded.file.problems.empty() && (!arguments.quiet || !loaded.file.scenario)) {
    streams.err << io::render(loaded.file.problems, loaded.texts, streams.err_colour);
  }
  if (!loaded.file.scenario) {
    streams.err << "Nothing was run.\n";
    return exit_bad_input;
  }
  for (const io::TextFile& input : loaded.texts) {
    if (!arguments.output || !same_file(*arguments.output, input.name)) continue;
    streams.err << "--output: " << printable(*arguments.output) << " is the file that is read as "
                << printable(input.name) << ". Nothing was run; choose another name.\n";
    return exit_usage;
  }

  const InterruptGuard guard;
  ProgressLine progress(streams);
  RunContext context;
  context.cancelled = &interrupted;
  context.threads = arguments.threads > 0 ? arguments.threads : processors();
  if (!arguments.quiet) {
    context.progress = [&](std::uint64_t done, std::uint64_t total) { progress(done, total); };
  }
  AnswerOptions options;
  options.seed = arguments.seed;
  options.draws = arguments.draws;
  options.yardstick = arguments.yardstick;
  const Expected<Answer> answered = answer(*loaded.file.scenario, options, context);
  progress.finish();
  if (!answered) {  // the reader has checked the parameters, so this is not to be seen
    streams.err << io::render(answered.error(), loaded.texts, streams.err_colour);
    return exit_internal;
  }
  if (answered->provenance.draws_done == 0) {
    streams.err << "Interrupted before the first draw was done.\n";
    return exit_interrupted;
  }

  std::string text;
  if (arguments.json) {
    text = io::to_json(*answered, *loaded.file.scenario, io::scenario_hash(loaded.texts)) + "\n";
  } else {
    ReportOptions report;
    report.language = arguments.language;
    report.yardstick = arguments.yardstick;
    report.colour = streams.out_colour && !arguments.output;
    text = text_report(*answered, *loaded.file.scenario, io::atlas(), report);
  }
  if (arguments.output) {
    if (const std::string error = write_file(*arguments.output, text); !error.empty()) {
      streams.err << "cannot write " << printable(*arguments.output) << ": " << error << '\n';
      return exit_usage;
    }
  } else {
    streams.out << text;
  }
  return interrupted.load() ? exit_interrupted : exit_ok;
}

}  // namespace delian::cli
