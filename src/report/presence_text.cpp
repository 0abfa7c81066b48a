#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <span>
#include <utility>

#include "delian/presence_report.hpp"
#include "domain/text.hpp"
#include "report/layout.hpp"
#include "report/presence_messages.hpp"

namespace delian::presence {
namespace {

constexpr std::size_t name_width = 17;
constexpr double never = 999;  // hulls for one ship: more is as good as never

class StudyText {
 public:
  /// @param facts, atlas  for names; a summary does without
  StudyText(const Study& study, const StudyFacts* facts, const Atlas* atlas,
            const ReportOptions& options)
      : study_(study),
        facts_(facts),
        atlas_(atlas),
        options_(options),
        say_(presence_messages(options.language)) {}

  std::string write(const Cover* cover) {
    out_ += bold(cut(plain(study_.theatre), text_width)) + '\n';
    paragraph(filled(say_.heading, plain(study_.station_name), number(study_.speed_kn, 0)));
    states();
    asked_for();
    declared();
    arrivals();
    closures();
    levers();
    if (cover != nullptr) covering(*cover);
    out_ += '\n';
    out_ += faint(wrap(
        filled(say_.footer, grouped(study_.draws, say_.thousands), study_.seed, version()), 0, 0));
    return std::move(out_);
  }

  std::string summary() {
    std::vector<std::string> counts;
    for (const StateStudy& state : study_.states) {
      counts.push_back(state.state + ' ' + ships(state.on_station.median));
    }
    if (counts.empty()) return wrap(say_.nobody, 2, 4);
    indent_ = 2;
    out_ += wrap(filled(say_.summary, plain(study_.station_name), list(counts)), 2, 4);
    standings();
    needs();
    if (study_.members_declared) {
      const DeclaredGap& all = *study_.members_declared;
      std::vector<std::string> who;
      for (const StateStudy& state : study_.states) {
        if (state.member && state.declared) who.push_back(state.state);
      }
      out_ += wrap(filled(say_.summary_declared, list(who), ships(all.declared),
                          ships(all.kept.median), ships(all.kept.low), ships(all.kept.high)),
                   2, 4);
    }
    return std::move(out_);
  }

 private:
  std::string_view language() const { return options_.language == Language::fr ? "fr" : "en"; }
  std::string bold(std::string_view text) const { return delian::bold(text, options_.colour); }
  std::string faint(std::string_view text) const { return delian::faint(text, options_.colour); }
  void paragraph(const std::string& text) { out_ += wrap(text, 0, 0); }
  void title(std::string_view text) { out_ += '\n' + bold(text) + '\n'; }

  std::string number(double value, int decimals) const {
    std::string digits = fmt::format("{:.{}f}", value, decimals);
    if (digits == "-0.0" || digits == "-0.00" || digits == "-0") digits.erase(0, 1);
    std::replace(digits.begin(), digits.end(), '.', say_.decimal);
    return digits;
  }
  /// Two digits that say something, whatever the size.
  std::string ships(double value) const { return number(value, std::abs(value) < 9.95 ? 2 : 1); }
  std::string range(const Interval& band) const {
    return ships(band.low) + " - " + ships(band.high);
  }
  std::string whole_percent(double share) const { return number(100 * share, 0) + " %"; }
  std::string worded(double chance) const {
    return word_and_number(chance, options_.yardstick, options_.language);
  }

  /// Name, then cells of the given widths, each right-aligned.
  void row(const std::string& name, std::span<const std::string> cells,
           std::span<const std::size_t> widths) {
    std::string line = "  " + padded(name, name_width);
    for (std::size_t k = 0; k < cells.size(); ++k) line += to_the_right(cells[k], widths[k]);
    while (line.ends_with(' ')) line.pop_back();
    out_ += line + '\n';
  }
  void header(std::span<const std::string_view> columns, std::span<const std::size_t> widths) {
    std::string line = "  " + std::string(name_width, ' ');
    for (std::size_t k = 0; k < columns.size(); ++k) line += to_the_right(columns[k], widths[k]);
    out_ += faint(line) + '\n';
  }

