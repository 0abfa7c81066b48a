// delian power FILE | --body ID --on DATE [--rule RULE] [--p LIST] [--p-default P] [--union LIST]
// [--list winning|blocking] [--most N] [--lang ...] [--json] [-q]

#include <algorithm>
#include <charconv>
#include <ostream>
#include <set>
#include <utility>

#include "cli/answering.hpp"
#include "cli/commands.hpp"
#include "cli/files.hpp"
#include "delian/power_study.hpp"
#include "domain/seats.hpp"
#include "domain/text.hpp"
#include "io/atlas.hpp"
#include "io/diagnostics.hpp"
#include "io/power_json.hpp"

namespace delian::cli {
namespace {

using power::Consent;
using power::NamedUnion;
using power::Subject;

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  for (;;) {
    const std::size_t end = text.find(separator);
    parts.emplace_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

std::string trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(' ');
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(' ') - first + 1));
}

/// Everything that the command line and the files say, or the exit code after telling what is
/// wrong.
class Reader {
 public:
  Reader(const PowerArguments& arguments, Streams& streams)
      : arguments_(arguments), streams_(streams) {}

  /// Nothing is missing exactly when this is exit_ok.
  int read() {
    if (arguments_.file.has_value() == !arguments_.body.empty()) {
      return wrong(arguments_.file ? "Give either a scenario file or --body, not both."
                                   : "Give a scenario file, or --body with --on.");
    }
    if (const int code = arguments_.file ? read_scenario() : read_body(); code != exit_ok) {
      return code;
    }
    if (!arguments_.rule.empty()) {
      if (const int code = take_rule(arguments_.rule); code != exit_ok) return code;
    }
    if (const int code = read_unions(); code != exit_ok) return code;
    if (const int code = read_consent(); code != exit_ok) return code;
    options_.list = arguments_.list;
    options_.most = arguments_.most;
    return exit_ok;
  }

  Subject take_subject() {
    return {title_, marking_, body_->id, body_->name, date_, members_, std::move(*rule_)};
  }
  power::StudyOptions take_options() { return std::move(options_); }
  const std::vector<io::TextFile>& texts() const { return loaded_.texts; }

 private:
  int wrong(const std::string& message) const {
    streams_.err << message << '\n';
    return exit_usage;
  }

  int tell(const Diagnostics& problems, int code) const {
    streams_.err << io::render(problems, loaded_.texts, streams_.err_colour);
    return code;
  }

  int read_scenario() {
    if (!arguments_.on.empty()) return wrong("--on: the scenario file says on which day.");
    loaded_ = load_scenario(*arguments_.file);
    if (!loaded_.file.problems.empty() && (!arguments_.quiet || !loaded_.file.scenario)) {
      tell(loaded_.file.problems, exit_bad_input);
    }
    if (!loaded_.file.scenario) {
      streams_.err << "Nothing was computed.\n";
      return exit_bad_input;
    }
    const Scenario& scenario = *loaded_.file.scenario;
    title_ = scenario.parts().question.title;
    marking_ = scenario.parts().marking;
    body_ = &scenario.body();
    date_ = scenario.parts().question.closes;
    for (const Member& member : scenario.members()) members_.push_back(member.code);
    rule_ = scenario.rule();
    return exit_ok;
  }

  int read_body() {
    body_ = io::atlas().find_body(arguments_.body);
    if (body_ == nullptr) {
      std::vector<std::string_view> known;
      for (const Body& b : io::atlas().bodies) known.push_back(b.id);
      return wrong("--body: \"" + printable(arguments_.body) + "\" is no known body. " +
                   did_you_mean(arguments_.body, known));
    }
    if (arguments_.on.empty()) return wrong("--on: a day is needed. Write it as 2023-07-11.");
    const std::optional<Date> date = Date::parse(arguments_.on);
    if (!date || !date->complete()) {
      return wrong("--on: \"" + printable(arguments_.on) +
                   "\" is no whole date. Write it as 2023-07-11.");
    }
    date_ = *date;
    members_ = body_->members_on(date_);
    if (members_.empty()) {
      return wrong(body_->name.en + " had no members on " + date_.text() + ".");
    }
    if (const std::size_t open = elected_seats(*body_, date_).open; open > 0) {
      return wrong("--on: who held " + std::to_string(open) + " elected seats of the " +
                   body_->name.en + " on " + date_.text() +
                   " is not known here. Name the members in a scenario file.");
    }
    const auto own =
        std::find_if(body_->rules.begin(), body_->rules.end(), [&](const RulePeriod& r) {
          return r.from.earliest() <= date_ && (!r.until || date_ <= r.until->latest());
        });
    if (own == body_->rules.end() && arguments_.rule.empty()) {
      return wrong("--rule: no rule of the " + body_->name.en + " is known for " + date_.text() +
                   ". Name one.");
    }
    return arguments_.rule.empty() ? take_rule(own->preset) : exit_ok;
  }

  int take_rule(const std::string& preset) {
    Expected<Rule> rule = rule_preset(preset, *body_, date_, members_, "--rule");
    if (!rule) return tell(rule.error(), exit_usage);
    rule_ = std::move(*rule);
    return exit_ok;
  }

  /// The place of a member at the table; nothing, with the reason told, if it has none.
  std::optional<std::size_t> seat(std::string_view option, const std::string& text) const {
    const Country* country = io::atlas().guess_country(text);
    const std::string code = country == nullptr ? text : country->code;
    const auto at = std::lower_bound(members_.begin(), members_.end(), code);
    if (at != members_.end() && *at == code) {
      return static_cast<std::size_t>(at - members_.begin());
    }
    const std::vector<std::string_view> known(members_.begin(), members_.end());
    streams_.err << option << ": \"" << printable(text) << "\" is no member of the "
                 << body_->name.en << " on " << date_.text() << ". " << did_you_mean(text, known)
                 << '\n';
    return std::nullopt;
  }

