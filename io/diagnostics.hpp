#pragma once
// Diagnostics as people and as programs read them.

#include <span>
#include <string>

#include "delian/diagnostic.hpp"
#include "io/text_file.hpp"

namespace delian::io {

/// One block per problem, a blank line between blocks:
///
///   tokyo.toml:46:1: error[E101]: "UK" is not a member of the North Atlantic Council on 2023-07-12
///      46 | UK = { position = "75 (60 to 90)", ...
///         | ^^  did you mean GB (United Kingdom)?  ISO codes are used.
///         Now 30 of 31 members have a row. Missing: GB.
///
/// The line of the source is shown where a fix points at it, cut to 80 columns around the mark.
/// What a terminal would obey or hide (control characters, changes of direction) is spelled out,
/// never sent. With `colour`, the usual ANSI sequences.
std::string render(const Diagnostics& problems, std::span<const TextFile> files, bool colour);

/// "2 files checked: 4 errors, 2 warnings."
std::string count_line(const Diagnostics& problems, std::size_t files);

/// A JSON array of objects with code, severity, title, file, line, column, length, pointer,
/// message, fix and notes. Bytes that are not UTF-8 become U+FFFD.
std::string to_json(const Diagnostics& problems);

}  // namespace delian::io
