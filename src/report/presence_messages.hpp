#pragma once
// Every phrase a report on presence uses, in each language.

#include <array>
#include <string_view>

#include "delian/words.hpp"

namespace delian::presence {

struct PresenceMessages {
  std::string_view heading;  // {0} station, {1} speed
  std::array<std::string_view, 7> columns;
  std::string_view columns_note;
  std::array<std::string_view, 7> limits;  // by Constraint
  std::string_view outsider_mark;
  std::string_view nobody;
  std::string_view credible;    // {0} states
  std::string_view borderline;  // {0} states, each with its chance
  std::string_view fraction;    // {0} states
  std::string_view nobody_credible;
  std::string_view summary;           // {0} station, {1} states with their ships
  std::string_view summary_declared;  // {0} states, {1} declared, {2} kept, {3} low, {4} high
  std::string_view together;          // {0} ships, {1} low, {2} high, {3} escorts
  std::string_view seen_shares;       // {0} states, {1} years
  std::string_view gives_nothing;     // {0} states
  std::string_view no_escort;         // {0} number of members
  std::string_view unknown;           // {0} states
  std::string_view asks_heading;
  std::string_view asks_nothing;          // {0} text
  std::string_view asks;                  // {0} text, {1} ships
  std::array<std::string_view, 4> kinds;  // carriers, escorts, patrols, oilers: {0} number
  std::string_view enough;                // {0} word and number
  std::string_view given_agreement;       // {0} percent, {1} ships, {2} low, {3} high
  std::string_view enough_if_agreed;      // {0} word and number
  std::string_view declared_heading;
  std::array<std::string_view, 4> declared_columns;
  std::string_view declared_note;
  std::string_view all;  // a row for all members
  std::string_view arrivals_heading;
  std::string_view arrivals_note;
  std::string_view closures_heading;
  std::string_view closure;  // {0} gate, {1} percent, {2} without, {3} with
  std::string_view no_way;   // {0} states
  std::string_view levers_heading;
  std::array<std::string_view, 8> lever_columns;
  std::string_view levers_note;
  std::string_view cover_heading;  // {0} ships
  std::string_view cover_met;      // {0} months
  std::string_view cover_missing;  // {0} ship-months covered, {1} needed, {2} months
  std::string_view cover_cost;     // {0} million dollars
  std::string_view cover_unproven;
  std::string_view cover_binds;  // {0} what
  std::string_view cover_no_single;
  std::string_view cover_more;                   // {0} ships
  std::array<std::string_view, 5> cover_limits;  // by ScheduleConstraint
  std::array<std::string_view, 3> cover_columns;
  std::string_view cover_note;
  std::string_view footer;  // {0} draws, {1} seed, {2} version
  std::string_view list_and;
  std::string_view to;  // between the ends of a range that may be negative
  std::string_view never;
  char thousands;
  char decimal;
};

const PresenceMessages& presence_messages(Language language);

}  // namespace delian::presence
