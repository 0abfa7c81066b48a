#pragma once
// Every phrase a report uses, in each language. One table per language; a missing phrase does not
// compile, since every member is set by name.

#include <array>
#include <string_view>

#include "delian/decision.hpp"
#include "delian/words.hpp"
#include "report/table_summary.hpp"

namespace delian {

/// What table_summary() says.
struct TablePhrases {
  std::string_view heading;     // {0} source, {1} form, {2} counts
  std::string_view counts;      // {0} actors, {1} issues
  std::string_view counts_one;  // {0} actors
  std::string_view issue;
  std::string_view actors;
  std::string_view scale;
  std::string_view positions;
  std::string_view salience;
  std::string_view capability;
  std::string_view range;  // {0} low, {1} high
  std::string_view more;   // {0} issues
  std::string_view complete;
  std::string_view missing;     // {0} places, {1} of all
  std::string_view reversions;  // {0} issues, {1} of all
  std::string_view outcomes;    // {0} issues, {1} of all
  std::string_view reading;
  std::array<std::string_view, reading_step_count> steps;  // {0}, {1} as ReadingStep says
};

/// What table_landing_report() and model_list() say.
struct TableLandingPhrases {
  std::string_view scale;  // {0} low, {1} high, {2} actors
  std::string_view lands_at;
  std::string_view ended;
  std::string_view positions;
  std::string_view reversion;
  std::string_view outcome;
  std::array<std::string_view, 4> termination;  // as Termination
  std::string_view one_model;                   // {0} landing
  std::string_view
      apart;  // {0} lowest, {1} highest, {2} distance, {3} percent, {4} models, {5} median
  std::string_view left_out_somewhere;  // {0} list
  std::string_view no_model;
  std::string_view together;  // {0} models, {1} issues
  std::string_view unsettled;
  std::string_view rounds;  // {0} model
  std::string_view issue;
  std::string_view lowest;
  std::string_view highest;
  std::string_view share_apart;
  std::string_view table_note;  // {0} issues
  std::string_view misses;      // {0} issues with an outcome
  std::string_view source;      // {0} key
  std::string_view parameter;   // {0} least, {1} most, {2} default
  std::string_view choice;      // {0} choices, {1} default
  std::string_view no_parameters;
};

struct Messages {
  std::string_view members_on;      // {0} rule, {1} members, {2} date
  std::string_view text_is;         // {0} value, {1} meaning
  std::string_view otherwise;       // {0} value, {1} meaning
  std::string_view as_drafted_by;   // {0} date, {1} word and number
  std::string_view some_agreement;  // {0} months, {1} word and number
  std::array<std::string_view, outcome_count> outcomes;
  std::array<std::string_view, remedy_count> remedies;
  std::string_view if_agreed;  // {0} text, {1} low, {2} high, {3} month, {4} late month
  std::string_view who_blocks;
  std::string_view who_withholds;
  std::string_view objects;
  std::string_view withholds;
  std::string_view alone;
  std::string_view decisive;
  std::string_view if_absent;
  std::string_view share;
  std::string_view evidence;
  std::string_view judgement;
  std::string_view others;  // {0} number
  std::string_view more;    // {0} number
  std::string_view other;
  std::string_view nobody_blocks;
  std::string_view table_note_silence;
  std::string_view table_note_vote;
  std::string_view coordination;               // {0} least, {1} greatest, {2} weight
  std::array<std::string_view, 3> confidence;  // low, moderate, high
  std::string_view judgement_alone;            // {0} number, {1} members
  std::string_view sourced_share;              // {0} percent
  std::string_view contested_one;
  std::string_view contested_many;  // {0} number
  std::string_view unknown;         // {0} number
  std::string_view swing;           // {0} percent points
  std::string_view change_our_mind;
  std::array<std::string_view, 3> fields;  // position, salience, resolve
  std::string_view tipping;                // {0} member, {1} field, {2} from, {3} to, {4} word
  std::string_view no_tipping;
  std::string_view rests_on;
  std::string_view without;  // {0} evidence, {1} word
  std::string_view list_and;
  std::string_view all_behind;   // {0} evidence, {1} member
  std::string_view without_all;  // {0} word
  std::string_view no_reports;
  std::string_view no_load_bearing;
  std::string_view stands_behind;   // heading
  std::string_view landing;         // heading
  std::string_view landing_range;   // {0} median, {1} low, {2} high, {3} low of 90 %, {4} high
  std::string_view landing_within;  // {0} low, {1} high, {2} word and number
  std::string_view landing_legend;  // dots
  std::string_view landing_marks;   // {0} the points marked
  std::string_view mark_reversion;  // {0} point
  std::string_view mark_text;       // {0} point
  std::string_view landing_models;  // {0} models, {1} lowest median, {2} highest median
  std::string_view median;          // column
  std::string_view range_90;        // column
  std::string_view unsettled;       // explains the mark
  std::string_view left_out;        // {0} models with what they need
  std::string_view needs;           // {0} model, {1} need
  std::string_view landing_source;  // {0} draws, {1} weights
  std::string_view conditional;
  std::string_view
      provenance;  // {0} draws, {1} margin, {2} seed, {3} version, {4} model, {5} defaults
  std::string_view overridden;  // {0} defaults, {1} number
  std::string_view unconfirmed_words;
  std::string_view interrupted;  // {0} done, {1} asked
  char thousands;
  std::string_view semicolon;
  std::string_view colon;  // between a label and what follows
  TablePhrases table;
  TableLandingPhrases table_landing;
};

const Messages& messages(Language language);

}  // namespace delian
