#pragma once
// Every phrase a report on fleets uses, in each language.

#include <array>
#include <string_view>

#include "delian/fleet.hpp"
#include "delian/words.hpp"

namespace delian::fleet {

/// After a number: of one, of more.
struct CountWords {
  std::string_view one, more;
};

struct FleetMessages {
  std::string_view title;                                 // {0} period
  std::array<std::string_view, hull_kind_count> columns;  // by HullKind, at most five characters
  std::array<CountWords, hull_kind_count> kinds;          // by HullKind
  std::string_view table_note;
  std::string_view memory_count;  // {0} cells, {1} of, {2} how to list them
  std::string_view heading;       // {0} state, {1} code, {2} period
  std::string_view with_part;     // {0} state, {1} part of its navy
  std::string_view ports;
  std::string_view cycle;
  std::array<std::string_view, 3> figures;  // by Figure::Kind, {0} number, {1} period
  std::string_view no_ships;
  std::string_view in_all;
  std::array<std::string_view, 3> basings;      // by Basing, {0} port
  std::string_view basing_unplaced;             // forward, port not known to the sea network
  std::array<std::string_view, 3> row_columns;  // ships, home port, grade
  std::string_view forces, deployments, goals, costs, memory;  // {0} theatre, where there is one
  std::string_view nothing;
  CountWords ship_words;
  CountWords people;
  std::string_view since;            // {0} date
  std::string_view starting;         // {0} date, which may lie ahead
  std::string_view until;            // {0} date
  std::string_view at_port;          // {0} port
  std::string_view period;           // {0} from, {1} to
  std::string_view still_out;        // {0} from
  std::string_view days_away;        // {0} days or range
  std::string_view days_stated;      // {0} days
  std::string_view days_in_theatre;  // {0} days
  std::string_view calls;            // {0} ports
  std::string_view every_year;
  std::string_view every_years;  // {0} years
  std::string_view days_each;    // {0} days
  std::string_view days_unsaid;
  std::string_view all_year;
  std::string_view declared;     // {0} date, {1} by whom
  std::string_view source;       // {0} source, {1} grade
  std::string_view from_memory;  // {0} source to check
  std::string_view cost;         // {0} number, {1} range
  std::string_view any_navy;
  std::string_view range;  // {0} low, {1} high
  std::string_view memory_note;
  std::string_view memory_word;
  std::string_view none_from_memory;
  char thousands;
  char decimal;
};

const FleetMessages& fleet_messages(Language language);

}  // namespace delian::fleet
