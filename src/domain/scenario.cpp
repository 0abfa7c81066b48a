#include "delian/scenario.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <set>
#include <utility>

#include "delian/assert.hpp"
#include "domain/instant.hpp"
#include "domain/known_evidence.hpp"
#include "domain/seats.hpp"
#include "domain/text.hpp"

namespace delian {
namespace {

constexpr std::array fields{Scenario::Field::position, Scenario::Field::salience,
                            Scenario::Field::resolve};
constexpr std::array<std::string_view, outcome_count> outcome_names{
    "as_drafted", "weakened", "late", "bypassed", "not_adopted"};

/// Sums of shares may miss their total by rounding in the source.
constexpr double sum_tolerance = 0.1;
/// The month table of an answer grows with the horizon; nobody forecasts beyond fifty years.
constexpr double longest_horizon = 600;
/// Lists in messages stop here.
constexpr std::size_t most_listed = 12;

Quantity Member::* place_of(Scenario::Field field) {
  switch (field) {
    case Scenario::Field::position:
      return &Member::position;
    case Scenario::Field::salience:
      return &Member::salience;
    case Scenario::Field::resolve:
      return &Member::resolve;
  }
  DELIAN_ASSERT(false);
}

const Quantity& quantity(const Member& member, Scenario::Field field) {
  return member.*place_of(field);
}

std::string quoted(std::string_view text) {
  return '"' + std::string(text) + '"';
}

std::string at(std::string_view list, std::size_t index) {
  return std::string(list) + '[' + std::to_string(index) + ']';
}

// A key in a pointer, in quotes unless it could stand bare in a file.
std::string key(std::string_view name) {
  const bool bare = !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_';
  });
  if (bare) return std::string(name);
  std::string text = "\"";
  for (const char c : name) {
    if (c == '"' || c == '\\') text += '\\';
    text += c;
  }
  return text + '"';
}

bool contains(std::span<const std::string> items, std::string_view item) {
  return std::find(items.begin(), items.end(), item) != items.end();
}

// "A, B, C and 4 more".
std::string shortened_list(std::vector<std::string> items, std::size_t most = most_listed) {
  if (items.size() > most + 1) {
    const std::size_t more = items.size() - most;
    items.resize(most);
    items.push_back(std::to_string(more) + " more");
  }
  return list_of(items);
}

std::string counted(std::size_t count, std::string_view singular, std::string_view plural) {
  return std::to_string(count) + ' ' + std::string(count == 1 ? singular : plural);
}

// Ends of everything a value names; nothing for a value that says nothing.
struct Ends {
  double low = std::numeric_limits<double>::infinity();
  double high = -std::numeric_limits<double>::infinity();

  bool empty() const { return low > high; }
  void widen(double from, double to) {
    low = std::min(low, from);
    high = std::max(high, to);
  }
};

Ends ends_of(const Uncertain& value) {
  Ends ends;
  for (const Branch& branch : value.branches()) {
    if (branch.spread.kind == Spread::Kind::unknown) continue;
    ends.widen(branch.spread.low, branch.spread.high);
  }
  return ends;
}

// The value with every number times a hundred, as a reader who meant shares would have to write it.
std::string hundredfold(const Uncertain& value) {
  const auto number = [](double x) { return short_number(std::round(x * 1e4) / 1e2); };
  const Spread& spread = value.branches().front().spread;
  const std::string range = number(spread.low) + " to " + number(spread.high);
  switch (spread.kind) {
    case Spread::Kind::exact:
      return number(spread.low);
    case Spread::Kind::range:
      return quoted(range);
    case Spread::Kind::best_and_range:
      return quoted(number(spread.best) + " (" + range + ")");
    case Spread::Kind::unknown:
      break;
  }
  return quoted("unknown");
}

// "NATO", but "the North Atlantic Council".
std::string the(const std::string& name) {
  return name.find(' ') == std::string::npos ? name : "the " + name;
}

class Checks {
 public:
  Checks(const ScenarioParts& parts, const Atlas& atlas, Diagnostics& problems)
      : parts_(parts), atlas_(atlas), problems_(problems) {
    for (const Evidence& e : parts_.evidence) evidence_by_id_.emplace(e.id, &e);
  }

  void numbers();
  void dates();
  void evidence();
  void citations();
  void shares_on_the_scale();
  void sources_of_numbers();

  const Body* body();
  void seats(const Body& body);
  void named_members();
  std::optional<Rule> rule(const Body& body);
  void forums(const Body& body);
  void issues();
  std::vector<double> influence(const Body& body);

  const std::string& chosen_rule() const { return chosen_rule_; }

 private:
  // Citations that stand together in the text: a list of evidence ids under one pointer.
  struct Citation {
    std::string pointer;
    std::string what;  // "FR.position"
    const std::vector<std::string>* ids;
    bool number;  // holds up a number of a row
  };

  void report(std::string_view code, std::string pointer, std::string message, std::string fix = {},
              std::vector<std::string> notes = {}) {
    problems_.push_back(
        diagnose(code, std::move(pointer), std::move(message), std::move(fix), std::move(notes)));
  }
  void within(double value, double low, double high, std::string pointer, std::string_view what);
  void theatre_numbers(const Theatre& theatre);
  std::string label(const Country& country) const {
    return country.code + " (" + country.name.en + ")";
  }
  std::string label(const std::string& code) const {
    const Country* country = atlas_.find_country(code);
    return country == nullptr ? code : label(*country);
  }
  std::string body_name(const Body& body) const {
    return parts_.body == body.id ? body.name.en : parts_.body;
  }
  bool decision_day_known() const { return parts_.question.closes.complete(); }
  bool has_row(std::string_view code) const {  // rows are sorted
    const auto row =
        std::lower_bound(parts_.members.begin(), parts_.members.end(), code,
                         [](const Member& m, std::string_view c) { return m.code < c; });
    return row != parts_.members.end() && row->code == code;
  }
  std::vector<std::string> row_codes() const {
    std::vector<std::string> codes;
    for (const Member& member : parts_.members) codes.push_back(member.code);
    return codes;
  }
  const Evidence* find_evidence(std::string_view id) const;
  const Country* guess_member(const std::string& code);
  std::string why_not_a_member(const Body& body, const std::string& code) const;
  std::vector<Citation> all_citations() const;
  bool touches_something(std::string_view pointer) const;
  std::set<std::string_view> cited_in_words() const;

