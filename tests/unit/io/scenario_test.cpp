#include "io/scenario.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <random>

#include "io/atlas.hpp"
#include "io/diagnostics.hpp"

namespace delian::io {
namespace {

using testing::ElementsAre;

constexpr std::string_view head = R"toml(format   = "delian-scenario/1"
marking  = "PUBLIC"
interval = 0.80

[question]
id       = "tokyo"
title    = "Liaison office in Tokyo"
opens    = 2023-05-03
closes   = 2023-07-12
proposal = 60
horizon  = 18
divisible = true
sponsor  = "US"
resolves_by = ["E3"]

[scale]
0   = "No change"
60  = "One-person office [E4]"
100 = "Standing presence"

[rule]
body      = "North Atlantic Council"
kind      = "consensus"
reversion = 0
[rule.silence]
opens      = 2023-07-05T12:00:00Z
deadline   = 2023-07-07T16:00:00Z
extensions = "0 to 2"

[[forum]]
name    = "Staff post"
kind    = "chair"
without = ["FR"]

[members]
)toml";

constexpr std::string_view tail = R"toml(
[[side_payment]]
to    = "TR"
value = "10 to 30"
src   = ["J1"]

[influence]
from = "defence-spending-2023"

[parameters]
kappa0 = 0.05

[theatre]
name    = "Indo-Pacific"
station = "yokosuka"
speed   = 14
visits  = "10 to 40"
src     = ["J1"]
[theatre.gives]
GB = { share = "5 to 15", cycle = "escort-36-7", home_port = "portsmouth", src = ["J1"] }
FR = { share = 10, src = ["J1"], note = "besides its resident ships" }
[theatre.closures]
suez = { chance = 0.05, src = ["J1"] }
[theatre.needs]
100 = { carriers = 1, escorts = 3, oilers = 1, src = ["J1"] }
60  = { patrols = 0.5, src = ["J1"] }

[outsiders]
JP = { stance = "host", position = "65 (35 to 85)", src = ["J1"], note = "host" }
CN = { stance = "opposed", reaction = { words = 0.98, diplomatic = "0.3 to 0.6" }, src = ["J1"] }

[result]
outcome = "not_adopted"
date    = 2023-07-12
text    = 0
src     = ["E3"]

[[evidence]]
id = "E1"
says = "a big mistake"
source = "AFP"
published = 2023-06-06
grade = "B2"
[[evidence]]
id = "E3"
says = "left out"
source = "communique"
published = 2023-07-12
grade = "A1"
[[evidence]]
id = "E4"
says = "the contact point is Denmark's"
published = "2023"
grade = "B3"
status = "contested"
disputed_by = ["E1"]
[[evidence.correction]]
was = "the Netherlands'"
now = "Denmark's"
noted_by = "publisher"
on = "2023"
touches = ["members.DK", "scale.0"]
[[evidence]]
id = "J1"
kind = "judgement"
says = "general line"
by = "analyst-a"
grade = "F6"
)toml";

std::vector<std::string> rows() {
  std::vector<std::string> all;
  for (const std::string& code : atlas().find_body("nato")->members_on({2023, 7, 12})) {
    all.push_back(code +
                  R"row( = { position = "70 (45 to 85)", salience = "10 to 35", resolve = 5, )row" +
                  R"row(src = ["J1"] })row" + "\n");
  }
  return all;
}

std::string join(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line;
  return text;
}

std::string replaced(std::string text, std::string_view old, std::string_view with) {
  const std::size_t at = text.find(old);
  EXPECT_NE(at, std::string::npos) << old;
  return at == std::string::npos ? text : text.replace(at, old.size(), with);
}

// The good file, with the row that starts with `code` replaced.
std::string tokyo() {
  return std::string(head) + join(rows()) + std::string(tail);
}

std::string with_row(const std::string& text, const std::string& code, const std::string& row) {
  const std::size_t at = text.find('\n' + code + " = ");
  EXPECT_NE(at, std::string::npos) << code;
  const std::size_t end = text.find('\n', at + 1);
  return text.substr(0, at + 1) + row + text.substr(end);
}

ScenarioFile read(const std::string& text, std::vector<TextFile> evidence = {}) {
  return parse_scenario({"tokyo.toml", text}, evidence, atlas());
}

std::vector<std::string> codes(const Diagnostics& problems) {
  std::vector<std::string> all;
  for (const Diagnostic& problem : problems) all.push_back(problem.code);
  return all;
}

