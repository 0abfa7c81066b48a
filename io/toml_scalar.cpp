#include "io/toml_scalar.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>

#include "io/toml_text.hpp"

namespace delian::io::toml {
namespace {

using Read = tl::expected<Scalar, Complaint>;

tl::unexpected<Complaint> complain(std::string message, std::string fix) {
  return tl::unexpected(Complaint{std::move(message), std::move(fix)});
}

tl::unexpected<Complaint> needs_quotes(std::string_view token) {
  return complain(excerpt(token) + " is not a TOML value", "write it in quotes: " + quote(token));
}

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return result;
}

bool starts_with(std::string_view text, std::string_view start) {
  return text.substr(0, start.size()) == start;
}

// --- words ---------------------------------------------------------------------------------------

Read read_word(std::string_view token) {
  const std::string word = lower(token);
  const auto is_any = [&](auto... others) { return ((word == others) || ...); };
  if (is_any("true", "yes", "on")) {
    return complain(excerpt(token) + " is not a TOML value", "write true");
  }
  if (is_any("false", "no", "off")) {
    return complain(excerpt(token) + " is not a TOML value", "write false");
  }
  if (is_any("null", "none", "nil", "na", "n/a")) {
    return complain(excerpt(token) + " is not a TOML value: TOML has no empty value",
                    "leave the key out, or write it in quotes: " + quote(token));
  }
  if (is_any("inf", "+inf", "-inf", "nan", "+nan", "-nan", "infinity")) {
    return complain(excerpt(token) + " is not a TOML value",
                    word == "infinity" ? "write inf" : "write " + word);
  }
  return complain(excerpt(token) + " is not a TOML value: text needs quotes",
                  "write " + quote(token));
}

// --- dates and times -----------------------------------------------------------------------------

// The number in `count` digits at `offset`; -1 when there are none.
int number_at(std::string_view text, std::size_t offset, std::size_t count) {
  if (text.size() < offset + count) return -1;
  int value = 0;
  for (const char c : text.substr(offset, count)) {
    if (!is_digit(c)) return -1;
    value = 10 * value + (c - '0');
  }
  return value;
}

int days_in_month(int year, int month) {
  constexpr std::array days{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : days[static_cast<std::size_t>(month - 1)];
}

bool is_calendar_date(std::string_view text) {
  const int year = number_at(text, 0, 4);
  const int month = number_at(text, 5, 2);
  const int day = number_at(text, 8, 2);
  return year >= 0 && month >= 1 && month <= 12 && day >= 1 && day <= days_in_month(year, month);
}

bool starts_with_time(std::string_view text) {
  return number_at(text, 0, 2) >= 0 && text.size() > 2 && text[2] == ':';
}

// Takes hh:mm:ss and a fraction off `text`. Second 60 exists: RFC 3339 has leap seconds.
bool take_time(std::string_view& text) {
  const int hour = number_at(text, 0, 2);
  const int minute = number_at(text, 3, 2);
  const int second = number_at(text, 6, 2);
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60) return false;
  if (text[2] != ':' || text[5] != ':') return false;
  text.remove_prefix(8);
  if (starts_with(text, ".")) {
    text.remove_prefix(1);
    if (text.empty() || !is_digit(text[0])) return false;
    while (!text.empty() && is_digit(text[0])) text.remove_prefix(1);
  }
  return true;
}

bool is_offset(std::string_view text) {
  if (text == "Z" || text == "z") return true;
  if (text.size() != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':') return false;
  const int hour = number_at(text, 1, 2);
  const int minute = number_at(text, 4, 2);
  return hour >= 0 && hour <= 23 && minute >= 0 && minute <= 59;
}

Read read_date_or_time(std::string_view token) {
  const auto read = [&](Kind kind) { return Scalar{kind, std::string(token)}; };
  const auto bad_time = [&] {
    return complain(
        excerpt(token) + " is not a valid time",
        "write hours, minutes and seconds as hh:mm:ss, or the whole in quotes: " + quote(token));
  };
  std::string_view rest = token;
  if (!starts_with_date(token)) {
    return take_time(rest) && rest.empty() ? Read(read(Kind::local_time)) : Read(bad_time());
  }
  if (!is_calendar_date(token)) {
    return complain(
        excerpt(token) + " is not a day of the calendar",
        "correct the month or the day (year-month-day), or write it in quotes: " + quote(token));
  }
  rest.remove_prefix(10);
  if (rest.empty()) return read(Kind::local_date);
  if (rest[0] != 'T' && rest[0] != 't' && rest[0] != ' ') return needs_quotes(token);
  rest.remove_prefix(1);
  if (!take_time(rest)) return bad_time();
  if (rest.empty()) return read(Kind::local_date_time);
  if (!is_offset(rest)) return bad_time();
  return read(Kind::offset_date_time);
}

// --- numbers -------------------------------------------------------------------------------------

// Without underscores; empty when one does not stand between two digits.
template <class IsDigit>
std::string without_underscores(std::string_view text, IsDigit is_one) {
  std::string digits;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '_') {
      digits += text[i];
      continue;
    }
    const bool between = i > 0 && i + 1 < text.size() && is_one(text[i - 1]) && is_one(text[i + 1]);
    if (!between) return {};
  }
  return digits;
}