  int read_unions() {
    std::vector<std::string> union_of(members_.size());
    for (const std::string& text : arguments_.unions) {
      const std::size_t equals = text.find('=');
      NamedUnion named;
      if (equals != std::string::npos) named.name = trimmed(text.substr(0, equals));
      if (named.name.empty()) {
        return wrong("--union: \"" + printable(text) +
                     "\" is no union. Write a name and members: V4=PL,CZ,HU,SK.");
      }
      for (const std::string& part : split(text.substr(equals + 1), ',')) {
        const std::optional<std::size_t> member = seat("--union", trimmed(part));
        if (!member) return exit_usage;
        std::string& taken = union_of[*member];
        if (!taken.empty()) {
          return wrong("--union: " + members_[*member] + " stands in " + printable(taken) +
                       " already. Each member stands in one union at most.");
        }
        taken = named.name;
        named.members.push_back(*member);
      }
      options_.unions.push_back(std::move(named));
    }
    return exit_ok;
  }

  /// "0.3" or "30%".
  std::optional<double> chance(std::string_view option, std::string_view text) const {
    const std::string shown = trimmed(text);
    std::string_view digits = shown;
    const bool percentage = digits.ends_with('%');
    if (percentage) digits.remove_suffix(1);
    while (digits.ends_with(' ')) digits.remove_suffix(1);
    double value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (percentage) value /= 100;
    if (error == std::errc{} && end == digits.data() + digits.size() && value >= 0 && value <= 1) {
      return value;
    }
    streams_.err << option << ": \"" << printable(shown)
                 << "\" is no chance. Write a number from 0 to 1, as 0.8, or 80%.\n";
    return std::nullopt;
  }

  int read_consent() {
    const bool given = !arguments_.consent.empty() || arguments_.consent_default;
    std::vector<std::optional<double>> chances(members_.size());
    for (const std::string& list : arguments_.consent) {
      for (const std::string& part : split(list, ',')) {
        const std::size_t equals = part.find('=');
        if (equals == std::string::npos) {
          return wrong("--p: \"" + printable(part) +
                       "\" is no chance of a member. Write CODE=CHANCE: FR=0.3.");
        }
        const std::optional<std::size_t> member = seat("--p", trimmed(part.substr(0, equals)));
        if (!member) return exit_usage;
        const std::optional<double> value = chance("--p", part.substr(equals + 1));
        if (!value) return exit_usage;
        if (chances[*member]) return wrong("--p: " + members_[*member] + " has two chances.");
        chances[*member] = value;
      }
    }
    if (arguments_.consent_default) {
      const std::optional<double> rest = chance("--p-default", *arguments_.consent_default);
      if (!rest) return exit_usage;
      for (std::optional<double>& c : chances) c = c ? c : rest;
    }
    if (!given && !loaded_.file.scenario) return exit_ok;

    Consent consent;
    if (!given || std::find(chances.begin(), chances.end(), std::nullopt) != chances.end()) {
      if (!loaded_.file.scenario) {
        std::vector<std::string> missing;
        for (std::size_t i = 0; i < chances.size(); ++i) {
          if (!chances[i]) missing.push_back(members_[i]);
        }
        return wrong("--p: no chance for " + list_of(missing) + ". Give them, or --p-default.");
      }
      if (const int code = forecast(consent, chances); code != exit_ok) return code;
      consent.from_forecast = true;
      consent.some_given = given;
    }
    for (const std::optional<double>& c : chances) consent.chance.push_back(*c);
    options_.consent = std::move(consent);
    return exit_ok;
  }

  /// Fills the chances that are not given from the draws of the scenario.
  int forecast(Consent& consent, std::vector<std::optional<double>>& chances) const {
    AnswerOptions options;
    options.explain = false;
    const InterruptGuard guard;
    const Expected<Answer> answered =
        answer_watched(*loaded_.file.scenario, options, 0, arguments_.quiet, guard, streams_);
    if (!answered) return tell(answered.error(), exit_internal);
    if (guard.interrupted()) return exit_interrupted;
    consent.by_vote = answered->by_vote;
    consent.forecast = answered->as_drafted();
    consent.model = answered->provenance.model;
    consent.draws = answered->provenance.draws_done;
    for (const Blocker& blocker : answered->blockers) {
      const std::size_t member = *loaded_.file.scenario->find_member(blocker.code);
      if (!chances[member]) chances[member] = std::clamp(1 - blocker.objects, 0.0, 1.0);
    }
    return exit_ok;
  }

  const PowerArguments& arguments_;
  Streams& streams_;
  LoadedScenario loaded_;
  std::string title_;
  std::string marking_;
  const Body* body_ = nullptr;
  Date date_;
  std::vector<std::string> members_;
  std::optional<Rule> rule_;
  power::StudyOptions options_;
};

}  // namespace

int voting_power(const PowerArguments& arguments, Streams& streams) {
  Reader reader(arguments, streams);
  if (const int code = reader.read(); code != exit_ok) return code;
  const Expected<power::Study> study = power::study(reader.take_subject(), reader.take_options());
  if (!study) {
    streams.err << io::render(study.error(), reader.texts(), streams.err_colour);
    return exit_bad_input;
  }
  if (arguments.json) {
    streams.out << io::to_json(*study, io::atlas()) << '\n';
    return exit_ok;
  }
  ReportOptions options;
  options.language = arguments.language;
  options.colour = streams.out_colour;
  streams.out << power::text_report(*study, io::atlas(), options);
  return exit_ok;
}

}  // namespace delian::cli
