#include <algorithm>

#include "delian/answer.hpp"
#include "delian/assert.hpp"
#include "ensemble/draw_table.hpp"

namespace delian {

struct Forecaster::Data {
  Scenario scenario;
  Setting setting;
  Setting headline;  // the same, asked for the headline only
  BoundModel model;
  std::uint64_t seed;
  int threads;
  DrawTable table;
};

namespace {

Setting headline_of(Setting setting) {
  setting.counted = Counted::headline;
  return setting;
}

}  // namespace

Expected<Forecaster> Forecaster::make(const Scenario& scenario, std::uint64_t seed,
                                      std::uint64_t draws, const RunContext& context) {
  DELIAN_ASSERT(draws >= 1 && draws <= most_draws);
  Expected<BoundModel> model =
      decision_model_for(scenario.rule()).bind(scenario.parts().parameters);
  if (!model) return tl::unexpected(std::move(model.error()));
  const Setting setting = make_setting(scenario);
  return Forecaster(std::make_shared<const Data>(Data{scenario, setting, headline_of(setting),
                                                      *std::move(model), seed, context.threads,
                                                      DrawTable(scenario, seed, draws, context)}));
}

namespace {

std::vector<RowChange> row_changes(const Scenario& scenario, const DrawTable& table,
                                   std::uint64_t seed,
                                   std::span<const Forecaster::Change> changes) {
  std::vector<RowChange> rows;
  for (const Forecaster::Change& change : changes) {
    const std::string name = input_name(scenario.members()[change.member].code, change.field);
    rows.push_back({table.row(change.member, change.field),
                    InputSampler(seed, name, change.value, scenario.parts().interval)});
  }
  return rows;
}

}  // namespace

DecisionTally Forecaster::tally(std::span<const Change> changes) const {
  return data_->table.count(data_->setting, data_->model.decide,
                            row_changes(data_->scenario, data_->table, data_->seed, changes),
                            data_->table.draws(), data_->threads);
}

double Forecaster::as_drafted(std::span<const Change> changes, std::uint64_t draws) const {
  const std::uint64_t counted =
      draws == 0 ? data_->table.draws() : std::min(draws, data_->table.draws());
  const DecisionTally tally = data_->table.count(
      data_->headline, data_->model.decide,
      row_changes(data_->scenario, data_->table, data_->seed, changes), counted, data_->threads);
  const auto share = [&](const Tally& t) {
    return static_cast<double>(t.outcomes[static_cast<std::size_t>(Outcome::as_drafted)]) /
           static_cast<double>(std::max<std::uint64_t>(1, t.draws));
  };
  const double greatest = data_->model.coordination;
  return (1 - greatest) * share(tally.least) + greatest * share(tally.greatest);
}

std::uint64_t Forecaster::draws() const {
  return data_->table.draws();
}
const Scenario& Forecaster::scenario() const {
  return data_->scenario;
}
const BoundModel& Forecaster::model() const {
  return data_->model;
}
const Setting& Forecaster::setting() const {
  return data_->setting;
}

}  // namespace delian
