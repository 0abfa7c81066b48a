#include "delian/assert.hpp"

#include <cstdlib>

namespace delian {

void assertion_failed(const char* /*expression*/, const char* /*file*/, int /*line*/) {
  // The library prints nothing; the debugger and the core file show the expression and the place.
  std::abort();
}

}  // namespace delian
