#include "domain/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "delian/presence_report.hpp"
#include "delian/report.hpp"
#include "delian/score.hpp"
#include "report/layout.hpp"
#include "report/messages.hpp"
#include "report/scale_plot.hpp"

namespace delian {
namespace {

constexpr std::size_t bar_width = 40;
constexpr std::size_t most_rows = 8;
constexpr double row_threshold = 0.01;

class TextReport {
 public:
  TextReport(const Answer& answer, const Scenario& scenario, const Atlas& atlas,
             const ReportOptions& options)
      : answer_(answer),
        scenario_(scenario),
        atlas_(atlas),
        options_(options),
        say_(messages(options.language)) {}

  std::string write() {
    heading();
    outcomes();
    blockers();
    landing();
    stands_behind();
    confidence();
    change_our_mind();
    rests_on();
    footer();
    return std::move(out_);
  }

 private:
  std::string bold(std::string_view text) const { return delian::bold(text, options_.colour); }
  std::string tinted(std::string_view text, int colour) const {
    if (!options_.colour || text.empty()) return std::string(text);
    return fmt::format("\x1b[{}m{}\x1b[0m", colour, text);
  }
  std::string worded(double p) const {
    return word_and_number(p, options_.yardstick, options_.language);
  }
  std::string whole(double value) const { return fmt::format("{:.0f}", std::floor(value + 0.5)); }
  std::string_view language() const { return options_.language == Language::fr ? "fr" : "en"; }

  std::string country(const std::string& code) const {
    const Country* known = atlas_.find_country(code);
    return known == nullptr ? code : known->name.in(language());
  }

  void heading() {
    const ScenarioParts& parts = scenario_.parts();
    const std::string marking = cut(plain(parts.marking), text_width / 2);
    const std::size_t room = text_width - display_width(marking) - (marking.empty() ? 0 : 2);
    const std::string title = cut(plain(parts.question.title), room);
    out_ += bold(title) +
            std::string(text_width - display_width(title) - display_width(marking), ' ') + marking;
    while (!out_.empty() && out_.back() == ' ') out_.pop_back();
    out_ += '\n';
    const std::string body = scenario_.body().name.in(language());
    out_ += wrap(body + ", " +
                     fmt::format(fmt::runtime(say_.members_on),
                                 scenario_.rule().parts().title.in(language()),
                                 scenario_.members().size(), parts.question.closes.text()),
                 0, 0);
    scale_word(say_.text_is, parts.question.proposal);
    scale_word(say_.otherwise, parts.reversion);
    out_ += '\n';
    const std::string verdict =
        fmt::format(fmt::runtime(say_.as_drafted_by), parts.question.closes.text(),
                    bold(worded(answer_.as_drafted())));
    out_ += wrap(verdict, 0, 2);
    out_ += wrap(
        fmt::format(fmt::runtime(say_.some_agreement), short_number(parts.question.horizon_months),
                    worded(answer_.some_agreement())),
        0, 2);
  }

  /// "Text (60): One-person office in Tokyo", if the scale has a word for it.
  void scale_word(std::string_view label, double at) {
    for (const ScalePoint& point : scenario_.parts().scale) {
      if (point.at != at) continue;
      out_ += wrap(fmt::format(fmt::runtime(label), short_number(at), plain(point.meaning)), 0, 2);
      return;
    }
  }

  /// The first of 0, 1, 2, ... at which the running sum reaches `share` of the whole.
  template <class Values>
  static std::size_t quantile(const Values& values, double share) {
    double whole = 0;
    for (const double v : values) whole += v;
    double sum = 0;
    for (std::size_t k = 0; k < values.size(); ++k) {
      sum += values[k];
      if (sum >= share * whole) return k;
    }
    return values.size() - 1;
  }

  void outcomes() {
    out_ += '\n';
    std::size_t label = 0;
    for (const auto name : say_.outcomes) label = std::max(label, display_width(name));
    for (std::size_t k = 0; k < outcome_count; ++k) {
      const double p = answer_.outcomes[k];
      std::string bar;
      for (std::size_t b = 0; b < static_cast<std::size_t>(p * bar_width + 0.5); ++b) bar += "█";
      const bool adverse = k == static_cast<std::size_t>(Outcome::not_adopted);
      std::string line = fmt::format("  {:<{}}  {:>5}  {}", say_.outcomes[k], label,
                                     table_percent(p), tinted(bar, adverse ? 33 : 34));
      if (k == static_cast<std::size_t>(Outcome::weakened)) line += remedies();
      while (line.back() == ' ') line.pop_back();
      out_ += line + '\n';
    }
    if (answer_.some_agreement() >= row_threshold) {
      out_ +=
          '\n' +
          wrap(fmt::format(fmt::runtime(say_.if_agreed), quantile(answer_.agreed_text, 0.5),
                           quantile(answer_.agreed_text, 0.05), quantile(answer_.agreed_text, 0.95),
                           quantile(answer_.adopted_in_month, 0.5) + 1,
                           quantile(answer_.adopted_in_month, 0.95) + 1),
               0, 0);
    }
    if (!answer_.by_vote) {
      const auto drafted = static_cast<std::size_t>(Outcome::as_drafted);
      out_ += wrap(fmt::format(fmt::runtime(say_.coordination),
                               table_percent(answer_.uncoordinated[drafted]),
                               table_percent(answer_.coordinated[drafted]),
                               table_percent(coordination_weight())),
                   0, 0);
    }
  }

