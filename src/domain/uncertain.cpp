#include "delian/uncertain.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <utility>

namespace delian {
namespace {

constexpr std::size_t longest_number = 30;
constexpr double share_tolerance = 0.1 + 1e-9;  // in points: 33.3 % three times is meant as a third
constexpr std::string_view forms =
    "Write a number, \"LOW to HIGH\", \"BEST (LOW to HIGH)\" or \"unknown\".";

// --- characters
// ------------------------------------------------------------------------------------

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_letter(char c) {  // of a text in UTF-8: all that is not ASCII counts as a letter
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
}

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) c = lower(c);
  return result;
}

/// Length of the white space at the front; no-break spaces come along with text from web pages.
std::size_t space_at(std::string_view text) {
  if (text.empty()) return 0;
  if (text[0] == ' ' || text[0] == '\t' || text[0] == '\n' || text[0] == '\r') return 1;
  if (text.starts_with("\u00a0")) return 2;
  return text.starts_with("\u202f") || text.starts_with("\u2009") ? 3 : 0;
}

std::string_view trim(std::string_view text) {
  while (const std::size_t n = space_at(text)) text.remove_prefix(n);
  for (bool again = true; again && !text.empty();) {
    again = false;
    for (std::size_t n = 1; n <= std::min<std::size_t>(3, text.size()); ++n) {
      if (space_at(text.substr(text.size() - n)) == n) {
        text.remove_suffix(n);
        again = true;
        break;
      }
    }
  }
  return text;
}

/// What the user wrote, in quotation marks: control characters visible, long texts cut.
std::string quoted(std::string_view text) {
  constexpr std::size_t longest = 60;
  std::size_t shown = text.size();
  if (shown > longest) {
    shown = longest;  // not inside a character of several bytes
    while (shown > 0 && (static_cast<unsigned char>(text[shown]) & 0xc0U) == 0x80U) --shown;
  }
  std::string result = "\"";
  for (const char c : text.substr(0, shown)) {
    const auto code = static_cast<unsigned>(static_cast<unsigned char>(c));
    if (code < 0x20 || code == 0x7f) {
      result += fmt::format("\\x{:02x}", code);
    } else {
      result += c;
    }
  }
  return result + (shown < text.size() ? "…\"" : "\"");
}

// --- numbers
// ---------------------------------------------------------------------------------------

/// The double nearest to significand / 10^decimals, ties to even. At most 30 digits in all, so that
/// both fit into 128 bits. Written out because std::from_chars for double is missing from the
/// library that WebAssembly compilers bring along.
__extension__ using Wide = unsigned __int128;

double nearest(Wide significand, int decimals) {
  Wide divisor = 1;
  for (int k = 0; k < decimals; ++k) divisor *= 10;
  Wide quotient = significand / divisor;
  Wide rest = significand % divisor;
  if (significand == 0) return 0;
  int exponent = 0;
  while (quotient >> 53 == 0) {  // one bit more than a double has
    rest *= 2;
    quotient = quotient * 2 + (rest >= divisor ? 1 : 0);
    if (rest >= divisor) rest -= divisor;
    --exponent;
  }
  bool inexact = rest != 0;
  while (quotient >> 54 != 0) {
    inexact = inexact || (quotient & 1) != 0;
    quotient >>= 1;
    ++exponent;
  }
  auto bits = static_cast<std::uint64_t>(quotient);
  const bool half = (bits & 1) != 0;
  bits >>= 1;
  if (half && (inexact || (bits & 1) != 0)) ++bits;
  return std::ldexp(static_cast<double>(bits), exponent + 1);
}

