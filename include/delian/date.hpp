#pragma once
// Calendar dates as sources give them: a year, a month or a day.

#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace delian {

/// A date that may lack its day, or its month and day. Proleptic Gregorian.
struct Date {
  int year = 0;
  int month = 0;  ///< 1-12, or 0: only the year is known
  int day = 0;    ///< 1-31, or 0: only the year and month are known

  /// "2023", "2023-05" or "2023-05-03"; nothing if the text is no such date.
  static std::optional<Date> parse(std::string_view text);

  bool complete() const { return day != 0; }

  /// First and last day the date can stand for.
  Date earliest() const;
  Date latest() const;

  /// "2023-05-03", "2023-05" or "2023".
  std::string text() const;

  friend bool operator==(const Date&, const Date&) = default;
  /// Orders complete dates by time; a part date sorts by its known parts, missing parts first.
  friend auto operator<=>(const Date&, const Date&) = default;
};

/// Days from `from` to `to`; part dates count from their earliest day.
int days_between(const Date& from, const Date& to);

/// Mean months of 365.25/12 days from `from` to `to`.
double months_between(const Date& from, const Date& to);

}  // namespace delian