  double coordination_weight() const {
    const auto weight = answer_.provenance.parameters.find("lambda");
    return weight == answer_.provenance.parameters.end() ? 0 : weight->second;
  }

  std::string remedies() const {
    std::string text;
    for (std::size_t k = 0; k < remedy_count; ++k) {
      if (answer_.remedies[k] < row_threshold) continue;
      text += fmt::format("{}{} {}", text.empty() ? " (" : ", ", say_.remedies[k],
                          table_percent(answer_.remedies[k]));
    }
    return text.empty() ? text : text + ")";
  }

  std::string evidence_of(const Blocker& blocker, std::size_t room) const {
    std::string text;
    std::size_t left = blocker.sources.size();
    for (const std::string& id : blocker.sources) {
      const Evidence* evidence = scenario_.find_evidence(id);
      std::string item = plain(id);
      if (evidence != nullptr && evidence->kind == Evidence::Kind::judgement) {
        item += fmt::format(" {}", say_.judgement);
      } else if (evidence != nullptr && !evidence->grade.empty()) {
        item += " " + evidence->grade;
        if (evidence->status == Evidence::Status::contested) item += "‡";
        if (evidence->status == Evidence::Status::corrected) item += "✎";
      }
      const std::size_t needed = display_width(text) + display_width(item) + 2 + (left > 1 ? 5 : 0);
      if (!text.empty() && needed > room) return text + fmt::format(", +{}", left);
      text += (text.empty() ? "" : ", ") + item;
      --left;
    }
    return cut(text, room);
  }

  void blockers() {
    std::size_t rows = 0;
    while (rows < std::min(most_rows, answer_.blockers.size()) &&
           answer_.blockers[rows].objects >= row_threshold) {
      ++rows;
    }
    out_ += '\n' + bold(answer_.by_vote ? say_.who_withholds : say_.who_blocks) + '\n';
    if (rows == 0) {
      out_ += fmt::format("  {}\n", say_.nobody_blocks);
      return;
    }
    constexpr std::size_t name_width = 20;
    const std::string_view objects = answer_.by_vote ? say_.withholds : say_.objects;
    const std::string_view alone = answer_.by_vote ? say_.decisive : say_.alone;
    const std::size_t w1 = std::max<std::size_t>(7, display_width(objects));
    const std::size_t w2 = std::max<std::size_t>(6, display_width(alone));
    const std::size_t w3 = std::max<std::size_t>(9, display_width(say_.if_absent));
    out_ += fmt::format("  {:<{}}  {:>{}}  {:>{}}  {:>{}}  {:>5}  {}\n", "", name_width, objects,
                        w1, alone, w2, say_.if_absent, w3, say_.share, say_.evidence);
    const std::size_t used = 2 + name_width + 2 + w1 + 2 + w2 + 2 + w3 + 2 + 5 + 2;
    for (std::size_t k = 0; k < rows; ++k) {
      const Blocker& b = answer_.blockers[k];
      out_ += fmt::format("  {:<{}}  {:>{}}  {:>{}}  {:>{}}  {:>5}  {}\n",
                          cut(b.code + " " + country(b.code), name_width), name_width,
                          table_percent(b.objects), w1, table_percent(b.alone), w2,
                          table_percent(b.agreed_if_absent), w3, table_percent(b.blocking_share),
                          evidence_of(b, text_width - used));
    }
    const std::size_t rest = answer_.blockers.size() - rows;
    if (rest == 1) {
      out_ += fmt::format("  {}\n", say_.other);
    } else if (rest > 1 && answer_.blockers[rows].objects < row_threshold) {
      out_ += fmt::format("  {}\n", fmt::format(fmt::runtime(say_.others), rest));
    } else if (rest > 1) {
      out_ += fmt::format("  {}\n", fmt::format(fmt::runtime(say_.more), rest));
    }
    out_ += tinted(wrap(answer_.by_vote ? say_.table_note_vote : say_.table_note_silence, 0, 0), 2);
  }

