#include "report/table_landing.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

#include "report/layout.hpp"
#include "report/table_summary.hpp"

namespace delian {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

ActorTable case_table() {
  ActorTable::Parts parts;
  parts.title = "A case";
  parts.actors = {"Alpha", "Beta"};
  parts.issues = {{"tax", "How high", "", 4, 10, 4, 8.5}};
  parts.stands = {Stand{5, 0.5, 1}, Stand{9, 1, 2}};
  return ActorTable::make(parts).value();
}

/// A model of that id; only its name is read here.
BargainingModel named(std::string_view id) {
  BargainingModel model = *find_bargaining_model("compromise_mean");
  model.info.id = id;
  return model;
}

ModelOnTable landing_at(const BargainingModel& model, double value, Termination termination) {
  ModelOnTable landings{&model, {}, {}};
  TableLanding& landing = landings.landings.emplace_back();
  landing.value = value;
  landing.termination = termination;
  return landings;
}

void expect_narrow(const std::string& text) {
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    EXPECT_LE(display_width(line), 80U) << line;
    EXPECT_FALSE(line.ends_with(' ')) << line;
  }
}

TEST(TableLandingReport, ShowsModelsInRisingOrderOnTheScale) {
  const BargainingModel high = named("High");
  const BargainingModel low = named("Low");
  const BargainingModel exchange = named("Exchange");
  std::vector<ModelOnTable> models{landing_at(high, 9, Termination::round_limit),
                                   landing_at(low, 5.5, Termination::converged)};
  models.push_back({&exchange, {}, {}});
  models.back().landings.emplace_back().needs = "several issues";
  const std::string text = table_landing_report(case_table(), models, {.issues = {0}});
  EXPECT_EQ(text,
            "How high                                                 scale 4 to 10, 2 actors\n"
            "                           lands at  4                           10  ended\n"
            "  positions by influence                  ▂                  █\n"
            "  Low                          5.50  ·······●······················  converged\n"
            "  High                         9.00  ························●·····  round limit\n"
            "  without agreement            4.00  ○·····························\n"
            "  as decided                   8.50  ······················◆·······\n"
            "From 5.50 to 9.00: 3.50 apart, 58 % of the scale. Median of 2 models: 7.25.\n"
            "Round limit: stopped while still moving. Cycle: positions come back; the number\n"
            "is the last one.\n"
            "Left out: Exchange (needs several issues).\n");
}

TEST(TableLandingReport, SaysWhenNothingOrOneApplies) {
  const BargainingModel model = named("Only");
  std::vector<ModelOnTable> one{landing_at(model, 7.391, Termination::closed_form)};
  EXPECT_THAT(table_landing_report(case_table(), one, {.issues = {0}}),
              HasSubstr("One model: 7.39.\n"));
  one[0].landings[0] = {};
  one[0].landings[0].needs = "x";
  EXPECT_THAT(table_landing_report(case_table(), one, {.issues = {0}}),
              HasSubstr("No model applies.\nLeft out: Only (needs x).\n"));
}

TEST(TableLandingReport, ShowsPositionsByRound) {
  const BargainingModel model = named("Rounds");
  std::vector<ModelOnTable> models{landing_at(model, 7, Termination::converged)};
  for (int r = 0; r < 12; ++r) {
    models[0].landings[0].rounds.push_back({5 + 0.1 * r, 9 - 0.1 * r});
  }
  const std::string text =
      table_landing_report(case_table(), models, {.issues = {0}, .rounds = true});
  EXPECT_THAT(text, HasSubstr("Rounds: positions by round\n"));
  EXPECT_THAT(text, HasSubstr("0      1      2      3      4      5      6     11\n"));
  EXPECT_THAT(text, HasSubstr("  Alpha                    5.00   5.10   5.20   5.30"));
  EXPECT_THAT(text, HasSubstr("   6.10\n"));
  expect_narrow(text);
}

TEST(TableLandingReport, ManyIssuesMakeOneTable) {
  ActorTable::Parts parts;
  parts.actors = {"A"};
  for (int k = 0; k < 9; ++k) {
    parts.issues.push_back({"i" + std::to_string(k), std::string(60, 'x'), "", 0, 100, {}, {}});
    parts.stands.emplace_back(Stand{50, 1, 1});
  }
  parts.issues[0].outcome = 40;
  parts.issues[1].outcome = 80;
  const ActorTable table = ActorTable::make(parts).value();
  const auto landed = land(table, every_model());
  ASSERT_TRUE(landed);
  TableLandingView view;
  for (std::size_t k = 0; k < 9; ++k) view.issues.push_back(k);
  const std::string text = table_landing_report(table, *landed, view);
  expect_narrow(text);
  EXPECT_THAT(text, HasSubstr("lowest    median   highest     apart\n"));
  EXPECT_THAT(text, HasSubstr("Mean distance from what was decided, of the scale, on 2 issues\n"));
  EXPECT_THAT(text, HasSubstr("  compromise_mean                         20.0 %\n"));
}

