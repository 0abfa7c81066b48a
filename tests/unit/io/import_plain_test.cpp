#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "io/import_table.hpp"
#include "support/tables.hpp"

namespace delian::io {
namespace {

using delian::testing::import_text;
using delian::testing::noted;
using delian::testing::problems_of;
using delian::testing::table_of;
using Problems = std::vector<std::string>;

TEST(PlainTable, ReadsActorsOfOneIssue) {
  const ImportedTable read = table_of(
      "# source: somebody 1994\n"
      "# title: Emission standards\n"
      "# scale: 4 to 10\n"
      "actor,position,salience,capability\n"
      "Netherlands,4,80,0.08\n"
      "France,10,60,0.16\n");
  EXPECT_EQ(read.format, TableFormat::plain);
  EXPECT_EQ(read.table.title(), "Emission standards");
  ASSERT_EQ(read.table.actors().size(), 2U);
  EXPECT_EQ(read.table.issues()[0].title, "Emission standards");
  EXPECT_EQ(read.table.issues()[0].low, 4);
  EXPECT_EQ(read.table.issues()[0].high, 10);
  EXPECT_EQ(*read.table.stand(1, 0), (Stand{10, 0.6, 0.16}));
  EXPECT_TRUE(noted(read, ReadingStep::salience_divided));
  EXPECT_TRUE(noted(read, ReadingStep::scale_by_file));
  EXPECT_TRUE(read.warnings.empty());
  EXPECT_EQ(read.actor_places[1].line, 6);
}

TEST(PlainTable, ColumnsStandInAnyOrderAndCase) {
  const ImportedTable read = table_of(
      "Capability;Remark;SALIENCE;Issue Title;issue;Actor;position;Low;High;reversion;outcome\n"
      "2;x;0,5;Ships;S;FR;1,5;0;4;0;3,25\n"
      "1;y;1;Ships;S;DE;2,5;0;4;0;3,25\n"
      "3;z;1;Ports;P;FR;7,0;0;10;;\n");
  EXPECT_EQ(*read.table.stand(0, 0), (Stand{1.5, 0.5, 2}));
  EXPECT_FALSE(read.table.stand(1, 1));
  EXPECT_EQ(read.table.issues()[0].title, "Ships");
  EXPECT_EQ(read.table.issues()[0].reversion, 0);
  EXPECT_EQ(read.table.issues()[0].outcome, 3.25);
  EXPECT_EQ(read.table.issues()[1].high, 10);
  EXPECT_FALSE(read.table.issues()[1].reversion);
  EXPECT_TRUE(noted(read, ReadingStep::semicolons));
  EXPECT_TRUE(noted(read, ReadingStep::decimal_comma));
  EXPECT_TRUE(noted(read, ReadingStep::columns_not_read));
}

const std::string header = "actor,position,salience,capability\n";
const std::string scaled = "# scale: 0 to 100\n" + header;

TEST(PlainTable, SaliencesAreSharesUpToOneAndPerCentAbove) {
  EXPECT_EQ(table_of(scaled + "A,1,0.5,1\nB,2,1,1\n").table.stand(0, 0)->salience, 0.5);
  EXPECT_EQ(table_of(scaled + "A,1,50,1\nB,2,1,1\n").table.stand(0, 0)->salience, 0.5);
  EXPECT_EQ(table_of("# salience: 0 to 10\n" + scaled + "A,1,5,1\n").table.stand(0, 0)->salience,
            0.5);
  EXPECT_EQ(table_of("# salience: 0 to 100\n" + scaled + "A,1,0.5,1\nB,1,80,1\n")
                .table.stand(0, 0)
                ->salience,
            0.005);
}

TEST(PlainTable, RefusesAUnitOfSalienceThatIsNotClear) {
  EXPECT_EQ(problems_of(scaled + "A,1,90,1\nB,2,0.5,1\n"),
            Problems{"E516 4:5 salience is 0.5 here and 90 on line 3: is the unit 0 to 1 or 0 to "
                     "100?"});
  EXPECT_EQ(problems_of(scaled + "A,1,7,1\nB,2,3,1\n"),
            Problems{"E516 3:5 the largest salience is 7: it may run to this number, to 10 or to "
                     "100"});
  EXPECT_EQ(problems_of("# salience: 1 to 10\n" + scaled + "A,1,5,1\n")[0],
            "E504 1:1 salience starts at 1");
  EXPECT_EQ(problems_of("# salience: 0 to -1\n" + scaled + "A,1,0.5,1\n")[0],
            "E504 1:1 salience runs from 0 to -1");
}

TEST(PlainTable, RefusesADecimalMarkThatIsNotClear) {
  const std::string head = "# scale: 0 to 100\nactor;position;salience;capability\n";
  EXPECT_EQ(problems_of(head + "A;1,5;0.5;1\n"),
            Problems{"E517 3:3 \"1,5\" has a comma, \"0.5\" on line 3 a point"});
  EXPECT_EQ(problems_of(head + "A;1;1;1,234\n"),
            Problems{"E517 3:7 \"1,234\" may be a whole number or have three decimals"});
  // One that can only be a decimal decides for the others.
  EXPECT_EQ(table_of(head + "A;0,5;1;1,234\n").table.stand(0, 0)->capability, 1.234);
}

TEST(PlainTable, RefusesWhatIsNoNumber) {
  EXPECT_EQ(problems_of(scaled + "A,x,0.5,1\n"
                                 "B,5,inf,1\n"
                                 "C,2023-05-10,0.5,1 000\n"
                                 "D,10-May,50%,\n"),
            (Problems{"E514 3:3 the position is \"x\", which is no number",
                      "E514 4:5 the salience is \"inf\", which is no number",
                      "E514 5:3 the position is \"2023-05-10\", which is no number",
                      "E514 5:18 the capability is \"1 000\", which is no number",
                      "E514 6:3 the position is \"10-May\", which is no number",
                      "E514 6:10 the salience is \"50%\", which is no number",
                      "E513 6:14 the capability is missing"}));
}

TEST(PlainTable, ASignStandsOnce) {
  EXPECT_EQ(table_of(scaled + "A,+5,0.5,1\n").table.stand(0, 0)->position, 5);
  EXPECT_EQ(problems_of(scaled + "A,+-5,0.5,1\n"),
            Problems{"E514 3:3 the position is \"+-5\", which is no number"});
}

TEST(PlainTable, SaysWhatASpreadsheetDid) {
  const auto read = import_text(scaled + "A,10-May,0.5,1 000\n");
  ASSERT_FALSE(read);
  EXPECT_NE(read.error()[0].fix.find("looks like a date"), std::string::npos);
  EXPECT_NE(read.error()[1].fix.find("without marks between the thousands"), std::string::npos);
}

// The checks of the table itself, at the cells they are about.
TEST(PlainTable, PointsAtTheCellThatTheTableObjectsTo) {
  EXPECT_EQ(problems_of("# scale: 0 to 10\n" + header +
                        "A,11,0.5,1\n"
                        "B,5,0.5,-1\n"
                        "A,5,0.5,1\n"),
            (Problems{"E503 3:3 11 is outside the scale, 0 to 10",
                      "E503 4:9 capability is -1, not a number from 0 up",
                      "E502 5:3 \"A\" stands twice"}));
  EXPECT_EQ(problems_of(scaled + "A,1,120,1\nB,1,-5,1\n"),
            (Problems{"E503 3:5 salience is 120, outside 0 to 100",
                      "E503 4:5 salience is -5, outside 0 to 100"}));
  EXPECT_EQ(problems_of("# scale: 10 to 0\n" + header + "A,5,1,1\n"),
            Problems{"E504 1:1 the scale goes from 10 to 0"});
  EXPECT_EQ(problems_of("actor,position,salience,capability,issue,low,high,reversion,outcome\n"
                        "A,5,1,1,P,9,1,,\n"
                        "A,5,1,1,Q,0,10,11,-1\n"
                        "A,5,0,1,R,0,10,,\n"),
            (Problems{"E504 2:11 the scale goes from 9 to 1",
                      "E503 3:16 11 is outside the scale, 0 to 10",
                      "E503 3:19 -1 is outside the scale, 0 to 10",
                      "E501 4:9 nobody with salience and capability stands on \"R\""}));
  EXPECT_EQ(problems_of(scaled),
            (Problems{"E501 0:0 there are no actors", "E501 0:0 there are no issues"}));
}

TEST(PlainTable, APlaceIsToldOfOnceAndWithItsNeighbours) {
  EXPECT_EQ(problems_of(scaled + "A,x,0.5,1\nB,200,0.5,1\n"),
            (Problems{"E514 3:3 the position is \"x\", which is no number",
                      "E503 4:3 200 is outside the scale, 0 to 100"}));
}

TEST(PlainTable, RefusesColumnsThatAreMissingDoubleOrMisspelt) {
  EXPECT_EQ(problems_of("actor,position,salience\nA,1,1\n"),
            Problems{"E512 1:1 there is no column \"capability\""});
  EXPECT_EQ(problems_of("actor,position,salence,capability,isue\nA,1,1,1,x\n"),
            (Problems{"E512 1:16 there is no column \"salence\"",
                      "E512 1:35 there is no column \"isue\""}));
  EXPECT_EQ(problems_of("actor,position,salience,capability,Position\nA,1,1,1,1\n"),
            Problems{"E512 1:36 two columns hold the position"});
  EXPECT_EQ(problems_of("actor,position,salience,capability,low\nA,1,1,1,1\n"),
            Problems{"E512 1:36 a scale has two ends, and there is no column \"high\""});
  EXPECT_EQ(problems_of("", {.format = TableFormat::plain}),
            Problems{"E512 0:0 there is no line with the names of the columns"});
}

TEST(PlainTable, RefusesRowsThatDoNotFit) {
  EXPECT_EQ(
      problems_of(scaled + "A,1,1\nB,1,1,1,x\n,1,1,1\nC,1,1,1,,\n"),
      (Problems{"E515 3:6 the row has 3 cells, the header 4",
                "E515 4:9 the row has 5 cells, the header 4", "E513 5:1 an actor has no name"}));
}

TEST(PlainTable, WhatRowsSayOfAnIssueIsTheSame) {
  EXPECT_EQ(problems_of("actor,position,salience,capability,issue,low,high,group\n"
                        "A,5,1,1,P,0,10,g\n"
                        "B,5,1,1,P,0,20,h\n"),
            (Problems{"E519 3:13 the high of \"P\" is \"20\" here and \"10\" on line 2",
                      "E519 3:16 the group of \"P\" is \"h\" here and \"g\" on line 2"}));
  EXPECT_EQ(problems_of("# scale: 0 to 1\n# scale: 0 to 2\n" + header + "A,1,1,1\n")[0],
            "E519 2:1 the scale is said twice");
  EXPECT_EQ(problems_of("# scale: 4-10\n" + header + "A,1,1,1\n")[0],
            "E514 1:1 the scale is \"4-10\", which is no range");
}

TEST(PlainTable, ARowWithoutNumbersTakesNoPart) {
  const ImportedTable read = table_of(
      "# scale: 0 to 9\nissue,actor,position,salience,capability\nP,A,1,1,1\nP,B,,,\nQ,B,2,1,1\n");
  ASSERT_EQ(read.table.actors().size(), 2U);
  EXPECT_FALSE(read.table.stand(1, 0));
  EXPECT_TRUE(read.table.stand(1, 1));
}

TEST(PlainTable, WithoutAScaleThePositionsGiveItAndAWarningSaysSo) {
  const ImportedTable read = table_of(header + "A,4,1,1\nB,10,1,1\n");
  EXPECT_EQ(read.table.issues()[0].low, 4);
  EXPECT_EQ(read.table.issues()[0].high, 10);
  ASSERT_EQ(read.warnings.size(), 1U);
  EXPECT_EQ(read.warnings[0].code, "W512");
  EXPECT_EQ(
      problems_of(header + "A,4,1,1\nB,4,1,1\n")[0],
      "W512 0:0 no scale is given; it goes from the lowest to the highest position: \"issue\" "
      "4 to 4");
  EXPECT_EQ(problems_of(header + "A,4,1,1\nB,4,1,1\n")[1], "E504 2:1 the scale goes from 4 to 4");
  EXPECT_TRUE(table_of(header + "A,4,1,1\n", {.scale = Scale{0, 9}}).warnings.empty());
}

TEST(PlainTable, WarnsOfNamesThatDifferOnlyInCaseOrBlanks) {
  const ImportedTable read = table_of(scaled + "Germany,4,1,1\nFrance,1,1,1\ngermany,10,1,1\n");
  ASSERT_EQ(read.warnings.size(), 1U);
  EXPECT_EQ(read.warnings[0].code, "W511");
  EXPECT_EQ(read.warnings[0].place.line, 5);
}

TEST(PlainTable, CapabilityMayBeEqual) {
  const ImportedTable read = table_of("# scale: 0 to 9\nactor,position,salience\nA,1,1\nB,2,1\n",
                                      {.capability = CapabilitySource::equal});
  EXPECT_EQ(read.table.stand(1, 0)->capability, 1);
  EXPECT_EQ(problems_of(scaled + "A,1,1,1\n", {.capability = CapabilitySource::gdp}),
            Problems{"E512 0:0 capability by gdp comes from the files of DEU, which this is not"});
}

TEST(PlainTable, HasLimits) {
  std::string actors = scaled;
  for (std::size_t k = 0; k <= most_actors + 3; ++k) actors += std::to_string(k) + ",1,1,1\n";
  const Problems found = problems_of(actors);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0], "E518 503:1 there are more than 500 actors");
  EXPECT_EQ(problems_of(scaled + std::string(500, 'x') + ",1,1,1\n"),
            Problems{"E518 3:1 an actor has a name of 500 bytes"});
  EXPECT_EQ(
      problems_of(scaled + "A," + std::string(100, 'x') + ",1,1\n"),
      Problems{"E514 3:3 the position is \"" + std::string(60, 'x') + "...\", which is no number"});
  EXPECT_EQ(problems_of(std::string((std::size_t{4} << 20U) + 1, 'a'))[0].substr(0, 4), "E002");
}

