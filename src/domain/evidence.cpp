#include "delian/evidence.hpp"

namespace delian {

bool is_grade(std::string_view text) {
  return text.size() == 2 && text[0] >= 'A' && text[0] <= 'F' && text[1] >= '1' && text[1] <= '6';
}

}  // namespace delian