  const ScenarioParts& parts_;
  const Atlas& atlas_;
  Diagnostics& problems_;
  std::vector<std::string> expected_;  // members of the body on the day
  std::vector<std::string> seated_;    // and those that fill elected seats
  bool seats_are_wrong_ = false;       // rows and members do not match, so no rule can be built
  std::string chosen_rule_;
  std::map<std::string_view, const Evidence*> evidence_by_id_;
  // Guessing what was meant costs much and helps nobody after so many mistakes.
  int guesses_left_ = 50;
};

// --- the question
// ----------------------------------------------------------------------------------

void Checks::within(double value, double low, double high, std::string pointer,
                    std::string_view what) {
  if (value >= low && value <= high) return;  // false for NaN too
  report("E204", std::move(pointer),
         std::string(what) + " is " + short_number(value) + "; it must lie between " +
             short_number(low) + " and " + short_number(high));
}

void Checks::numbers() {
  within(parts_.question.proposal, 0, 100, "question.proposal", "the proposal");
  within(parts_.reversion, 0, 100, "rule.reversion", "the reversion");
  if (!(parts_.interval > 0 && parts_.interval < 1)) {
    report("E204", "interval",
           "interval is " + short_number(parts_.interval) +
               "; it is a probability between 0 and 1, both excluded",
           "for the middle 90 % write 0.9");
  }
  if (!(parts_.question.horizon_months > 0 && parts_.question.horizon_months <= longest_horizon)) {
    report("E204", "question.horizon",
           "the horizon is " + short_number(parts_.question.horizon_months) +
               " months; it must be above 0 and at most " + short_number(longest_horizon));
  }
  // A year and a day is still twelve months to whoever writes it.
  constexpr double slack = 0.1;
  if (decision_day_known() && parts_.question.opens.complete() &&
      parts_.question.horizon_months > 0 &&
      months_between(parts_.question.opens, parts_.question.closes) >
          parts_.question.horizon_months + slack) {
    report(
        "E303", "question.horizon",
        "the horizon of " + short_number(parts_.question.horizon_months) + " months after " +
            parts_.question.opens.text() + " ends before the decision of " +
            parts_.question.closes.text(),
        "give it at least " +
            short_number(std::ceil(months_between(parts_.question.opens, parts_.question.closes))) +
            " months; what is adopted later counts as not adopted");
  }
  if (parts_.question.proposal == parts_.reversion) {
    report("E304", "question.proposal",
           "the proposal and the reversion are both " + short_number(parts_.question.proposal) +
               ", so there is nothing to decide",
           "proposal is the text on the table, rule.reversion what stays without agreement");
  }
  for (const ScalePoint& point : parts_.scale) {
    within(point.at, 0, 100, "scale." + short_number(point.at), "a point of the scale");
  }
  for (const Member& member : parts_.members) {
    if (member.influence && !(std::isfinite(*member.influence) && *member.influence >= 0)) {
      report("E204", "members." + key(member.code) + ".influence",
             "influence is " + short_number(*member.influence) + "; it must be 0 or more");
    }
  }
  for (const Outsider& outsider : parts_.outsiders) {
    for (const auto& [kind, chance] : outsider.reaction) {
      if (ends_of(chance).high <= 1) continue;
      report("E204", "outsiders." + key(outsider.code) + ".reaction." + kind,
             chance.text() + " is more than certain", "a reaction is a chance, from 0 to 1");
    }
  }
  constexpr std::size_t most = 32;
  for (const auto& [count, name] :
       {std::pair{parts_.side_payments.size(), "side_payment"},
        std::pair{parts_.forums.size(), "forum"}, std::pair{parts_.issues.size(), "issue"}}) {
    if (count <= most) continue;
    report("E312", at(name, most),
           std::to_string(count) + " [[" + name + "]] sections; at most " + std::to_string(most) +
               " are read");
  }
  if (parts_.theatre) theatre_numbers(*parts_.theatre);
}

void Checks::theatre_numbers(const Theatre& theatre) {
  constexpr double slowest = 1;
  constexpr double fastest = 60;
  within(theatre.speed_kn, slowest, fastest, "theatre.speed", "the speed in knots");
  for (const GateClosure& closure : theatre.closures) {
    within(closure.chance, 0, 1, "theatre.closures." + key(closure.gate) + ".chance",
           "the chance that a gate is shut");
  }
  constexpr double most_ships = 1000;
  constexpr double most_crews = 10000;
  constexpr double most_million_usd = 1e6;
  within(theatre.partner_oilers, 0, most_ships, "theatre.partner_oilers", "a number of ships");
  for (const Willingness& one : theatre.gives) {
    const std::string pointer = "theatre.gives." + key(one.state);
    within(one.docks.value_or(0), 0, most_ships, pointer + ".docks", "a number of yard places");
    within(one.crews.value_or(0), 0, most_crews, pointer + ".crews", "a number of crews");
    within(one.oilers.value_or(0), 0, most_ships, pointer + ".oilers", "a number of ships");
    within(one.million_usd.value_or(0), 0, most_million_usd, pointer + ".money",
           "millions of US dollars a year");
  }
  for (const ShipNeed& need : theatre.needs) {
    const std::string pointer = "theatre.needs." + short_number(need.at);
    within(need.at, 0, 100, pointer, "a point of the scale");
    for (const auto& [count, name] :
         {std::pair{need.carriers, "carriers"}, std::pair{need.escorts, "escorts"},
          std::pair{need.patrols, "patrols"}, std::pair{need.oilers, "oilers"}}) {
      within(count, 0, most_ships, pointer + '.' + name, "a number of ships");
    }
  }
}