TEST(TableLandingReport, IsNarrowInBothLanguagesAndHarmless) {
  ActorTable::Parts parts;
  parts.actors = {std::string(90, 'w') + "\x1b[2J", "b"};
  parts.issues = {{std::string(90, 'i'), "\x1b]0;t\a" + std::string(200, 't'), "", 0, 1e6, 5, 7}};
  parts.stands = {Stand{5, 1, 1}, Stand{9e5, 0, 1}};
  const ActorTable table = ActorTable::make(parts).value();
  const BargainingModel model = named("A model with a title that is longer than its column");
  std::vector<ModelOnTable> models{landing_at(model, 5e5, Termination::cycle)};
  models[0].landings[0].rounds = {{5, 9e5}};
  for (const Language language : {Language::en, Language::fr}) {
    const std::string text =
        table_landing_report(table, models, {.language = language, .issues = {0}, .rounds = true});
    expect_narrow(text);
    EXPECT_THAT(text, Not(HasSubstr("\x1b")));
    const std::string summary = table_summary(table, {"f.csv", "plain table", {}}, language, false);
    expect_narrow(summary);
    EXPECT_THAT(summary, Not(HasSubstr("\x1b")));
  }
}

TEST(OnScaleOf, GivesThreeFiguresOfTheScale) {
  EXPECT_EQ(on_scale_of(1, 0.12345), "0.123");
  EXPECT_EQ(on_scale_of(6, 7.391), "7.39");
  EXPECT_EQ(on_scale_of(100, 61.58), "61.6");
  EXPECT_EQ(on_scale_of(1000, 61.58), "62");
  EXPECT_EQ(on_scale_of(1e6, 123456), "123456");
  EXPECT_EQ(on_scale_of(100, -0.01), "0.0");
}

TEST(MedianOfModels, IsTheMiddleOrTheMeanOfTheTwo) {
  EXPECT_EQ(median_of({3, 1, 2}), 2);
  EXPECT_EQ(median_of({4, 1, 2, 3}), 2.5);
}

TEST(ModelList, NamesEveryModelWithItsParameters) {
  for (const Language language : {Language::en, Language::fr}) {
    const std::string text = model_list(bargaining_models(), language, false);
    for (const BargainingModel* model : bargaining_models()) {
      EXPECT_THAT(text, HasSubstr(std::string(model->info.id) + "  "));
      for (const ParameterInfo& parameter : model->parameters()) {
        EXPECT_THAT(text, HasSubstr("  " + std::string(parameter.name) + ": "));
      }
    }
    expect_narrow(text);
  }
}

TEST(TableSummary, SaysWhatWasRead) {
  const TableHeading heading{"case.csv",
                             "plain table",
                             {{ReadingStep::salience_divided, {"100", ""}},
                              {ReadingStep::columns_not_read, {"note", ""}}}};
  EXPECT_EQ(table_summary(case_table(), heading, Language::en, false),
            "case.csv: plain table, 2 actors, 1 issue\n"
            "A case\n"
            "\n"
            "  issue              actors  scale       positions    salience     capability\n"
            "  tax                2       4 to 10     5 to 9       0.5 to 1     1 to 2\n"
            "\n"
            "Every actor takes part in every issue.\n"
            "1 of 1 issues say what holds without agreement.\n"
            "1 of 1 issues say what was decided; no forecast reads it.\n"
            "\n"
            "As read\n"
            "  Saliences run from 0 to 100 and were divided by 100.\n"
            "  Columns not read: note.\n");
  EXPECT_THAT(table_summary(case_table(), heading, Language::fr, false),
              HasSubstr("2 acteurs, 1 enjeu"));
}

TEST(TableSummary, EveryStepIsASentenceInBothLanguages) {
  for (std::size_t k = 0; k < reading_step_count; ++k) {
    const ReadingNote note{static_cast<ReadingStep>(k), {"1", "2"}};
    const std::string en = sentence(note, Language::en);
    EXPECT_TRUE(en.ends_with('.')) << en;
    EXPECT_NE(en, sentence(note, Language::fr));
  }
}

}  // namespace
}  // namespace delian