std::optional<std::int64_t> to_integer(std::string_view digits, int base) {
  std::int64_t value = 0;
  const auto [last, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), value, base);
  if (error != std::errc{} || last != digits.data() + digits.size()) return std::nullopt;
  return value;
}

// A number in TOML's own spelling, cut into its parts; all views into the token.
struct Decimal {
  std::string_view whole;
  std::string_view fraction;
  std::string_view exponent;  // with its sign
  bool has_point = false;
  bool has_exponent = false;
};

bool all_digits(std::string_view text) {
  return std::ranges::all_of(text, is_digit);
}

// Cuts an unsigned decimal; nothing when other characters are in it.
std::optional<Decimal> cut(std::string_view text) {
  Decimal parts;
  const std::size_t e = text.find_first_of("eE");
  if (e != std::string_view::npos) {
    parts.has_exponent = true;
    parts.exponent = text.substr(e + 1);
    text = text.substr(0, e);
  }
  const std::size_t point = text.find('.');
  if (point != std::string_view::npos) {
    parts.has_point = true;
    parts.fraction = text.substr(point + 1);
    text = text.substr(0, point);
  }
  parts.whole = text;
  std::string_view exponent = parts.exponent;
  if (!exponent.empty() && (exponent[0] == '+' || exponent[0] == '-')) exponent.remove_prefix(1);
  if (!all_digits(parts.whole) || !all_digits(parts.fraction) || !all_digits(exponent) ||
      exponent.empty() == parts.has_exponent) {
    return std::nullopt;
  }
  return parts;
}

// Whether the first digit that counts stands left of the decimal point once the exponent is
// applied.
bool is_large(const Decimal& parts) {
  constexpr std::int64_t beyond = 1'000'000'000;
  std::int64_t exponent = beyond;
  std::string_view digits = parts.exponent;
  const bool negative = !digits.empty() && digits[0] == '-';
  if (!digits.empty() && !is_digit(digits[0])) digits.remove_prefix(1);
  if (!parts.has_exponent) {
    exponent = 0;
  } else if (const auto value = to_integer(digits, 10)) {
    exponent = std::min(*value, beyond);
  }
  if (negative) exponent = -exponent;
  const std::size_t first = parts.whole.find_first_not_of('0');
  if (first != std::string_view::npos) {
    return exponent + static_cast<std::int64_t>(parts.whole.size() - first) > 0;
  }
  const std::size_t zeros = parts.fraction.find_first_not_of('0');
  return zeros != std::string_view::npos && exponent - static_cast<std::int64_t>(zeros) > 0;
}

// The one place that turns text into a double. Nothing for what exceeds every double; what is
// smaller than the least one is zero.
std::optional<double> to_double(std::string_view unsigned_text, const Decimal& parts) {
  double value = 0;
  const std::errc error =
      std::from_chars(unsigned_text.data(), unsigned_text.data() + unsigned_text.size(), value).ec;
  if (error == std::errc{}) return value;  // to the end, for cut() has seen only a number
  if (is_large(parts)) return std::nullopt;
  return 0.0;
}

Read read_radix(std::string_view token) {
  const int base = token[1] == 'x' ? 16 : token[1] == 'o' ? 8 : 2;
  const std::string digits =
      without_underscores(token.substr(2), [](char c) { return hex_digit(c) >= 0; });
  const bool valid = !digits.empty() && std::ranges::all_of(digits, [&](char c) {
    return hex_digit(c) >= 0 && hex_digit(c) < base;
  });
  if (!valid) {
    return complain(excerpt(token) + " is not a whole number in base " + std::to_string(base),
                    "correct its digits, or write it in quotes: " + quote(token));
  }
  if (const auto value = to_integer(digits, base)) return Scalar{Kind::integer, *value};
  return complain(excerpt(token) + " does not fit into 64 bits",
                  "write it in quotes: " + quote(token));
}