void Checks::dates() {
  const Question& q = parts_.question;
  const auto complete = [&](const Date& date, std::string_view key, std::string_view why) {
    if (date.complete()) return true;
    report("E302", "question." + std::string(key),
           std::string(key) + " needs a whole date with its day: " + std::string(why),
           "write it as 2023-07-12");
    return false;
  };
  const bool opens = complete(q.opens, "opens", "months are counted from it");
  const bool closes = complete(q.closes, "closes", "membership is that of this day");
  if (opens && closes && q.closes < q.opens) {
    report("E303", "question.closes",
           "the question closes on " + q.closes.text() + ", before it opens on " + q.opens.text());
  }
  if (!parts_.silence) return;

  const auto instant = [&](const std::string& text, std::string_view key) {
    const auto read = parse_instant(text);
    if (!read) {
      report("E302", "rule.silence." + std::string(key), quoted(text) + " is not a date or time",
             "write it as 2023-07-05T12:00:00Z");
    }
    return read;
  };
  const auto start = instant(parts_.silence->opens, "opens");
  const auto deadline = instant(parts_.silence->deadline, "deadline");
  if (start && deadline && deadline->seconds <= start->seconds) {
    report("E303", "rule.silence.deadline",
           "the silence ends at " + parts_.silence->deadline + ", not after it opens at " +
               parts_.silence->opens);
  }
}

// --- who sits at the table
// -------------------------------------------------------------------------

const Body* Checks::body() {
  const Body* found = atlas_.find_body(parts_.body);
  if (found != nullptr) return found;
  std::vector<std::string_view> names;
  std::vector<std::string> ids;
  for (const Body& body : atlas_.bodies) {
    ids.push_back(body.id);
    names.insert(names.end(), {body.id, body.name.en, body.name.fr});
    names.insert(names.end(), body.aliases.begin(), body.aliases.end());
  }
  std::string fix;
  if (const std::string_view near = nearest(parts_.body, names); !near.empty()) {
    const Body& meant = *atlas_.find_body(near);
    fix = "did you mean " + quoted(near) + "?" +
          (near == meant.id ? "" : "  Its id is " + quoted(meant.id) + ".");
  }
  report("E104", "rule.body", quoted(parts_.body) + " is not a body Delian knows", std::move(fix),
         {"Known: " + shortened_list(std::move(ids), 40) + "."});
  return nullptr;
}

// The country a code that is none, or a name, was meant to be.
const Country* Checks::guess_member(const std::string& code) {
  const Country* exact = atlas_.find_country(code);
  if (exact != nullptr || guesses_left_ == 0) return exact;
  --guesses_left_;
  if (const Country* guess = atlas_.guess_country(code)) return guess;
  if (code.size() < 4) return nullptr;  // short codes are near everything
  std::vector<std::string_view> names;
  for (const Country& country : atlas_.countries) {
    names.insert(names.end(), {country.name.en, country.name.fr});
  }
  const std::string_view near = nearest(code, names);
  return near.empty() ? nullptr : atlas_.guess_country(near);
}

std::string Checks::why_not_a_member(const Body& body, const std::string& code) const {
  const Date& day = parts_.question.closes;
  const Membership* before = nullptr;
  const Membership* after = nullptr;
  for (const Membership& m : body.memberships) {
    if (m.code != code) continue;
    if (m.joined.earliest() > day) {
      if (after == nullptr || m.joined < after->joined) after = &m;
    } else if (before == nullptr || m.joined > before->joined) {
      before = &m;
    }
  }
  if (before != nullptr && before->left) {
    return label(code) + " left on " + before->left->text() + ", before the decision of " +
           day.text();
  }
  if (after != nullptr) {
    return label(code) + " joined on " + after->joined.text() + ", after the decision of " +
           day.text();
  }
  return {};
}

