#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "delian/table_landing.hpp"
#include "io/import_table.hpp"
#include "support/bundled.hpp"
#include "support/shared_data.hpp"
#include "support/tables.hpp"

namespace delian::io {
namespace {

using delian::testing::import_text;
using delian::testing::noted;
using delian::testing::problems_of;
using delian::testing::shared_data;
using delian::testing::table_of;
using Problems = std::vector<std::string>;

// --- KTAB CSV
// ---------------------------------------------------------------------------------------

TEST(KtabCsv, ReadsDimensionsAsIssues) {
  const ImportedTable read = table_of(
      "Two questions, made up, 2, 2,\n"
      "Actor,Description,Power,First,Sal1,Second,Sal2,\n"
      "A, an actor, 102.5, 75.5, 49.5,  6.25,  6, \n"
      "B,,50, 10,30,20,25\n");
  EXPECT_EQ(read.format, TableFormat::ktab_csv);
  EXPECT_EQ(read.table.title(), "Two questions");
  EXPECT_EQ(read.table.issues()[1].id, "Second");
  EXPECT_EQ(*read.table.stand(0, 1), (Stand{6.25, 0.06, 102.5}));
  EXPECT_EQ(read.table.issues()[0].high, 100);
  EXPECT_TRUE(noted(read, ReadingStep::columns_not_read));
}

const std::string ktab_head = "N, D, 2, 1\nActor,Description,Power,Pos,Sal\n";

TEST(KtabCsv, RefusesCountsThatDisagree) {
  EXPECT_EQ(problems_of("N, D, 3, 1\nActor,Description,Power,Pos,Sal\nA,,1,5,50\nB,,1,5,50\n"),
            Problems{"E515 1:7 the first line says 3 actors, and 2 follow"});
  EXPECT_EQ(
      problems_of("N, D, 1, 2\nActor,Description,Power,Pos,Sal\nA,,1,5,50\n"),
      Problems{"E515 1:10 the first line says 2 dimensions, and the second has columns for 1"});
  EXPECT_EQ(problems_of(ktab_head + "A,,1,5,50\nB,1,2,3,4,5\n"),
            Problems{"E515 4:1 the line has 6 cells, the header 5"});
  EXPECT_EQ(problems_of("N, with a comma, D, 1, 1\nActor,Description,Power,Pos,Sal\nA,,1,5,50\n"),
            Problems{"E515 1:1 the first line has 5 cells, not name, description, actors, "
                     "dimensions"});
  EXPECT_EQ(problems_of("N, D, 1, 1\nActor,Description,Power,Pos,Sal,Pos2\nA,,1,5,50,5\n"),
            Problems{"E515 2:1 the second line names 6 columns"});
}

TEST(KtabCsv, RefusesWhatItCannotRead) {
  EXPECT_EQ(
      problems_of(ktab_head + "A,,x,105,50\nA,,1,5,50\n"),
      (Problems{"E514 3:4 the capability is \"x\", which is no number",
                "E503 3:6 105 is outside the scale, 0 to 100", "E502 4:1 \"A\" stands twice"}));
  EXPECT_EQ(problems_of("N, D, two, 1\nActor,Description,Power,Pos,Sal\nA,,1,5,50\n",
                        {.format = TableFormat::ktab_csv}),
            Problems{"E514 1:7 the number of actors is \"two\", which is no whole number"});
  EXPECT_EQ(problems_of("N, D, 1, 2\nActor,Description,Power,Pos,Sal,Pos,Sal\nA,,1,5,50,5,50\n")[0],
            "E502 2:33 two dimensions are called \"Pos\"");
  EXPECT_EQ(problems_of("N, D, 1, 2\n", {.format = TableFormat::ktab_csv}),
            Problems{"E512 0:0 a KTAB file has two lines above those of the actors"});
}

// --- KTAB XML
// ---------------------------------------------------------------------------------------

std::string ktab_xml(const std::string& actors) {
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
         "<Scenario>\n"
         "<name>Test &amp; more</name><desc>d</desc>\n"
         "<ModelParameters><PCEModel>MarkovIncentive</PCEModel></ModelParameters>\n"
         "<Dimensions><dName>First</dName><dName>Second</dName></Dimensions>\n"
         "<Actors>\n" +
         actors + "</Actors>\n</Scenario>\n";
}
const std::string alice =
    "<Actor><name>Alice</name><description>one</description><capability>117.7</capability>\n"
    "<Position><dCoord>39.8</dCoord><dCoord> 20 </dCoord></Position>\n"
    "<Salience><dSal>32</dSal><dSal>50</dSal></Salience></Actor>\n";

TEST(KtabXml, ReadsDimensionsAsIssues) {
  const ImportedTable read = table_of(ktab_xml(alice));
  EXPECT_EQ(read.format, TableFormat::ktab_xml);
  EXPECT_EQ(read.table.title(), "Test & more");
  EXPECT_EQ(read.table.actors()[0], "Alice");
  EXPECT_EQ(*read.table.stand(0, 0), (Stand{39.8, 0.32, 117.7}));
  EXPECT_EQ(*read.table.stand(0, 1), (Stand{20, 0.5, 117.7}));
  for (const ReadingNote& note : read.notes) {
    if (note.step == ReadingStep::parts_not_read) {
      EXPECT_EQ(note.arguments[0], "desc, ModelParameters, description");
    }
  }
  EXPECT_TRUE(noted(read, ReadingStep::parts_not_read));
}

TEST(KtabXml, PointsAtTheElement) {
  std::string text = alice;
  text.replace(text.find(" 20 "), 4, "\r\n  twenty ");
  EXPECT_EQ(problems_of(ktab_xml(text)),
            Problems{"E514 9:3 the position is \"twenty\", which is no number"});
  text = alice;
  text.replace(text.find("39.8"), 4, "");
  EXPECT_EQ(problems_of(ktab_xml(text)), Problems{"E513 8:12 the position is missing"});
  text = alice;
  text.replace(text.find(">32<"), 4, ">132<");
  EXPECT_EQ(problems_of(ktab_xml(text)), Problems{"E503 9:17 salience is 132, outside 0 to 100"});
}

TEST(KtabXml, RefusesWhatIsMissingOrTooMuch) {
  const std::string no_coordinate =
      "<Actor><name>Bob</name><capability>1</capability>"
      "<Position><dCoord>1</dCoord></Position></Actor>\n";
  EXPECT_EQ(problems_of(ktab_xml(alice + no_coordinate + alice)),
            (Problems{"E512 10:2 <Actor> has no <Salience>",
                      "E515 10:51 \"Bob\" has 1 <dCoord>, and there are 2 dimensions",
                      "E502 11:14 \"Alice\" stands twice"}));
  EXPECT_EQ(
      problems_of("<Scenario><name>x</name></Scenario>"),
      (Problems{"E512 1:2 <Scenario> has no <Dimensions>", "E512 1:2 <Scenario> has no <Actors>"}));
  EXPECT_EQ(problems_of("<Scenario><Dimensions/><Actors/></Scenario>"),
            Problems{"E512 1:12 <Dimensions> has no <dName>"});
  EXPECT_EQ(problems_of("<Scenario><Dimensions><dName>a</dName></Dimensions>\n<Actors/>"
                        "<Actors/></Scenario>")[0],
            "E512 2:11 <Scenario> has two <Actors>");
  std::string text = alice;
  text.replace(text.find("39.8"), 4, "3<!-- -->9");
  EXPECT_EQ(problems_of(ktab_xml(text))[0], "E511 8:12 <dCoord> holds more than one text");
  for (const std::string_view name : {"A\x14", "A&#20;", "A\x7F"}) {
    text = alice;
    text.replace(text.find("Alice"), 5, name);
    EXPECT_EQ(problems_of(ktab_xml(text)),
              Problems{"E511 7:9 a control character stands in <name>"});
  }
}

TEST(KtabXml, RefusesWhatIsNoKtabFile) {
  EXPECT_EQ(problems_of("<svg><g/></svg>"),
            Problems{"E510 1:2 the outermost element is <svg>, not <Scenario>"});
  const Problems broken = problems_of("<Scenario>\n<name>x</nam>\n</Scenario>");
  ASSERT_EQ(broken.size(), 1U);
  EXPECT_EQ(broken[0].substr(0, 7), "E511 2:");
}

// Ten levels of ten would be ten thousand million words; nothing is expanded.
TEST(KtabXml, EntitiesOfTheFileAreNotExpanded) {
  std::string bomb = "<?xml version=\"1.0\"?>\n<!DOCTYPE lolz [\n<!ENTITY l0 \"lol\">\n";
  for (int k = 1; k < 10; ++k) {
    bomb += "<!ENTITY l" + std::to_string(k) + " \"";
    for (int j = 0; j < 10; ++j) bomb += "&l" + std::to_string(k - 1) + ";";
    bomb += "\">\n";
  }
  bomb += "<!ENTITY file SYSTEM \"file:///etc/passwd\">]>\n";
  std::string text = ktab_xml(alice);
  text.erase(0, text.find('\n') + 1);
  text.replace(text.find("Alice"), 5, "&l9;&file;");
  const ImportedTable read = table_of(bomb + text);
  EXPECT_EQ(read.table.actors()[0], "&l9;&file;");
}

TEST(KtabXml, DeepNestingIsHarmless) {
  std::string deep = "<Scenario>";
  for (int k = 0; k < 200'000; ++k) deep += "<a>";
  EXPECT_FALSE(import_text(deep).has_value());
}

// --- Decide
// -----------------------------------------------------------------------------------------

const std::string decide =
    "#O\tA case\t\n"
    "#/\tanything; at all\n"
    "#A\tMayor\tThe Mayor\t\n"
    "#A\tShops\n"
    "#P\ttoll\tHow high is the toll?\n"
    "#M\ttoll\t0.5\teuro\n"
    "#M\ttoll\t7\teuro\n"
    "#P\tring\n"
    "#M\tring\t0\n"
    "#M\tring\t100\n"
    "#D\tMayor\ttoll\t3\t0.7\t1\n"
    "#D\tShops\ttoll\t0.5\t0.8\t0.9\n"
    "#D\tShops\tring\t100\t0.9\t0.9\t\n";

TEST(Decide, ReadsRowsByTheirKind) {
  const ImportedTable read = table_of(decide);
  EXPECT_EQ(read.format, TableFormat::decide);
  EXPECT_EQ(read.table.title(), "A case");
  EXPECT_EQ(read.table.issues()[0].title, "How high is the toll?");
  EXPECT_EQ(read.table.issues()[0].low, 0.5);
  EXPECT_EQ(read.table.issues()[0].high, 7);
  EXPECT_EQ(*read.table.stand(1, 0), (Stand{0.5, 0.8, 0.9}));
  EXPECT_FALSE(read.table.stand(0, 1));
  EXPECT_TRUE(noted(read, ReadingStep::meanings_not_read));
  EXPECT_TRUE(noted(read, ReadingStep::tabs));
}

TEST(Decide, CellsMayStandInQuotesBehindSemicolons) {
  const ImportedTable read = table_of(
      "'#A';'auto's & co'\n'#P';'P'\n'#D';'auto's & co';'P';10,5;0,5;1\n'#M';'P';0\n"
      "'#M';'P';100\n");
  EXPECT_EQ(read.table.actors()[0], "auto's & co");
  EXPECT_EQ(read.table.stand(0, 0)->position, 10.5);
  EXPECT_TRUE(noted(read, ReadingStep::decimal_comma));
}

TEST(Decide, RefusesNamesNobodyDeclaredAndRowsItDoesNotKnow) {
  EXPECT_EQ(problems_of(decide + "#D\tMayer\ttoll\t3\t0.7\t1\n"
                                 "#D\tMayor\ttol\t3\t0.7\t1\n"
                                 "#D\tMayor\tring\t3\t0.7\n"
                                 "#M\tring\tx\n"
                                 "#M\trings\t4\n"
                                 "#Q\tMayor\n"
                                 "#A\tMayor\n"
                                 "#P\ttoll\n"
                                 "#D\tMayor\ttoll\t3\t0.7\t1\n"),
            (Problems{"E520 14:4 no row #A names the actor \"Mayer\"",
                      "E520 15:10 no row #P names the issue \"tol\"",
                      "E515 16:1 a row #D holds actor, issue, position, salience and power",
                      "E514 17:9 the scale point is \"x\", which is no number",
                      "E520 18:4 no row #P names the issue \"rings\"",
                      "E511 19:1 a row starts with \"#Q\"", "E502 20:4 \"Mayor\" stands twice",
                      "E502 21:4 \"toll\" stands twice",
                      "E502 22:15 \"Mayor\" stands twice on \"toll\""}));
}

TEST(Decide, PositionsLieBetweenTheScalePoints) {
  EXPECT_EQ(problems_of(decide + "#D\tMayor\tring\t160\t-0.1\t-1\n"),
            (Problems{"E503 14:15 160 is outside the scale, 0 to 100",
                      "E503 14:19 salience is -0.1, outside 0 to 1",
                      "E503 14:24 capability is -1, not a number from 0 up"}));
}

// --- DEU
// --------------------------------------------------------------------------------------------

std::vector<TextFile> deu() {
  return {{"issues.csv",
           "isnr,prnr,name,type,reference,outcome\n"
           "i1,p1,one,Reg,0,100\n"
           "i2,p1,two,Reg,,999\n"},
          {"positions.csv",
           "isnr,actor,position,salience\n"
           "i1,el,40,40\n"
           "i1,com,100,80\n"
           "i1,fr,0,\n"
           "i2,fr,999,50\n"
           "i2,uk,20,50\n"},
          {"actors.csv",
           "actor,gdp_trn_usd,eu15_weight,nice_weight,population_mn_2019\n"
           "el,0.25,5,12,10.38\n"
           "com,4,,,\n"
           "fr,2.25,10,29,67.44\n"
           "uk,2.25,10,29,67.79\n"}};
}

Problems deu_problems(const std::vector<TextFile>& files, const ImportOptions& options = {}) {
  const auto read = read_actor_table(files, options);
  EXPECT_FALSE(read.has_value());
  Problems found;
  if (read) return found;
  for (const Diagnostic& problem : read.error()) {
    found.push_back(problem.code + " " + problem.place.file + ":" +
                    std::to_string(problem.place.line) + ":" +
                    std::to_string(problem.place.column));
  }
  return found;
}

TEST(Deu, ReadsIssuesPositionsAndActors) {
  const auto read = read_actor_table(deu());
  ASSERT_TRUE(read);
  EXPECT_EQ(read->format, TableFormat::deu);
  const ActorTable& table = read->table;
  EXPECT_EQ(table.parts().actors, (std::vector<std::string>{"GR", "Commission", "FR", "GB"}));
  EXPECT_EQ(*table.stand(0, 0), (Stand{40, 0.4, 0.5}));
  EXPECT_EQ(table.stand(1, 0)->capability, 2);
  EXPECT_DOUBLE_EQ(table.stand(2, 0)->salience, 0.6);  // the mean of 40 and 80
  EXPECT_FALSE(table.stand(2, 1));                     // 999 is a code
  EXPECT_EQ(table.issues()[0].reversion, 0);
  EXPECT_EQ(table.issues()[0].outcome, 100);
  EXPECT_FALSE(table.issues()[1].outcome);
  EXPECT_EQ(table.issues()[1].group, "p1");
  EXPECT_EQ(table.issues()[1].title, "two");
  EXPECT_TRUE(noted(*read, ReadingStep::mean_salience));
  EXPECT_TRUE(noted(*read, ReadingStep::codes_outside));
}

TEST(Deu, CapabilityIsChosen) {
  ImportOptions options;
  options.capability = CapabilitySource::council;
  const auto council = read_actor_table(deu(), options);
  ASSERT_TRUE(council);
  EXPECT_EQ(council->table.parts().actors, (std::vector<std::string>{"GR", "FR", "GB"}));
  EXPECT_EQ(council->table.stand(1, 0)->capability, 29);
  EXPECT_TRUE(noted(*council, ReadingStep::actors_left_out));
  options.capability = CapabilitySource::population;
  EXPECT_EQ(read_actor_table(deu(), options)->table.stand(1, 0)->capability, 67.44);
  options.capability = CapabilitySource::equal;
  std::vector<TextFile> two = deu();
  two.pop_back();  // nobody asks the third file
  const auto equal = read_actor_table(two, options);
  ASSERT_TRUE(equal);
  EXPECT_EQ(equal->table.stand(1, 0)->capability, 1);
}

TEST(Deu, RefusesAFolderThatIsNotWhole) {
  std::vector<TextFile> files = deu();
  files.pop_back();
  EXPECT_EQ(deu_problems(files), Problems{"E521 issues.csv:0:0"});
  EXPECT_EQ(deu_problems({deu()[1]}),
            (Problems{"E521 positions.csv:0:0", "E521 positions.csv:0:0"}));
  files = deu();
  files.push_back(files[0]);
  EXPECT_EQ(deu_problems(files), Problems{"E521 issues.csv:0:0"});
  files.back().text = "a,b\n1,2\n";
  EXPECT_EQ(deu_problems(files), Problems{"E510 issues.csv:0:0"});
  files = deu();
  files[2].text = "actor,gdp\nfr,1\n";
  files[1].text = "isnr,actor\ni1,fr\n";
  EXPECT_EQ(deu_problems(files),
            (Problems{"E512 positions.csv:1:1", "E512 positions.csv:1:1", "E512 actors.csv:1:1"}));
}

TEST(Deu, RefusesNamesThatAreNowhereDefined) {
  std::vector<TextFile> files = deu();
  files[1].text += "i3,fr,1,1\ni1,xx,1,1\ni1,el,4,4\ni2,el,x,5\n";
  files[0].text += "i1,p1,again,Reg,,\n";
  files[2].text += "fr,1,1,1,1\nde,-1,1,1,1\n";
  EXPECT_EQ(deu_problems(files),
            (Problems{"E502 issues.csv:4:1", "E520 positions.csv:7:1", "E520 positions.csv:8:4",
                      "E502 positions.csv:9:7", "E514 positions.csv:10:7", "E502 actors.csv:6:1",
                      "E503 actors.csv:7:4"}));
}

TEST(Deu, AnIssueNeedsOneSalience) {
  std::vector<TextFile> files = deu();
  files[1].text = "isnr,actor,position,salience\ni1,fr,1,\ni1,el,2,\ni2,fr,1,50\n";
  EXPECT_EQ(deu_problems(files), Problems{"E513 positions.csv:2:9"});
}

// --- the catalogue
// ----------------------------------------------------------------------------------

TEST(Catalog, EveryTableReadsWithoutAWarning) {
  int count = 0;
  const std::filesystem::path folder = std::string(DELIAN_SOURCE_DIR) + "/catalog";
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.path().extension() != ".csv") continue;
    if (entry.path().parent_path().filename() == "sea-distances") continue;  // no actors there
    const auto read = import_text(delian::testing::file_text(entry.path().string()));
    ASSERT_TRUE(read.has_value()) << entry.path() << ' ' << read.error().front().message;
    EXPECT_EQ(read->format, TableFormat::plain) << entry.path();
    EXPECT_TRUE(read->warnings.empty()) << entry.path() << ' ' << read->warnings.front().message;
    ++count;
  }
  EXPECT_GT(count, 0);
}

// --- published files, where they are at hand
// --------------------------------------------------------

TEST(SharedTables, KtabSoePolicy) {
  const auto text = shared_data("ktab-smp/SOE-Pol-Comp.csv");
  DELIAN_NEEDS_DATA(text, "ktab-smp/SOE-Pol-Comp.csv");
  const ImportedTable read = table_of(*text);
  EXPECT_EQ(read.format, TableFormat::ktab_csv);
  EXPECT_EQ(read.table.actors().size(), 13U);
  EXPECT_EQ(*read.table.stand(1, 0), (Stand{45, 0.447, 60.2}));
}

// Weighted means of round 0 as the Decide program prints them.
TEST(SharedTables, DecideCopenhagen) {
  const auto text = shared_data("position-exchange/copenhagen.csv");
  DELIAN_NEEDS_DATA(text, "position-exchange/copenhagen.csv");
  const ImportedTable read = table_of(*text);
  EXPECT_EQ(read.format, TableFormat::decide);
  const std::vector<LandingRequest> mean{{find_bargaining_model("compromise_mean"), {}}};
  const auto landed = land(read.table, mean);
  ASSERT_TRUE(landed);
  const std::vector<double> published{61.58, 58.14, 30.71, 52.24, 51.95, 57.62, 64.62};
  for (std::size_t k = 0; k < published.size(); ++k) {
    EXPECT_NEAR(*landed->front().landings[k].value, published[k], 0.005) << k;
  }
}

// Mean absolute error of the mean of positions, weighted by sqrt(GDP) times salience, and of the
// plain one: 22.82 and 23.90 on 258 issues with an outcome and at least three actors.
TEST(SharedTables, DeuMeansMissAsOthersFound) {
  std::vector<TextFile> files;
  for (const char* name : {"issues.csv", "positions.csv", "actors.csv"}) {
    const auto text = shared_data(std::string("deu3/") + name);
    DELIAN_NEEDS_DATA(text, name);
    files.push_back({name, *text});
  }
  const auto read = read_actor_table(files);
  ASSERT_TRUE(read);
  const ActorTable& table = read->table;
  EXPECT_EQ(table.issues().size(), 266U);
  const std::vector<LandingRequest> mean{{find_bargaining_model("compromise_mean"), {}}};
  const auto landed = land(table, mean);
  ASSERT_TRUE(landed);
  double weighted = 0;
  double unweighted = 0;
  int count = 0;
  for (std::size_t k = 0; k < table.issues().size(); ++k) {
    double sum = 0;
    double actors = 0;
    for (std::size_t i = 0; i < table.actors().size(); ++i) {
      if (!table.stand(i, k)) continue;
      sum += table.stand(i, k)->position;
      ++actors;
    }
    const auto outcome = table.issues()[k].outcome;
    if (!outcome || actors < 3) continue;
    weighted += std::abs(*landed->front().landings[k].value - *outcome);
    unweighted += std::abs(sum / actors - *outcome);
    ++count;
  }
  EXPECT_EQ(count, 258);
  EXPECT_NEAR(weighted / count, 22.82, 0.005);
  EXPECT_NEAR(unweighted / count, 23.90, 0.005);
}

TEST(TableJson, HoldsTheTableAndHowItWasRead) {
  const auto json = nlohmann::json::parse(to_json(table_of(decide), "case.txt"));
  EXPECT_EQ(json["format"], "delian-table/1");
  EXPECT_EQ(json["read_as"], "decide");
  EXPECT_EQ(json["stands"].size(), 3U);
  EXPECT_EQ(json["stands"][0]["position"], 3);
  EXPECT_EQ(json["issues"][0]["reversion"], nullptr);
  EXPECT_EQ(json["reading"][0], "Cells are parted by tabs.");
}

}  // namespace
}  // namespace delian::io
