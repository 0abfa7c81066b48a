#include <fmt/format.h>

#include <algorithm>

#include "delian/backtest_report.hpp"
#include "report/layout.hpp"

namespace delian {
namespace {

std::string interval(const BootstrapMean& b) {
  return fmt::format("{:+6.2f} ({:+.2f} to {:+.2f})", b.mean, b.low, b.high);
}

std::string score_row(const LandingScore& score, bool reference) {
  std::string line = fmt::format("  {:<29}  {:>5}  {:>6.2f}  {:>6.2f}", cut(score.forecaster, 29),
                                 score.cases, score.crps, score.absolute_error);
  if (!reference) line += "  " + interval(score.worse_by);
  return line + '\n';
}

}  // namespace

std::string landing_backtest_text(const LandingBacktest& backtest, const std::string& source,
                                  bool colour) {
  std::string out;
  out += wrap(bold("Where deals landed", colour) +
                  fmt::format(": {} decided issues of {}, in {} groups", backtest.cases.size(),
                              plain(source), backtest.groups),
              0, 2);
  out += wrap(backtest.shipped_weights
                  ? "Scored with the weights that ship (" + backtest.weights.id +
                        "); climatology is learned on the other folds."
                  : fmt::format("Out of sample: {} folds, groups kept together; what is learned is "
                                "learned on the other folds.",
                                backtest.folds),
              0, 2);
  out += fmt::format("\n  {:<29}  {:>5}  {:>6}  {:>6}  {}\n", "", "cases", "CRPS", "error",
                     "above the mixture's CRPS");
  for (const LandingScore& score : backtest.scores) {
    out += score_row(score, &score == &backtest.scores.front());
  }
  out += wrap(
      "CRPS: continuous ranked probability score, in points of the scale; lower is better. "
      "A model that names a point is scored by its absolute error. error: of the median. "
      "In brackets: 95 % interval, groups resampled.",
      2, 2);

  out += '\n' + bold("Calibration of the mixture", colour) + '\n';
  out += fmt::format("  {:<22}  {:>8}  {:>12}  {:>6}\n", "central interval", "outcomes",
                     "randomised", "width");
  for (const LandingCoverage& c : backtest.coverage) {
    out += fmt::format("  {:<22}  {:>8}  {:>12}  {:>6.0f}\n", fmt::format("{:.0f} %", c.size * 100),
                       table_percent(c.closed), table_percent(c.randomised), c.width);
  }
  out += wrap(
      "outcomes: inside the closed interval, whose ends carry atoms; randomised: by the "
      "randomised probability integral transform, which atoms do not mislead.",
      2, 2);
  const double expected =
      static_cast<double>(backtest.cases.size()) / static_cast<double>(backtest.deciles.size());
  std::string deciles;
  for (const double count : backtest.deciles) deciles += fmt::format(" {:5.1f}", count);
  out += fmt::format("  deciles ({:.1f} expected)\n  {}\n", expected, deciles);

  if (!backtest.worth.empty()) {
    out += '\n' + bold("What each component is worth", colour) + '\n';
    out += fmt::format("  {:<22}  {:>6}  {:>12}  {}\n", "left out", "weight", "CRPS", "cost");
    for (const ComponentWorth& row : backtest.worth) {
      out +=
          fmt::format("  {:<22}  {:>6.3f}  {:>12.2f}  {}\n", landing_component_name(row.component),
                      row.weight, row.crps, interval(row.cost));
    }
    out += fmt::format("  spread of the range normal: {}\n", backtest.weights.spread);
  }
  for (const ModelLeftOut& model : backtest.left_out) {
    out += wrap(fmt::format("Left out: {} needs {}.", model.model, model.needs), 0, 2);
  }
  return out;
}

}  // namespace delian
