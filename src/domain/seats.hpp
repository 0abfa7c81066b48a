#pragma once
// Seats that are held for a term.

#include <cstddef>
#include <string>
#include <vector>

#include "delian/body.hpp"

namespace delian {

struct ElectedSeats {
  std::vector<std::string> held;  ///< codes of those elected, as far as the facts go
  std::size_t open = 0;           ///< seats of which the facts do not say who holds them
};

/// The elected seats of a body on a day. Their number is the most that were ever held at once.
ElectedSeats elected_seats(const Body& body, const Date& day);

}  // namespace delian
