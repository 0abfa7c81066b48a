#include "delian/table_landing.hpp"

#include <map>

namespace delian {
namespace {

/// Numbers of the actors that of_issues() keeps, in its order.
std::vector<std::size_t> actors_on(const ActorTable& table, std::span<const std::size_t> issues) {
  std::vector<std::size_t> actors;
  for (std::size_t i = 0; i < table.actors().size(); ++i) {
    bool stands = false;
    for (const std::size_t k : issues) stands = stands || table.stand(i, k).has_value();
    if (stands) actors.push_back(i);
  }
  return actors;
}

/// Issues that are decided together, in the order of the table.
std::vector<std::vector<std::size_t>> groups_of(const ActorTable& table) {
  std::vector<std::vector<std::size_t>> groups;
  std::map<std::string_view, std::size_t> known;
  for (std::size_t k = 0; k < table.issues().size(); ++k) {
    const auto [group, is_new] = known.emplace(table.issues()[k].group, groups.size());
    if (is_new) groups.emplace_back();
    groups[group->second].push_back(k);
  }
  return groups;
}

void ask(const ActorTable& table, std::span<const std::size_t> issues, const BargainingModel& model,
         const BoundBargainingModel& bound, bool keep_rounds, std::vector<TableLanding>& landings) {
  const BargainingProblem problem = make_problem(table.of_issues(issues));
  const std::string_view needs = model.obstacle(problem.setting);
  if (!needs.empty()) {
    for (const std::size_t k : issues) landings[k].needs = needs;
    return;
  }
  const Forecast answer = forecast(model, bound, problem, keep_rounds);
  const std::vector<std::size_t> actors = actors_on(table, issues);
  for (std::size_t k = 0; k < issues.size(); ++k) {
    TableLanding& landing = landings[issues[k]];
    landing.value = answer.landing[k];
    landing.termination = answer.termination;
    landing.together = issues.size();
    for (const std::vector<double>& round : answer.rounds) {
      std::vector<double>& positions = landing.rounds.emplace_back(table.actors().size());
      for (std::size_t i = 0; i < actors.size(); ++i) {
        positions[actors[i]] = round[i * issues.size() + k];
      }
    }
  }
}

}  // namespace

Expected<std::vector<ModelOnTable>> land(const ActorTable& table,
                                         std::span<const LandingRequest> requests,
                                         bool keep_rounds) {
  std::vector<ModelOnTable> all;
  Diagnostics problems;
  std::vector<BoundBargainingModel> bound;
  for (const LandingRequest& request : requests) {
    Expected<BoundBargainingModel> one = request.model->bind(request.parameters);
    if (one) {
      bound.push_back(*std::move(one));
    } else {
      problems.insert(problems.end(), one.error().begin(), one.error().end());
    }
  }
  if (!problems.empty()) return tl::unexpected(std::move(problems));

  const auto groups = groups_of(table);
  for (std::size_t m = 0; m < requests.size(); ++m) {
    const BargainingModel& model = *requests[m].model;
    ModelOnTable answers{&model, bound[m].parameters, {}};
    answers.landings.resize(table.issues().size());
    if (model.joint) {
      for (const auto& group : groups) {
        ask(table, group, model, bound[m], keep_rounds, answers.landings);
      }
    } else {
      for (std::size_t k = 0; k < table.issues().size(); ++k) {
        ask(table, {&k, 1}, model, bound[m], keep_rounds, answers.landings);
      }
    }
    all.push_back(std::move(answers));
  }
  return all;
}

std::vector<LandingRequest> every_model() {
  std::vector<LandingRequest> requests;
  for (const BargainingModel* model : bargaining_models()) requests.push_back({model, {}});
  return requests;
}

}  // namespace delian
