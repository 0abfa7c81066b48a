#pragma once
// Every phrase a report on voting power uses, in each language.

#include <array>
#include <string_view>

#include "delian/words.hpp"

namespace delian {

struct PowerMessages {
  std::string_view members_on;  // {0} rule, {1} members, {2} date
  std::string_view all_block;
  std::string_view some_block;  // {0} members
  std::string_view none_blocks;
  std::string_view act;             // {0} percent
  std::string_view act_counted;     // {0} percent, {1} passing, {2} all
  std::string_view profiles;        // {0} percent, {1} passing, {2} all
  std::string_view nakamura;        // {0} number, {1} dimensions
  std::string_view nakamura_range;  // {0} least, {1} most
  std::string_view nakamura_infinite;
  std::string_view minimal;  // {0} winning, {1} blocking
  std::string_view not_counted;
  std::string_view about;            // {0} number
  std::string_view consensus_alike;  // {0} share
  std::string_view alike;            // {0} share
  std::string_view needs_chances;
  std::string_view a_priori;
  std::array<std::string_view, 5> columns;
  std::string_view columns_note;
  std::array<std::string_view, 5> union_columns;
  std::string_view unions_note;
  std::string_view veto_mark;  // what the mark behind a member means
  std::string_view pass;
  std::string_view passes_if_independent;  // {0} word and number
  std::string_view chances;
  std::string_view other_chances;
  std::string_view from_silence;  // {0} chances, {1} percent, {2} draws
  std::string_view from_vote;     // {0} chances, {1} percent, {2} draws
  std::array<std::string_view, 4> pass_columns;
  std::string_view pass_note;
  std::string_view more;                       // {0} number
  std::array<std::string_view, 2> listed;      // winning, blocking: {0} shown, {1} of all
  std::array<std::string_view, 2> listed_all;  // {0} shown
  std::array<std::string_view, 4> methods;
  std::string_view exact_counts;
  std::string_view exact_integral;
  std::string_view provenance;  // {0} method, {1} exactness, {2} version
  std::string_view a_priori_warning;
  std::string_view list_and;
  std::string_view less_than;  // {0} percent
  char thousands;
  char decimal;
};

const PowerMessages& power_messages(Language language);

}  // namespace delian
