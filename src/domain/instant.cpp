#include "domain/instant.hpp"

#include "delian/date.hpp"

namespace delian {
namespace {

// The number of exactly two digits that starts `text`, taken off it.
std::optional<int> take_two_digits(std::string_view& text) {
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  if (text.size() < 2 || !digit(text[0]) || !digit(text[1])) return std::nullopt;
  const int value = (text[0] - '0') * 10 + (text[1] - '0');
  text.remove_prefix(2);
  return value;
}

bool take(std::string_view& text, char c) {
  if (text.empty() || text.front() != c) return false;
  text.remove_prefix(1);
  return true;
}

// "hh:mm", in minutes.
std::optional<int> take_minutes(std::string_view& text) {
  const auto hours = take_two_digits(text);
  if (!hours || *hours > 23 || !take(text, ':')) return std::nullopt;
  const auto minutes = take_two_digits(text);
  if (!minutes || *minutes > 59) return std::nullopt;
  return *hours * 60 + *minutes;
}

}  // namespace

std::optional<Instant> parse_instant(std::string_view text) {
  const auto date = Date::parse(text.substr(0, 10));
  if (!date || !date->complete()) return std::nullopt;
  Instant instant;
  instant.seconds = std::int64_t{86400} * days_between({1, 1, 1}, *date);
  text.remove_prefix(10);
  if (text.empty()) return instant;

  if (text.front() != 'T' && text.front() != 't' && text.front() != ' ') return std::nullopt;
  text.remove_prefix(1);
  const auto minutes = take_minutes(text);
  if (!minutes) return std::nullopt;
  instant.seconds += std::int64_t{60} * *minutes;
  if (take(text, ':')) {
    const auto seconds = take_two_digits(text);
    if (!seconds || *seconds > 60) return std::nullopt;
    instant.seconds += *seconds;
    if (take(text, '.')) {  // fractions never decide which of two announced times comes first
      if (text.empty() || text.front() < '0' || text.front() > '9') return std::nullopt;
      while (!text.empty() && text.front() >= '0' && text.front() <= '9') text.remove_prefix(1);
    }
  }
  if (text.empty()) return instant;

  instant.local = false;
  if (text == "Z" || text == "z") return instant;
  const int sign = text.front() == '+' ? 1 : -1;
  if (text.front() != '+' && text.front() != '-') return std::nullopt;
  text.remove_prefix(1);
  const auto offset = take_minutes(text);
  if (!offset || !text.empty()) return std::nullopt;
  instant.seconds -= std::int64_t{60} * sign * *offset;
  return instant;
}

}  // namespace delian