void Checks::seats(const Body& body) {
  if (!decision_day_known()) return;
  const Date& day = parts_.question.closes;
  expected_ = body.members_on(day);
  if (expected_.empty()) {
    report("E101", "question.closes", the(body_name(body)) + " has no members on " + day.text());
    return;
  }
  // Where the facts end before the day, the file fills the elected seats.
  const auto [elected_now, open_seats] = elected_seats(body, day);
  const bool has_elected_seats = open_seats > 0 || !elected_now.empty();

  struct Stranger {
    std::string code;
    const Country* guess;
  };
  std::vector<Stranger> strangers;
  std::vector<std::string> filling;  // rows that take an open seat
  std::vector<std::string> explained;
  for (std::size_t i = 0; i < parts_.members.size(); ++i) {
    const std::string& code = parts_.members[i].code;
    if (i > 0 && parts_.members[i - 1].code == code) {
      report("E102", "members." + key(code), label(code) + " has two rows", "keep one of the two");
      continue;
    }
    if (contains(expected_, code)) continue;
    const Country* guess = guess_member(code);
    if (guess != nullptr && guess->code != code && contains(expected_, guess->code)) {
      explained.push_back(guess->code);
      if (has_row(guess->code)) {
        report("E102", "members." + key(code),
               quoted(code) + " is " + label(*guess) + ", which has a row already",
               "keep one of the two, under " + guess->code);
        continue;
      }
    }
    if (open_seats > 0 && guess != nullptr && guess->code == code) {
      filling.push_back(code);
      continue;
    }
    strangers.push_back({code, guess});
  }

  seats_are_wrong_ = !strangers.empty() || !explained.empty();
  seated_ = expected_;
  seated_.insert(seated_.end(), filling.begin(), filling.end());

  std::vector<std::string> missing;
  for (const std::string& code : expected_) {
    if (!has_row(code)) missing.push_back(code);
  }
  const std::string so_far = std::to_string(expected_.size() - missing.size()) + " of " +
                             std::to_string(expected_.size()) + " members have a row";
  bool counted_already = false;
  for (const auto& [code, guess] : strangers) {
    const bool known = guess != nullptr && guess->code == code;
    if (known && has_elected_seats) {
      report("E105", "members." + key(code),
             label(code) + " holds no seat in " + the(body_name(body)) + " on " + day.text(),
             why_not_a_member(body, code), {"Elected then: " + list_of(elected_now) + "."});
      continue;
    }
    std::string fix;
    if (known) {
      fix = why_not_a_member(body, code);
    } else if (guess != nullptr && contains(expected_, guess->code)) {
      fix = "did you mean " + label(*guess) + "?  ISO codes are used.";
    } else if (guess == nullptr) {
      fix = "two-letter ISO codes are used, such as FR";
    }
    std::vector<std::string> notes;
    if (!counted_already) {
      notes.push_back(missing.empty()
                          ? "All " + std::to_string(expected_.size()) + " members have a row."
                          : "Now " + so_far + ". Missing: " + shortened_list(missing) + ".");
    }
    counted_already = true;
    report("E101", "members." + key(code),
           quoted(code) + " is not a member of " + the(body_name(body)) + " on " + day.text(),
           std::move(fix), std::move(notes));
  }
  std::erase_if(missing, [&](const std::string& code) { return contains(explained, code); });
  if (!missing.empty()) {
    seats_are_wrong_ = true;
    report("E103", "members",
           counted(missing.size(), "member has", "members have") +
               " no row: " + shortened_list(missing),
           "every member of the day has a row; \"unknown\" is a value",
           {"Now " + so_far + " in " + the(body_name(body)) + " on " + day.text() + "."});
  }
  if (open_seats > 0 && filling.size() != open_seats) {
    seats_are_wrong_ = true;
    report("E105", "members",
           counted(filling.size(), "row fills", "rows fill") + " the " +
               counted(open_seats, "elected seat", "elected seats") + " of " +
               the(body_name(body)) + " on " + day.text(),
           "give one row to each state that holds an elected seat that day");
  }
}

void Checks::named_members() {
  // A member of the body whose row is missing has been reported for that.
  const auto check = [&](const std::string& code, std::string pointer, std::string_view what) {
    if (has_row(code) || contains(expected_, code)) return;
    const Country* guess = guess_member(code);
    report("E310", std::move(pointer),
           std::string(what) + " names " + quoted(code) + ", which has no row in [members]",
           guess != nullptr && guess->code != code && has_row(guess->code)
               ? "did you mean " + label(*guess) + "?"
               : "");
  };
  if (!parts_.question.sponsor.empty()) {
    check(parts_.question.sponsor, "question.sponsor", "the sponsor");
  }
  for (std::size_t k = 0; k < parts_.side_payments.size(); ++k) {
    check(parts_.side_payments[k].to, at("side_payment", k) + ".to", "a side payment");
    for (std::size_t j = 0; j < k; ++j) {
      if (parts_.side_payments[j].to != parts_.side_payments[k].to) continue;
      report("E311", at("side_payment", k) + ".to",
             "there are two side payments to " + parts_.side_payments[k].to,
             "add them up in one; its range can be wider");
      break;
    }
  }
  for (std::size_t k = 0; k < parts_.forums.size(); ++k) {
    const Forum& forum = parts_.forums[k];
    for (std::size_t i = 0; i < forum.without.size(); ++i) {
      check(forum.without[i], at(at("forum", k) + ".without", i),
            "the forum " + quoted(forum.name));
    }
  }
  if (!parts_.theatre) return;
  for (const Willingness& one : parts_.theatre->gives) {
    const bool outsider = std::any_of(parts_.outsiders.begin(), parts_.outsiders.end(),
                                      [&](const Outsider& o) { return o.code == one.state; });
    if (!outsider) check(one.state, "theatre.gives." + key(one.state), "who gives ships");
  }
}

// Further issues of the same deal.
void Checks::issues() {
  std::set<std::string_view> seen{parts_.question.id};
  for (std::size_t k = 0; k < parts_.issues.size(); ++k) {
    const FurtherIssue& issue = parts_.issues[k];
    const std::string pointer = at("issue", k);
    if (!issue.id.empty() && !seen.insert(issue.id).second) {
      report("E502", pointer + ".id", "two issues are called " + quoted(issue.id),
             "give each its own id; the question's own counts too");
    }
    if (issue.proposal) within(*issue.proposal, 0, 100, pointer + ".proposal", "the proposal");
    if (issue.reversion) within(*issue.reversion, 0, 100, pointer + ".reversion", "the reversion");
    if (issue.members.empty()) {
      report("E501", pointer, "nobody takes part in the issue " + quoted(issue.id),
             "give it rows in [issue.members]");
    }
    for (const Stance& stance : issue.members) {
      if (has_row(stance.code) || contains(expected_, stance.code)) continue;
      const Country* guess = guess_member(stance.code);
      report("E310", pointer + ".members." + key(stance.code),
             "the issue " + quoted(issue.id) + " names " + quoted(stance.code) +
                 ", which has no row in [members]",
             guess != nullptr && guess->code != stance.code && has_row(guess->code)
                 ? "did you mean " + label(*guess) + "?"
                 : "");
    }
  }
}

// --- how they decide
// -------------------------------------------------------------------------------

