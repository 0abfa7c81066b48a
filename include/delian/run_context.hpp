#pragma once
// Cancelling a long run and watching its progress.

#include <atomic>
#include <cstdint>
#include <functional>

namespace delian {

/// Handed to long computations. Cancelling is seen within one block of draws; what was finished by
/// then is kept. `progress` is called from the thread that started the run, in rising order.
struct RunContext {
  const std::atomic<bool>* cancelled = nullptr;  ///< set by anyone, at any time; may be null
  std::function<void(std::uint64_t done, std::uint64_t total)> progress;  ///< may be empty
  int threads = 1;  ///< >= 1; never changes a result

  bool is_cancelled() const {
    return cancelled != nullptr && cancelled->load(std::memory_order_relaxed);
  }
};

}  // namespace delian
