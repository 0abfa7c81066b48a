#include "report/scale_plot.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "report/layout.hpp"

namespace delian {
namespace {

std::size_t dots_in(const std::string& plot) {
  const std::string above = plot.substr(0, plot.find("┴"));
  return static_cast<std::size_t>(std::count(above.begin(), above.end(), '.') +
                                  2 * std::count(above.begin(), above.end(), ':'));
}

TEST(DotPlot, HasFiftyDots) {
  ScaleDistribution even;
  even.fill(1.0 / 101);
  EXPECT_EQ(dots_in(dot_plot(even, {})), 50);
  ScaleDistribution certain{};
  certain[37] = 1;
  EXPECT_EQ(dots_in(dot_plot(certain, {})), 50);
}

TEST(DotPlot, StacksDotsOverTheirPoint) {
  ScaleDistribution two{};
  two[0] = 0.04;
  two[100] = 0.96;
  const std::string plot = dot_plot(two, {});
  const std::size_t axis = plot.find("┴");
  const std::string last_row = plot.substr(plot.rfind('\n', plot.rfind('\n', axis) - 1) + 1);
  EXPECT_EQ(last_row[2], ':');  // two dots on 0
}

TEST(DotPlot, FitsEightyColumns) {
  ScaleDistribution even;
  even.fill(1.0 / 101);
  const std::vector<double> marks{0, 60, 100};
  std::string plot = dot_plot(even, marks);
  for (std::size_t from = 0; from < plot.size();) {
    const std::size_t end = plot.find('\n', from);
    EXPECT_LE(display_width(plot.substr(from, end - from)), text_width);
    from = end + 1;
  }
  EXPECT_EQ(std::count(plot.begin(), plot.end(), '^'), 3);
}

TEST(RangeStrip, MarksTheMedianBetweenItsEnds) {
  EXPECT_EQ(range_strip(25, 50, 75, 5), "·─●─·");
  EXPECT_EQ(range_strip(0, 0, 100, 5), "●────");
}

}  // namespace
}  // namespace delian
