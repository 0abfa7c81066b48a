#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "domain/text.hpp"
#include "models/power/methods.hpp"

namespace delian::power {
namespace {

double evaluate(std::vector<double>& value, std::span<const double> p) {
  for (std::size_t k = p.size(); k-- > 0;) {
    const std::size_t half = std::size_t{1} << k;
    for (std::size_t c = 0; c < half; ++c)
      value[c] = (1 - p[k]) * value[c] + p[k] * value[half + c];
  }
  return value[0];
}

Extension extend(const NormalForm& form, Method method, std::span<const double> p) {
  switch (method) {
    case Method::enumeration:
      return extend_by_enumeration(form, p);
    case Method::meet_in_the_middle:
      return extend_by_meeting(form, p);
    case Method::closed_form:
    case Method::integral:
      break;
  }
  return extend_by_weight(form, p);
}

}  // namespace

// Member by member from the last: once the members above k are folded in, the derivative with
// respect to p_k is the fold of the differences it makes. All terms are from 0 up.
Extension fold(std::vector<double> value, std::span<const double> p) {
  Extension result;
  result.gradient.assign(p.size(), 0);
  std::vector<double> difference(value.size() / 2);
  for (std::size_t k = p.size(); k-- > 0;) {
    const std::size_t half = std::size_t{1} << k;
    for (std::size_t c = 0; c < half; ++c) {
      difference[c] = value[half + c] - value[c];
      value[c] = (1 - p[k]) * value[c] + p[k] * value[half + c];
    }
    result.gradient[k] = evaluate(difference, p.first(k));
  }
  result.value = value[0];
  return result;
}

Expected<PassProbability> pass_probability(const SimpleGame& game, std::span<const double> consent,
                                           std::optional<Method> method) {
  Diagnostics problems;
  if (consent.size() != game.members()) {
    problems.push_back(diagnose(
        "E411", "p",
        fmt::format("{} chances are given for {} members.", consent.size(), game.members()),
        "Give one chance of a yes for each member."));
  }
  for (std::size_t i = 0; i < consent.size(); ++i) {
    if (consent[i] >= 0 && consent[i] <= 1) continue;
    problems.push_back(
        diagnose("E411", fmt::format("p[{}]", i),
                 fmt::format("A chance of {} is outside 0 to 1.", short_number(consent[i])),
                 "Write shares of 1: 0.8 for 80 %."));
  }
  const Expected<Method> chosen = choose(game, method);
  if (!chosen) problems.insert(problems.end(), chosen.error().begin(), chosen.error().end());
  if (!problems.empty()) return tl::unexpected(std::move(problems));

  const NormalForm& form = game.form();
  std::vector<double> p;
  for (const std::size_t i : form.others) p.push_back(consent[i]);
  const Extension extension = extend(form, *chosen, p);

  // f = product of the vetoers' chances times the others' f.
  PassProbability result;
  result.method = *chosen;
  result.gradient.assign(game.members(), 0);
  double vetoers = 1;
  for (const std::size_t v : form.vetoers) {
    result.gradient[v] = vetoers;  // of those before
    vetoers *= consent[v];
  }
  double after = 1;
  for (std::size_t k = form.vetoers.size(); k-- > 0;) {
    const std::size_t v = form.vetoers[k];
    result.gradient[v] *= after * extension.value;
    after *= consent[v];
  }
  result.probability = vetoers * extension.value;
  for (std::size_t k = 0; k < form.others.size(); ++k) {
    result.gradient[form.others[k]] = vetoers * extension.gradient[k];
  }
  // Rounding may step over the ends.
  result.probability = std::clamp(result.probability, 0.0, 1.0);
  for (double& g : result.gradient) g = std::clamp(g, 0.0, 1.0);
  return result;
}

}  // namespace delian::power
