#include "report/table_landing.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "delian/assert.hpp"
#include "domain/text.hpp"
#include "report/layout.hpp"
#include "report/messages.hpp"
#include "report/scale_plot.hpp"

namespace delian {
namespace {

constexpr std::size_t label_width = 24;
constexpr std::size_t value_width = 8;
constexpr std::size_t strip_width = 30;
constexpr std::size_t ending_width = 11;
static_assert(2 + label_width + 1 + value_width + 2 + strip_width + 2 + ending_width == text_width);

constexpr std::size_t most_panels = 8;
constexpr std::size_t most_round_columns = 8;

std::string padded(std::string_view text, std::size_t width, bool right = false) {
  const std::string kept = cut(text, width);
  const std::string blanks(width - display_width(kept), ' ');
  return right ? blanks + kept : kept + blanks;
}

std::string line_of(std::string line) {
  while (line.ends_with(' ')) line.pop_back();
  return line + '\n';
}

/// One line of a panel.
struct Row {
  std::string label;
  double value;
  std::string_view mark;
  std::string_view ending;
};

/// Shares of influence by place on the scale, as heights.
std::string influence_strip(const std::vector<std::pair<double, double>>& places) {
  constexpr std::array<std::string_view, 9> heights{" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
  std::array<double, strip_width> sums{};
  std::array<bool, strip_width> taken{};
  for (const auto& [percent, influence] : places) {
    const auto column = static_cast<std::size_t>(percent / 100 * (strip_width - 1) + 0.5);
    sums[column] += influence;
    taken[column] = true;
  }
  const double most = *std::max_element(sums.begin(), sums.end());
  std::string text;
  for (std::size_t k = 0; k < strip_width; ++k) {
    const double share = most > 0 ? sums[k] / most : 0;
    const auto height = static_cast<std::size_t>(std::ceil(share * 8));
    // Who stands somewhere without influence is seen there.
    text += heights[std::clamp<std::size_t>(height, taken[k] ? 1 : 0, 8)];
  }
  return text;
}

/// Where a value of the issue lies between 0 and 100.
double percent_of(const Issue& issue, double value) {
  return 100 * std::clamp((value - issue.low) / (issue.high - issue.low), 0.0, 1.0);
}

std::string strip_of(const Issue& issue, double value, std::string_view mark) {
  const double percent = percent_of(issue, value);
  std::string strip = range_strip(percent, percent, percent, strip_width);
  constexpr std::string_view dot = "●";
  return strip.replace(strip.find(dot), dot.size(), mark);
}

class TableLandingReport {
 public:
  TableLandingReport(const ActorTable& table, std::span<const ModelOnTable> models,
                     const TableLandingView& view)
      : table_(table),
        models_(models),
        view_(view),
        common_(messages(view.language)),
        say_(common_.table_landing) {}

  std::string write() {
    if (view_.issues.size() <= most_panels) {
      for (const std::size_t k : view_.issues) panel(k);
    } else {
      overview();
    }
    return std::move(out_);
  }

 private:
  std::string bold(std::string_view text) const { return delian::bold(text, view_.colour); }
  std::string number(const Issue& issue, double value) const {
    return on_scale_of(issue.high - issue.low, value);
  }
  /// What a user calls the issue.
  std::string name(const Issue& issue) const {
    if (issue.title.empty() || issue.title == issue.id) return plain(issue.id);
    if (table_.issues().size() == 1) return plain(issue.title);
    return plain(issue.id + ": " + issue.title);
  }

  std::vector<const ModelOnTable*> in_rising_order(std::size_t k) const {
    std::vector<const ModelOnTable*> order;
    for (const ModelOnTable& model : models_) {
      if (model.landings[k].value) order.push_back(&model);
    }
    std::stable_sort(order.begin(), order.end(), [&](const auto* a, const auto* b) {
      return *a->landings[k].value < *b->landings[k].value;
    });
    return order;
  }

  void panel(std::size_t k) {
    const Issue& issue = table_.issues()[k];
    if (!out_.empty()) out_ += '\n';
    std::vector<std::pair<double, double>> places;
    for (std::size_t i = 0; i < table_.actors().size(); ++i) {
      const auto& stand = table_.stand(i, k);
      if (!stand) continue;
      places.emplace_back(percent_of(issue, stand->position), stand->salience * stand->capability);
    }
    heading(issue, places.size());
    const std::string left = short_number(issue.low);
    const std::string right = short_number(issue.high);
    const std::size_t gap = strip_width - std::min(strip_width, left.size() + right.size());
    line("", say_.lands_at, left + std::string(gap, ' ') + right, say_.ended);
    line(say_.positions, "", influence_strip(places), "");

    const auto order = in_rising_order(k);
    bool unsettled = false;
    for (const ModelOnTable* model : order) {
      const TableLanding& landing = model->landings[k];
      unsettled = unsettled || landing.termination > Termination::converged;
      row(issue, {std::string(model->model->info.id), *landing.value, "●",
                  say_.termination[static_cast<std::size_t>(landing.termination)]});
    }
    if (issue.reversion) row(issue, {std::string(say_.reversion), *issue.reversion, "○", ""});
    if (issue.outcome) row(issue, {std::string(say_.outcome), *issue.outcome, "◆", ""});
    agreement(issue, k, order);
    if (unsettled) out_ += wrap(say_.unsettled, 0, 0);
    left_out(k);
    if (view_.rounds) {
      for (const ModelOnTable* model : order) rounds(*model, k);
    }
  }

  void row(const Issue& issue, const Row& row) {
    line(row.label, number(issue, row.value), strip_of(issue, row.value, row.mark), row.ending);
  }

  void line(std::string_view label, std::string_view value, std::string_view strip,
            std::string_view ending) {
    out_ += line_of("  " + padded(label, label_width) + ' ' + padded(value, value_width, true) +
                    "  " + padded(strip, strip_width) + "  " + cut(ending, ending_width));
  }

  void heading(const Issue& issue, std::size_t actors) {
    const std::string scale = fmt::format(fmt::runtime(say_.scale), short_number(issue.low),
                                          short_number(issue.high), actors);
    const std::size_t room = text_width - display_width(scale) - 2;
    const std::string title = cut(name(issue), room);
    out_ += bold(title) +
            std::string(text_width - display_width(title) - display_width(scale), ' ') + scale +
            '\n';
  }

  void agreement(const Issue& issue, std::size_t k, const std::vector<const ModelOnTable*>& order) {
    if (order.empty()) {
      out_ += wrap(say_.no_model, 0, 0);
      return;
    }
    std::vector<double> values;
    values.reserve(order.size());
    for (const ModelOnTable* model : order) values.push_back(*model->landings[k].value);
    const double median = median_of(values);
    if (values.size() == 1) {
      out_ += wrap(fmt::format(fmt::runtime(say_.one_model), number(issue, median)), 0, 0);
    } else {
      const double apart = values.back() - values.front();
      out_ += wrap(fmt::format(fmt::runtime(say_.apart), number(issue, values.front()),
                               number(issue, values.back()), number(issue, apart),
                               table_percent(apart / (issue.high - issue.low)), values.size(),
                               number(issue, median)),
                   0, 0);
    }
    // All that take issues together take those of one group.
    std::vector<std::string> joint;
    std::size_t together = 1;
    for (const ModelOnTable* model : order) {
      if (model->landings[k].together < 2) continue;
      joint.emplace_back(model->model->info.id);
      together = model->landings[k].together;
    }
    if (joint.empty()) return;
    out_ += wrap(
        fmt::format(fmt::runtime(say_.together), list_of(joint, common_.list_and), together), 0, 0);
  }

  void left_out(std::size_t k) {
    std::vector<std::string> left;
    for (const ModelOnTable& model : models_) {
      if (model.landings[k].value) continue;
      left.push_back(
          fmt::format(fmt::runtime(common_.needs), model.model->info.id, model.landings[k].needs));
    }
    if (left.empty()) return;
    const std::string list = list_of(left, common_.list_and);
    out_ += wrap(fmt::format(fmt::runtime(common_.left_out), list), 0, 0);
  }

  void rounds(const ModelOnTable& model, std::size_t k) {
    const Issue& issue = table_.issues()[k];
    const auto& all = model.landings[k].rounds;
    if (all.empty()) return;
    // The first rounds and the last one, where they do not all fit.
    std::vector<std::size_t> shown;
    for (std::size_t r = 0; r < std::min(all.size(), most_round_columns - 1); ++r) {
      shown.push_back(r);
    }
    if (all.size() >= most_round_columns) shown.push_back(all.size() - 1);
    out_ += '\n' + fmt::format(fmt::runtime(say_.rounds), bold(model.model->info.id)) + '\n';
    constexpr std::size_t column = 7;
    constexpr std::size_t room = text_width - 2 - most_round_columns * column;
    std::string header = "  " + std::string(room, ' ');
    for (const std::size_t r : shown) header += padded(std::to_string(r), column, true);
    out_ += line_of(header);
    for (std::size_t i = 0; i < table_.actors().size(); ++i) {
      if (!table_.stand(i, k)) continue;
      std::string line = "  " + padded(plain(table_.actors()[i]), room);
      for (const std::size_t r : shown) line += padded(number(issue, all[r][i]), column, true);
      out_ += line_of(line);
    }
  }

  void overview() {
    constexpr std::size_t column = 10;
    constexpr std::size_t room = text_width - 2 - 4 * column;
    std::string header = "  " + padded(say_.issue, room);
    for (const std::string_view word :
         {say_.lowest, common_.median, say_.highest, say_.share_apart}) {
      header += padded(word, column, true);
    }
    out_ += line_of(header);
    for (const std::size_t k : view_.issues) {
      const Issue& issue = table_.issues()[k];
      std::string line = "  " + padded(name(issue), room - 1) + ' ';
      std::vector<double> values;
      for (const ModelOnTable* model : in_rising_order(k)) {
        values.push_back(*model->landings[k].value);
      }
      if (!values.empty()) {
        const double apart = (values.back() - values.front()) / (issue.high - issue.low);
        for (const double value : {values.front(), median_of(values), values.back()}) {
          line += padded(number(issue, value), column, true);
        }
        line += padded(table_percent(apart), column, true);
      }
      out_ += line_of(line);
    }
    out_ += wrap(say_.table_note, 0, 0);
    misses();
    left_out_anywhere();
  }

  /// Shares of the scale, so that issues with different units can be averaged.
  void misses() {
    std::vector<std::size_t> decided;
    for (const std::size_t k : view_.issues) {
      if (table_.issues()[k].outcome) decided.push_back(k);
    }
    if (decided.empty()) return;
    out_ += '\n' + fmt::format(fmt::runtime(say_.misses), decided.size()) + '\n';
    std::vector<std::pair<double, std::string_view>> means;
    for (const ModelOnTable& model : models_) {
      double sum = 0;
      std::size_t count = 0;
      for (const std::size_t k : decided) {
        if (!model.landings[k].value) continue;
        const Issue& issue = table_.issues()[k];
        sum += std::abs(*model.landings[k].value - *issue.outcome) / (issue.high - issue.low);
        ++count;
      }
      // A mean over other issues than the rest would be no comparison.
      if (count == decided.size()) {
        means.emplace_back(sum / static_cast<double>(count), model.model->info.id);
      }
    }
    std::stable_sort(means.begin(), means.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    for (const auto& [mean, title] : means) {
      out_ += line_of("  " + padded(title, 40) + fmt::format("{:.1f} %", mean * 100));
    }
  }

  void left_out_anywhere() {
    std::vector<std::string> left;
    for (const ModelOnTable& model : models_) {
      std::string_view needs;
      for (const std::size_t k : view_.issues) {
        if (!model.landings[k].value) needs = model.landings[k].needs;
      }
      if (needs.empty()) continue;
      left.push_back(fmt::format(fmt::runtime(common_.needs), model.model->info.id, needs));
    }
    if (left.empty()) return;
    out_ += wrap(
        fmt::format(fmt::runtime(say_.left_out_somewhere), list_of(left, common_.list_and)), 0, 0);
  }

  const ActorTable& table_;
  std::span<const ModelOnTable> models_;
  const TableLandingView& view_;
  const Messages& common_;
  const TableLandingPhrases& say_;
  std::string out_;
};

}  // namespace

std::string on_scale_of(double length, double value) {
  int decimals = 3;
  for (double unit = 1; decimals > 0 && length > unit; unit *= 10) --decimals;
  const std::string text = fmt::format("{:.{}f}", value, decimals);
  const bool zero = text.find_first_not_of("-0.") == std::string::npos;
  return zero && text.starts_with('-') ? text.substr(1) : text;
}

double median_of(std::vector<double> values) {
  DELIAN_ASSERT(!values.empty());
  std::sort(values.begin(), values.end());
  const std::size_t half = values.size() / 2;
  return values.size() % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
}

std::string table_landing_report(const ActorTable& table, std::span<const ModelOnTable> models,
                                 const TableLandingView& view) {
  return TableLandingReport(table, models, view).write();
}

std::string model_list(std::span<const BargainingModel* const> models, Language language,
                       bool colour) {
  const TableLandingPhrases& say = messages(language).table_landing;
  std::string out;
  for (const BargainingModel* model : models) {
    const ModelInfo& info = model->info;
    if (!out.empty()) out += '\n';
    out += bold(info.id, colour);
    out +=
        fmt::format("  {} [{}]\n", info.title, fmt::format(fmt::runtime(say.source), info.source));
    if (model->parameters().empty()) out += fmt::format("  {}\n", say.no_parameters);
    for (const ParameterInfo& parameter : model->parameters()) {
      std::string bounds;
      if (parameter.choices.empty()) {
        bounds = fmt::format(fmt::runtime(say.parameter), short_number(parameter.minimum),
                             short_number(parameter.maximum), short_number(parameter.initial));
      } else {
        std::vector<std::string> choices(parameter.choices.begin(), parameter.choices.end());
        bounds = fmt::format(fmt::runtime(say.choice), list_of(choices, ", "),
                             parameter.choices[static_cast<std::size_t>(parameter.initial)]);
      }
      out += wrap(fmt::format("{}: {} ({})", parameter.name, parameter.meaning, bounds), 2, 6);
    }
  }
  return out;
}

}  // namespace delian
