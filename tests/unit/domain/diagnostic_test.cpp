#include "delian/diagnostic.hpp"

#include <gtest/gtest.h>

namespace delian {
namespace {

TEST(Diagnostic, SeverityFollowsTheCode) {
  EXPECT_EQ(diagnose("E203", "members.CA.position", "x").severity, Severity::error);
  EXPECT_EQ(diagnose("W310", "members.FI.salience", "x").severity, Severity::warning);
}

TEST(Diagnostic, WarningsAloneAreNoErrors) {
  EXPECT_FALSE(has_errors({diagnose("W401", "", "x")}));
  EXPECT_TRUE(has_errors({diagnose("W401", "", "x"), diagnose("E007", "", "x")}));
}

TEST(DiagnosticDeathTest, AnUnlistedCodeIsABug) {
  EXPECT_DEATH(diagnose("E999", "", "x"), "");
}

}  // namespace
}  // namespace delian