std::optional<Rule> Checks::rule(const Body& body) {
  if (!decision_day_known() || parts_.members.empty()) return std::nullopt;
  const Date& day = parts_.question.closes;
  chosen_rule_ = parts_.rule;
  if (chosen_rule_.empty()) {
    const auto own = std::find_if(body.rules.begin(), body.rules.end(), [&](const RulePeriod& r) {
      return r.from.earliest() <= day && (!r.until || day <= r.until->latest());
    });
    if (own == body.rules.end()) {
      report("E301", "rule",
             "the rule of " + the(body_name(body)) + " on " + day.text() + " is not known",
             "say which with kind = \"...\" in [rule]");
      return std::nullopt;
    }
    chosen_rule_ = own->preset;
  }
  const std::vector<std::string> codes = seats_are_wrong_ ? expected_ : row_codes();
  Expected<Rule> made = rule_preset(chosen_rule_, body, day, codes, "rule.kind");
  if (made && parts_.silence) {
    if (!made->any_no_blocks()) {
      report("E305", "rule.silence",
             "silence adopts unless somebody objects, but under \"" + chosen_rule_ +
                 "\" one objection does not block",
             "take [rule.silence] out, or use kind = \"consensus\"");
      return std::nullopt;
    }
    Rule::Parts with_silence = made->parts();
    with_silence.silence = true;
    made = Rule::make(std::move(with_silence), "rule.silence");
  }
  if (made) return *std::move(made);
  // Weights can only lack for rows that do not belong here, and those have been reported.
  for (Diagnostic& problem : made.error()) {
    if (!seats_are_wrong_ || problem.code == "E301") problems_.push_back(std::move(problem));
  }
  return std::nullopt;
}

void Checks::forums(const Body& body) {
  if (!decision_day_known()) return;
  for (std::size_t k = 0; k < parts_.forums.size(); ++k) {
    const Forum& forum = parts_.forums[k];
    std::vector<std::string> codes = seats_are_wrong_ ? expected_ : row_codes();
    std::erase_if(codes, [&](const std::string& code) { return contains(forum.without, code); });
    if (codes.empty()) {
      if (!parts_.members.empty()) {
        report("E305", at("forum", k) + ".without",
               "nobody is left to sit in the forum " + quoted(forum.name));
      }
      continue;
    }
    if (forum.kind == "chair") continue;
    Expected<Rule> made =
        rule_preset(forum.kind, body, parts_.question.closes, codes, at("forum", k) + ".kind");
    if (made) continue;
    for (Diagnostic& problem : made.error()) {
      if (problem.code == "E301") {
        problem.notes.emplace_back("A forum may also be \"chair\": decided without the members.");
      } else if (seats_are_wrong_) {
        continue;
      }
      problems_.push_back(std::move(problem));
    }
  }
}

std::vector<double> Checks::influence(const Body& body) {
  std::vector<double> weights;
  const std::string& from = parts_.influence.from;
  double stated = 0;
  std::size_t rows_with_influence = 0;
  for (const Member& member : parts_.members) {
    if (!member.influence) continue;
    stated += *member.influence;
    ++rows_with_influence;
  }
  const bool all_stated = !parts_.members.empty() && rows_with_influence == parts_.members.size();
  if (parts_.influence.sum && std::abs(stated - *parts_.influence.sum) > sum_tolerance) {
    report("E307", "influence.sum",
           "the rows' influence sums to " + short_number(std::round(stated * 1e6) / 1e6) +
               ", not to " + short_number(*parts_.influence.sum));
  } else if (!parts_.influence.sum && all_stated && stated >= 90 && stated <= 110 &&
             std::abs(stated - 100) > sum_tolerance) {
    const std::string total = short_number(std::round(stated * 1e6) / 1e6);
    report("E307", "influence",
           "the rows' influence looks like percentages, but sums to " + total + ", not to 100", {},
           {"If it is in another unit, say so with sum = " + total + " in [influence]."});
  }

  if (from == "equal") {
    weights.assign(parts_.members.size(), 1);
  } else if (from == "members") {
    std::vector<std::string> without;
    for (const Member& member : parts_.members) {
      weights.push_back(member.influence.value_or(0));
      if (!member.influence) without.push_back(member.code);
    }
    if (!without.empty()) {
      report("E306", "influence.from",
             counted(without.size(), "row has", "rows have") +
                 " no influence = ...: " + shortened_list(without),
             "give each row a number, or choose from = \"equal\"");
      return {};
    }
  } else {
    const WeightSeries* series = body.find_weights(from);
    if (series == nullptr) {
      std::vector<std::string_view> known{"equal", "members"};
      for (const WeightSeries& s : body.weights) known.push_back(s.id);
      const std::vector<std::string> names(known.begin(), known.end());
      const std::string_view near = nearest(from, known);
      report("E306", "influence.from",
             the(body_name(body)) + " has no weights called " + quoted(from),
             near.empty() ? "" : "did you mean " + quoted(near) + "?",
             {"Known: " + shortened_list(names, 40) + "."});
      return {};
    }
    std::vector<std::string> without;
    for (const Member& member : parts_.members) {
      const auto value = series->value.find(member.code);
      weights.push_back(value == series->value.end() ? 0 : value->second);
      if (value == series->value.end() && contains(seated_, member.code)) {
        without.push_back(member.code);
      }
    }
    if (!without.empty()) {
      report("E306", "influence.from",
             quoted(from) + " has no number for " + shortened_list(without));
      return {};
    }
  }
  double total = 0;
  for (const double weight : weights) total += weight;
  if (!(total > 0) || !std::isfinite(total)) {
    if (!weights.empty()) report("E306", "influence.from", "nobody has any influence");
    return {};
  }
  for (double& weight : weights) weight /= total;
  return weights;
}

// --- what it rests on
// ------------------------------------------------------------------------------

const Evidence* Checks::find_evidence(std::string_view id) const {
  const auto found = evidence_by_id_.find(id);
  return found == evidence_by_id_.end() ? nullptr : found->second;
}

