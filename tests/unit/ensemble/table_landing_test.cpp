#include "delian/table_landing.hpp"

#include <gtest/gtest.h>

namespace delian {
namespace {

/// Two groups of issues; B takes no part in the first issue.
ActorTable two_groups() {
  ActorTable::Parts parts;
  parts.actors = {"A", "B", "C"};
  parts.issues = {{"p1", "", "p", 0, 100, {}, {}},
                  {"q1", "", "q", 0, 10, {}, {}},
                  {"p2", "", "p", 0, 100, 0, 30}};
  parts.stands = {Stand{10, 1, 1}, Stand{1, 1, 1}, Stand{20, 1, 1},     // A
                  std::nullopt,    Stand{9, 1, 1}, Stand{40, 1, 1},     // B
                  Stand{50, 1, 3}, std::nullopt,   Stand{80, 0.5, 2}};  // C
  return ActorTable::make(parts).value();
}

const LandingRequest compromise{find_bargaining_model("compromise_mean"), {}};

// By hand: (10 + 3 * 50) / 4 = 40; (1 + 9) / 2 = 5; (20 + 40 + 80) / 3.
TEST(Landings, AsksAboutEachIssueThoseWhoTakePart) {
  const auto landed = land(two_groups(), {&compromise, 1});
  ASSERT_TRUE(landed);
  const auto& landings = landed->front().landings;
  EXPECT_DOUBLE_EQ(*landings[0].value, 40);
  EXPECT_DOUBLE_EQ(*landings[1].value, 5);
  EXPECT_DOUBLE_EQ(*landings[2].value, 140.0 / 3);
  EXPECT_EQ(landings[2].termination, Termination::closed_form);
  EXPECT_EQ(landings[2].together, 1U);
}

// A model made for this test: says how many actors and issues it was given.
Forecast count_them(const BargainingSetting& setting, const BargainingDraw& draw) {
  Forecast forecast;
  for (std::size_t k = 0; k < setting.issues.size(); ++k) {
    forecast.landing.push_back(static_cast<double>(setting.actors * 10 + setting.issues.size()));
  }
  if (draw.keep_rounds) {
    forecast.rounds = {{draw.position.begin(), draw.position.end()}};
  }
  return forecast;
}
std::string_view needs_two(const BargainingSetting& setting) {
  return setting.issues.size() < 2 ? "several issues" : "";
}
std::span<const ParameterInfo> no_parameters() {
  return {};
}
Expected<BoundBargainingModel> bind_count(const ParameterMap& given) {
  if (!given.empty()) return tl::unexpected(Diagnostics{diagnose("E308", "parameters.x", "none")});
  return BoundBargainingModel{count_them, {}};
}
const BargainingModel joint{
    {"joint", "Joint", "", "", ""}, true, &no_parameters, &bind_count, &needs_two};

TEST(Landings, AJointModelTakesTheIssuesOfAGroup) {
  const LandingRequest request{&joint, {}};
  const auto landed = land(two_groups(), {&request, 1}, true);
  ASSERT_TRUE(landed);
  const auto& landings = landed->front().landings;
  EXPECT_EQ(landings[0].value, 32);  // all three actors stand on p1 or p2
  EXPECT_EQ(landings[2].value, 32);
  EXPECT_EQ(landings[0].together, 2U);
  EXPECT_FALSE(landings[1].value);
  EXPECT_EQ(landings[1].needs, "several issues");
  ASSERT_EQ(landings[2].rounds.size(), 1U);
  EXPECT_EQ(landings[2].rounds[0], (std::vector<double>{20, 40, 80}));
}

TEST(Landings, TellsTheProblemsOfEveryModel) {
  const std::vector<LandingRequest> requests{{&joint, {{"x", 1}}},
                                             {compromise.model, {{"exponent", 1}}}};
  const auto landed = land(two_groups(), requests);
  ASSERT_FALSE(landed);
  EXPECT_EQ(landed.error().size(), 2U);
  EXPECT_EQ(landed.error()[1].code, "E308");
}

TEST(Landings, EveryModelOfTheRegistryAnswersOrSaysWhatItNeeds) {
  const ActorTable table = two_groups();
  const auto requests = every_model();
  ASSERT_EQ(requests.size(), bargaining_models().size());
  const auto landed = land(table, requests);
  ASSERT_TRUE(landed);
  for (const ModelOnTable& model : *landed) {
    for (std::size_t k = 0; k < table.issues().size(); ++k) {
      const TableLanding& landing = model.landings[k];
      EXPECT_NE(landing.value.has_value(), !landing.needs.empty()) << model.model->info.id;
      if (!landing.value) continue;
      EXPECT_GE(*landing.value, table.issues()[k].low) << model.model->info.id;
      EXPECT_LE(*landing.value, table.issues()[k].high) << model.model->info.id;
    }
  }
}

TEST(ActorTable, KeepsTheActorsOfTheIssuesTaken) {
  const ActorTable table = two_groups();
  const std::vector<std::size_t> last_two{2, 1};
  const ActorTable part = table.of_issues(last_two);
  EXPECT_EQ(part.parts().actors.size(), 3U);
  EXPECT_EQ(part.issues()[0].id, "p2");
  EXPECT_EQ(part.stand(1, 1)->position, 9);
  EXPECT_FALSE(part.stand(2, 1));
  EXPECT_EQ(table.of_issue(0).actors().size(), 2U);
  EXPECT_EQ(table.find_issue("q1"), 1U);
  EXPECT_FALSE(table.find_issue("q2"));
}

}  // namespace
}  // namespace delian
