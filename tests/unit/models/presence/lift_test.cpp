#include "delian/lift.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace delian::presence {
namespace {

const Airlifter heavy{"heavy", 10, 12, 400, 50};

TEST(Airlift, TonMilesAreAircraftTimesHoursTimesSpeedTimesPayload) {
  const Airlift lift = airlift({heavy}, 6000, {}, 1000, "").value();
  EXPECT_DOUBLE_EQ(lift.ton_miles_per_day, 10 * 12 * 400 * 50 * .47);
  // The empty way back is in the productivity: the distance counts once.
  EXPECT_DOUBLE_EQ(lift.tons_per_day, 10 * 12 * 400 * 50 * .47 / 6000);
  // With productivity one half it is round trips: each takes 2 * 6000 / 400 = 30 hours of flight.
  const Airlift trips = airlift({heavy}, 6000, {}, 1000, "", .5).value();
  EXPECT_DOUBLE_EQ(trips.tons_per_day, 10 * 12 / 30. * 50);
  EXPECT_DOUBLE_EQ(trips.closure_days, 6000 / (24 * 400.) + 1000 / 200.);
  EXPECT_FALSE(lift.field_binds);
}

TEST(Airlift, AFieldWithFewPlacesBinds) {
  Airfield field;
  field.parking = 1;
  field.hours_per_day = 10;
  field.ground_hours = 5;
  field.queue_efficiency = .5;
  const Airlift lift = airlift({heavy}, 600, field, 100, "").value();
  EXPECT_TRUE(lift.field_binds);
  EXPECT_DOUBLE_EQ(lift.sorties_per_day, 1);
  EXPECT_DOUBLE_EQ(lift.tons_per_day, 50);
  EXPECT_GT(lift.fleet_tons_per_day, 50);
}

TEST(Airlift, NothingToCarryAndNothingToCarryItWith) {
  EXPECT_EQ(airlift({heavy}, 600, {}, 0, "").value().closure_days, 0);
  const Airlift none = airlift({{"none", 0, 12, 400, 50}}, 600, {}, 10, "").value();
  EXPECT_TRUE(std::isinf(none.closure_days));
  const auto refused = airlift({}, 0, {}, -1, "air");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().size(), 3U);
  EXPECT_EQ(refused.error().front().code, "E663");
}

Sealifter roro(int ships) {
  Sealifter kind;
  kind.id = "roro";
  kind.ships = ships;
  kind.capacity_tons = 100;
  kind.speed_kn = 20;
  kind.activation_days = 5;
  kind.load_days = 2;
  kind.unload_days = 3;
  return kind;
}

TEST(Sealift, ClosesAfterActivationLoadPassageAndUnload) {
  // 4800 nm at 20 kn are ten days: first load on day 5 + 2 + 10 + 3, the next 25 days later.
  const Sealift one = sealift({roro(2)}, 4800, 200, 100, 1, 1, "").value();
  EXPECT_EQ(one.closure_days, 20);
  EXPECT_EQ(one.closure_p50, 20);
  EXPECT_EQ(one.closes_share, 1);
  const Sealift three = sealift({roro(2)}, 4800, 500, 100, 1, 1, "").value();
  EXPECT_EQ(three.closure_days, 20 + 2 * 25);
  ASSERT_EQ(three.all_sail.size(), 3U);
  EXPECT_EQ(three.all_sail.back().tons, 600);
  EXPECT_TRUE(std::isinf(sealift({roro(2)}, 4800, 5000, 100, 1, 1, "").value().closure_days));
  EXPECT_EQ(sealift({roro(2)}, 4800, 0, 100, 1, 1, "").value().closure_days, 0);
}

TEST(Sealift, ShipsThatFailDelayIt) {
  // mercogliano2021: 40.7 % of the 61 ships were fully ready.
  Sealifter kind = roro(61);
  kind.sails_share = .407;
  const Sealift lift = sealift({kind}, 4800, 2000, 200, 4000, 3, "").value();
  EXPECT_EQ(lift.closure_days, 20);
  EXPECT_EQ(lift.expected_closure_days, 20);  // 24.8 loads by then
  // 20 or more of binomial(61, .407): 94 %.
  EXPECT_EQ(lift.closure_p10, 20);
  EXPECT_EQ(lift.closure_p90, 20);
  kind.ships = 50;  // 20 or more of 50: 59 %
  const Sealift fewer = sealift({kind}, 4800, 2000, 200, 4000, 3, "").value();
  EXPECT_EQ(fewer.closure_p50, 20);
  EXPECT_EQ(fewer.closure_p90, 45);
  kind.sails_share = 0;
  EXPECT_EQ(sealift({kind}, 4800, 1, 200, 100, 3, "").value().closes_share, 0);
}

TEST(Sealift, RefusesAllThatIsWrongAtOnce) {
  Sealifter kind = roro(-1);
  kind.speed_kn = 0;
  const auto refused = sealift({kind}, 4800, 1, -3, 0, 1, "sea");
  ASSERT_FALSE(refused);
  std::vector<std::string> places;
  for (const Diagnostic& problem : refused.error()) {
    EXPECT_EQ(problem.code, "E663");
    places.push_back(problem.place.pointer);
  }
  EXPECT_THAT(places, ::testing::IsSupersetOf(
                          {"sea.horizon_days", "sea.runs", "sea.roro.ships", "sea.roro.speed_kn"}));
  // Zero miles in no time is no passage.
  Sealifter still = roro(1);
  still.load_days = still.unload_days = 0;
  EXPECT_FALSE(sealift({still}, 0, 1e9, 10, 1, 1, ""));
}

}  // namespace
}  // namespace delian::presence