  void stands_behind() {
    if (!answer_.presence) return;
    out_ += '\n' + bold(say_.stands_behind) + '\n';
    out_ += presence::summary(*answer_.presence, options_);
  }

  void landing() {
    if (!answer_.landing) return;
    for (const IssueLanding& issue : answer_.landing->issues) {
      std::string title(say_.landing);
      if (answer_.landing->issues.size() > 1) title += std::string(say_.colon) + plain(issue.title);
      out_ += '\n' + bold(cut(title, text_width)) + '\n';
      distribution(issue);
      panel(issue);
    }
    std::string left_out;
    for (const ModelLeftOut& model : answer_.landing->left_out) {
      left_out += left_out.empty() ? "" : ", ";
      left_out += fmt::format(fmt::runtime(say_.needs), model.model, model.needs);
    }
    if (!left_out.empty()) out_ += wrap(fmt::format(fmt::runtime(say_.left_out), left_out), 2, 4);
    out_ += tinted(
        wrap(fmt::format(fmt::runtime(say_.landing_source),
                         grouped(answer_.landing->draws, say_.thousands), answer_.landing->weights),
             2, 4),
        2);
  }

  /// The points of an issue that everybody knows: what stays without agreement, and the text.
  std::pair<std::optional<double>, std::optional<double>> known_points(
      const IssueLanding& issue) const {
    const ScenarioParts& parts = scenario_.parts();
    for (const FurtherIssue& further : parts.issues) {
      if (further.id == issue.id) return {further.reversion, further.proposal};
    }
    return {parts.reversion, parts.question.proposal};
  }

  void distribution(const IssueLanding& issue) {
    const auto at = [&](double share) { return whole(quantile_of(issue.distribution, share)); };
    out_ += wrap(fmt::format(fmt::runtime(say_.landing_range), at(0.5), at(0.25), at(0.75),
                             at(0.05), at(0.95)),
                 2, 4);
    for (const PointRange& range : options_.within) {
      out_ += wrap(fmt::format(fmt::runtime(say_.landing_within), short_number(range.low),
                               short_number(range.high),
                               worded(probability_within(issue.distribution, range))),
                   2, 4);
    }
    const auto [reversion, text] = known_points(issue);
    std::vector<double> marks;
    std::string legend(say_.landing_legend);
    std::string named;
    for (const auto& [point, name] :
         {std::pair{reversion, say_.mark_reversion}, std::pair{text, say_.mark_text}}) {
      if (!point) continue;
      marks.push_back(*point);
      named += (named.empty() ? "" : ", ") + fmt::format(fmt::runtime(name), short_number(*point));
    }
    if (!named.empty()) {
      legend += std::string(say_.semicolon) + fmt::format(fmt::runtime(say_.landing_marks), named);
    }
    out_ += '\n' + tinted(dot_plot(issue.distribution, marks), 34) + tinted(wrap(legend, 2, 4), 2);
  }

  /// What each model says, lowest first.
  void panel(const IssueLanding& issue) {
    if (issue.models.empty()) return;
    constexpr std::size_t name_width = 18;
    constexpr std::size_t strip_width = 41;
    out_ += '\n' +
            wrap(fmt::format(fmt::runtime(say_.landing_models), issue.models.size(),
                             whole(issue.models.front().median), whole(issue.models.back().median)),
                 2, 4);
    out_ += fmt::format("  {:<{}}  {:>7}  {}\n", "", name_width, say_.median, say_.range_90);
    for (const ModelLanding& row : issue.models) {
      std::string line =
          fmt::format("  {:<{}}  {:>7}  {}", cut(row.model, name_width), name_width,
                      whole(row.median), range_strip(row.low, row.median, row.high, strip_width));
      if (row.unsettled > 0) {
        const double share =
            static_cast<double>(row.unsettled) / static_cast<double>(answer_.landing->draws);
        line += fmt::format(" ~{}", table_percent(share));
      }
      out_ += line + '\n';
    }
    const bool any = std::any_of(issue.models.begin(), issue.models.end(),
                                 [](const ModelLanding& m) { return m.unsettled > 0; });
    if (any) out_ += tinted(wrap(say_.unsettled, 2, 4), 2);
  }

