#pragma once
// A broken invariant is a bug in Delian. Never use this on input.

namespace delian {

[[noreturn]] void assertion_failed(const char* expression, const char* file, int line);

}  // namespace delian

#define DELIAN_ASSERT(condition) \
  ((condition) ? void(0) : ::delian::assertion_failed(#condition, __FILE__, __LINE__))
