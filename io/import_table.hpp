#pragma once
// Published tables of actors in the forms in which they are published.

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "delian/actor_table.hpp"
#include "io/text_file.hpp"
#include "src/report/table_summary.hpp"

namespace delian::io {

enum class TableFormat : std::uint8_t {
  plain,     ///< a row for each actor and issue; docs/import.md
  ktab_csv,  ///< KTAB's Spatial Model of Politics, CSV
  ktab_xml,  ///< the same, XML
  decide,    ///< rows #A, #P, #M, #D of the Decide exchange model
  deu,       ///< Decision-making in the European Union: issues, positions and actors, long form
};
inline constexpr std::array<std::string_view, 5> table_format_names{"plain", "ktab-csv", "ktab-xml",
                                                                    "decide", "deu"};
/// "KTAB CSV"
std::string_view table_format_title(TableFormat format);

/// Where capability comes from when the table itself does not say.
enum class CapabilitySource : std::uint8_t {
  gdp,         ///< square root of gross domestic product; DEU only
  council,     ///< votes in the Council under the Treaty of Nice; DEU only
  population,  ///< DEU only
  equal,       ///< 1 for everybody
};
inline constexpr std::array<std::string_view, 4> capability_source_names{"gdp", "council",
                                                                         "population", "equal"};

struct Scale {
  double low = 0;
  double high = 100;
};

struct ImportOptions {
  std::optional<TableFormat> format = std::nullopt;           ///< nothing: told from the content
  std::optional<CapabilitySource> capability = std::nullopt;  ///< nothing: the table's own, or gdp
  std::optional<Scale> scale = std::nullopt;  ///< of issues for which the file names none
};

/// Limits that keep a table within a screen of memory; far above anything published.
inline constexpr std::size_t most_actors = 500;
inline constexpr std::size_t most_issues = 2000;
inline constexpr std::size_t most_name_bytes = 400;  ///< of an actor or the id of an issue

struct ImportedTable {
  ActorTable table;
  TableFormat format = TableFormat::plain;
  std::vector<ReadingNote> notes;
  Diagnostics warnings;
  std::vector<Place> actor_places;  ///< where each actor is named first
};

/// Reads a table from one text, or from the three texts of a DEU folder in any order.
///
/// Errors    E001, E002 as for any file; E501 to E504 of ActorTable::make() with the place of the
///           cell; E510 form not recognised; E511 broken text; E512 column or element missing or
///           twice; E513 empty cell; E514 no number; E515 counts that disagree; E516 unit of
///           salience not clear; E517 decimal mark not clear; E518 too large; E519 an issue
///           described in two ways; E520 a name that is nowhere defined; E521 files of a folder
///           missing.
/// Warnings  W511 names that differ only in case or blanks; W512 scale taken from the positions.
Expected<ImportedTable> read_actor_table(std::span<const TextFile> files,
                                         const ImportOptions& options = {});

/// The table in the plain form. read_actor_table() gives back the same table where names, ids and
/// titles have no blanks at their ends and no line breaks; those are written as spaces. Texts that
/// a spreadsheet would take for a formula stand behind an apostrophe, which reading takes away.
std::string write_plain_table(const ActorTable& table);

/// Format "delian-table/1": the table, how it was read, and the warnings.
std::string to_json(const ImportedTable& imported, std::string_view source);

}  // namespace delian::io
