#include <fmt/format.h>

#include <functional>
#include <optional>

#include "delian/backtest_report.hpp"
#include "report/layout.hpp"

namespace delian {
namespace {

std::string plural(std::size_t count, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", count, count == 1 ? one : many);
}

using OneScore = std::function<std::optional<ScoreBesideModel>(const DecisionScore&)>;

std::string score_block(const DecisionBacktest& backtest, std::string_view title,
                        const OneScore& score, bool colour) {
  std::string out = fmt::format("\n{}\n  {:<28}  {:>6}  {}\n", bold(title, colour), "", "score",
                                "above the model's");
  for (const DecisionScore& row : backtest.scores) {
    const std::optional<ScoreBesideModel> one = score(row);
    if (!one) continue;
    out += fmt::format("  {:<28}  {:>6.3f}", row.forecaster, one->score);
    if (&row != &backtest.scores.front()) {
      out += fmt::format("  {:+.3f} ({:+.3f} to {:+.3f})", one->worse_by.mean, one->worse_by.low,
                         one->worse_by.high);
    }
    out += '\n';
  }
  return out;
}

std::string letters_header() {
  std::string header;
  for (std::size_t k = 0; k < outcome_count; ++k) {
    header += fmt::format("  {:>3}", outcome_letter(static_cast<Outcome>(k)));
  }
  return header;
}

std::string case_table(const DecisionBacktest& backtest, bool colour) {
  std::string out =
      fmt::format("\n{}\n  {:<36}  {:>7}{}  {:>5}\n", bold("Case by case, in percent", colour), "",
                  "outcome", letters_header(), "log");
  for (const DecisionCaseScore& row : backtest.cases) {
    out += fmt::format("  {:<36}  {:>7}", cut(plain(row.id), 36), outcome_letter(row.outcome));
    for (const double share : row.model) out += fmt::format("  {:>3.0f}", share * 100);
    out += fmt::format("  {:>5.2f}\n", row.log_score);
  }
  return out +
         wrap("A as drafted, W weakened, L late, B bypassed, X not adopted by the horizon.", 2, 2);
}

std::string confusion_table(const DecisionBacktest& backtest, bool colour) {
  std::string out = fmt::format("\n{}\n  {:<26}{}\n", bold("What was taken for what", colour),
                                "outcome / likeliest", letters_header());
  for (std::size_t k = 0; k < outcome_count; ++k) {
    out += fmt::format("  {:<26}", outcome_letter(static_cast<Outcome>(k)));
    for (const std::size_t count : backtest.confusion[k]) out += fmt::format("  {:>3}", count);
    out += '\n';
  }
  return out;
}

std::string reliability_rows(const DecisionBacktest& backtest, bool colour) {
  constexpr std::size_t enough = 30;  // below, a band holds a handful of cases
  std::string out = fmt::format("\n{}\n  {:<26}  {:>5}  {:>8}  {:>8}\n",
                                bold("Reliability of \"some agreement\"", colour), "forecast",
                                "cases", "mean", "happened");
  for (const ReliabilityRow& row : backtest.reliability) {
    out += fmt::format("  {:<26}  {:>5}  {:>6.0f} %  {:>6.0f} %\n",
                       fmt::format("{:.0f} to {:.0f} %", row.low * 100, row.high * 100), row.count,
                       row.mean_forecast * 100, row.observed * 100);
  }
  if (backtest.cases.size() < enough) {
    out += wrap("Few cases: read the counts, draw no curve.", 2, 2);
  }
  return out;
}

std::string digits(double value) {
  return fmt::format("{:.2g}", value);
}

}  // namespace

std::string decision_backtest_text(const DecisionBacktest& backtest, const std::string& source,
                                   bool colour) {
  std::string out =
      wrap(bold("Decisions taken", colour) +
               fmt::format(": {} of {}, in {}",
                           plural(backtest.cases.size(), "decided case", "decided cases"),
                           plain(source), plural(backtest.groups, "group", "groups")),
           0, 2);
  out += wrap(backtest.shipped_parameters
                  ? "Scored with the parameters that ship. Where they were calibrated on these "
                    "cases, the model's scores are not out of sample."
                  : fmt::format("Out of sample: {} folds, groups kept together. Parameters, base "
                                "rates and the rule of thumb come from the other folds.",
                                backtest.folds),
              0, 2);
  out += score_block(
      backtest, "Some agreement by the horizon, Brier score",
      [](const DecisionScore& s) { return std::optional(s.agreement); }, colour);
  out += score_block(
      backtest, "Agreed as drafted, Brier score",
      [](const DecisionScore& s) { return s.as_drafted; }, colour);
  out += score_block(
      backtest, "The five outcomes, log score", [](const DecisionScore& s) { return s.outcomes; },
      colour);
  out += wrap(
      fmt::format("Lower is better. Above the model's: mean difference with its 95 % interval, "
                  "groups resampled. The log score, in nats, spreads {:.0f} % of every forecast "
                  "evenly over the outcomes. Rule of thumb: does a member refuse at the highest "
                  "level, and is an opt-out or a side payment to be had. Centre of the priors: the "
                  "model with nothing fitted.",
                  even_share * 100),
      2, 2);
  out += case_table(backtest, colour);
  out += confusion_table(backtest, colour);
  out += reliability_rows(backtest, colour);
  out += '\n' + wrap(
                    "Decided cases that one hears of are mostly disputes. These scores hold for "
                    "questions on which a dispute is public, not for the many texts a year that "
                    "nobody objects to.",
                    0, 0);
  return out;
}

std::string calibration_text(const Calibration& calibration, const std::string& source,
                             bool colour) {
  std::string out = wrap(
      bold("The consensus model", colour) +
          fmt::format(", calibrated on {} of {}",
                      plural(calibration.cases, "decided case", "decided cases"), plain(source)),
      0, 2);
  out += fmt::format("\n  {:<16}  {:>6}  {:<16}  {:>6}  {:<16}  {:>6}\n", "parameter", "fitted",
                     "95 % interval", "prior", "95 % interval", "today");
  for (const FittedParameter& p : calibration.parameters) {
    out += fmt::format("  {:<16}  {:>6}  {:<16}  {:>6}  {:<16}  {:>6}\n", p.name, digits(p.value),
                       digits(p.low) + " to " + digits(p.high), digits(p.prior_centre),
                       digits(p.prior_low) + " to " + digits(p.prior_high), digits(p.in_force));
  }
  out += '\n';
  out +=
      wrap(fmt::format("Log score over the five outcomes: {:.3f} a case on these very cases, "
                       "{:.3f} with every parameter at the centre of its prior. Objective: {:.2f}, "
                       "of which {:.2f} is distance from the priors.",
                       calibration.log_score, calibration.prior_log_score, calibration.objective,
                       calibration.penalty),
           2, 2);
  out +=
      wrap(calibration.converged
               ? fmt::format("The search converged: no parameter moved alone by an eighth of its "
                             "prior's width does better ({} points asked).",
                             calibration.evaluations)
               : fmt::format("The search did not converge in {} points.", calibration.evaluations),
           2, 2);
  out += wrap(
      "Intervals come from the curvature of the objective. One as wide as its prior's says that "
      "the cases tell nothing about that parameter. What such parameters are worth only cases left "
      "out can tell: delian score --leave-one-out.",
      2, 2);
  out += "\n[parameters]\n";
  for (const FittedParameter& p : calibration.parameters) {
    out += fmt::format("{} = {}\n", p.name, digits(p.value));
  }
  return out;
}

}  // namespace delian