/// NUMBER of the grammar, with a minus sign so that "-5" is outside the scale and not nonsense.
std::optional<double> to_number(std::string_view text) {
  if (text.empty() || text.size() > longest_number) return std::nullopt;
  const bool negative = text[0] == '-';
  if (negative) text.remove_prefix(1);
  const std::size_t point = std::min(text.find('.'), text.size());
  if (point == 0 || point + 1 == text.size()) return std::nullopt;
  Wide significand = 0;
  for (std::size_t k = 0; k < text.size(); ++k) {
    if (k == point) continue;
    if (!is_digit(text[k])) return std::nullopt;
    significand = significand * 10 + static_cast<unsigned>(text[k] - '0');
  }
  const int decimals = point == text.size() ? 0 : static_cast<int>(text.size() - point - 1);
  const double size = nearest(significand, decimals);
  return negative && size != 0 ? -size : size;
}

/// The shortest text without exponent that reads back as `number`.
std::string shortest(double number) {
  std::array<char, 400> buffer{};  // the longest double has 309 digits, the smallest 324 + 17
  const auto [end, error] =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), number, std::chars_format::fixed);
  return error == std::errc{} ? std::string(buffer.data(), end) : std::string("?");
}

/// The shortest percentage that reads back as `probability`; x / 100 * 100 need not be x.
std::string percentage(double probability) {
  std::string best;
  double candidate = probability * 100;
  for (int k = 0; k < 3; ++k) candidate = std::nextafter(candidate, 0.0);
  for (int k = 0; k < 7; ++k, candidate = std::nextafter(candidate, 1000.0)) {
    if (candidate / 100 != probability) continue;
    std::string text = shortest(candidate);
    if (best.empty() || text.size() < best.size()) best = std::move(text);
  }
  return best;
}

// --- spreads
// ---------------------------------------------------------------------------------------

struct Token {
  enum class Kind { number, word, open, close, dash, percent, other };
  Kind kind;
  std::string_view text;
  std::optional<double> number;  // empty for one that is badly written
};

using Kind = Token::Kind;

std::size_t dash_at(std::string_view text) {
  if (text.starts_with('-')) return 1;
  for (const std::string_view dash : {"\u2010", "\u2011", "\u2012", "\u2013", "\u2014", "\u2212"}) {
    if (text.starts_with(dash)) return dash.size();
  }
  return 0;
}

/// Length of what was meant as a number at the front: also 1,000 and 0,5 and 1e3 and .5.
std::size_t number_at(std::string_view text) {
  std::size_t n = text.starts_with('-') || text.starts_with('+') ? 1 : 0;
  if (n < text.size() && (text[n] == '.' || text[n] == ',')) ++n;
  if (n >= text.size() || !is_digit(text[n])) return 0;
  const auto part_of_number = [&](std::size_t k) {
    if (is_digit(text[k])) return true;
    const bool mark = text[k] == '.' || text[k] == ',' || text[k] == '\'' || text[k] == '_';
    return mark && !(k + 1 < text.size() && text[k] == '.' && text[k + 1] == '.');
  };
  while (n < text.size() && part_of_number(n)) ++n;
  if (n < text.size() && lower(text[n]) == 'e') {
    std::size_t e = n + 1;
    if (e < text.size() && (text[e] == '-' || text[e] == '+')) ++e;
    if (e < text.size() && is_digit(text[e])) {
      while (e < text.size() && is_digit(text[e])) ++e;
      n = e;
    }
  }
  return n;
}

std::vector<Token> tokens_of(std::string_view text) {
  std::vector<Token> tokens;
  while (!(text = trim(text)).empty()) {
    const bool after_number = !tokens.empty() && tokens.back().kind == Kind::number;
    Token token{Kind::other, text.substr(0, 1), std::nullopt};
    const std::size_t number = after_number && dash_at(text) != 0 ? 0 : number_at(text);
    if (number != 0) {
      token = {Kind::number, text.substr(0, number), to_number(text.substr(0, number))};
    } else if (const std::size_t dash = dash_at(text)) {
      token = {Kind::dash, text.substr(0, dash), std::nullopt};
    } else if (text.starts_with("..")) {
      token = {Kind::dash, text.substr(0, text.starts_with("...") ? 3 : 2), std::nullopt};
    } else if (text.starts_with("\u2248")) {
      token = {Kind::word, text.substr(0, 3), std::nullopt};
    } else if (text[0] == '(' || text[0] == '[') {
      token.kind = Kind::open;
    } else if (text[0] == ')' || text[0] == ']') {
      token.kind = Kind::close;
    } else if (text[0] == '%') {
      token.kind = Kind::percent;
    } else if (text[0] == '~') {
      token.kind = Kind::word;
    } else if (is_letter(text[0])) {
      std::size_t n = 1;
      while (n < text.size() && is_letter(text[n]) && space_at(text.substr(n)) == 0 &&
             dash_at(text.substr(n)) == 0) {
        ++n;
      }
      token = {Kind::word, text.substr(0, n), std::nullopt};
    }
    tokens.push_back(token);
    text.remove_prefix(token.text.size());
  }
  return tokens;
}