  std::string country(const std::string& code) const {
    const Country* known = atlas_->find_country(code);
    return known == nullptr ? code : code + ' ' + known->name.in(language());
  }
  std::string gate(const std::string& id) const {
    for (const sea::Gate& one : facts_->network.facts().gates) {
      if (one.id == id) return one.name.in(language());
    }
    return id;
  }
  std::string list(const std::vector<std::string>& codes) const {
    std::string text;
    for (std::size_t k = 0; k < codes.size(); ++k) {
      if (k > 0) text += k + 1 == codes.size() ? say_.list_and : std::string_view(", ");
      text += codes[k];
    }
    return text;
  }

  void states() {
    out_ += '\n';
    if (study_.states.empty()) {
      paragraph(std::string(say_.nobody));
      others();
      return;
    }
    constexpr std::array<std::size_t, 6> widths{7, 13, 9, 10, 6, 5};
    std::string line = "  " + std::string(name_width, ' ');
    for (std::size_t k = 0; k < widths.size(); ++k)
      line += to_the_right(say_.columns[k], widths[k]);
    out_ += faint(line + "  " + std::string(say_.columns[6])) + '\n';
    bool outsider = false;
    for (const StateStudy& state : study_.states) {
      outsider = outsider || !state.member;
      const std::string one =
          number(100 * state.one_independent, 0) + '-' + whole_percent(state.one_staggered);
      const std::array<std::string, 6> cells{
          ships(state.on_station.median), range(state.on_station),
          ships(state.resident.median),   one,
          ships(state.away.median),       state.observed ? ships(*state.observed) : "-"};
      line = "  " + padded(country(state.state) + (state.member ? "" : " *"), name_width);
      for (std::size_t k = 0; k < cells.size(); ++k) line += to_the_right(cells[k], widths[k]);
      if (state.escorts > 0) {
        line += "  " + std::string(say_.limits[static_cast<std::size_t>(state.binding)]);
      }
      out_ += line + '\n';
    }
    std::string note = filled(say_.columns_note, number(study_.observed_years, 0));
    if (outsider) note += "; " + std::string(say_.outsider_mark);
    out_ += faint(wrap(note, 0, 0));
    out_ += '\n';
    standings();
    out_ += wrap(filled(say_.together, ships(study_.members_on_station.median),
                        ships(study_.members_on_station.low), ships(study_.members_on_station.high),
                        ships(study_.members_escorts.median)),
                 0, 2);
    others();
  }

  /// Who keeps one ship there always, who nearly, who not.
  void standings() {
    std::array<std::vector<std::string>, 3> who;
    for (const StateStudy& state : study_.states) {
      const Standing standing = state.standing();
      std::string name = state.state;
      if (standing == Standing::borderline) name += ' ' + worded(state.keeps_one);
      who[static_cast<std::size_t>(standing)].push_back(std::move(name));
    }
    const std::array<std::string_view, 3> phrases{say_.credible, say_.borderline, say_.fraction};
    if (who[0].empty()) out_ += wrap(say_.nobody_credible, indent_, indent_ + 2);
    for (std::size_t k = 0; k < who.size(); ++k) {
      if (!who[k].empty()) out_ += wrap(filled(phrases[k], list(who[k])), indent_, indent_ + 2);
    }
  }

  void others() {
    std::vector<std::string> seen;
    for (const StateStudy& state : study_.states) {
      if (state.share_from == ShareFrom::observed && state.escorts > 0) seen.push_back(state.state);
    }
    if (!seen.empty()) {
      out_ += wrap(filled(say_.seen_shares, list(seen), number(study_.observed_years, 0)), 0, 2);
    }
    if (!study_.nothing.empty()) {
      out_ += wrap(filled(say_.gives_nothing, list(study_.nothing)), 0, 2);
    }
    if (!study_.no_escort.empty()) {
      out_ += wrap(filled(say_.no_escort, study_.no_escort.size()), 0, 2);
    }
    if (!study_.unknown.empty()) out_ += wrap(filled(say_.unknown, list(study_.unknown)), 0, 2);
  }

