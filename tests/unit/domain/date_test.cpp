#include "delian/date.hpp"

#include <gtest/gtest.h>

namespace delian {
namespace {

TEST(Date, ReadsDaysMonthsAndYears) {
  EXPECT_EQ(Date::parse("2023-05-03"), (Date{2023, 5, 3}));
  EXPECT_EQ(Date::parse("2023-05"), (Date{2023, 5, 0}));
  EXPECT_EQ(Date::parse("2023"), (Date{2023, 0, 0}));
}

TEST(Date, RefusesWhatIsNoDate) {
  for (const char* text : {"", "2023-13", "2023-02-29", "2023-5-3", "2023/05/03", "0000", "20 3",
                           "2023-05-", "+023", "2023-00-01", "2023-04-31"}) {
    EXPECT_FALSE(Date::parse(text)) << text;
  }
  EXPECT_TRUE(Date::parse("2024-02-29"));
}

TEST(Date, PartDatesCoverTheirWholePeriod) {
  const Date february = *Date::parse("2024-02");
  EXPECT_EQ(february.earliest().text(), "2024-02-01");
  EXPECT_EQ(february.latest().text(), "2024-02-29");
}

TEST(Date, CountsDaysAcrossLeapYears) {
  EXPECT_EQ(days_between({2022, 5, 18}, {2024, 3, 7}), 659);
  EXPECT_EQ(days_between({2024, 3, 7}, {2022, 5, 18}), -659);
  EXPECT_EQ(days_between({2000, 2, 28}, {2000, 3, 1}), 2);
  EXPECT_EQ(days_between({1900, 2, 28}, {1900, 3, 1}), 1);
}

}  // namespace
}  // namespace delian
