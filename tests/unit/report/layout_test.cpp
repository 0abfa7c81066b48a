#include "report/layout.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace delian {
namespace {

TEST(Layout, WidthCountsCharactersAndNoColour) {
  EXPECT_EQ(display_width("\x1b[1mÅland\x1b[0m"), 5U);
}

TEST(Layout, CutMarksTheCut) {
  EXPECT_EQ(cut("Åland", 5), "Åland");
  EXPECT_EQ(cut("Ålands", 5), "Ålan…");
}

TEST(Layout, WrapKeepsEveryWordAndNoLineIsTooLong) {
  std::string text;
  for (std::size_t k = 0; k < 60; ++k) text += (k == 0 ? "" : " ") + std::string(1 + k % 9, 'x');
  const std::string wrapped = wrap(text, 2, 4);
  std::string rejoined;
  std::size_t at = 0;
  while (at < wrapped.size()) {
    const std::size_t end = wrapped.find('\n', at);
    const std::string line = wrapped.substr(at, end - at);
    EXPECT_LE(line.size(), text_width);
    EXPECT_EQ(line.find_first_not_of(' '), at == 0 ? 2U : 4U);
    rejoined += (at == 0 ? "" : " ") + line.substr(line.find_first_not_of(' '));
    at = end + 1;
  }
  EXPECT_EQ(rejoined, text);
}

TEST(Layout, WrapBeginsNoLineWithAMarkThatStandsAlone) {
  for (std::size_t length = 60; length < text_width; ++length) {
    for (const char* mark : {" : oui", " ; oui", " % de"}) {
      const std::string lines = wrap("a " + std::string(length, 'x') + mark, 0, 2);
      const std::size_t second = lines.find('\n') + 1;
      if (second == lines.size()) continue;
      EXPECT_EQ(std::string(" %:;").find(lines[second + 2]), std::string::npos) << lines;
    }
  }
}

TEST(Layout, WrapBreaksAWordThatFitsNoLine) {
  const std::string wrapped = wrap(std::string(200, 'x'), 0, 4);
  EXPECT_EQ(std::count(wrapped.begin(), wrapped.end(), 'x'), 200);
  EXPECT_EQ(std::count(wrapped.begin(), wrapped.end(), '\n'), 3);
}

TEST(Layout, PlainTextCommandsNoTerminal) {
  EXPECT_EQ(plain("a\x1b[2J\nb"), "a\uFFFD[2J b");
  EXPECT_EQ(plain("\u0646\u200C\u0647"), "\u0646\u200C\u0647");
}

TEST(Layout, PercentTellsTheEndsApart) {
  EXPECT_EQ(table_percent(0), "0 %");
  EXPECT_EQ(table_percent(0.004), "<1 %");
  EXPECT_EQ(table_percent(0.125), "13 %");
  EXPECT_EQ(table_percent(0.996), ">99 %");
  EXPECT_EQ(table_percent(1), "100 %");
}

TEST(Layout, ThousandsAreGrouped) {
  EXPECT_EQ(grouped(999, ','), "999");
  EXPECT_EQ(grouped(1'000'000, ','), "1,000,000");
}

}  // namespace
}  // namespace delian