  void asked_for() {
    title(say_.asks_heading);
    needs();
  }

  void needs() {
    const ShipNeed& need = study_.proposal.need;
    const std::array<double, 4> counts{need.carriers, need.escorts, need.patrols, need.oilers};
    std::vector<std::string> parts;
    for (std::size_t k = 0; k < counts.size(); ++k) {
      if (counts[k] > 0) parts.push_back(filled(say_.kinds[k], short_number(counts[k])));
    }
    const std::string at = short_number(study_.proposal.text);
    if (parts.empty()) {
      out_ += wrap(filled(say_.asks_nothing, at), 2, 4);
    } else {
      out_ += wrap(filled(say_.asks, at, list(parts)), 2, 4);
      out_ += wrap(filled(say_.enough, worded(study_.proposal.covered)), 2, 4);
    }
    if (study_.given_agreement.high > 0) {
      out_ += wrap(filled(say_.given_agreement,
                          percent(study_.agreement, options_.yardstick, options_.language),
                          ships(study_.given_agreement.median), ships(study_.given_agreement.low),
                          ships(study_.given_agreement.high)),
                   2, 4);
      out_ += wrap(filled(say_.enough_if_agreed, worded(study_.covered_given_agreement)), 2, 4);
    }
  }

  void declared() {
    const bool any = std::any_of(study_.states.begin(), study_.states.end(),
                                 [](const StateStudy& s) { return s.declared.has_value(); });
    if (!any) return;
    title(say_.declared_heading);
    constexpr std::array<std::size_t, 4> widths{10, 9, 15, 18};
    header(say_.declared_columns, widths);
    const auto add = [&](const std::string& name, const DeclaredGap& gap) {
      const std::array<std::string, 4> cells{
          ships(gap.declared), ships(gap.kept.median), range(gap.kept),
          number(100 * gap.gap.low, 0) + std::string(say_.to) + whole_percent(gap.gap.high)};
      row(name, cells, widths);
    };
    for (const StateStudy& state : study_.states) {
      if (state.declared) add(country(state.state), *state.declared);
    }
    if (study_.members_declared) add(std::string(say_.all), *study_.members_declared);
    out_ += faint(wrap(say_.declared_note, 0, 0));
  }

  void arrivals() {
    if (!study_.arrivals) return;
    title(say_.arrivals_heading);
    const Arrivals& arrivals = *study_.arrivals;
    constexpr std::size_t width = 8;
    const std::vector<std::size_t> widths(arrivals.days.size(), width);
    std::vector<std::string> days;
    for (const double day : arrivals.days) days.push_back(number(day, 0));
    std::string line = "  " + std::string(name_width, ' ');
    for (const std::string& day : days) line += to_the_right(day, width);
    out_ += faint(line) + '\n';
    const auto add = [&](const std::string& name, const ArrivalCurve& curve, double Band::* part) {
      std::vector<std::string> cells;
      for (const Band& band : curve.ships) cells.push_back(number(band.*part, 0));
      row(name, cells, widths);
    };
    for (const ArrivalCurve& curve : arrivals.states) {
      add(country(curve.member), curve, &Band::p50);
    }
    add(std::string(say_.all), arrivals.members, &Band::p50);
    add("  10 %", arrivals.members, &Band::p10);
    add("  90 %", arrivals.members, &Band::p90);
    out_ += faint(wrap(say_.arrivals_note, 0, 0));
  }

  void closures() {
    if (study_.closures.empty()) return;
    title(say_.closures_heading);
    for (const ClosureStudy& closure : study_.closures) {
      std::string text = filled(say_.closure, gate(closure.gate), whole_percent(closure.chance),
                                ships(closure.without), ships(closure.ships));
      if (!closure.cut_off.empty()) text += ' ' + filled(say_.no_way, list(closure.cut_off));
      out_ += wrap(text, 2, 4);
    }
  }

