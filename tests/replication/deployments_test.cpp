// Cruises that took place, sailed again: from one known call to the next by the sea network, at the
// speed planned for a ship with frequent stops, the same stay at each call. Dates are public:
//   Bayern 2021     Bundeswehr (2 August to 18 February), Janes (Tokyo, 5 November)
//   CSG21           UK Ministry of Defence (22 May to 9 December), Forces Net, and reports of the
//                   passage of Suez on 6 July and of Yokosuka on 4 September
//   Canada 2023     Royal Canadian Navy (14 August to 18 December), ANNUALEX to 20 November
// Calls between them are from the same reports or from memory; what a ship did between is not known
// to the plan, so the ten days are a wide mark. Cam Ranh stands for Ho Chi Minh City.

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "delian/date.hpp"
#include "io/sea.hpp"

namespace delian {
namespace {

constexpr double speed_kn = 12;     // planning speed with frequent stops
constexpr double days_in_port = 4;  // each call; our judgement
constexpr int tolerance_days = 10;

/// Day of arrival at the last of the ports.
double days_to(const std::vector<std::string>& ports) {
  double days = 0;
  for (std::size_t k = 1; k < ports.size(); ++k) {
    sea::Question question;
    question.from = ports[k - 1];
    question.to = ports[k];
    const auto asked = sea::plan(io::sea_network(), question);
    EXPECT_TRUE(asked && asked->answer.route) << ports[k];
    if (!asked || !asked->answer.route) return 0;
    days += asked->answer.route->distance_nm / (24 * speed_kn);
    days += asked->answer.route->wait_hours / 24;
    if (k + 1 < ports.size()) days += days_in_port;
  }
  return days;
}

struct Leg {
  const char* what;
  Date sailed;
  std::vector<std::string> ports;
  Date arrived;
};

TEST(Deployments, AreSailedAgainWithinTenDays) {
  const std::vector<Leg> legs{
      {"Bayern, to Tokyo",
       {2021, 8, 2},
       {"wilhelmshaven", "souda", "djibouti", "karachi", "diego-garcia", "fremantle", "darwin",
        "guam", "tokyo"},
       {2021, 11, 5}},
      {"Bayern, home from Busan",
       {2021, 12, 6},
       {"busan", "singapore", "cam-ranh", "singapore", "mumbai", "djibouti", "haifa",
        "wilhelmshaven"},
       {2022, 2, 18}},
      {"CSG21, from Suez to Yokosuka",
       {2021, 7, 6},
       {"port-said", "mumbai", "singapore", "guam", "busan", "yokosuka"},
       {2021, 9, 4}},
      {"CSG21, home from Singapore",
       {2021, 10, 10},
       {"singapore", "mumbai", "muscat", "duqm", "souda", "gibraltar", "portsmouth"},
       {2021, 12, 9}},
      {"Ottawa and Vancouver, home from Japan",
       {2023, 11, 20},
       {"yokosuka", "pearl-harbor", "esquimalt"},
       {2023, 12, 18}},
  };
  for (const Leg& leg : legs) {
    const double planned = days_to(leg.ports);
    const int took = days_between(leg.sailed, leg.arrived);
    EXPECT_NEAR(planned, took, tolerance_days) << leg.what;
    RecordProperty(leg.what, std::to_string(planned - took));
  }
}

// What the rotation formula leaves of a cruise beside what was counted: passage by Suez at 16
// knots.
TEST(Deployments, DaysInTheTheatreAreThoseCounted) {
  sea::Question question;
  question.from = "portsmouth";
  question.to = "yokosuka";
  const auto asked = sea::plan(io::sea_network(), question);
  ASSERT_TRUE(asked && asked->answer.route);
  const double passage = asked->answer.route->distance_nm / (24 * 16);
  const int away = days_between({2021, 5, 22}, {2021, 12, 9});
  EXPECT_NEAR(away - 2 * passage, 140, tolerance_days) << "Carrier Strike Group 21";
}

}  // namespace
}  // namespace delian
