#pragma once
// How people call ports, gates and classes: by id, name or alias, whatever the case of ASCII
// letters.

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "delian/sea.hpp"
#include "domain/text.hpp"

namespace delian::sea {

inline bool same_name(std::string_view a, std::string_view b) {
  return a.size() == b.size() && edit_distance(a, b) == 0;
}

inline bool is_name(const std::string& known, std::string_view name) {
  return same_name(known, name);
}
inline bool is_name(const Name& known, std::string_view name) {
  return same_name(known.en, name) || same_name(known.fr, name);
}

template <class Row>
bool is_called(const Row& row, std::string_view name) {
  return same_name(row.id, name) || is_name(row.name, name) ||
         std::any_of(row.aliases.begin(), row.aliases.end(),
                     [&](const std::string& alias) { return same_name(alias, name); });
}

/// The class of a name; null if there is none.
inline const ShipClass* find_class(const Facts& facts, std::string_view name) {
  for (const ShipClass& ship : facts.classes) {
    if (is_called(ship, name)) return &ship;
  }
  return nullptr;
}

/// The gate of a name, or the gates of the group of that name; empty if there are none.
std::vector<std::size_t> gates_called(const Facts& facts, std::string_view name);

/// What could have been meant by the name of no gate, or where gates are listed.
std::string suggested_gate(const Facts& facts, std::string_view name);

}  // namespace delian::sea