  void confidence() {
    const Confidence& c = answer_.confidence;
    std::vector<std::string> reasons;
    const bool unsteady = c.swing >= 0.3;  // what decides comes first
    const std::string swing = fmt::format(fmt::runtime(say_.swing), whole(c.swing * 100));
    if (unsteady) reasons.push_back(swing);
    if (c.judgement_only > 0) {
      reasons.push_back(fmt::format(fmt::runtime(say_.judgement_alone), c.judgement_only,
                                    scenario_.members().size()));
    }
    reasons.push_back(
        fmt::format(fmt::runtime(say_.sourced_share), table_percent(c.sourced_share)));
    if (c.unknown > 0) {
      reasons.push_back(fmt::format(fmt::runtime(say_.unknown), c.unknown));
    }
    if (c.contested == 1) reasons.emplace_back(say_.contested_one);
    if (c.contested > 1) {
      reasons.push_back(fmt::format(fmt::runtime(say_.contested_many), c.contested));
    }
    if (!unsteady && c.swing >= 0.015) reasons.push_back(swing);
    std::string line(say_.confidence[static_cast<std::size_t>(c.level)]);
    for (std::size_t k = 0; k < reasons.size(); ++k)
      line += std::string(k == 0 ? say_.colon : say_.semicolon) + reasons[k];
    out_ += '\n' + wrap(line + ".", 0, 0);
  }

  void change_our_mind() {
    if (!explained()) return;
    out_ += '\n' + bold(say_.change_our_mind) + '\n';
    if (answer_.tipping_points.empty()) out_ += fmt::format("  {}\n", say_.no_tipping);
    for (const TippingPoint& point : answer_.tipping_points) {
      out_ += wrap(fmt::format(fmt::runtime(say_.tipping), country(point.member),
                               say_.fields[static_cast<std::size_t>(point.field)], whole(point.now),
                               whole(point.at), worded(point.probability)),
                   2, 4);
    }
  }

  void rests_on() {
    if (!explained()) return;
    out_ += '\n' + bold(say_.rests_on) + '\n';
    if (answer_.load_bearing.empty()) {
      const bool none = answer_.confidence.sourced_share == 0;
      out_ += wrap(none ? say_.no_reports : say_.no_load_bearing, 2, 2);
    }
    constexpr std::size_t told = 3;
    for (std::size_t k = 0; k < std::min(told, answer_.load_bearing.size()); ++k) {
      const LoadBearing& load = answer_.load_bearing[k];
      if (load.member.empty()) {
        out_ += claim(load.evidence.front());
        out_ += wrap(fmt::format(fmt::runtime(say_.without), plain(load.evidence.front()),
                                 worded(load.probability)),
                     4, 6);
      } else {
        out_ += wrap(
            fmt::format(fmt::runtime(say_.all_behind), graded(load.evidence), country(load.member)),
            2, 4);
        out_ += wrap(fmt::format(fmt::runtime(say_.without_all), worded(load.probability)), 4, 6);
      }
    }
  }

  std::string graded(const std::vector<std::string>& ids) const {
    std::vector<std::string> items;
    for (const std::string& id : ids) {
      const std::string& grade = scenario_.find_evidence(id)->grade;
      items.push_back(plain(grade.empty() ? id : id + " " + grade));
    }
    return list_of(items, say_.list_and);
  }

  /// A report with its grade, source, date and claim; the claim is cut after two lines.
  std::string claim(const std::string& id) const {
    const Evidence* evidence = scenario_.find_evidence(id);
    std::string text = id;
    if (!evidence->grade.empty()) text += " " + evidence->grade;
    text += " (" + evidence->source;
    if (evidence->published) text += ", " + evidence->published->text();
    return wrap(cut(plain(text + "): " + evidence->says), 2 * text_width - 12), 2, 4);
  }

  void footer() {
    const Provenance& p = answer_.provenance;
    out_ += '\n';
    if (!explained()) {
      out_ +=
          wrap(fmt::format(fmt::runtime(say_.interrupted), grouped(p.draws_done, say_.thousands),
                           grouped(p.draws_asked, say_.thousands)),
               0, 0);
    }
    out_ += tinted(wrap(say_.conditional, 0, 0), 2);
    if (options_.yardstick == Yardstick::uk) out_ += tinted(wrap(say_.unconfirmed_words, 0, 0), 2);
    const std::size_t overridden = scenario_.parts().parameters.size();
    const std::string parameters =
        overridden == 0 ? p.defaults
                        : fmt::format(fmt::runtime(say_.overridden), p.defaults, overridden);
    // 95 % of repetitions with other draws would fall within this.
    const std::string margin = fmt::format("{:.1f}", 200 * answer_.standard_error + 0.05);
    out_ += tinted(
        wrap(fmt::format(fmt::runtime(say_.provenance), grouped(p.draws_done, say_.thousands),
                         margin, p.seed, p.engine_version, p.model, parameters),
             0, 0),
        2);
  }

  bool explained() const { return answer_.explained; }

  const Answer& answer_;
  const Scenario& scenario_;
  const Atlas& atlas_;
  const ReportOptions& options_;
  const Messages& say_;
  std::string out_;
};

}  // namespace

std::string text_report(const Answer& answer, const Scenario& scenario, const Atlas& atlas,
                        const ReportOptions& options) {
  return TextReport(answer, scenario, atlas, options).write();
}

}  // namespace delian