bool matches(const std::vector<Token>& tokens, std::string_view pattern) {
  // n: number, t: "to", u: "unknown"; brackets stand for themselves
  if (tokens.size() != pattern.size()) return false;
  for (std::size_t k = 0; k < pattern.size(); ++k) {
    const Token& token = tokens[k];
    const bool fits = pattern[k] == 'n'   ? token.number.has_value()
                      : pattern[k] == 't' ? token.text == "to"
                      : pattern[k] == 'u' ? token.text == "unknown"
                                          : token.text == pattern.substr(k, 1);
    if (!fits) return false;
  }
  return true;
}

std::optional<Spread> spread_of(const std::vector<Token>& t) {
  using enum Spread::Kind;
  if (matches(t, "n")) return Spread{exact, *t[0].number, *t[0].number, *t[0].number};
  if (matches(t, "ntn")) return Spread{range, *t[0].number, 0, *t[2].number};
  if (matches(t, "n(ntn)")) {
    return Spread{best_and_range, *t[2].number, *t[0].number, *t[4].number};
  }
  if (matches(t, "u")) return Spread{unknown, 0, 0, 0};
  return std::nullopt;
}

std::string text_of(const Spread& spread) {
  switch (spread.kind) {
    case Spread::Kind::exact:
      return shortest(spread.low);
    case Spread::Kind::range:
      return shortest(spread.low) + " to " + shortest(spread.high);
    case Spread::Kind::best_and_range:
      return fmt::format("{} ({} to {})", shortest(spread.best), shortest(spread.low),
                         shortest(spread.high));
    case Spread::Kind::unknown:
      break;
  }
  return "unknown";
}

bool inside(double number, Support support) {
  return support == Support::scale ? number >= 0 && number <= 100
                                   : number > 0 && std::isfinite(number);
}

// --- what is wrong, and what to write instead
// --------------------------------------------------------

struct Problem {
  std::string_view code;
  std::string message;
  std::string fix;
};

bool one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::ranges::find(words, word) != words.end();
}

bool says_about(const Token& token) {
  return token.kind == Kind::word &&
         one_of(lower(token.text), {"about", "around", "approx", "approximately", "ca", "circa",
                                    "c", "roughly", "some", "nearly", "environ", "~", "\u2248"});
}

bool says_unknown(std::string_view text) {
  return one_of(lower(trim(text)), {"unknown", "unkown", "unknwon", "unk", "?", "??", "???", "n/a",
                                    "na", "n.a.", "nan", "none", "null", "tbd", "inconnu", "-"});
}

bool groups_thousands(std::string_view text) {  // 1,000 and 12,500,000 and 1'000
  std::size_t n = 0;
  while (n < text.size() && is_digit(text[n])) ++n;
  if (n == 0 || n > 3 || n == text.size() || text[0] == '0') return false;
  const char mark = text[n];
  for (; n < text.size(); n += 4) {
    if (text[n] != mark || n + 4 > text.size()) return false;
    if (!is_digit(text[n + 1]) || !is_digit(text[n + 2]) || !is_digit(text[n + 3])) return false;
  }
  return true;
}

