#include "delian/bargaining.hpp"

#include "delian/assert.hpp"
#include "registry.hpp"

namespace delian {

std::string_view termination_name(Termination termination) {
  switch (termination) {
    case Termination::closed_form:
      return "closed_form";
    case Termination::converged:
      return "converged";
    case Termination::round_limit:
      return "round_limit";
    case Termination::cycle:
      break;
  }
  return "cycle";
}

std::span<const BargainingModel* const> bargaining_models() {
  return registry::bargaining_models;
}

const BargainingModel* find_bargaining_model(std::string_view id) {
  for (const BargainingModel* model : bargaining_models()) {
    if (model->info.id == id) return model;
  }
  return nullptr;
}

BargainingDraw BargainingProblem::draw() const {
  BargainingDraw view;
  view.position = position;
  view.salience = salience;
  view.capability = capability;
  view.takes_part = takes_part;
  view.seed = seed;
  view.draw = draw_number;
  return view;
}

BargainingProblem make_problem(const ActorTable& table) {
  BargainingProblem problem;
  problem.setting.actors = table.actors().size();
  for (const Issue& issue : table.issues()) {
    problem.setting.issues.push_back({issue.low, issue.high, issue.reversion, std::nullopt});
  }
  bool everybody = true;
  for (std::size_t i = 0; i < table.actors().size(); ++i) {
    for (std::size_t k = 0; k < table.issues().size(); ++k) {
      const auto& stand = table.stand(i, k);
      everybody = everybody && stand.has_value();
      problem.position.push_back(stand ? stand->position : table.issues()[k].low);
      problem.salience.push_back(stand ? stand->salience : 0);
      problem.capability.push_back(stand ? stand->capability : 0);
      problem.takes_part.push_back(stand ? 1 : 0);
    }
  }
  if (everybody) problem.takes_part.clear();
  return problem;
}

namespace {

/// The actors that take part in an issue, and the problem they have.
struct Part {
  BargainingProblem problem;
  std::vector<std::size_t> actors;
};

Part part_of(const BargainingProblem& whole, std::size_t issue) {
  const std::size_t issues = whole.setting.issues.size();
  Part part;
  part.problem.setting.issues = {whole.setting.issues[issue]};
  part.problem.seed = whole.seed;
  part.problem.draw_number = whole.draw_number;
  for (std::size_t i = 0; i < whole.setting.actors; ++i) {
    const std::size_t k = i * issues + issue;
    if (!whole.takes_part.empty() && whole.takes_part[k] == 0) continue;
    if (whole.setting.agenda_setter == static_cast<int>(i)) {
      part.problem.setting.agenda_setter = static_cast<int>(part.actors.size());
    }
    part.actors.push_back(i);
    part.problem.position.push_back(whole.position[k]);
    part.problem.salience.push_back(whole.salience[k]);
    part.problem.capability.push_back(whole.capability[k]);
  }
  part.problem.setting.actors = part.actors.size();
  // A rule is over all the actors: it says nothing about some of them.
  if (part.actors.size() == whole.setting.actors) part.problem.setting.rule = whole.setting.rule;
  return part;
}

}  // namespace

Forecast forecast(const BargainingModel& model, const BoundBargainingModel& bound,
                  const BargainingProblem& problem, bool keep_rounds) {
  DELIAN_ASSERT(model.obstacle(problem.setting).empty());
  const std::size_t issues = problem.setting.issues.size();
  if (model.joint || (issues == 1 && problem.takes_part.empty())) {
    BargainingDraw draw = problem.draw();
    draw.keep_rounds = keep_rounds;
    return bound.forecast(problem.setting, draw);
  }
  Forecast whole;
  whole.landing.resize(issues);
  for (std::size_t issue = 0; issue < issues; ++issue) {
    const Part part = part_of(problem, issue);
    BargainingDraw draw = part.problem.draw();
    draw.keep_rounds = keep_rounds && issues == 1;
    Forecast one = bound.forecast(part.problem.setting, draw);
    whole.landing[issue] = one.landing.front();
    if (one.termination > whole.termination) whole.termination = one.termination;
    if (!one.weight.empty()) {
      whole.weight.resize(problem.position.size());
      for (std::size_t i = 0; i < part.actors.size(); ++i) {
        whole.weight[part.actors[i] * issues + issue] = one.weight[i];
      }
    }
    if (draw.keep_rounds) whole.rounds = std::move(one.rounds);
  }
  return whole;
}

}  // namespace delian