TEST(PlainTable, WhatIsNoTextIsRefused) {
  EXPECT_EQ(problems_of(std::string("\xFF\xFE"
                                    "a\0",
                                    4))[0]
                .substr(0, 8),
            "E001 1:1");
  EXPECT_EQ(problems_of(scaled + "\xC4ther,1,1,1\n")[0].substr(0, 8), "E001 3:1");
  EXPECT_EQ(problems_of(scaled + std::string("A\0,1,1,1\n", 9))[0].substr(0, 8), "E511 3:2");
  EXPECT_EQ(problems_of("hello\nworld\n")[0], "E510 0:0 no form of table is recognised");
  EXPECT_EQ(problems_of("\n\n")[0], "E510 0:0 the file holds no table");
}

TEST(PlainTable, FormulasStandBehindAnApostrophe) {
  ActorTable::Parts parts;
  parts.title = "'t was";
  parts.actors = {"=1+1", "-A", "'Ndrangheta", "#B", "'=x"};
  parts.issues = {{"@sum", "+", "", 0, 1, {}, {}}};
  parts.stands.assign(5, Stand{0.5, 1, 1});
  const ActorTable table = ActorTable::make(parts).value();
  const std::string text = write_plain_table(table);
  EXPECT_NE(text.find("'@sum,'=1+1,"), std::string::npos);
  const ImportedTable again = table_of(text);
  EXPECT_EQ(again.table.parts().actors, parts.actors);
  EXPECT_EQ(again.table.issues()[0].id, "@sum");
  EXPECT_EQ(again.table.issues()[0].title, "+");
  EXPECT_EQ(again.table.title(), "'t was");
}