std::string without(std::string_view text, std::string_view unwanted) {
  std::string result;
  for (const char c : text) {
    if (unwanted.find(c) == std::string_view::npos) result += c;
  }
  return result;
}

/// A badly written number as the grammar wants it; empty where that would be a guess.
std::string mended_number(std::string_view text) {
  if (to_number(text)) return std::string(text);
  std::string result(text);
  if (result.starts_with('+')) result.erase(0, 1);
  const bool comma = result.find(',') != std::string::npos;
  const bool point = result.find('.') != std::string::npos;
  if (result.find_first_of("'_") != std::string::npos) result = without(result, "'_");
  if (comma && !point) {
    if (groups_thousands(result)) return {};
    result.replace(result.find(','), 1, ".");
  } else if (comma) {  // the later of the two marks the decimals
    if (result.rfind(',') < result.find('.')) {
      result = without(result, ",");
    } else {
      result = without(result, ".");
      result.replace(result.find(','), 1, ".");
    }
  }
  if (const std::size_t e = result.find_first_of("eE"); e != std::string::npos) {
    const auto significand = to_number(std::string_view(result).substr(0, e));
    int exponent = 0;
    const std::string digits = without(std::string_view(result).substr(e + 1), "+");
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), exponent);
    if (!significand || read.ec != std::errc{} || std::abs(exponent) > 15) return {};
    double power = 1;
    for (int k = 0; k < std::abs(exponent); ++k) power *= 10;
    result = shortest(exponent < 0 ? *significand / power : *significand * power);
  }
  if (result.starts_with('.')) result.insert(0, 1, '0');
  if (result.ends_with('.')) result.pop_back();
  return to_number(result) ? result : std::string();
}

/// The nearest text in the grammar, or empty when there is no obvious one.
std::string mended(const std::vector<Token>& tokens, Support support) {
  std::string text;
  for (const Token& token : tokens) {
    switch (token.kind) {
      case Kind::number: {
        const std::string number = mended_number(token.text);
        if (number.empty()) return {};
        text += number + ' ';
        break;
      }
      case Kind::dash:
        text += "to ";
        break;
      case Kind::open:
        text += "( ";
        break;
      case Kind::close:
        text += ") ";
        break;
      case Kind::percent:
        break;
      case Kind::other:
        return {};
      case Kind::word: {
        const std::string word = lower(token.text);
        if (one_of(word, {"to", "and", "until", "till", "à", "a", "et", "bis"})) {
          text += "to ";
        } else if (!one_of(word, {"between", "from", "entre", "de"})) {
          return {};
        }
      }
    }
  }
  std::vector<Token> better = tokens_of(text);
  if (matches(better, "ntn(n)")) {  // the best guess last
    better = {better[4], better[3], better[0], better[1], better[2], better[5]};
  }
  std::optional<Spread> spread = spread_of(better);
  if (!spread) return {};
  if (spread->low > spread->high) std::swap(spread->low, spread->high);
  const bool best_fits = spread->kind != Spread::Kind::best_and_range ||
                         (spread->best >= spread->low && spread->best <= spread->high);
  const bool fits = inside(spread->low, support) && inside(spread->high, support) && best_fits;
  return fits ? text_of(*spread) : std::string();
}

std::string write(std::string_view text) {
  return fmt::format("Write \"{}\".", text);
}

/// The message for a number that is not one.
std::string wrong_in_number(std::string_view number) {
  const std::string q = quoted(number);
  if (number.find(',') != std::string_view::npos) {
    return fmt::format("{} has a comma; numbers have a decimal point and no other mark", q);
  }
  if (number.find_first_of("eE") != std::string_view::npos) {
    return fmt::format("{} has an exponent; numbers are written out", q);
  }
  if (number.find_first_of("'_") != std::string_view::npos) {
    return fmt::format("{} has a mark between its digits; numbers have none", q);
  }
  if (number.size() > longest_number) {
    return fmt::format("{} has {} characters; a number has at most {}", q, number.size(),
                       longest_number);
  }
  if (number.starts_with('+')) return fmt::format("{} has a plus sign; numbers have none", q);
  if (std::count(number.begin(), number.end(), '.') > 1) {
    return fmt::format("{} has more than one decimal point", q);
  }
  return fmt::format("{} needs a digit on both sides of its decimal point", q);
}

