#include "domain/seats.hpp"

#include <algorithm>

namespace delian {
namespace {

std::vector<std::string> elected_on(const Body& body, const Date& day) {
  std::vector<std::string> codes;
  for (const Membership& m : body.memberships) {
    const bool sits = m.joined.earliest() <= day && (!m.left || day < m.left->earliest());
    if (m.elected && sits) codes.push_back(m.code);
  }
  std::sort(codes.begin(), codes.end());
  return codes;
}

}  // namespace

ElectedSeats elected_seats(const Body& body, const Date& day) {
  std::size_t seats = 0;
  for (const Membership& m : body.memberships) {
    if (m.elected) seats = std::max(seats, elected_on(body, m.joined.earliest()).size());
  }
  ElectedSeats result{elected_on(body, day), 0};
  result.open = seats - std::min(seats, result.held.size());
  return result;
}

}  // namespace delian