std::vector<Checks::Citation> Checks::all_citations() const {
  std::vector<Citation> all;
  const auto add = [&](std::string pointer, std::string what, const std::vector<std::string>& ids,
                       bool number = false) {
    all.push_back({std::move(pointer), std::move(what), &ids, number});
  };
  for (const Member& m : parts_.members) {
    const std::string src = "members." + key(m.code) + ".src";
    if (m.position.sources == m.salience.sources && m.position.sources == m.resolve.sources) {
      add(src, m.code, m.position.sources, true);
      continue;
    }
    for (const Scenario::Field field : fields) {
      const std::string name(field_name(field));
      add(src + '.' + name, m.code + '.' + name, quantity(m, field).sources, true);
    }
  }
  for (std::size_t k = 0; k < parts_.issues.size(); ++k) {
    for (const Stance& stance : parts_.issues[k].members) {
      add(at("issue", k) + ".members." + key(stance.code) + ".src",
          stance.code + " on " + parts_.issues[k].id, stance.position.sources, true);
    }
  }
  add("question.resolves_by", "question.resolves_by", parts_.question.resolves_by);
  add("question.src", "question", parts_.question.sources);
  for (std::size_t k = 0; k < parts_.side_payments.size(); ++k) {
    const SidePayment& payment = parts_.side_payments[k];
    add(at("side_payment", k) + ".src", "the side payment to " + payment.to, payment.value.sources);
  }
  for (std::size_t k = 0; k < parts_.forums.size(); ++k) {
    add(at("forum", k) + ".src", "the forum " + quoted(parts_.forums[k].name),
        parts_.forums[k].sources);
  }
  if (parts_.theatre) {
    const Theatre& theatre = *parts_.theatre;
    add("theatre.src", "theatre", theatre.sources);
    for (const Willingness& one : theatre.gives) {
      add("theatre.gives." + key(one.state) + ".src", "what " + one.state + " gives",
          one.share.sources);
    }
    for (const GateClosure& closure : theatre.closures) {
      add("theatre.closures." + key(closure.gate) + ".src", "the closure of " + closure.gate,
          closure.sources);
    }
    for (const ShipNeed& need : theatre.needs) {
      const std::string point = short_number(need.at);
      add("theatre.needs." + point + ".src", "the need at " + point, need.sources);
    }
  }
  for (const Outsider& outsider : parts_.outsiders) {
    add("outsiders." + key(outsider.code) + ".src", outsider.code, outsider.sources);
  }
  for (std::size_t k = 0; k < parts_.evidence.size(); ++k) {
    const Evidence& e = parts_.evidence[k];
    add(at("evidence", k) + ".disputed_by", e.id + ".disputed_by", e.disputed_by);
  }
  return all;
}

bool Checks::touches_something(std::string_view pointer) const {
  std::vector<std::string_view> path;
  while (true) {
    const std::size_t dot = pointer.find('.');
    path.push_back(pointer.substr(0, dot));
    if (dot == std::string_view::npos) break;
    pointer.remove_prefix(dot + 1);
  }
  const auto one_of = [](std::string_view word, std::initializer_list<std::string_view> words) {
    return std::find(words.begin(), words.end(), word) != words.end();
  };
  const std::string_view head = path[0];
  if (path.size() == 1) {
    return one_of(head, {"question", "scale", "rule", "members", "influence"}) ||
           (head == "theatre" && parts_.theatre);
  }
  const std::string_view key = path[1];
  if (head == "members") {
    if (path.size() > 3 || !(has_row(key) || contains(expected_, key))) return false;
    return path.size() == 2 ||
           one_of(path[2], {"position", "salience", "resolve", "grievance", "influence", "note"});
  }
  if (head == "theatre" && key == "gives" && path.size() == 3 && parts_.theatre) {
    return std::any_of(parts_.theatre->gives.begin(), parts_.theatre->gives.end(),
                       [&](const Willingness& one) { return one.state == path[2]; });
  }
  if (path.size() > 2) return head == "rule" && key == "silence" && parts_.silence.has_value();
  if (head == "scale") {
    return std::any_of(parts_.scale.begin(), parts_.scale.end(),
                       [&](const ScalePoint& p) { return short_number(p.at) == key; });
  }
  if (head == "question") {
    return one_of(key, {"title", "asks", "opens", "closes", "proposal", "horizon", "divisible",
                        "opt_out", "sponsor"});
  }
  if (head == "rule") return one_of(key, {"body", "kind", "reversion", "silence"});
  if (head == "influence") return key == "from" || key == "sum";
  if (head == "parameters") return parts_.parameters.contains(std::string(key));
  if (head == "evidence") return find_evidence(key) != nullptr;
  if (head == "outsiders") {
    return std::any_of(parts_.outsiders.begin(), parts_.outsiders.end(),
                       [&](const Outsider& o) { return o.code == key; });
  }
  if (head == "theatre")
    return parts_.theatre &&
           one_of(key, {"name", "station", "region", "speed", "visits", "replenished",
                        "partner_oilers", "gives", "closures", "needs"});
  if (head == "forum") {
    return std::any_of(parts_.forums.begin(), parts_.forums.end(),
                       [&](const Forum& f) { return f.name == key; });
  }
  if (head == "side_payment") {
    return std::any_of(parts_.side_payments.begin(), parts_.side_payments.end(),
                       [&](const SidePayment& p) { return p.to == key; });
  }
  return false;
}

void Checks::evidence() {
  std::set<std::string_view> seen;
  for (std::size_t k = 0; k < parts_.evidence.size(); ++k) {
    const Evidence& e = parts_.evidence[k];
    const std::string pointer = at("evidence", k);
    if (!e.id.empty() && !seen.insert(e.id).second) {
      report("E401", pointer + ".id", "two pieces of evidence are called " + e.id,
             "give each its own id");
    }
    if (!e.grade.empty() && !is_grade(e.grade)) {
      report("E403", pointer + ".grade", quoted(e.grade) + " is not a grade",
             "write a letter A-F for the source and a digit 1-6 for the information, such as B2");
    }
    if (e.status == Evidence::Status::contested && e.disputed_by.empty()) {
      report("E405", pointer + ".status",
             e.id + " is contested, but does not say which evidence disputes it",
             "add disputed_by = [\"...\"]");
    }
    for (std::size_t c = 0; c < e.corrections.size(); ++c) {
      const std::vector<std::string>& touches = e.corrections[c].touches;
      for (std::size_t t = 0; t < touches.size(); ++t) {
        if (touches_something(touches[t])) continue;
        report("E404", at(at(pointer + ".correction", c) + ".touches", t),
               "the correction of " + e.id + " touches " + quoted(touches[t]) +
                   ", which does not exist",
               "name a place in this file, such as members.DK or scale.0");
      }
    }
  }
}