/// Why tokens that fit no form do not, most telling reason first.
Problem explain(std::string_view text, const std::vector<Token>& tokens, Support support) {
  const std::string q = quoted(text);
  const std::string better = mended(tokens, support);
  const std::string fix = better.empty() ? std::string(forms) : write(better);
  const auto find = [&](auto wanted) { return std::find_if(tokens.begin(), tokens.end(), wanted); };
  const auto has = [&](Kind kind) {
    return find([&](const Token& t) { return t.kind == kind; }) != tokens.end();
  };
  const auto numbers = std::count_if(tokens.begin(), tokens.end(),
                                     [](const Token& t) { return t.kind == Kind::number; });

  if (tokens.empty()) return {"E201", "the value is empty", std::string(forms)};
  if (says_unknown(text)) {
    return {"E201", fmt::format("{} is not the word for a number nobody knows", q),
            support == Support::scale ? write("unknown")
                                      : "Give the widest range you can defend: \"LOW to HIGH\"."};
  }
  const auto bad = find([](const Token& t) { return t.kind == Kind::number && !t.number; });
  if (bad != tokens.end()) {
    std::string mend = fix;
    if (better.empty()) {
      const std::string number = mended_number(bad->text);
      if (!number.empty()) mend = fmt::format("Write {}.", number);
      if (bad->text.find(',') != std::string_view::npos && groups_thousands(bad->text)) {
        std::string decimal(bad->text);
        const std::string whole = without(bad->text, ",");
        decimal.replace(decimal.find(','), 1, ".");
        mend = to_number(decimal)
                   ? fmt::format("Write {} if the comma groups thousands, {} if it marks decimals.",
                                 whole, decimal)
                   : fmt::format("Write {}.", whole);
      } else if (bad->text.size() > longest_number) {
        mend = "Drop the digits that carry nothing, or choose a larger unit.";
      }
    }
    return {"E201", wrong_in_number(bad->text), mend};
  }
  if (has(Kind::percent)) {
    return {"E201", fmt::format("{} has a percent sign inside a value", q),
            better.empty() ? "Leave the sign out; a share stands only before a branch, as in "
                             "\"70%: 10 | 30%: 40\"."
                           : fmt::format("Write \"{}\"; a share stands only before a branch, as in "
                                         "\"70%: 10 | 30%: 40\".",
                                         better)};
  }
  const auto about = find(says_about);
  if (about != tokens.end()) {
    const auto number = find([](const Token& t) { return t.number.has_value(); });
    return {
        "E201",
        fmt::format("{} does not say how far off it may be; {} is no number", q,
                    quoted(about->text)),
        number == tokens.end()
            ? std::string(forms)
            : fmt::format("Give a range: \"LOW to HIGH\", or \"{0} (LOW to HIGH)\" if {0} is your "
                          "best guess.",
                          number->text)};
  }
  if (has(Kind::dash) && numbers >= 2) {
    const bool dots = text.find("..") != std::string_view::npos;
    return {"E201",
            dots
                ? fmt::format("{} has dots where a range has \"to\"", q)
                : fmt::format("{} has a hyphen, which a spreadsheet turns into a date and a reader "
                              "into a minus sign",
                              q),
            fix};
  }
  const Token& first = tokens.front();
  const Token& last = tokens.back();
  if (numbers == 1 && last.text == "to") {
    return {"E201", fmt::format("{} lacks the upper end of its range", q),
            fmt::format("Write \"{} to HIGH\", with a number for HIGH.", first.text)};
  }
  if (numbers == 1 && first.text == "to") {
    return {"E201", fmt::format("{} lacks the lower end of its range", q),
            fmt::format("Write \"LOW to {}\", with a number for LOW.", last.text)};
  }
  if (has(Kind::open) != has(Kind::close)) {
    const bool closing = has(Kind::open);
    const std::string mend = mended(tokens_of(std::string(text) + (closing ? ")" : "")), support);
    return {"E201", fmt::format("{} lacks its {} parenthesis", q, closing ? "closing" : "opening"),
            mend.empty() ? std::string(forms) : write(mend)};
  }
  if (has(Kind::open) && numbers == 2) {
    return {"E201", fmt::format("{} has one number in parentheses, where a range needs two", q),
            fmt::format("Write \"{} (LOW to HIGH)\".", first.text)};
  }
  if (numbers == 2 && tokens.size() == 2) {
    if (last.text.size() == 3 && is_digit(last.text[0]) &&
        groups_thousands(std::string(first.text) + "," + std::string(last.text))) {
      const std::string joined = fmt::format("Write \"{}{}\"", first.text, last.text);
      return {"E201", fmt::format("{} has a space inside a number, or two numbers", q),
              *last.number <= *first.number
                  ? joined + "."
                  : fmt::format("{} for one number, \"{} to {}\" for a range.", joined, first.text,
                                last.text)};
    }
    return {"E201", fmt::format("{} has two numbers without \"to\" between them", q),
            fmt::format("Write \"{} to {}\".", first.text, last.text)};
  }
  const auto stray = find([](const Token& t) { return t.kind == Kind::word && t.text != "to"; });
  if (stray != tokens.end() && numbers > 0) {
    return {"E201",
            fmt::format("{} has a word that means nothing here: {}", q, quoted(stray->text)), fix};
  }
  return {"E201", fmt::format("{} is not a value", q), fix};
}

