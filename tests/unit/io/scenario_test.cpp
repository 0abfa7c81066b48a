#include "io/scenario.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace delian::io {
namespace {
TEST(Smoke, X) {}
}
}