// Ids in square brackets cite too: "One-person office [E2]".
std::set<std::string_view> Checks::cited_in_words() const {
  std::set<std::string_view> cited;
  const auto add = [&](std::string_view text) {
    for (std::size_t open = text.find('['); open != std::string_view::npos;
         open = text.find('[', open + 1)) {
      const std::size_t close = text.find_first_of("[]", open + 1);
      if (close == std::string_view::npos) break;
      cited.insert(text.substr(open + 1, close - open - 1));
    }
  };
  for (const ScalePoint& p : parts_.scale) add(p.meaning);
  for (const FurtherIssue& issue : parts_.issues) {
    for (const ScalePoint& p : issue.scale) add(p.meaning);
  }
  for (const Member& m : parts_.members) add(m.note);
  for (const Outsider& o : parts_.outsiders) add(o.note);
  for (const Evidence& e : parts_.evidence) add(e.note);
  return cited;
}

void Checks::citations() {
  std::set<std::string_view> cited = cited_in_words();
  std::map<std::string_view, std::vector<std::string>> rest_on_late;
  for (const auto& [pointer, what, ids, number] : all_citations()) {
    bool all_found = true;
    for (std::size_t k = 0; k < ids->size(); ++k) {
      const std::string& id = (*ids)[k];
      cited.insert(id);
      if (find_evidence(id) != nullptr) continue;
      all_found = false;
      std::vector<std::string> notes;
      if (guesses_left_ > 0) {
        --guesses_left_;
        notes.push_back(known_evidence(parts_.evidence, id));
      }
      report("E402", at(pointer, k), what + " cites " + id + ", which does not exist", {},
             std::move(notes));
    }
    if (!number || ids->empty() || !all_found) continue;

    const auto fallen = [](const Evidence& e) {
      return e.status == Evidence::Status::withdrawn || e.status == Evidence::Status::superseded;
    };
    if (std::all_of(ids->begin(), ids->end(),
                    [&](const std::string& id) { return fallen(*find_evidence(id)); })) {
      const Evidence& e = *find_evidence(ids->back());
      const std::string status =
          e.status == Evidence::Status::withdrawn ? "withdrawn" : "superseded";
      const bool dated = !e.corrections.empty() && e.corrections.back().on.has_value();
      const bool row = what.find('.') == std::string::npos;
      report("W405", pointer,
             what + " cites only " + list_of(*ids) + ", " + status +
                 (dated ? " on " + e.corrections.back().on->text() : "") +
                 (row ? ". Its numbers now count as judgement." : ". It now counts as judgement."));
    }
    for (const std::string& id : *ids) {
      const Evidence& e = *find_evidence(id);
      // A judgement is dated when it was written; whether it knew the outcome no date can tell.
      const bool late = e.kind == Evidence::Kind::report && decision_day_known() && e.published &&
                        e.published->earliest() > parts_.question.closes;
      if (late) rest_on_late[id].push_back(what);
    }
  }
  for (std::size_t k = 0; k < parts_.evidence.size(); ++k) {
    const Evidence& e = parts_.evidence[k];
    const auto rest = rest_on_late.find(e.id);
    if (rest == rest_on_late.end()) continue;
    report("W406", at("evidence", k) + ".published",
           e.id + " was published on " + e.published->text() + ", after the question closed on " +
               parts_.question.closes.text() + ", yet numbers rest on it",
           {}, {"Cited by " + shortened_list(rest->second) + "."});
    rest_on_late.erase(rest);
  }
  for (std::size_t k = 0; k < parts_.evidence.size(); ++k) {
    const Evidence& e = parts_.evidence[k];
    const bool corrects = std::any_of(e.corrections.begin(), e.corrections.end(),
                                      [](const Correction& c) { return !c.touches.empty(); });
    if (e.id.empty() || cited.contains(e.id) || corrects) continue;
    report("W401", at("evidence", k) + ".id", e.id + " is never cited");
  }
}

void Checks::sources_of_numbers() {
  struct Gap {
    std::string pointer;
    std::string message;
  };
  std::vector<Gap> gaps;
  bool any_source = false;
  for (const Member& m : parts_.members) {
    std::vector<std::string> without;
    for (const Scenario::Field field : fields) {
      const Quantity& q = quantity(m, field);
      any_source = any_source || !q.sources.empty();
      if (q.sources.empty() && !q.value.is_unknown()) without.emplace_back(field_name(field));
    }
    if (without.empty()) continue;
    gaps.push_back({"members." + key(m.code) + '.' + without.front(),
                    m.code + ": " + list_of(without) + (without.size() == 1 ? " has" : " have") +
                        " no source"});
  }
  if (gaps.empty()) return;
  if (!any_source && gaps.size() > 1) {
    report("W402", "members", "no member's number says what it rests on", {},
           {"Cite evidence with src = [\"E1\"] in each row; a judgement is evidence too."});
    return;
  }
  for (Gap& gap : gaps) report("W402", std::move(gap.pointer), std::move(gap.message));
}