/// Everything that is wrong with the numbers of a spread that fits a form.
std::vector<Problem> check(Spread spread, Support support) {
  std::vector<Problem> problems;
  if (spread.kind == Spread::Kind::unknown) {
    if (support == Support::positive) {
      problems.push_back({"E206", "\"unknown\" needs a scale with two ends; this quantity has none",
                          "Give the widest range you can defend: \"LOW to HIGH\"."});
    }
    return problems;
  }
  const bool has_best = spread.kind == Spread::Kind::best_and_range;
  std::vector<double> numbers{spread.low};
  if (has_best) numbers.push_back(spread.best);
  if (spread.kind != Spread::Kind::exact) numbers.push_back(spread.high);
  for (const double number : numbers) {
    if (inside(number, support)) continue;
    problems.push_back(
        support == Support::scale
            ? Problem{"E204",
                      fmt::format("{} lies outside the scale, which runs from 0 to 100",
                                  shortest(number)),
                      "Write a number from 0 to 100."}
            : Problem{
                  "E204",
                  fmt::format("{} is not possible here: the quantity is above 0", shortest(number)),
                  "Write a number above 0."});
  }
  if (spread.low > spread.high) {
    const std::string message = fmt::format("range runs backwards: {} comes before {}",
                                            shortest(spread.low), shortest(spread.high));
    std::swap(spread.low, spread.high);
    const bool best_fits = spread.best >= spread.low && spread.best <= spread.high;
    const Spread only_range{Spread::Kind::range, spread.low, 0, spread.high};
    problems.push_back(
        {"E202", message, write(text_of(has_best && best_fits ? spread : only_range))});
  }
  if (has_best && (spread.best < spread.low || spread.best > spread.high)) {
    const bool above = spread.best > spread.high;
    std::string middle = shortest(spread.low + (spread.high - spread.low) / 2);
    if (middle.size() > 8) middle = shortest(spread.low);  // 0.15000000000000002 helps nobody
    problems.push_back(
        {"E203",
         fmt::format("best guess lies outside its own range: {} is {} {}", shortest(spread.best),
                     above ? "above" : "below", shortest(above ? spread.high : spread.low)),
         fmt::format("Write BEST (LOW to HIGH), e.g. \"{} ({} to {})\".", middle,
                     shortest(spread.low), shortest(spread.high))});
  }
  return problems;
}

