#pragma once
// Work over numbered chunks on several threads, folded in chunk order.

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <map>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "delian/run_context.hpp"

namespace delian {

/// Computes chunks 0..chunks-1 on `context.threads` threads, the calling one among them, and folds
/// their results in ascending order, so that no sum depends on the threads. A few chunks at most
/// wait for their turn. Cancelling is seen before each chunk; what is folded is always a prefix.
///
/// @param compute  (chunk) -> result, called from any thread
/// @param fold     (result), called in chunk order, one at a time
/// @return the number of chunks folded
template <class Compute, class Fold>
std::size_t reduce_in_order(std::size_t chunks, const RunContext& context, const Compute& compute,
                            const Fold& fold) {
  using Partial = decltype(compute(std::size_t{0}));
  std::atomic<std::size_t> next{0};
  std::mutex mutex;
  std::map<std::size_t, Partial> waiting;
  std::size_t folded = 0;
  std::size_t reported = 0;

  const auto work = [&](bool reports) {
    while (!context.is_cancelled()) {
      const std::size_t chunk = next.fetch_add(1);
      if (chunk >= chunks) return;
      Partial result = compute(chunk);
      std::size_t done = 0;
      {
        const std::lock_guard lock(mutex);
        waiting.emplace(chunk, std::move(result));
        for (auto first = waiting.find(folded); first != waiting.end();
             first = waiting.find(folded)) {
          fold(std::move(first->second));
          waiting.erase(first);
          ++folded;
        }
        done = folded;
      }
      if (reports && context.progress) {
        context.progress(done, chunks);
        reported = done;
      }
    }
  };

  std::vector<std::thread> others;
  const int useful =
      static_cast<int>(std::min<std::size_t>(chunks, static_cast<std::size_t>(context.threads)));
  for (int t = 1; t < useful; ++t) others.emplace_back(work, false);
  work(true);
  for (std::thread& thread : others) thread.join();
  // The last chunk may have been another thread's.
  if (context.progress && folded == chunks && reported != chunks) context.progress(chunks, chunks);
  return folded;
}

}  // namespace delian