void Checks::shares_on_the_scale() {
  for (const Scenario::Field field : fields) {
    std::vector<Ends> ends;
    for (const Member& m : parts_.members) ends.push_back(ends_of(quantity(m, field).value));
    const std::string name(field_name(field));
    const auto looks_like_share = [&](std::size_t i) {
      return !ends[i].empty() && ends[i].high > 0 && ends[i].high <= 1 &&
             !contains(parts_.members[i].accepted, "W310");
    };
    Ends all;
    for (const Ends& e : ends) {
      if (!e.empty()) all.widen(e.low, e.high);
    }
    if (all.empty() || all.high <= 0) continue;
    if (all.high <= 1) {
      std::size_t shares = 0;
      for (std::size_t i = 0; i < ends.size(); ++i) shares += looks_like_share(i) ? 1 : 0;
      if (shares > 1) {
        report("W310", "members",
               "every " + name + " is at most 1 on a 0-100 scale; they look like 0-1 shares");
      }
      continue;
    }
    Ends others;
    std::size_t count = 0;
    for (std::size_t i = 0; i < ends.size(); ++i) {
      if (ends[i].empty() || looks_like_share(i)) continue;
      others.widen(ends[i].low, ends[i].high);
      ++count;
    }
    for (std::size_t i = 0; i < ends.size(); ++i) {
      if (others.empty() || !looks_like_share(i)) continue;
      const Uncertain& value = quantity(parts_.members[i], field).value;
      const std::string meant = hundredfold(value);
      report("W310", "members." + key(parts_.members[i].code) + '.' + name,
             parts_.members[i].code + ' ' + name + ' ' + value.text() +
                 " looks like a 0-1 share on a 0-100 scale",
             {},
             {"The other " + counted(count, "member runs", "members run") + " from " +
              short_number(others.low) + " to " + short_number(others.high) + ". If you meant " +
              meant + ", write " + meant + "; if " + value.text() +
              " is right, say so: accept = [\"W310\"]"});
    }
  }
}

}  // namespace

std::optional<Scenario> Scenario::make(ScenarioParts parts, const Atlas& atlas,
                                       Diagnostics& problems) {
  std::sort(parts.members.begin(), parts.members.end(),
            [](const Member& a, const Member& b) { return a.code < b.code; });
  const auto by_place = [](const ScalePoint& a, const ScalePoint& b) { return a.at < b.at; };
  if (parts.theatre) {
    Theatre& theatre = *parts.theatre;
    std::sort(theatre.gives.begin(), theatre.gives.end(),
              [](const Willingness& a, const Willingness& b) { return a.state < b.state; });
    std::sort(theatre.closures.begin(), theatre.closures.end(),
              [](const GateClosure& a, const GateClosure& b) { return a.gate < b.gate; });
    std::sort(theatre.needs.begin(), theatre.needs.end(),
              [](const ShipNeed& a, const ShipNeed& b) { return a.at < b.at; });
  }
  std::sort(parts.scale.begin(), parts.scale.end(), by_place);
  for (FurtherIssue& issue : parts.issues) {
    std::sort(issue.scale.begin(), issue.scale.end(), by_place);
    std::sort(issue.members.begin(), issue.members.end(),
              [](const Stance& a, const Stance& b) { return a.code < b.code; });
  }
  Checks checks(parts, atlas, problems);
  checks.numbers();
  checks.dates();
  const Body* body = checks.body();
  std::optional<Rule> rule;
  std::vector<double> influence;
  if (body != nullptr) {
    checks.seats(*body);
    rule = checks.rule(*body);
    checks.forums(*body);
    influence = checks.influence(*body);
    checks.named_members();
    checks.issues();
  }
  checks.evidence();
  checks.citations();
  checks.sources_of_numbers();
  checks.shares_on_the_scale();
  if (has_errors(problems)) return std::nullopt;

  DELIAN_ASSERT(rule && influence.size() == parts.members.size());
  parts.rule = checks.chosen_rule();
  return Scenario(std::make_shared<const Data>(
      Data{std::move(parts), *body, *std::move(rule), std::move(influence)}));
}

std::optional<std::size_t> Scenario::find_member(std::string_view code) const {
  const auto rows = members();
  const auto found =
      std::lower_bound(rows.begin(), rows.end(), code,
                       [](const Member& m, std::string_view c) { return m.code < c; });
  if (found == rows.end() || found->code != code) return std::nullopt;
  return static_cast<std::size_t>(found - rows.begin());
}

const Evidence* Scenario::find_evidence(std::string_view id) const {
  const std::vector<Evidence>& all = data_->parts.evidence;
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const Evidence& e) { return e.id == id; });
  return found == all.end() ? nullptr : &*found;
}

Scenario Scenario::with(std::size_t member, Field field, Uncertain value) const {
  DELIAN_ASSERT(member < members().size() && value.support() == Support::scale);
  auto data = std::make_shared<Data>(*data_);
  (data->parts.members[member].*place_of(field)).value = std::move(value);
  return Scenario(std::move(data));
}

Scenario Scenario::with_proposal(double proposal) const {
  DELIAN_ASSERT(proposal >= 0 && proposal <= 100);
  auto data = std::make_shared<Data>(*data_);
  data->parts.question.proposal = proposal;
  return Scenario(std::move(data));
}

std::string_view field_name(Scenario::Field field) {
  switch (field) {
    case Scenario::Field::position:
      return "position";
    case Scenario::Field::salience:
      return "salience";
    case Scenario::Field::resolve:
      return "resolve";
  }
  DELIAN_ASSERT(false);
}

std::string_view outcome_name(Outcome outcome) {
  return outcome_names[static_cast<std::size_t>(outcome)];
}

std::string_view outcome_letter(Outcome outcome) {
  constexpr std::array<std::string_view, outcome_count> letters{"A", "W", "L", "B", "X"};
  return letters[static_cast<std::size_t>(outcome)];
}

std::optional<Outcome> outcome_named(std::string_view name) {
  const auto found = std::find(outcome_names.begin(), outcome_names.end(), name);
  if (found == outcome_names.end()) return std::nullopt;
  return static_cast<Outcome>(found - outcome_names.begin());
}

}  // namespace delian
