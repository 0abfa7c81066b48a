#include "io/problem_list.hpp"

#include <algorithm>
#include <tuple>

namespace delian::io {

void ProblemList::add(std::string_view code, const Mark& mark, std::string message, std::string fix,
                      std::vector<std::string> notes) {
  Diagnostic problem = diagnose(code, "", std::move(message), std::move(fix), std::move(notes));
  if (problem.severity == Severity::error) ++errors_;
  if (entries_.size() == most_told) {
    ++untold_;
    return;
  }
  entries_.push_back({mark, std::move(problem)});
}

Diagnostics ProblemList::take(std::span<const std::string_view> names) {
  std::stable_sort(entries_.begin(), entries_.end(), [](const Entry& a, const Entry& b) {
    return std::tie(a.mark.file, a.mark.line, a.mark.column) <
           std::tie(b.mark.file, b.mark.line, b.mark.column);
  });
  Diagnostics all;
  for (Entry& entry : entries_) {
    Place& place = entry.problem.place;
    place.file = names[static_cast<std::size_t>(entry.mark.file)];
    place.line = entry.mark.line;
    place.column = entry.mark.column;
    place.length = entry.mark.length;
    all.push_back(std::move(entry.problem));
  }
  if (untold_ > 0) {
    all.back().notes.push_back("And " + std::to_string(untold_) + " more problems.");
  }
  entries_.clear();
  return all;
}

}  // namespace delian::io
