#pragma once
// One reader for each form of table; import_table.cpp chooses. All take the texts as
// read_actor_table() does, checked to be UTF-8 and of a bearable size.

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "io/csv.hpp"
#include "io/import_table.hpp"
#include "io/table_builder.hpp"

namespace delian::io {

Expected<ImportedTable> read_plain(std::span<const TextFile> files, const ImportOptions& options);
Expected<ImportedTable> read_ktab_csv(std::span<const TextFile> files,
                                      const ImportOptions& options);
Expected<ImportedTable> read_ktab_xml(std::span<const TextFile> files,
                                      const ImportOptions& options);
Expected<ImportedTable> read_decide(std::span<const TextFile> files, const ImportOptions& options);
Expected<ImportedTable> read_deu(std::span<const TextFile> files, const ImportOptions& options);

/// Does the text look like this form? Says nothing about whether it can be read.
bool looks_like_plain(std::string_view text);
bool looks_like_ktab_csv(std::string_view text);
bool looks_like_ktab_xml(std::string_view text);
bool looks_like_decide(std::string_view text);
bool looks_like_deu(std::string_view text);

/// The mark between the cells of a line: comma, semicolon or tab, whichever stands outside quotes
/// most often.
char delimiter_of(std::string_view line);

/// Says which it is, unless it is the comma.
void note_delimiter(TableBuilder& builder, char delimiter);

/// Lower case, words joined by underscores: "Issue title" is "issue_title".
std::string header_word(std::string_view text);

/// The first lines that hold a record: not blank, not a comment.
std::vector<std::string_view> first_records(std::string_view text, std::size_t count);

}  // namespace delian::io