// Code and place of the only problem of a text, as "E008 12:1+5".
std::string only_problem(const std::string& text, std::vector<TextFile> evidence = {}) {
  const ScenarioFile file = read(text, std::move(evidence));
  if (file.problems.size() != 1) return testing::PrintToString(codes(file.problems));
  const Diagnostic& p = file.problems.front();
  // What lies under the mark.
  std::size_t at = 0;
  for (int line = 1; line < p.place.line; ++line) at = text.find('\n', at) + 1;
  at += static_cast<std::size_t>(p.place.column - 1);
  return p.code + ' ' + text.substr(at, static_cast<std::size_t>(p.place.length));
}

TEST(ParseScenario, ReadsEverySection) {
  const ScenarioFile file = read(tokyo());
  ASSERT_TRUE(file.scenario) << render(file.problems, {}, false);
  EXPECT_TRUE(file.problems.empty()) << render(file.problems, {}, false);
  const ScenarioParts& parts = file.scenario->parts();
  EXPECT_EQ(parts.marking, "PUBLIC");
  EXPECT_EQ(parts.interval, 0.80);
  EXPECT_EQ(parts.question.title, "Liaison office in Tokyo");
  EXPECT_EQ(parts.question.opens, (Date{2023, 5, 3}));
  EXPECT_EQ(parts.question.closes, (Date{2023, 7, 12}));
  EXPECT_EQ(parts.question.proposal, 60);
  EXPECT_EQ(parts.question.horizon_months, 18);
  EXPECT_TRUE(parts.question.divisible);
  EXPECT_FALSE(parts.question.opt_out);
  EXPECT_EQ(parts.question.sponsor, "US");
  EXPECT_THAT(parts.question.resolves_by, ElementsAre("E3"));
  ASSERT_EQ(parts.scale.size(), 3U);
  EXPECT_EQ(parts.scale[1].at, 60);
  EXPECT_EQ(file.scenario->body().id, "nato");
  EXPECT_TRUE(file.scenario->rule().parts().silence);
  EXPECT_EQ(parts.silence->deadline, "2023-07-07T16:00:00Z");
  EXPECT_EQ(parts.silence->extensions->text(), "0 to 2");
  ASSERT_EQ(parts.forums.size(), 1U);
  EXPECT_EQ(parts.forums[0].kind, "chair");
  ASSERT_EQ(file.scenario->members().size(), 31U);
  EXPECT_EQ(file.scenario->members()[0].position.value.text(), "70 (45 to 85)");
  EXPECT_EQ(parts.side_payments.at(0).to, "TR");
  EXPECT_EQ(parts.parameters.at("kappa0"), 0.05);
  EXPECT_EQ(parts.theatre->station, "yokosuka");
  EXPECT_EQ(parts.theatre->speed_kn, 14);
  EXPECT_EQ(parts.theatre->visit_days->value.text(), "10 to 40");
  EXPECT_EQ(parts.theatre->visit_days->sources, std::vector<std::string>{"J1"});
  EXPECT_EQ(parts.theatre->gives.at(0).state, "FR");
  EXPECT_EQ(parts.theatre->gives.at(1).share.value.text(), "5 to 15");
  EXPECT_EQ(parts.theatre->gives.at(1).home_port, "portsmouth");
  EXPECT_EQ(parts.theatre->closures.at(0).chance, 0.05);
  EXPECT_EQ(parts.theatre->needs.at(0).at, 60) << "ascending";
  EXPECT_EQ(parts.theatre->needs.at(1).escorts, 3);
  EXPECT_EQ(parts.outsiders.at(1).reaction.at("words").text(), "0.98");
  ASSERT_EQ(parts.evidence.size(), 4U);
  EXPECT_EQ(parts.evidence[2].published, (Date{2023}));
  EXPECT_EQ(parts.evidence[2].corrections.at(0).now, "Denmark's");
  EXPECT_EQ(parts.evidence[3].kind, Evidence::Kind::judgement);
  ASSERT_TRUE(file.result);
  EXPECT_EQ(file.result->outcome, Outcome::not_adopted);
  EXPECT_EQ(file.result->text, 0);
}