Spread read_spread(std::string_view text, Support support, std::vector<Problem>& problems) {
  text = trim(text);
  const std::vector<Token> tokens = tokens_of(text);
  const std::optional<Spread> spread = spread_of(tokens);
  if (!spread) {
    problems.push_back(explain(text, tokens, support));
    return {};
  }
  for (Problem& problem : check(*spread, support)) problems.push_back(std::move(problem));
  return *spread;
}

// --- branches
// --------------------------------------------------------------------------------------

/// What stands before the colon: NUMBER "%" [ LABEL ].
void read_head(std::string_view head, Branch& branch, std::vector<Problem>& problems) {
  head = trim(head);
  const std::size_t length = number_at(head);
  const std::string_view written = head.substr(0, length);
  const std::string_view after = trim(head.substr(length));
  if (length == 0) {
    problems.push_back({"E201", fmt::format("{} does not begin with a share", quoted(head)),
                        "Write SHARE% before the label, e.g. \"30% hawks: 40 (25 to 60)\"."});
    return;
  }
  const std::optional<double> share = to_number(written);
  if (!share) {
    const std::string number = mended_number(written);
    problems.push_back({"E201", wrong_in_number(written),
                        number.empty() ? "Write the share as a number from 0 to 100."
                                       : fmt::format("Write {}%.", number)});
    return;
  }
  if (!after.starts_with('%')) {
    const std::string percent = shortest(*share <= 1 ? *share * 100 : *share);
    problems.push_back({"E201", fmt::format("{} is a share without a percent sign", quoted(head)),
                        percent.size() > 8 ? "Write it in per cent, e.g. \"70%\"."
                                           : fmt::format("Write \"{}%\".", percent)});
    return;
  }
  branch.probability = *share / 100;
  if (!(branch.probability > 0) || *share > 100) {
    problems.push_back(
        {"E205", fmt::format("{}% is not the share of a branch", written),
         *share > 0 ? "Write shares that sum to 100." : "Leave a branch out that cannot happen."});
  }
  const std::string_view label = trim(after.substr(1));
  branch.label = label;
  const auto allowed = [](char c) {
    return is_letter(c) || is_digit(c) ||
           std::string_view(" -_'.").find(c) != std::string_view::npos;
  };
  const auto wrong = std::ranges::find_if_not(label, allowed);
  if (wrong != label.end()) {
    problems.push_back(
        {"E201",
         fmt::format("label {} has {}", quoted(label), quoted(std::string_view(&*wrong, 1))),
         "Use letters, digits, spaces, and - _ ' . in labels."});
  }
}

Branch read_branch(std::string_view text, Support support, std::vector<Problem>& problems) {
  Branch branch;
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) {
    std::string fix = "Write SHARE%: VALUE, e.g. \"30%: 40 (25 to 60)\".";
    std::string message = fmt::format("{} has no share", quoted(trim(text)));
    const std::size_t percent = text.find('%');
    if (trim(text).empty()) {
      message = "a branch is empty";
      fix = "Write SHARE%: VALUE between and after each \"|\".";
    } else if (percent != std::string_view::npos) {
      message = fmt::format("{} has no colon after its share", quoted(trim(text)));
      fix = write(
          fmt::format("{}: {}", trim(text.substr(0, percent + 1)), trim(text.substr(percent + 1))));
    }
    problems.push_back({"E201", std::move(message), std::move(fix)});
    return branch;
  }
  read_head(text.substr(0, colon), branch, problems);
  branch.spread = read_spread(text.substr(colon + 1), support, problems);
  return branch;
}

std::vector<std::string_view> split(std::string_view text, char mark) {
  std::vector<std::string_view> parts;
  for (std::size_t at = text.find(mark); at != std::string_view::npos; at = text.find(mark)) {
    parts.push_back(text.substr(0, at));
    text.remove_prefix(at + 1);
  }
  parts.push_back(text);
  return parts;
}

}  // namespace

