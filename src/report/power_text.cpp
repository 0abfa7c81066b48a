#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "delian/answer.hpp"
#include "delian/power_study.hpp"
#include "domain/text.hpp"
#include "report/layout.hpp"
#include "report/power_messages.hpp"

namespace delian::power {
namespace {

constexpr std::size_t name_width = 22;
constexpr std::size_t column_width = 9;
constexpr std::size_t most_pass_rows = 10;
constexpr double rounding = 1e-12;  // a difference so much smaller than what it is taken from is 0
constexpr double exact_below = 9'007'199'254'740'992.0;  // 2^53

class StudyText {
 public:
  StudyText(const Study& study, const Atlas& atlas, const ReportOptions& options)
      : study_(study), atlas_(atlas), options_(options), say_(power_messages(options.language)) {}

  std::string write() {
    heading();
    numbers();
    a_priori();
    pass();
    coalitions();
    footer();
    std::replace(out_.begin(), out_.end(), unbroken, ' ');
    return std::move(out_);
  }

 private:
  std::string_view language() const { return options_.language == Language::fr ? "fr" : "en"; }
  std::string bold(std::string_view text) const { return delian::bold(text, options_.colour); }
  std::string faint(std::string_view text) const { return delian::faint(text, options_.colour); }

  /// A share of 1 with so many decimals of a percentage; what would round to 0 is told apart.
  std::string percent(double share, int decimals) const {
    const double unit = decimals == 2 ? 0.0001 : 0.001;
    const bool small = share > 0 && share < unit / 2;
    std::string digits = fmt::format("{:.{}f}", small ? 100 * unit : 100 * share, decimals);
    std::replace(digits.begin(), digits.end(), '.', say_.decimal);
    const std::string text = digits + unbroken + "%";
    return small ? filled(say_.less_than, text) : text;
  }

  std::string number(std::uint64_t value) const {
    return grouped(value, say_.thousands == ' ' ? unbroken : say_.thousands);
  }
  std::string whole(double count) const {
    if (count < exact_below) return number(static_cast<std::uint64_t>(count));
    std::string digits = fmt::format("{:.2e}", count);  // 1.09e+52
    std::replace(digits.begin(), digits.end(), '.', say_.decimal);
    digits.replace(digits.find("e+"), 2, fmt::format("{0}×{0}10^", unbroken));
    return filled(say_.about, digits);
  }
  std::string whole(const std::optional<double>& count) const {
    return count ? whole(*count) : std::string(say_.not_counted);
  }

  std::string country(std::size_t member) const {
    const std::string& code = study_.subject.members[member];
    const Country* known = atlas_.find_country(code);
    return known == nullptr ? code : code + " " + known->name.in(language());
  }

  std::string row(std::string_view name, const auto& cells) const {
    std::string line = "  " + cut(name, name_width);
    line += std::string(2 + name_width - std::min(2 + name_width, display_width(line)), ' ');
    for (const auto& cell : cells) {
      line += std::string(column_width - std::min(column_width, display_width(cell)) + 1, ' ');
      line += cell;
    }
    return line + '\n';
  }

  void heading() {
    const Subject& subject = study_.subject;
    const std::string marking = cut(plain(subject.marking), text_width / 2);
    if (!subject.title.empty() || !marking.empty()) {
      const std::size_t room = text_width - display_width(marking) - (marking.empty() ? 0 : 2);
      const std::string title = cut(plain(subject.title), room);
      out_ += bold(title);
      if (!marking.empty()) {
        out_ += std::string(text_width - display_width(title) - display_width(marking), ' ');
        out_ += marking;
      }
      out_ += '\n';
    }
    const std::string members = filled(say_.members_on, subject.rule.parts().title.in(language()),
                                       subject.members.size(), subject.date.text());
    out_ += wrap(subject.body.in(language()) + ", " + members, 0, 2);
  }

  void numbers() {
    const std::size_t n = study_.subject.members.size();
    out_ += '\n' + wrap(who_blocks(), 0, 2);
    const std::string act = percent(study_.indices.act, 2);
    const double all = std::ldexp(1, static_cast<int>(n));
    out_ += wrap(study_.indices.winning && all < exact_below
                     ? filled(say_.act_counted, act, whole(study_.indices.winning), whole(all))
                     : filled(say_.act, act),
                 0, 2);
    if (study_.profiles && !study_.profiles->no_or_abstain_alike) {
      double ways = 1;
      for (std::size_t i = 0; i < n; ++i) ways *= 3;
      out_ += wrap(filled(say_.profiles, percent(study_.profiles->share, 2),
                          whole(study_.profiles->passing), whole(ways)),
                   0, 2);
    }
    out_ += wrap(
        filled(say_.minimal, whole(study_.minimal_winning), whole(study_.minimal_blocking)), 0, 2);
    const NakamuraNumber& number = study_.nakamura;
    if (number.infinite) {
      out_ += wrap(say_.nakamura_infinite, 0, 2);
    } else if (number.least == number.most) {
      out_ += wrap(filled(say_.nakamura, number.least, number.least - 1), 0, 2);
    } else {
      out_ += wrap(filled(say_.nakamura_range, number.least, number.most), 0, 2);
    }
  }

  std::string who_blocks() const {
    if (study_.vetoers.empty()) return std::string(say_.none_blocks);
    if (study_.vetoers.size() == study_.subject.members.size()) return std::string(say_.all_block);
    std::vector<std::string> names;
    for (const std::size_t v : study_.vetoers) names.push_back(country(v));
    return filled(say_.some_block, list_of(names, say_.list_and));
  }