TEST(ParseScenario, SourcesByNumberAndOtherKeysOfARow) {
  const std::string text = with_row(
      tokyo(), "TR",
      R"row(TR = { position = 40, salience = "15 to 45", resolve = 50, grievance = "bilateral", )row"
      R"row(note = "n", src = { position = ["E1"], salience = ["J1"], resolve = ["J1", "E1"] } })row");
  const ScenarioFile file = read(text);
  ASSERT_TRUE(file.scenario) << render(file.problems, {}, false);
  const Member& tr = file.scenario->members()[*file.scenario->find_member("TR")];
  EXPECT_EQ(tr.grievance, Grievance::bilateral);
  EXPECT_EQ(tr.note, "n");
  EXPECT_TRUE(tr.position.value.is_exact());
  EXPECT_THAT(tr.position.sources, ElementsAre("E1"));
  EXPECT_THAT(tr.resolve.sources, ElementsAre("J1", "E1"));
}

// The five mistakes that people make most, all in one file.
TEST(ParseScenario, FiveTypicalMistakesAtOnce) {
  std::string text = tokyo();
  text = with_row(
      text, "GB",
      R"row(UK = { position = "75 (60 to 90)", salience = "40 to 70", resolve = 20, src = ["J1"] })row");
  text = with_row(
      text, "CA",
      R"row(CA = { position = "80 (60 to 70)", salience = "25 to 50", resolve = 10, src = ["J1"] })row");
  text = with_row(
      text, "FI",
      R"row(FI = { position = "60 (40 to 80)", salience = 0.8, resolve = 10, src = ["J1"] })row");
  text = with_row(
      text, "FR",
      R"row(FR = { position = "5 (1 to 20)", salience = "70 to 95", resolve = 90, src = { position = ["E1", "E15"], salience = ["J1"], resolve = ["J1"] } })row");
  text += "evidence_files = [\"evidence.toml\"]\n";
  const std::vector<TextFile> files{{"tokyo.toml", text}};
  const ScenarioFile file = read(text);
  EXPECT_FALSE(file.scenario);
  EXPECT_EQ(
      render(file.problems, files, false),
      R"text(tokyo.toml:39:20: error[E203]: best guess lies outside its own range: 80 is above 70
   39 | CA = { position = "80 (60 to 70)", ...
      |                    ^^  Write BEST (LOW to HIGH), e.g. "65 (60 to 70)".

tokyo.toml:45:47: warning[W310]: FI salience 0.8 looks like a 0-1 share on a 0-100 scale
      The other 30 members run from 10 to 95. If you meant 80, write 80; if 0.8 is right, say so: accept = ["W310"]

tokyo.toml:46:98: error[E402]: FR.position cites E15, which does not exist
      Known: E1, E3, E4, J1. Nearest: E1.

tokyo.toml:47:1: error[E101]: "UK" is not a member of the North Atlantic Council on 2023-07-12
   47 | UK = { position = "75 (60 to 90)", ...
      | ^^  did you mean GB (United Kingdom)?  ISO codes are used.
      Now 30 of 31 members have a row. Missing: GB.

tokyo.toml:135:1: error[E008]: "evidence_files" is inside [[evidence]] "J1", where it means nothing
      In TOML a line belongs to the last [header] above it. Move it above [question].
)text");
  EXPECT_EQ(count_line(file.problems, 1), "1 file checked: 4 errors, 1 warning.");
}

TEST(ParseScenario, WithdrawnEvidenceIsPlacedAtTheList) {
  std::string text = with_row(
      tokyo(), "DE",
      R"row(DE = { position = "45 (25 to 65)", salience = "30 to 60", resolve = 30, src = ["E5"] })row");
  text +=
      "[[evidence]]\nid = \"E5\"\nsays = \"x\"\nstatus = \"withdrawn\"\n"
      "[[evidence.correction]]\nwas = \"x\"\nnow = \"\"\non = 2023-07-20\n";
  EXPECT_EQ(only_problem(text), "W405 [\"E5\"]");
  EXPECT_EQ(read(text).problems.at(0).message,
            "DE cites only E5, withdrawn on 2023-07-20. Its numbers now count as judgement.");
}

TEST(ParseScenario, UnknownKeysGetTheNearestOrTheirPlace) {
  EXPECT_EQ(only_problem(replaced(tokyo(), "divisible =", "divisble =")), "E008 divisble");
  EXPECT_EQ(read(replaced(tokyo(), "divisible =", "divisble =")).problems.at(0).fix,
            "did you mean divisible?");
  const Diagnostics misplaced =
      read(replaced(tokyo(), "reversion = 0", "reversion = 0\nhorizon = 12")).problems;
  ASSERT_EQ(misplaced.size(), 1U);
  EXPECT_EQ(misplaced[0].message, "\"horizon\" is inside [rule], where it means nothing");
  EXPECT_THAT(misplaced[0].notes,
              ElementsAre("In TOML a line belongs to the last [header] above it. It belongs in "
                          "[question]."));
  const Diagnostics strange =
      read(replaced(tokyo(), "reversion = 0", "reversion = 0\nzzzzzz = 12")).problems;
  ASSERT_EQ(strange.size(), 1U);
  EXPECT_THAT(strange[0].notes, ElementsAre("Known here: body, kind, reversion and silence."));
}

TEST(ParseScenario, AMistypedOrMisplacedKeyIsNotMissingToo) {
  EXPECT_EQ(only_problem(replaced(tokyo(), "proposal = 60", "propsal = 60")), "E008 propsal");
  EXPECT_EQ(only_problem(replaced(tokyo(), "[members]", "[memebers]")), "E008 memebers");
  EXPECT_EQ(only_problem(replaced(tokyo(), "body      =", "boddy     =")), "E008 boddy");
  EXPECT_EQ(only_problem(replaced(replaced(tokyo(), "proposal = 60\n", ""), "reversion = 0",
                                  "reversion = 0\nproposal = 60")),
            "E008 proposal");
}

TEST(ParseScenario, AMistypedListOfSourcesIsOneMistake) {
  EXPECT_EQ(only_problem(replaced(tokyo(), "resolve = 5, src =", "resolve = 5, scr =")),
            "E008 scr");
}

TEST(ParseScenario, MissingKeysAreReportedAtTheHeader) {
  EXPECT_EQ(only_problem(replaced(tokyo(), "title    = \"Liaison office in Tokyo\"\n", "")),
            "E007 [question]");
  EXPECT_EQ(only_problem(replaced(tokyo(), "reversion = 0\n", "")), "E007 [rule]");
  EXPECT_EQ(
      only_problem(with_row(tokyo(), "AL", "AL = { position = 5, salience = 5, src = [\"J1\"] }")),
      "E007 AL");
  EXPECT_EQ(read(replaced(tokyo(), "format   = \"delian-scenario/1\"\n", "")).problems.at(0).code,
            "E007");
}

TEST(ParseScenario, AnEmptyFileLacksItsPartsAndNothingElse) {
  EXPECT_THAT(codes(read("").problems), ElementsAre("E007", "E007", "E007", "E007"));
}

TEST(ParseScenario, WrongTypesSayWhatIsWanted) {
  const std::string row =
      R"row(AL = { position = true, salience = 5, resolve = 5, src = ["J1"] })row";
  EXPECT_EQ(only_problem(with_row(tokyo(), "AL", row)), "E006 true");
  EXPECT_EQ(only_problem(with_row(tokyo(), "AL", "AL = 5")), "E006 5");
  EXPECT_EQ(only_problem(replaced(tokyo(), "divisible = true", "divisible = \"yes\"")), "E006 yes");
  EXPECT_EQ(only_problem(replaced(tokyo(), "without = [\"FR\"]", "without = \"FR\"")), "E006 FR");
  EXPECT_EQ(only_problem(replaced(tokyo(), "without = [\"FR\"]", "without = [\"FR\", 1]")),
            "E006 1");
  EXPECT_EQ(only_problem(replaced(tokyo(), "[[forum]]", "[forum]")), "E006 [forum]");
  EXPECT_EQ(only_problem(replaced(tokyo(), "\n60  = ", "\n60.5 = ")), "E006 60");
}

TEST(ParseScenario, WordsAreThoseOfTheList) {
  const std::string text =
      replaced(tokyo(), "outcome = \"not_adopted\"", "outcome = \"not_adoptd\"");
  EXPECT_EQ(only_problem(text), "E009 not_adoptd");
  EXPECT_EQ(read(text).problems[0].fix, "did you mean \"not_adopted\"?");
  EXPECT_EQ(only_problem(replaced(tokyo(), "stance = \"host\"", "stance = \"angry\"")),
            "E009 angry");
}

TEST(ParseScenario, DatesAreDates) {
  EXPECT_EQ(only_problem(replaced(tokyo(), "opens    = 2023-05-03", "opens    = 2023")),
            "E302 2023");
  EXPECT_EQ(only_problem(replaced(tokyo(), "opens    = 2023-05-03", "opens    = \"2023-5-3\"")),
            "E302 2023-5-3");
  EXPECT_EQ(only_problem(replaced(tokyo(), "opens    = 2023-05-03", "opens    = \"2023-05\"")),
            "E302 2023-05");
  EXPECT_EQ(only_problem(replaced(tokyo(), "closes   = 2023-07-12", "closes   = \"soon\"")),
            "E302 soon");
  EXPECT_EQ(only_problem(replaced(tokyo(), "closes   = 2023-07-12", "closes   = 2023-05-02")),
            "E303 2023-05-02");
}

TEST(ParseScenario, OtherFormatsAreRefused) {
  EXPECT_EQ(only_problem(replaced(tokyo(), "delian-scenario/1", "delian-scenario/2")),
            "E010 delian-scenario/2");
}

TEST(ParseScenario, ResultsAreCheckedThoughNoForecastReadsThem) {
  EXPECT_EQ(only_problem(replaced(tokyo(), "text    = 0\nsrc     = [\"E3\"]", "src = [\"E9\"]")),
            "E402 E9");
  EXPECT_EQ(only_problem(replaced(tokyo(), "text    = 0", "text    = 101")), "E204 101");
  EXPECT_EQ(only_problem(replaced(tokyo(), "date    = 2023-07-12", "date    = 2022-07-12")),
            "E303 2022-07-12");
}

TEST(ParseScenario, EvidenceOnlyTheResultCitesIsCited) {
  EXPECT_TRUE(read(replaced(tokyo(), "resolves_by = [\"E3\"]\n", "")).problems.empty());
}

TEST(ParseScenario, BrokenTomlHidesNothingElseAndInventsNothing) {
  std::string text =
      replaced(tokyo(), "title    = \"Liaison office in Tokyo\"", "title    = Liaison");
  text = replaced(text, "divisible = true", "divisible = 1");
  EXPECT_THAT(codes(read(text).problems), ElementsAre("E004", "E006"));
}

TEST(ParseScenario, EvidenceMayStandInOtherFiles) {
  const std::string with_file =
      replaced(replaced(tokyo(), "marking", "evidence_files = [\"more/evidence.toml\"]\nmarking"),
               "src = [\"J1\"] }", "src = [\"X1\"] }");
  const std::string evidence = "[[evidence]]\nid = \"X1\"\nsays = \"x\"\ngrade = \"B2\"\n";
  EXPECT_THAT(evidence_file_names(with_file), ElementsAre("more/evidence.toml"));
  const ScenarioFile file = read(with_file, {{"/home/a/more/evidence.toml", evidence}});
  EXPECT_TRUE(file.problems.empty()) << render(file.problems, {}, false);
  ASSERT_TRUE(file.scenario);
  EXPECT_NE(file.scenario->find_evidence("X1"), nullptr);

  const ScenarioFile bad = read(
      with_file, {{"/home/a/more/evidence.toml", replaced(evidence, "B2", "Z9") + "[rule]\n"}});
  ASSERT_THAT(codes(bad.problems), ElementsAre("E403", "E008"));
  EXPECT_EQ(bad.problems[0].place.file, "/home/a/more/evidence.toml");
  EXPECT_EQ(bad.problems[0].place.line, 4);
  EXPECT_EQ(bad.problems[0].place.column, 10);
  EXPECT_EQ(only_problem(with_file), "E011 more/evidence.toml");
}

TEST(ParseScenario, EvidenceFilesStayInTheFolder) {
  for (const char* name : {"../x.toml", "/etc/passwd", "a/../../x.toml", "a\\\\x.toml", "c:x.toml",
                           "", "a//b.toml", ".."}) {
    const std::string text =
        replaced(tokyo(), "marking", "evidence_files = [\"" + std::string(name) + "\"]\nmarking");
    EXPECT_THAT(codes(read(text).problems), ElementsAre("E012")) << name;
    EXPECT_TRUE(evidence_file_names(text).empty()) << name;
  }
  EXPECT_EQ(evidence_file_names("evidence_files = [\"a..b.toml\", \"a..b.toml\", 5]").size(), 1U);
}

TEST(ParseScenario, ProblemsComeInTheOrderOfTheText) {
  std::string text = replaced(tokyo(), "divisible = true", "divisible = 1");
  text = replaced(text, "grade = \"F6\"", "grade = \"6F\"");
  text = replaced(text, "resolve = 5, src = [\"J1\"]", "resolve = 500, src = [\"J9\"]");
  int last = 0;
  const Diagnostics problems = read(text).problems;
  EXPECT_EQ(problems.size(), 4U);
  for (const Diagnostic& problem : problems) {
    EXPECT_GE(problem.place.line, last);
    last = problem.place.line;
  }
}

TEST(ParseScenario, CountsWhatNobodyWouldRead) {
  std::string text = tokyo();
  for (int k = 0; k < 300; ++k) text += "key" + std::to_string(k) + " = 1\n";
  const ScenarioFile file = read(text);
  EXPECT_FALSE(file.scenario);
  ASSERT_EQ(file.problems.size(), 200U);
  EXPECT_THAT(file.problems.back().notes,
              testing::Contains("Reading found 100 more problems after this one."));
}

RC_GTEST_PROP(ParseScenario, OrderOfRowsNeverMatters, (std::uint32_t seed)) {
  std::vector<std::string> shuffled = rows();
  for (std::size_t i = 0; i < shuffled.size(); ++i) {
    shuffled[i] = replaced(shuffled[i], "resolve = 5", "resolve = " + std::to_string(i));
  }
  const ScenarioFile before = read(std::string(head) + join(shuffled) + std::string(tail));
  std::mt19937 bits(seed);
  std::shuffle(shuffled.begin(), shuffled.end(), bits);
  const ScenarioFile after = read(std::string(head) + join(shuffled) + std::string(tail));
  RC_ASSERT(before.scenario && after.scenario);
  for (std::size_t i = 0; i < 31; ++i) {
    const Member& a = before.scenario->members()[i];
    const Member& b = after.scenario->members()[i];
    RC_ASSERT(a.code == b.code);
    RC_ASSERT(a.resolve.value == b.resolve.value);
    RC_ASSERT(before.scenario->influence_shares()[i] == after.scenario->influence_shares()[i]);
  }
}

RC_GTEST_PROP(ParseScenario, SurvivesAnyDamage, (std::uint32_t seed)) {
  std::mt19937 bits(seed);
  std::string text = tokyo();
  for (int k = 0; k < 6; ++k) {
    const std::size_t at = bits() % text.size();
    switch (bits() % 3) {
      case 0:
        text.erase(at, bits() % 40);
        break;
      case 1:
        text.insert(at, 1, "\"=[]{}#,\n. 5x"[bits() % 13]);
        break;
      default:
        text[at] = static_cast<char>(bits() % 128);
        break;
    }
  }
  const ScenarioFile file = read(text);
  RC_ASSERT(file.scenario.has_value() != has_errors(file.problems));
  const auto lines = 1 + std::count(text.begin(), text.end(), '\n');
  for (const Diagnostic& problem : file.problems) {
    RC_ASSERT(problem.place.line >= 1 && problem.place.line <= lines);
    RC_ASSERT(problem.place.column >= 1);
  }
  const std::vector<TextFile> files{{"tokyo.toml", text}};
  render(file.problems, files, true);
}

std::string set(const std::string& text, std::string_view pointer, std::string_view value) {
  const Expected<std::string> edited = set_value({"tokyo.toml", text}, pointer, value);
  EXPECT_TRUE(edited) << edited.error().front().message;
  return edited.value_or("");
}

TEST(SetValue, ChangesOneValueAndNotAByteElse) {
  const std::string before = replaced(tokyo(), "AL = { position = \"70 (45 to 85)\",",
                                      "AL = { position =   \"70 (45 to 85)\" , ");
  const std::string after = set(before, "members.AL.position", "10 to 30");
  EXPECT_EQ(after, replaced(before, "\"70 (45 to 85)\" , ", "\"10 to 30\" , "));
  EXPECT_EQ(set(after, "members.AL.position", "70 (45 to 85)"), before);
}

TEST(SetValue, WritesWhatAUserTypesAsTomlWantsIt) {
  const std::string text = tokyo();
  const auto has = [&](std::string_view pointer, std::string_view value, std::string_view wanted) {
    return set(text, pointer, value).find(wanted) != std::string::npos;
  };
  EXPECT_TRUE(has("members.AL.position", "90", "AL = { position = 90,"));
  EXPECT_TRUE(has("members.AL.resolve", "unknown", "resolve = \"unknown\""));
  EXPECT_TRUE(has("members.AL.src", "[\"E1\"]", "src = [\"E1\"]"));
  EXPECT_TRUE(has("question.closes", "2023-07-11", "closes   = 2023-07-11"));
  EXPECT_TRUE(has("question.divisible", "false", "divisible = false"));
  EXPECT_TRUE(has("question.title", "A \"new\" title", R"(title    = "A \"new\" title")"));
  EXPECT_TRUE(has("evidence[2].published", "2022", "published = \"2022\""));
}

TEST(SetValue, CannotSmuggleInOtherKeys) {
  const std::string edited = set(tokyo(), "question.title", "x\"\nid = \"y");
  EXPECT_EQ(read(edited).scenario->parts().question.title, "x\"\nid = \"y");
  const std::string lines = set(tokyo(), "question.proposal", "50\nhorizon = 1");
  EXPECT_THAT(codes(read(lines).problems), ElementsAre("E006"));  // one text, not two lines
}

TEST(SetValue, RefusesWhatIsNotThere) {
  EXPECT_EQ(set_value({"t", tokyo()}, "members.XX.position", "5").error().at(0).code, "E007");
  EXPECT_EQ(set_value({"t", tokyo()}, "question", "5").error().at(0).code, "E006");
  EXPECT_EQ(set_value({"t", "a = "}, "a", "5").error().at(0).code, "E004");
}

RC_GTEST_PROP(SetValue, RoundTrip, (std::uint8_t row, std::uint8_t value)) {
  const std::string text = tokyo();
  const auto members = atlas().find_body("nato")->members_on({2023, 7, 12});
  const std::string& code = members[row % members.size()];
  const std::string edited =
      set(text, "members." + code + ".salience", std::to_string(value % 101));
  const ScenarioFile file = read(edited);
  RC_ASSERT(file.scenario.has_value());
  const Member& member = file.scenario->members()[*file.scenario->find_member(code)];
  RC_ASSERT(member.salience.value.text() == std::to_string(value % 101));
  RC_ASSERT(set(edited, "members." + code + ".salience", "10 to 35") == text);
}

// --- further issues and models

std::string with_section(const std::string& section) {
  return replaced(tokyo(), "[theatre]", section + "[theatre]");
}

TEST(ParseScenario, ReadsFurtherIssues) {
  const ScenarioFile file = read(with_section(R"toml([[issue]]
id       = "cost"
title    = "Who pays"
proposal = 50
scale    = { 0 = "NATO", 100 = "the host" }
[issue.members]
US = { position = "70 (50 to 90)", salience = 30, src = ["J1"] }
FR = { position = 20, salience = "30 to 60", src = ["J1"] }

[models.compromise_mean]

)toml"));
  ASSERT_TRUE(file.scenario) << codes(file.problems).size();
  const FurtherIssue& issue = file.scenario->parts().issues.at(0);
  EXPECT_EQ(issue.id, "cost");
  EXPECT_EQ(issue.proposal, 50);
  EXPECT_FALSE(issue.reversion);
  ASSERT_EQ(issue.members.size(), 2);
  EXPECT_EQ(issue.members[0].code, "FR");  // in order of code
  EXPECT_EQ(issue.members[1].position.value.text(), "70 (50 to 90)");
  EXPECT_EQ(issue.scale.at(1).meaning, "the host");
}

TEST(ParseScenario, RefusesWhatIsWrongWithFurtherIssues) {
  const ScenarioFile file = read(with_section(R"toml([[issue]]
id       = "tokyo"
reversion = 140
[issue.members]
JP = { position = 20, salience = 30 }
[[issue]]
id = "empty"
members = {}
[models.compromise_men]
[models.compromise_mean]
power = 2

)toml"));
  EXPECT_FALSE(file.scenario);
  const auto found = codes(file.problems);
  for (const char* code : {"E502", "E204", "E310", "E501", "E308"}) {
    EXPECT_THAT(found, testing::Contains(code));
  }
  const auto unknown = std::find_if(
      file.problems.begin(), file.problems.end(),
      [](const Diagnostic& p) { return p.place.pointer == "models.compromise_mean.power"; });
  ASSERT_NE(unknown, file.problems.end());
  EXPECT_GT(unknown->place.line, 0);
}

}  // namespace
}  // namespace delian::io