Uncertain::Uncertain(std::vector<Branch> branches, Support support)
    : branches_(std::move(branches)), support_(support) {}

Expected<Uncertain> Uncertain::parse(std::string_view text, Support support,
                                     std::string_view pointer) {
  Diagnostics diagnostics;
  const auto report = [&](std::vector<Problem>& problems, const std::vector<std::string>& notes) {
    for (Problem& problem : problems) {
      diagnostics.push_back(diagnose(problem.code, std::string(pointer), std::move(problem.message),
                                     std::move(problem.fix), notes));
    }
  };
  std::vector<Problem> problems;
  std::vector<Branch> branches;
  const std::vector<std::string_view> parts = split(text, '|');
  if (parts.size() == 1 && text.find(':') == std::string_view::npos) {
    branches.push_back({1, {}, read_spread(text, support, problems)});
    report(problems, {});
  } else if (parts.size() == 1) {
    const std::string value(trim(text.substr(text.find(':') + 1)));
    problems.push_back(
        {"E201", fmt::format("{} is a single branch", quoted(trim(text))),
         fmt::format("Write {} alone, or add the other branches after \"|\".", quoted(value))});
    report(problems, {});
  } else {
    double sum = 0;
    for (std::size_t k = 0; k < parts.size(); ++k) {
      problems.clear();
      branches.push_back(read_branch(parts[k], support, problems));
      sum += branches.back().probability * 100;
      report(problems,
             {fmt::format("In branch {} of {}: {}", k + 1, parts.size(), quoted(trim(parts[k])))});
    }
    // A branch that could not be read has no share, and the sum would only confuse.
    if (diagnostics.empty() && !(std::fabs(sum - 100) <= share_tolerance)) {
      const double off = std::round(std::fabs(sum - 100) * 1000) / 1000;
      problems = {{"E205",
                   fmt::format("shares of the branches sum to {} %, not 100 %",
                               shortest(std::round(sum * 1000) / 1000)),
                   fmt::format("{} {} points.", sum < 100 ? "Add" : "Take away", shortest(off))}};
      report(problems, {});
    }
  }
  if (!diagnostics.empty()) return tl::unexpected(std::move(diagnostics));
  return Uncertain(std::move(branches), support);
}

Expected<Uncertain> Uncertain::exact(double number, Support support, std::string_view pointer) {
  std::vector<Problem> problems;
  if (!std::isfinite(number)) {
    problems.push_back(
        {"E204", fmt::format("{} is not a finite number", number), "Write a number."});
  } else {
    number = number == 0 ? 0 : number;  // no negative zero
    problems = check({Spread::Kind::exact, number, number, number}, support);
    if (problems.empty() && shortest(number).size() > longest_number) {
      problems.push_back(
          {"E204",
           fmt::format("{} has more than {} characters when written out", number, longest_number),
           "Choose another unit, or round the number."});
    }
  }
  if (problems.empty()) {
    return Uncertain({{1, {}, {Spread::Kind::exact, number, number, number}}}, support);
  }
  Diagnostics diagnostics;
  for (Problem& problem : problems) {
    diagnostics.push_back(diagnose(problem.code, std::string(pointer), std::move(problem.message),
                                   std::move(problem.fix)));
  }
  return tl::unexpected(std::move(diagnostics));
}

bool Uncertain::is_exact() const {
  return branches_.size() == 1 && branches_.front().spread.kind == Spread::Kind::exact;
}

bool Uncertain::is_unknown() const {
  return branches_.size() == 1 && branches_.front().spread.kind == Spread::Kind::unknown;
}

std::string Uncertain::text() const {
  if (branches_.size() == 1) return text_of(branches_.front().spread);
  std::string text;
  for (const Branch& branch : branches_) {
    if (!text.empty()) text += " | ";
    text += percentage(branch.probability) + '%';
    if (!branch.label.empty()) text += ' ' + branch.label;
    text += ": " + text_of(branch.spread);
  }
  return text;
}

}  // namespace delian