  void levers() {
    const bool any = std::any_of(study_.states.begin(), study_.states.end(),
                                 [](const StateStudy& s) { return !s.levers.empty(); });
    if (!any) return;
    title(say_.levers_heading);
    constexpr std::array<std::size_t, 8> widths{7, 9, 7, 7, 7, 7, 8, 9};
    header(say_.lever_columns, widths);
    for (const StateStudy& state : study_.states) {
      if (state.levers.empty()) continue;
      const auto find = [&](Lever lever) {
        return std::find_if(state.levers.begin(), state.levers.end(),
                            [&](const LeverGain& one) { return one.lever == lever; });
      };
      const auto gain = [&](Lever lever) {
        const auto found = find(lever);
        return found == state.levers.end() ? std::string("-") : number(found->ships, 2);
      };
      const auto released = find(Lever::released_hull);
      std::string per_hundred = "-";
      if (released != state.levers.end() && released->million_usd_a_year) {
        per_hundred = number(100 * released->ships / *released->million_usd_a_year, 2);
      }
      const std::array<std::string, 8> cells{
          state.hulls_per_station < never ? number(state.hulls_per_station, 1)
                                          : std::string(say_.never),
          ships(state.at_most.median),
          gain(Lever::hull),
          gain(Lever::released_hull),
          gain(Lever::deployment_month),
          gain(Lever::forward_base),
          per_hundred,
          state.million_usd_a_year ? number(*state.million_usd_a_year, 0) : std::string("-")};
      row(country(state.state), cells, widths);
    }
    out_ += faint(wrap(say_.levers_note, 0, 0));
  }

  void covering(const Cover& cover) {
    title(filled(say_.cover_heading, cover.ships));
    const Schedule& schedule = cover.schedule;
    const int needed = cover.ships * cover.months;
    std::string text = schedule.met
                           ? filled(say_.cover_met, cover.months)
                           : filled(say_.cover_missing, number(needed - schedule.missing, 0),
                                    needed, cover.months);
    if (!schedule.met) {
      text += ' ';
      text += schedule.binding
                  ? filled(say_.cover_binds,
                           say_.cover_limits[static_cast<std::size_t>(*schedule.binding)])
                  : std::string(say_.cover_no_single);
      if (schedule.ships_missing) text += ' ' + filled(say_.cover_more, *schedule.ships_missing);
    }
    if (cover.million_usd_a_year) {
      text += ' ' + filled(say_.cover_cost, number(*cover.million_usd_a_year, 0));
    }
    if (!schedule.proven) text += ' ' + std::string(say_.cover_unproven);
    out_ += wrap(text, 2, 2);
    std::string line = "  " + std::string(name_width, ' ') +
                       to_the_right(say_.cover_columns[0], 7) +
                       to_the_right(say_.cover_columns[1], 7);
    out_ += faint(line + "  " + std::string(say_.cover_columns[2])) + '\n';
    for (const CoverShips& state : cover.states) {
      line = "  " + padded(country(state.state), name_width) +
             to_the_right(std::to_string(state.given), 7) +
             to_the_right(std::to_string(state.sailings.size()), 7);
      const std::size_t indent = display_width(line) + 2;
      std::string months;
      for (const Sailing& sailing : state.sailings) {
        const auto month = [&](int period) {
          return std::to_string(((period % cover.months) + cover.months) % cover.months + 1);
        };
        if (!months.empty()) months += ", ";
        months += month(sailing.arrives) + '-' + month(sailing.leaves - 1);
      }
      const std::string wrapped = wrap(months.empty() ? "-" : months, indent, indent);
      out_ += line + "  " + wrapped.substr(indent);
    }
    out_ += faint(wrap(say_.cover_note, 0, 0));
  }

  const Study& study_;
  const StudyFacts* facts_;
  const Atlas* atlas_;
  const ReportOptions& options_;
  const PresenceMessages& say_;
  std::size_t indent_ = 0;  // of sentences
  std::string out_;
};

}  // namespace

std::string text_report(const Study& study, const Cover* cover, const StudyFacts& facts,
                        const Atlas& atlas, const ReportOptions& options) {
  return StudyText(study, &facts, &atlas, options).write(cover);
}

std::string summary(const Study& study, const ReportOptions& options) {
  return StudyText(study, nullptr, nullptr, options).summary();
}

}  // namespace delian::presence