Read read_decimal(std::string_view token) {
  const bool is_signed = token[0] == '+' || token[0] == '-';
  const std::string_view sign = token.substr(0, is_signed ? 1 : 0);
  const std::string plain = without_underscores(token.substr(sign.size()), is_digit);
  if (plain.empty() && token.find('_') != std::string_view::npos) {
    return complain(excerpt(token) + " has an underscore that is not between two digits",
                    "remove it, or write the value in quotes: " + quote(token));
  }
  const std::optional<Decimal> parts = cut(plain);
  if (!parts) return needs_quotes(token);
  if (parts->whole.empty() || (parts->has_point && parts->fraction.empty())) {
    if (parts->whole.empty() && parts->fraction.empty()) return needs_quotes(token);
    return complain(excerpt(token) + " lacks a digit beside its decimal point",
                    parts->whole.empty() ? "write " + std::string(sign) + "0" + plain
                                         : "write a digit after the point, as in 5.0");
  }
  if (parts->whole.size() > 1 && parts->whole[0] == '0') {
    const std::size_t first = plain.find_first_not_of('0');
    std::string number(sign);
    if (first == std::string::npos || !is_digit(plain[first])) number += '0';
    number += first == std::string::npos ? "" : plain.substr(first);
    return complain(excerpt(token) + " is a number with leading zeros",
                    "write " + number + ", or " + quote(token) + " if it is a name");
  }
  if (!parts->has_point && !parts->has_exponent) {
    const std::string digits = (sign == "-" ? "-" : "") + plain;
    if (const auto value = to_integer(digits, 10)) return Scalar{Kind::integer, *value};
    return complain(excerpt(token) + " does not fit into 64 bits",
                    "write it with a decimal point if it may be rounded, or in quotes");
  }
  if (const auto value = to_double(plain, *parts)) {
    return Scalar{Kind::floating, sign == "-" ? -*value : *value};
  }
  return complain(excerpt(token) + " is larger than any number that can be stored",
                  "write inf if it stands for infinity");
}

Read read_number(std::string_view token) {
  const bool is_signed = token[0] == '+' || token[0] == '-';
  const std::string_view digits = token.substr(is_signed ? 1 : 0);
  if (digits.size() > 1 && digits[0] == '0' && is_letter(digits[1]) && digits[1] != 'e' &&
      digits[1] != 'E') {
    const bool known = digits[1] == 'x' || digits[1] == 'o' || digits[1] == 'b';
    if (known && !is_signed) return read_radix(token);
    if (!known && digits.find_first_of("XOB") == 1) {
      return complain(excerpt(token) + " has a capital letter in its prefix",
                      "write 0" + lower(digits.substr(1, 1)) + std::string(digits.substr(2)));
    }
    if (known) {
      return complain(excerpt(token) + " has a sign, which only decimal numbers may have",
                      "write it as a decimal number");
    }
  }
  // Typical thoughtlessness, told apart from anything else that starts with a digit.
  const std::size_t mark = digits.find_first_not_of("0123456789_");
  if (mark != std::string_view::npos && digits[mark] == '%' && mark + 1 == digits.size()) {
    return complain(excerpt(token) + " is not a TOML value: a number has no unit",
                    "write " + std::string(token.substr(0, token.size() - 1)) + ", or " +
                        quote(token) + " where a text is expected");
  }
  return read_decimal(token);
}

}  // namespace

bool starts_with_date(std::string_view text) {
  return number_at(text, 0, 4) >= 0 && number_at(text, 5, 2) >= 0 && number_at(text, 8, 2) >= 0 &&
         text[4] == '-' && text[7] == '-';
}

Read read_scalar(std::string_view token) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
  if (token == "true") return Scalar{Kind::boolean, true};
  if (token == "false") return Scalar{Kind::boolean, false};
  if (token == "inf" || token == "+inf") return Scalar{Kind::floating, infinity};
  if (token == "-inf") return Scalar{Kind::floating, -infinity};
  if (token == "nan" || token == "+nan" || token == "-nan") {
    return Scalar{Kind::floating, not_a_number};
  }
  if (starts_with_date(token) || starts_with_time(token)) return read_date_or_time(token);
  const bool is_signed = token[0] == '+' || token[0] == '-';
  const std::string_view digits = token.substr(is_signed ? 1 : 0);
  if (!digits.empty() && (is_digit(digits[0]) || digits[0] == '.' || digits[0] == '_')) {
    return read_number(token);
  }
  return read_word(token);
}

}  // namespace delian::io::toml
