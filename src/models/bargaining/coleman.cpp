// Coleman's exchange of control: actors trade their control over issues they care little about for
// control over those they care about, at the prices that clear the market.

#include <algorithm>

#include "delian/bargaining.hpp"

namespace delian::bargaining {
namespace {

struct Options {};

constexpr std::array<Parameter<Options>, 0> parameters{};

/// Every price gives this share of itself to all prices alike. It decides only what the market
/// leaves open (markets that do not trade with one another; issues in which nobody with control has
/// an interest) and is beyond the last digit of everything else.
constexpr double leak = 1e-15;

/// The stationary distribution of a Markov chain without absorbing parts, by elimination of one
/// state after the other. Nothing is subtracted, so that small chances keep their digits. Source:
/// Grassmann, Taksar & Heyman 1985.
///
/// @param flow  [from * states + to], rows sum to 1
std::vector<double> stationary(std::vector<double> flow, std::size_t states) {
  std::vector<double> out_of(states, 1);
  for (std::size_t last = states - 1; last > 0; --last) {
    double down = 0;
    for (std::size_t to = 0; to < last; ++to) down += flow[last * states + to];
    out_of[last] = down;
    for (std::size_t from = 0; from < last; ++from) {
      const double through = flow[from * states + last] / down;
      for (std::size_t to = 0; to < last; ++to) {
        flow[from * states + to] += through * flow[last * states + to];
      }
    }
  }
  std::vector<double> share(states);
  share[0] = 1;
  double total = 1;
  for (std::size_t state = 1; state < states; ++state) {
    for (std::size_t from = 0; from < state; ++from) {
      share[state] += share[from] * flow[from * states + state];
    }
    share[state] /= out_of[state];
    total += share[state];
  }
  for (double& one : share) one /= total;
  return share;
}

/// With control c_ip (shares of an issue) and interest s_ip (shares of an actor): prices
/// v_p = sum_i s_ip r_i, power r_i = sum_p c_ip v_p, and after trade i controls s_ip r_i / v_p of
/// p.
Forecast solve(const BargainingSetting& setting, const BargainingDraw& draw,
               const Options& /*options*/) {
  const std::size_t actors = setting.actors;
  const std::size_t issues = setting.issues.size();
  // Who is interested in nothing trades nothing: its control is nobody's.
  std::vector<double> interest(draw.salience.begin(), draw.salience.end());
  std::vector<double> control(draw.capability.begin(), draw.capability.end());
  std::vector<double> in_all(issues, 0);
  for (std::size_t i = 0; i < actors; ++i) {
    double sum = 0;
    for (std::size_t p = 0; p < issues; ++p) sum += interest[i * issues + p];
    for (std::size_t p = 0; p < issues; ++p) {
      const std::size_t k = i * issues + p;
      if (sum > 0) interest[k] /= sum;
      if (sum <= 0) control[k] = 0;
      in_all[p] += control[k];
    }
  }
  for (std::size_t k = 0; k < control.size(); ++k) control[k] /= in_all[k % issues];
  // What is paid for issue p goes to its owners, who spend it on what they care about: prices are
  // the stationary distribution of that flow. The leak passes through one more state.
  const std::size_t states = issues + 1;
  std::vector<double> flow(states * states, 0);
  for (std::size_t p = 0; p < issues; ++p) {
    for (std::size_t q = 0; q < issues; ++q) {
      double sum = 0;
      for (std::size_t i = 0; i < actors; ++i) {
        sum += control[i * issues + p] * interest[i * issues + q];
      }
      flow[p * states + q] = (1 - leak) * sum;
    }
    flow[p * states + issues] = leak;
    flow[issues * states + p] = 1 / static_cast<double>(issues);
  }
  const std::vector<double> price = stationary(std::move(flow), states);
  Forecast forecast;
  forecast.landing.resize(issues);
  forecast.weight.resize(actors * issues);
  std::vector<double> bought(issues, 0);
  for (std::size_t i = 0; i < actors; ++i) {
    double power = 0;
    for (std::size_t p = 0; p < issues; ++p) power += control[i * issues + p] * price[p];
    for (std::size_t p = 0; p < issues; ++p) {
      forecast.weight[i * issues + p] = interest[i * issues + p] * power;
      bought[p] += forecast.weight[i * issues + p];
    }
  }
  for (std::size_t k = 0; k < forecast.weight.size(); ++k) {
    forecast.weight[k] /= bought[k % issues];
    if (forecast.weight[k] > 0) {
      forecast.landing[k % issues] += forecast.weight[k] * draw.position[k];
    }
  }
  return forecast;
}

}  // namespace

extern const BargainingModel coleman;
constinit const BargainingModel coleman =
    define_bargaining_model<Options, parameters, solve, applies_everywhere>(
        {
            .id = "coleman",
            .title = "Coleman exchange",
            .source = "coleman1990",
            .defaults = "none",
            .defaults_provenance = "The model has no parameters.",
        },
        true);

}  // namespace delian::bargaining
