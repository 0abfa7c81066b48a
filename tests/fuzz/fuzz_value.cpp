// The grammar of values on arbitrary bytes: never crashes, says something about every refusal, and
// what it accepts reads back from its own text and gives quantiles inside its support.

#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "delian/uncertain.hpp"

namespace {

void require(bool condition) {
  if (!condition) std::abort();
}

void try_value(std::string_view text, delian::Support support) {
  const auto value = delian::Uncertain::parse(text, support, "x");
  if (!value) {
    require(delian::has_errors(value.error()));
    for (const auto& problem : value.error()) {
      require(!problem.message.empty() && !problem.fix.empty());
    }
    return;
  }
  const auto again = delian::Uncertain::parse(value->text(), support, "x");
  require(again && *again == *value);

  const delian::QuantileFunction quantile(*value, 0.9);
  for (const double u : {0x1p-53, 1e-9, 0.05, 0.25, 0.5, 0.75, 0.95, 1 - 0x1p-53}) {
    const double x = quantile(u);
    require(std::isfinite(x));
    require(support == delian::Support::scale ? x >= 0 && x <= 100 : x > 0);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  try_value(text, delian::Support::scale);
  try_value(text, delian::Support::positive);
  return 0;
}
