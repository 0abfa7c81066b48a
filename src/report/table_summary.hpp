#pragma once
// A table of actors in a page: what it holds and how it was read.

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "delian/actor_table.hpp"
#include "delian/words.hpp"

namespace delian {

/// What a reader of tables did to what the file says, so that nobody is surprised by a number.
enum class ReadingStep : std::uint8_t {
  semicolons,          ///< between the cells
  tabs,                ///< between the cells
  decimal_comma,       ///< commas read as decimal points
  salience_divided,    ///< {0} what saliences were divided by
  salience_as_shares,  ///< saliences from 0 to 1, kept
  scale_by_file,       ///< {0}, {1} ends
  scale_by_option,     ///< {0}, {1} ends
  scale_by_format,     ///< {0}, {1} ends
  capability_equal,
  capability_gdp,
  capability_council,
  capability_population,
  mean_salience,      ///< {0} number of saliences that were not given
  codes_outside,      ///< {0} number of numbers outside 0 to 100
  actors_left_out,    ///< {0} names
  names_by_code,      ///< member states by ISO code
  columns_not_read,   ///< {0} names
  parts_not_read,     ///< {0} names of elements
  meanings_not_read,  ///< {0} number of scale points with a meaning
};
inline constexpr std::size_t reading_step_count =
    static_cast<std::size_t>(ReadingStep::meanings_not_read) + 1;

struct ReadingNote {
  ReadingStep step;
  std::array<std::string, 2> arguments;
};

/// The note as a sentence.
std::string sentence(const ReadingNote& note, Language language);

/// What stands above a table.
struct TableHeading {
  std::string source;       ///< name of the file or folder
  std::string_view format;  ///< "KTAB CSV"
  std::vector<ReadingNote> notes;
};

/// At most 80 columns: actors, issues with scale and ranges, empty places, what was done in
/// reading.
std::string table_summary(const ActorTable& table, const TableHeading& heading, Language language,
                          bool colour);

}  // namespace delian
