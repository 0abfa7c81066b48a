#include "delian/uncertain.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <cstdlib>
#include <limits>

namespace delian {
namespace {

using testing::HasSubstr;

Uncertain value_of(std::string_view text, Support support = Support::scale) {
  return Uncertain::parse(text, support, "x").value();
}

Diagnostics problems_of(std::string_view text, Support support = Support::scale) {
  const auto value = Uncertain::parse(text, support, "members.CA.position");
  return value ? Diagnostics{} : value.error();
}

TEST(Uncertain, ReadsEveryForm) {
  using enum Spread::Kind;
  EXPECT_EQ(value_of("90").branches().at(0).spread, (Spread{exact, 90, 90, 90}));
  EXPECT_EQ(value_of("10 to 30").branches().at(0).spread, (Spread{range, 10, 0, 30}));
  EXPECT_EQ(value_of(" 5 ( 1 to 20 ) ").branches().at(0).spread,
            (Spread{best_and_range, 1, 5, 20}));
  EXPECT_TRUE(value_of("unknown").is_unknown());
  EXPECT_TRUE(value_of("90").is_exact());
}

TEST(Uncertain, ReadsBranchesWithAndWithoutLabels) {
  const Uncertain value = value_of("70%: 5 (1 to 20) | 30 % new gov't: 40 (25 to 60)");
  ASSERT_EQ(value.branches().size(), 2U);
  EXPECT_EQ(value.branches()[0].probability, 0.7);
  EXPECT_EQ(value.branches()[0].label, "");
  EXPECT_EQ(value.branches()[1].label, "new gov't");
  EXPECT_EQ(value.branches()[1].spread.best, 40);
  EXPECT_EQ(value.text(), "70%: 5 (1 to 20) | 30% new gov't: 40 (25 to 60)");
}

TEST(Uncertain, ReadsNoBreakSpacesFromWebPages) {
  EXPECT_EQ(value_of("10\u00a0to\u202f30"), value_of("10 to 30"));
}

struct Case {
  const char* text;
  const char* code;
  const char* message;  // part of it
  const char* fix;      // part of it
};

class WrongValue : public testing::TestWithParam<Case> {};

TEST_P(WrongValue, SaysWhatIsWrongAndWhatToWrite) {
  const Case& c = GetParam();
  const Diagnostics problems = problems_of(c.text);
  ASSERT_FALSE(problems.empty());
  EXPECT_EQ(problems[0].code, c.code);
  EXPECT_EQ(problems[0].place.pointer, "members.CA.position");
  EXPECT_THAT(problems[0].message, HasSubstr(c.message));
  EXPECT_THAT(problems[0].fix, HasSubstr(c.fix));
}

INSTANTIATE_TEST_SUITE_P(
    Grammar, WrongValue,
    testing::Values(
        Case{"", "E201", "the value is empty", "Write a number"},
        Case{"10-30", "E201", "\"10-30\" has a hyphen", "Write \"10 to 30\"."},
        Case{"10–30", "E201", "\"10–30\" has a hyphen", "Write \"10 to 30\"."},
        Case{"5 (1-20)", "E201", "hyphen", "Write \"5 (1 to 20)\"."},
        Case{"0,5", "E201", "\"0,5\" has a comma", "Write \"0.5\"."},
        Case{"0,5 to 1,5", "E201", "\"0,5\" has a comma", "Write \"0.5 to 1.5\"."},
        Case{"1,000", "E201", "comma", "Write 1000 if the comma groups thousands, 1.000 if"},
        Case{"1 000", "E201", "space inside a number", "Write \"1000\"."},
        Case{"about 10", "E201", "how far off", "\"10 (LOW to HIGH)\" if 10 is your best guess"},
        Case{"~10", "E201", "how far off", "\"10 (LOW to HIGH)\""},
        Case{"10 to", "E201", "\"10 to\" lacks the upper end", "\"10 to HIGH\""},
        Case{"to 10", "E201", "lacks the lower end", "\"LOW to 10\""},
        Case{"10%", "E201", "percent sign inside a value", "Write \"10\""},
        Case{"10 to 30%", "E201", "percent sign", "Write \"10 to 30\""},
        Case{"Unknown", "E201", "\"Unknown\" is not the word", "Write \"unknown\"."},
        Case{"n/a", "E201", "\"n/a\"", "Write \"unknown\"."},
        Case{"1e1", "E201", "has an exponent", "Write \"10\"."},
        Case{".5", "E201", "needs a digit on both sides", "Write \"0.5\"."},
        Case{"+5", "E201", "has a plus sign", "Write \"5\"."},
        Case{"1234567890123456789012345678901", "E201", "31 characters", "larger unit"},
        Case{"5 to 10 (7)", "E201", "is not a value", "Write \"7 (5 to 10)\"."},
        Case{"5 [1 to 20]", "E201", "is not a value", "Write \"5 (1 to 20)\"."},
        Case{"5 (1 to 20", "E201", "lacks its closing parenthesis", "Write \"5 (1 to 20)\"."},
        Case{"5 (20)", "E201", "a range needs two", "\"5 (LOW to HIGH)\""},
        Case{"10 30", "E201", "two numbers without \"to\"", "Write \"10 to 30\"."},
        Case{"10..30", "E201", "dots", "Write \"10 to 30\"."},
        Case{"between 10 and 30", "E201", "\"between\"", "Write \"10 to 30\"."},
        Case{"high", "E201", "\"high\" is not a value", "Write a number"},
        Case{"30 to 10", "E202", "range runs backwards: 30 comes before 10", "\"10 to 30\""},
        Case{"20 (30 to 10)", "E202", "30 comes before 10", "Write \"20 (10 to 30)\"."},
        Case{"80 (60 to 70)", "E203", "best guess lies outside its own range: 80 is above 70",
             "Write BEST (LOW to HIGH), e.g. \"65 (60 to 70)\"."},
        Case{"105", "E204", "105 lies outside the scale", "from 0 to 100"},
        Case{"-5", "E204", "-5 lies outside the scale", "from 0 to 100"},
        Case{"70%: 5", "E201", "single branch", "Write \"5\" alone"},
        Case{"70%: 5 | 20%: 40", "E205", "sum to 90 %, not 100 %", "Add 10 points."},
        Case{"70: 5 | 30%: 40", "E201", "share without a percent sign", "Write \"70%\"."},
        Case{"0.7: 5 | 30%: 40", "E201", "share without a percent sign", "Write \"70%\"."},
        Case{"70% 5 | 30%: 40", "E201", "no colon after its share", "Write \"70%: 5\"."},
        Case{"0%: 5 | 100%: 40", "E205", "0% is not the share", "Leave a branch out"},
        Case{"70% a/b: 5 | 30%: 40", "E201", "label \"a/b\" has \"/\"", "Use letters"}));

TEST(Uncertain, ReportsEveryBranchAndEveryNumberAtOnce) {
  const Diagnostics problems = problems_of("70%: 120 (60 to 70) | 30% late: 10-30");
  ASSERT_EQ(problems.size(), 3U);
  EXPECT_EQ(problems[0].code, "E204");
  EXPECT_EQ(problems[1].code, "E203");
  EXPECT_EQ(problems[2].code, "E201");
  EXPECT_THAT(problems[2].notes, testing::ElementsAre("In branch 2 of 2: \"30% late: 10-30\""));
}

TEST(Uncertain, APositiveQuantityIsAboveZeroAndHasNoFlatUnknown) {
  EXPECT_EQ(problems_of("0", Support::positive).at(0).code, "E204");
  EXPECT_EQ(problems_of("unknown", Support::positive).at(0).code, "E206");
  EXPECT_TRUE(Uncertain::parse("68000000 (1 to 123456789012)", Support::positive, "x"));
}

TEST(Uncertain, ShowsControlCharactersAndCutsLongTexts) {
  EXPECT_THAT(problems_of("a\x01").at(0).message, HasSubstr("a\\x01"));
  EXPECT_LT(problems_of(std::string(5000, 'x')).at(0).message.size(), 200U);
}

TEST(Uncertain, ExactRefusesWhatTheGrammarCannotSay) {
  EXPECT_EQ(Uncertain::exact(90, Support::scale, "x"), value_of("90"));
  EXPECT_EQ(Uncertain::exact(-0.0, Support::scale, "x")->text(), "0");
  const double inf = std::numeric_limits<double>::infinity();
  for (const double wrong : {inf, -inf, std::nan(""), 100.5, -1.0, 1e-300}) {
    const auto value = Uncertain::exact(wrong, Support::scale, "x");
    ASSERT_FALSE(value) << wrong;
    EXPECT_EQ(value.error().at(0).code, "E204");
  }
}

// --- laws
// --------------------------------------------------------------------------------------------

rc::Gen<std::string> any_number() {
  return rc::gen::map(
      rc::gen::pair(rc::gen::inRange(1, 99), rc::gen::inRange(0, 1'000'000)),
      [](const auto& p) { return std::to_string(p.first) + "." + std::to_string(p.second); });
}

RC_GTEST_PROP(Uncertain, NumbersAreTheNearestDoubles, ()) {
  const auto digits = *rc::gen::container<std::string>(rc::gen::inRange<char>('0', '9' + 1));
  const auto decimals = *rc::gen::container<std::string>(rc::gen::inRange<char>('0', '9' + 1));
  const std::string text = "1" + digits.substr(0, 14) + "." + decimals.substr(0, 13) + "5";
  RC_ASSERT(value_of(text, Support::positive).branches()[0].spread.low ==
            std::strtod(text.c_str(), nullptr));
}

RC_GTEST_PROP(Uncertain, TextReadsBackAsTheSameValue, ()) {
  std::string a = *any_number(), b = *any_number(), c = *any_number();
  const auto less = [](const std::string& x, const std::string& y) {
    return std::atof(x.c_str()) < std::atof(y.c_str());
  };
  if (less(b, a)) std::swap(a, b);
  if (less(c, b)) std::swap(b, c);
  if (less(b, a)) std::swap(a, b);
  const int share = *rc::gen::inRange(1, 1000);
  const std::string first = std::to_string(share / 10) + "." + std::to_string(share % 10);
  const std::string rest =
      std::to_string((1000 - share) / 10) + "." + std::to_string((1000 - share) % 10);
  const std::string spread = b + " (" + a + " to " + c + ")";
  for (const std::string& text :
       {a, a + " to " + b, spread, first + "% x: " + spread + " | " + rest + "%: unknown"}) {
    const Uncertain value = value_of(text);
    RC_ASSERT(value_of(value.text()) == value);
  }
}

RC_GTEST_PROP(Uncertain, AnExactNumberReadsBack, (double number)) {
  const auto value = Uncertain::exact(std::fabs(number), Support::positive, "x");
  if (value) RC_ASSERT(value_of(value->text(), Support::positive) == *value);
}

}  // namespace
}  // namespace delian