std::string any_name(const std::string& prefix) {
  const auto letters = *rc::gen::container<std::string>(
      rc::gen::element('a', 'B', ' ', ',', ';', '"', '\'', '#', '=', '-', '.', '0', '\t', '|'));
  return prefix + letters + ".";  // no blank at either end
}

double any_number(double low, double high) {
  return low + (high - low) * *rc::gen::inRange(0, 1 << 20) / double{1 << 20};
}

RC_GTEST_PROP(PlainTable, WhatIsWrittenReadsBackTheSame, ()) {
  ActorTable::Parts parts;
  const int actors = *rc::gen::inRange(1, 6);
  const int issues = *rc::gen::inRange(1, 4);
  parts.title = any_name("t");
  for (int i = 0; i < actors; ++i) parts.actors.push_back(any_name(std::to_string(i)));
  for (int k = 0; k < issues; ++k) {
    Issue issue{any_name(std::to_string(k)), any_name("x"), any_name("g"), 0, 0, {}, {}};
    issue.low = any_number(-1e3, 1e3);
    issue.high = issue.low + any_number(1, 1e6);
    if (*rc::gen::arbitrary<bool>()) issue.reversion = any_number(issue.low, issue.high);
    if (*rc::gen::arbitrary<bool>()) issue.outcome = issue.low;
    parts.issues.push_back(issue);
  }
  for (int i = 0; i < actors; ++i) {
    for (int k = 0; k < issues; ++k) {
      const Issue& issue = parts.issues[static_cast<std::size_t>(k)];
      const bool stands = i == 0 || *rc::gen::arbitrary<bool>();
      std::optional<Stand> stand;
      if (stands) {
        stand = Stand{any_number(issue.low, issue.high), i == 0 ? 1 : any_number(0, 1),
                      i == 0 ? 0.1 : any_number(0, 1e9)};
      }
      parts.stands.push_back(stand);
    }
  }
  const ActorTable table = ActorTable::make(parts).value();
  const ImportedTable again = table_of(write_plain_table(table));
  RC_ASSERT(again.table.title() == table.title());
  RC_ASSERT(again.table.parts().actors == parts.actors);
  RC_ASSERT(again.table.parts().stands == parts.stands);
  for (std::size_t k = 0; k < parts.issues.size(); ++k) {
    const Issue& a = parts.issues[k];
    const Issue& b = again.table.issues()[k];
    RC_ASSERT(a.id == b.id && a.title == b.title && a.group == b.group && a.low == b.low &&
              a.high == b.high && a.reversion == b.reversion && a.outcome == b.outcome);
  }
}

}  // namespace
}  // namespace delian::io
