#pragma once
// The half of delian score that reads tables of actors.

#include <string>

#include "cli/commands.hpp"

namespace delian::cli {

/// True for a folder in the long form of DEU and for a file that is no TOML.
bool holds_actor_table(const std::string& path);

/// Scores landings of the decided issues of every table, which must be one kind of path only.
int score_landings(const ScoreArguments& arguments, Streams& streams);

}  // namespace delian::cli
