#include "delian/power_study.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/games.hpp"

namespace delian::power {
namespace {

using delian::testing::body_rule;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

/// A body of so many made-up members under a rule on 1 January 2023.
Subject subject_of(Rule::Parts parts) {
  parts.title = {"a rule", "une règle"};
  std::vector<std::string> codes;
  for (std::size_t i = 0; i < parts.members; ++i) {
    codes.push_back({static_cast<char>('A' + i / 26), static_cast<char>('A' + i % 26)});
  }
  return {"",
          "",
          "test",
          {"Test Council", "Conseil d'essai"},
          {2023, 1, 1},
          std::move(codes),
          Rule::make(std::move(parts), "rule").value()};
}

Rule::Parts heads(std::size_t members, double quota) {
  Rule::Parts parts;
  parts.members = members;
  parts.criteria.resize(1);
  parts.criteria[0].weight.assign(members, 1);
  parts.criteria[0].quota = quota;
  return parts;
}

Rule::Parts weighted(std::vector<double> weights, double quota) {
  Rule::Parts parts = heads(weights.size(), quota);
  parts.criteria[0].weight = std::move(weights);
  return parts;
}

StudyOptions with_chances(std::vector<double> chance) {
  StudyOptions options;
  options.consent.emplace().chance = std::move(chance);
  return options;
}

std::string text(const Study& study, Language language = Language::en) {
  ReportOptions options;
  options.language = language;
  std::string lines = text_report(study, io::atlas(), options);
  for (std::size_t at = 0; (at = lines.find("\n  ", at)) != std::string::npos;) {
    lines.replace(at, 3, " ");  // as one line, whatever the widths
  }
  return lines;
}

TEST(PowerStudy, SortsMembersByPowerAndByGradient) {
  const StudyOptions options = with_chances({.9, .5, .9, .1, .5, .5});
  const Study found = study(subject_of(weighted({1, 4, 2, 4, 2, 4}, 12)), options).value();
  EXPECT_THAT(found.by_power(), ElementsAre(1, 3, 5, 2, 4, 0));
  EXPECT_EQ(found.by_gradient().back(), 0U);  // never decides
  EXPECT_FALSE(found.all_alike());
}

TEST(PowerStudy, TellsBodiesOfEqualsFromOthers) {
  const Study majority = study(subject_of(heads(5, 3)), {}).value();
  EXPECT_TRUE(majority.all_alike());
  EXPECT_THAT(text(majority), HasSubstr("treats all members alike"));
  EXPECT_THAT(text(majority), HasSubstr("20.00 % each"));
  EXPECT_THAT(text(majority), HasSubstr("No member can block alone."));
  EXPECT_THAT(text(majority, Language::fr), HasSubstr("20,00 % chacun"));
  const Study consensus = study(subject_of(heads(5, 5)), {}).value();
  EXPECT_THAT(text(consensus), HasSubstr("Any member can block"));
  EXPECT_THAT(text(consensus), HasSubstr("Nakamura number: infinite."));
}

TEST(PowerStudy, MarksWhoBlocksAlone) {
  const Study found = study(subject_of(weighted({5, 1, 1, 1}, 7)), {}).value();
  EXPECT_THAT(text(found), HasSubstr("Can block alone: AA."));
  EXPECT_THAT(text(found), HasSubstr("AA*"));
  EXPECT_THAT(text(found), HasSubstr("*: can block alone"));
}

TEST(PowerStudy, LargeCountsAreAboutAndUnknownOnesSaidToBe) {
  Study found = study(subject_of(heads(193, 129)), {}).value();
  EXPECT_THAT(text(found), HasSubstr("about 1.09 × 10^52 to pass"));  // C(193, 129)
  EXPECT_THAT(text(found), Not(HasSubstr(" of 1.")));
  found.minimal_winning.reset();
  found.nakamura = {false, 3, 5};
  EXPECT_THAT(text(found), HasSubstr("not counted to pass"));
  EXPECT_THAT(text(found), HasSubstr("Nakamura number from 3 to 5"));
}

TEST(PowerStudy, SaysWhereChancesComeFrom) {
  StudyOptions options = with_chances({.5, .5, .5});
  const Subject subject = subject_of(heads(3, 2));
  EXPECT_THAT(text(study(subject, options).value()), Not(HasSubstr("share of draws")));
  options.consent->from_forecast = true;
  options.consent->forecast = .125;
  options.consent->draws = 20'000;
  EXPECT_THAT(text(study(subject, options).value()),
              HasSubstr("Chances of a yes: 1 less the share of draws in which the member objects"));
  EXPECT_THAT(text(study(subject, options).value()), HasSubstr("12.5 % of 20,000 draws"));
  options.consent->some_given = true;
  options.consent->by_vote = true;
  EXPECT_THAT(text(study(subject, options).value()), HasSubstr("The other chances of a yes"));
}

// f = p1 p2 p3 under consensus: the two columns of a certain vote are f / p and 0.
TEST(PowerStudy, ShowsWhatACertainVoteWouldDo) {
  const StudyOptions options = with_chances({.5, .9, .9});
  const std::string shown = text(study(subject_of(heads(3, 3)), options).value());
  EXPECT_THAT(shown, HasSubstr("independently of one another: unlikely (41 %)"));
  EXPECT_THAT(shown, HasSubstr("50.0 %    81.0 %    81.0 %     0.0 %"));
}

TEST(PowerStudy, RefusesWhatItsPartsRefuse) {
  const auto codes = [](const Expected<Study>& refused) {
    std::vector<std::string> found;
    if (!refused) {
      for (const Diagnostic& problem : refused.error()) found.push_back(problem.code);
    }
    return found;
  };
  StudyOptions options = with_chances({.5, .5});
  options.unions = {{"A", {0, 1}}, {"B", {1, 2}}};
  EXPECT_THAT(codes(study(subject_of(heads(3, 2)), options)), ElementsAre("E412", "E411"));
  EXPECT_THAT(codes(study(subject_of(heads(3, 2)), {})), ElementsAre());
  Rule::Parts large = weighted(std::vector<double>(50, 1'000'003), 1);
  for (std::size_t i = 0; i < 50; ++i) {
    large.criteria[0].weight[i] += 77'777 * static_cast<double>(i * i);
  }
  large.criteria[0].quota = 90'000'000;
  EXPECT_THAT(codes(study(subject_of(large), {})), ElementsAre("E410"));
}

}  // namespace
}  // namespace delian::power