  void a_priori() {
    out_ += '\n' + bold(say_.a_priori) + '\n';
    if (study_.all_alike()) {
      const bool consensus = study_.vetoers.size() == study_.subject.members.size();
      const std::string share = percent(study_.indices.members.front().shapley_shubik, 2);
      out_ += wrap(filled(consensus ? say_.consensus_alike : say_.alike, share), 2, 2);
    }
    if (study_.union_power) {
      with_unions();
    } else if (!study_.all_alike()) {
      out_ += row("", say_.columns);
      for (const std::size_t i : study_.by_power()) {
        const MemberPower& m = study_.indices.members[i];
        out_ += row(country(i) + (m.veto ? "*" : ""),
                    std::array{percent(m.shapley_shubik, 2), percent(m.banzhaf_index, 2),
                               percent(m.banzhaf_measure, 2), percent(m.prevent, 2),
                               percent(m.initiate, 2)});
      }
      notes(say_.columns_note);
    }
  }

  void notes(std::string_view note) {
    out_ += faint(wrap(note, 0, 0));
    if (!study_.vetoers.empty() && !study_.all_alike()) out_ += faint(wrap(say_.veto_mark, 0, 0));
  }

  void with_unions() {
    std::vector<std::string> union_of(study_.subject.members.size());
    for (const NamedUnion& named : study_.unions) {
      for (const std::size_t i : named.members) union_of[i] = cut(plain(named.name), column_width);
    }
    const std::vector<double>& owen = study_.union_power->owen;
    out_ += row("", say_.union_columns);
    for (const std::size_t i : study_.by_power()) {
      const MemberPower& m = study_.indices.members[i];
      out_ += row(country(i) + (m.veto && !study_.all_alike() ? "*" : ""),
                  std::array{union_of[i], percent(m.shapley_shubik, 2), percent(owen[i], 2),
                             percent(m.banzhaf_measure, 2),
                             percent(study_.union_power->banzhaf_owen[i], 2)});
    }
    notes(say_.unions_note);
  }

  void pass() {
    if (!study_.pass) {
      out_ += '\n' + wrap(say_.needs_chances, 0, 2);
      return;
    }
    const PassProbability& p = *study_.pass;
    const Consent& consent = *study_.consent;
    out_ += '\n' + bold(say_.pass) + '\n';
    std::string chance = word_and_number(p.probability, options_.yardstick, options_.language);
    if (const std::size_t sign = chance.find(" %"); sign != std::string::npos) {
      chance[sign] = unbroken;
    }
    out_ += wrap(filled(say_.passes_if_independent, bold(chance)), 2, 4);
    if (consent.from_forecast) {
      out_ += wrap(filled(consent.by_vote ? say_.from_vote : say_.from_silence,
                          consent.some_given ? say_.other_chances : say_.chances,
                          percent(consent.forecast, 1), number(consent.draws)),
                   2, 2);
    }
    out_ += row("", say_.pass_columns);
    const std::vector<std::size_t> order = study_.by_gradient();
    const std::size_t rows = order.size() <= most_pass_rows + 1 ? order.size() : most_pass_rows;
    for (std::size_t k = 0; k < rows; ++k) {
      const std::size_t i = order[k];
      const double yes = consent.chance[i];
      const double certain = p.probability + (1 - yes) * p.gradient[i];
      const double rest = p.probability - yes * p.gradient[i];
      const double without = rest > rounding * p.probability ? rest : 0;
      out_ += row(country(i), std::array{percent(yes, 1), percent(p.gradient[i], 1),
                                         percent(std::min(1.0, certain), 1), percent(without, 1)});
    }
    if (rows < order.size()) out_ += "  " + filled(say_.more, order.size() - rows) + '\n';
    out_ += faint(wrap(say_.pass_note, 0, 0));
  }

  void coalitions() {
    if (!study_.listed) return;
    const bool blocking = *study_.listed == CoalitionKind::blocking;
    const std::size_t kind = blocking ? 1 : 0;
    const auto& list = study_.list.coalitions;
    const std::string title =
        study_.list.complete
            ? filled(say_.listed_all[kind], number(list.size()))
            : filled(say_.listed[kind], number(list.size()),
                     whole(blocking ? study_.minimal_blocking : study_.minimal_winning));
    out_ += '\n' + bold(title) + '\n';
    for (const std::vector<std::size_t>& coalition : list) {
      std::string codes;
      for (const std::size_t i : coalition) codes += ' ' + study_.subject.members[i];
      out_ += wrap(fmt::format("{:>2} {}", coalition.size(), codes), 2, 6);
    }
  }

  void footer() {
    const Method method = study_.indices.method;
    out_ += '\n' + faint(wrap(say_.a_priori_warning, 0, 0));
    out_ += faint(wrap(
        filled(say_.provenance, say_.methods[static_cast<std::size_t>(method)],
               method == Method::integral ? say_.exact_integral : say_.exact_counts, version()),
        0, 0));
  }

  const Study& study_;
  const Atlas& atlas_;
  const ReportOptions& options_;
  const PowerMessages& say_;
  std::string out_;
};

}  // namespace

std::string text_report(const Study& study, const Atlas& atlas, const ReportOptions& options) {
  return StudyText(study, atlas, options).write();
}

}  // namespace delian::power
