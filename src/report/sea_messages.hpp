#pragma once
// Every phrase a report on a route uses, in each language.

#include <array>
#include <string_view>

#include "delian/sea.hpp"
#include "delian/words.hpp"

namespace delian::sea {

/// A unit after a number: of one, of more.
struct UnitWords {
  std::string_view one, more;
};

struct SeaMessages {
  std::string_view from_to;     // {0} place, {1} place
  std::string_view by;          // {0} place or gate
  std::string_view at_speed;    // {0} knots
  std::string_view with_class;  // {0} class of ships
  std::string_view distance;
  std::string_view time;
  std::string_view lost_of_time;              // {0} under way, {1} lost
  std::array<std::string_view, 3> gate_rows;  // miles, gate, time lost
  std::string_view no_gate;
  std::string_view shut;
  std::string_view row;          // {0} gate, {1} reason
  std::string_view cannot_pass;  // {0} gates with reasons
  std::string_view with_reason;  // {0} gate, {1} reason
  std::string_view kept_within;  // {0} parallels
  std::string_view without_no_route;
  std::string_view nothing_changes;
  std::string_view without_no_gate;  // {0} miles, {1} time
  std::string_view without;          // {0} miles, {1} time, {2} gates
  std::string_view add;              // {0} miles and time
  std::string_view save;             // {0} miles and time
  std::string_view add_and_save;     // {0} miles, {1} time
  std::string_view save_and_add;     // {0} miles, {1} time
  std::string_view no_route;
  std::string_view latitude_limit;
  std::string_view no_water;
  std::string_view one_gate;
  std::string_view any_gate;
  std::string_view together;
  std::string_view named;  // {0} gate, {1} id
  std::string_view closed;
  std::string_view unless_opened;
  std::string_view too_large;  // {0} measure, {1} of the ship, {2} of the gate
  std::string_view by_law;
  std::array<std::string_view, 4> port_columns;
  std::array<std::string_view, 2> class_columns;
  std::array<std::string_view, measure_count> measure_columns;
  std::string_view classes_note;
  std::string_view and_more;  // {0} what else there is to say of a gate
  std::string_view at_most;   // {0} measures
  std::string_view bars;      // {0} classes
  std::string_view lost;      // {0} hours
  std::array<std::string_view, measure_count> measures;
  UnitWords miles, hours, days;
  bool one_below_two;  // 0.5 and 1.5 take the singular, too
  std::string_view list_and;
  char west;
  char thousands;
  char decimal;
};

const SeaMessages& sea_messages(Language language);

}  // namespace delian::sea
