#include "delian/date.hpp"

#include <array>
#include <charconv>

namespace delian {
namespace {

int days_in_month(int year, int month) {
  constexpr std::array days{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : days[static_cast<std::size_t>(month - 1)];
}

std::optional<int> digits(std::string_view text, std::size_t count) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.size() != count || error != std::errc{} || end != text.data() + text.size() ||
      value < 0) {
    return std::nullopt;
  }
  return value;
}

void append_padded(std::string& text, int value, std::size_t width) {
  const std::string number = std::to_string(value);
  text.append(width > number.size() ? width - number.size() : 0, '0').append(number);
}

// Days since 0000-03-01, by counting years from March so that the leap day comes last.
int day_number(const Date& date) {
  const int year = date.month <= 2 ? date.year - 1 : date.year;
  const int month = (date.month + 9) % 12;
  return 365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + date.day - 1;
}

}  // namespace

std::optional<Date> Date::parse(std::string_view text) {
  if (text.size() != 4 && text.size() != 7 && text.size() != 10) return std::nullopt;
  Date date;
  const auto year = digits(text.substr(0, 4), 4);
  if (!year || *year < 1) return std::nullopt;
  date.year = *year;
  if (text.size() >= 7) {
    const auto month = digits(text.substr(5, 2), 2);
    if (text[4] != '-' || !month || *month < 1 || *month > 12) return std::nullopt;
    date.month = *month;
  }
  if (text.size() == 10) {
    const auto day = digits(text.substr(8, 2), 2);
    if (text[7] != '-' || !day || *day < 1 || *day > days_in_month(date.year, date.month)) {
      return std::nullopt;
    }
    date.day = *day;
  }
  return date;
}

Date Date::earliest() const {
  return {year, month == 0 ? 1 : month, day == 0 ? 1 : day};
}

Date Date::latest() const {
  const int last_month = month == 0 ? 12 : month;
  return {year, last_month, day == 0 ? days_in_month(year, last_month) : day};
}

std::string Date::text() const {
  std::string text;
  append_padded(text, year, 4);
  if (month != 0) append_padded(text += '-', month, 2);
  if (day != 0) append_padded(text += '-', day, 2);
  return text;
}

int days_between(const Date& from, const Date& to) {
  return day_number(to.earliest()) - day_number(from.earliest());
}

double months_between(const Date& from, const Date& to) {
  return days_between(from, to) / (365.25 / 12);
}

}  // namespace delian
